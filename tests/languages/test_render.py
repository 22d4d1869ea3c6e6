import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from exchange.languages import render

REL = 'rel="nofollow ugc noopener noreferrer"'


def html(body: str, language: str = "en") -> str:
    return render.render(body, language).strip()


def linked(address: str, text: str = "") -> str:
    return f'<a href="{address}" {REL}>{text or address}</a>'


def test_nothing_gives_nothing() -> None:
    assert render.render("", "en") == render.render(" \n", "en") == render.plain("") == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("**真，**她", "<strong>真，</strong>她"),
        ("他说**“好。”**然后走了", "他说<strong>“好。”</strong>然后走了"),
        ("*注意：*这里", "<em>注意：</em>这里"),
        ("这是**「重点」**吗", "这是<strong>「重点」</strong>吗"),
        ("~~旧，~~新", "<del>旧，</del>新"),
        ("a **b** c", "a <strong>b</strong> c"),
    ],
)
def test_emphasis_works_beside_chinese_punctuation(body: str, expected: str) -> None:
    assert html(body) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# a", "<h3>a</h3>"),
        ("a\n=", "<h3>a</h3>"),
        ("## a", "<h3>a</h3>"),
        ("###### a", "<h3>a</h3>"),
        ("# a\n## b", "<h3>a</h3>\n<h4>b</h4>"),
        ("## a\n# b", "<h4>a</h4>\n<h3>b</h3>"),
        ("# a\n###### b", "<h3>a</h3>\n<h6>b</h6>"),
    ],
)
def test_the_highest_heading_of_a_post_stands_right_below_those_of_the_page(
    body: str, expected: str
) -> None:
    assert html(body) == expected


def test_a_newline_is_a_line_break_in_both_languages() -> None:
    assert html("a\nb") == "<p>a<br>\nb</p>"
    assert html("春眠不觉晓\n处处闻啼鸟", "zh-hans") == "<p>春眠不觉晓<br>\n处处闻啼鸟</p>"
    assert html("a\\\nb") == "<p>a<br>\nb</p>"


def test_table_alignment_is_a_class_and_left_needs_none() -> None:
    table = html("|a|b|c|\n|:-|:-:|-:|\n|1|2|3|")
    assert "<th>a</th>" in table
    assert '<th class="align-center">b</th>' in table
    assert '<td class="align-right">3</td>' in table
    assert "style" not in table


def test_lists_keep_their_start_and_code_loses_its_language() -> None:
    assert html("3. a") == '<ol start="3">\n<li>a</li>\n</ol>'
    assert html("```python\na < b\n```") == "<pre><code>a &lt; b\n</code></pre>"


def test_html_is_shown_and_not_obeyed() -> None:
    assert html("<b>a</b>") == "<p>&lt;b&gt;a&lt;/b&gt;</p>"
    assert html("<div>\na\n</div>") == "<p>&lt;div&gt;<br>\na<br>\n&lt;/div&gt;</p>"


@pytest.mark.parametrize(
    ("body", "address", "rest"),
    [
        ("http://a.b", "http://a.b", ""),
        ("https://a.b/c?d=1&e=(f)#g", "https://a.b/c?d=1&amp;e=(f)#g", ""),
        ("https://a.b/c_(d)", "https://a.b/c_(d)", ""),
        ("https://a.b/c_d_e", "https://a.b/c_d_e", ""),
        ("https://a.b/c).", "https://a.b/c", ")."),
        ("https://a.b/c...", "https://a.b/c", "..."),
        ("https://a.b/'", "https://a.b/", "'"),
        ("https://a.b，好", "https://a.b", "，好"),
        ("https://a.b/c。", "https://a.b/c", "。"),
        ("https://a.b/c）", "https://a.b/c", "）"),
        ("https://a.b/c」", "https://a.b/c", "」"),
        ("https://a.b/c好", "https://a.b/c", "好"),
        ("HTTPS://a.b/C", "HTTPS://a.b/C", ""),
        ("https://books.example/s/k?s=k", "https://books.example/s/k?s=k", ""),
        ("https://a.b/cſ", "https://a.b/c", "ſ"),
        ("https://[::1]/", "https://[::1]/", ""),
    ],
)
def test_bare_addresses_become_links_and_end_where_the_address_ends(
    body: str, address: str, rest: str
) -> None:
    typed = body.removesuffix(rest).replace("&", "&amp;")
    assert html(body) == f"<p>{linked(address, typed)}{rest}</p>"


def test_addresses_are_found_right_behind_chinese_and_without_a_scheme() -> None:
    assert html("看http://a.b") == f"<p>看{linked('http://a.b')}</p>"
    assert html("(www.a.org)") == f"<p>({linked('https://www.a.org', 'www.a.org')})</p>"


@pytest.mark.parametrize(
    "text",
    [
        *["http://", "https://...", "www.", "www.a", "xhttp://a.b", "ftp://a.b", "a@b.com", "://a"],
        *["https://例子.中国", "javascript:alert(1)", "//a.b", "a.b", "http://" + "a" * 2000],
    ],
)
def test_what_only_looks_like_an_address_stays_text(text: str) -> None:
    assert html(text) == f"<p>{text}</p>"


def test_addresses_in_links_and_code_are_left_alone() -> None:
    assert html("[http://a.b](http://c.d)") == f"<p>{linked('http://c.d', 'http://a.b')}</p>"
    assert html("`http://a.b`") == "<p><code>http://a.b</code></p>"


@pytest.mark.parametrize("href", ["/en/", "#post-3", "https://a.b/", "http://a.b", "mailto:a@b.c"])
def test_links_to_the_web_the_site_and_mail_are_links(href: str) -> None:
    assert html(f"[x]({href})") == f"<p>{linked(href, 'x')}</p>"


@pytest.mark.parametrize(
    "href",
    [
        *["//evil", "///evil", "a.html", "?a", "javascript:x", "data:x", "http:evil", "http:/evil"],
        *["https:evil", "ftp://a", "tel:1", "HTTP:\\\\\\\\a", "http://", "vbscript:x", "blob:x"],
    ],
)
def test_every_other_link_is_shown_as_typed(href: str) -> None:
    assert "<a " not in html(f"[x]({href})")
    assert "[x](" in html(f"[x]({href})")


def test_the_empty_corner_of_a_table_is_no_heading() -> None:
    table = html("| | b |\n|--|--|\n| 1 | 2 |")
    assert "<td></td>\n<th>b</th>" in table and "<th></th>" not in table


def test_pictures_become_links() -> None:
    assert html("![alt](http://a.b/c.png)") == f"<p>{linked('http://a.b/c.png', 'alt')}</p>"
    assert html("a![b](/c)") == f"<p>a{linked('/c', 'b')}</p>"
    assert html("!a") == "<p>!a</p>"


def test_a_picture_in_a_link_leaves_its_alternative_text() -> None:
    body = "[see ![the *cat*](http://a.b/c.png) here](/d)"
    assert html(body) == f"<p>{linked('/d', 'see the <em>cat</em> here')}</p>"


def test_a_link_without_visible_text_shows_its_address() -> None:
    assert html("[](http://a.b)") == f"<p>{linked('http://a.b')}</p>"
    assert "http://a.b</a>" in html("[\u200b](http://a.b)")


def test_mixed_text_says_which_run_is_in_which_language() -> None:
    assert html("我的 landlord 很**really mean**", "mixed") == (
        '<p><span lang="zh-Hans">我的 </span><span lang="en">landlord </span>'
        '<span lang="zh-Hans">很</span><strong><span lang="en">really mean</span></strong></p>'
    )
    assert '<span lang="zh-Hant">這個</span>' in html("這個book", "mixed")


def test_a_run_goes_on_over_line_breaks_and_numbers() -> None:
    body = "the rent\n2,000\nis high\n`好`"
    expected = '<span lang="en">the rent<br>\n2,000<br>\nis high<br>\n</span><code>好</code>'
    assert html(body, "mixed") == f"<p>{expected}</p>"


def test_latin_words_in_the_emphasis_of_a_chinese_text_say_what_they_are() -> None:
    """Dots under Latin letters are no emphasis that anybody knows."""
    assert html("用*新的iPhone 17拍*，iPhone很好", "zh-hans") == (
        '<p>用<em>新的<span lang="en">iPhone 17</span>拍</em>，iPhone很好</p>'
    )
    assert html("*這是**OK**的*", "zh-hant") == (
        '<p><em>這是<strong><span lang="en">OK</span></strong>的</em></p>'
    )
    assert html("*看http://a.b*", "zh-hans") == f"<p><em>看{linked('http://a.b')}</em></p>"
    assert html("*重点*", "zh-hans") == "<p><em>重点</em></p>"
    assert html("*an iPhone*", "en") == "<p><em>an iPhone</em></p>"


def test_addresses_in_mixed_text_are_in_no_language() -> None:
    assert html("好 http://a.b", "mixed") == (
        f'<p><span lang="zh-Hans">好 </span>{linked("http://a.b")}</p>'
    )


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "other", "nonsense"])
def test_text_in_one_language_carries_no_spans(language: str) -> None:
    assert html("我的landlord", language) == "<p>我的landlord</p>"


def test_a_failure_shows_the_typed_text_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RecursionError

    monkeypatch.setattr(render, "_parser", fail)
    with caplog.at_level(logging.ERROR):
        shown = render.render('<b>&\xa0"', "en")
        assert render.plain("**a**") == "**a**"
    assert shown == '<p>&lt;b&gt;&amp;&nbsp;"</p>' == render.sanitise(shown)
    assert len(caplog.records) == 2


def test_characters_that_may_not_be_stored_are_dropped() -> None:
    assert html("a\x00b\ud800c\ufffe") == "<p>abc</p>"


def test_threads_do_not_disturb_each_other() -> None:
    bodies = [f"# {n}\n\n[a]: /{n}\n\n[a] **{n}** http://a.b/{n}" for n in range(200)]
    alone = [html(body) for body in bodies]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(html, bodies)) == alone


def test_plain_text_has_the_words_and_none_of_the_signs() -> None:
    body = (
        "# 标题\n\n- a **b** `c`\n- [link](http://x.y) ![alt](/z.png)\n\n> q\nr\n\n"
        "|h|\n|-|\n|1|\n\n```py\ncode\n```\n\nhttp://q.w &amp; \\*"
    )
    assert render.plain(body).split("\n") == [
        *["标题", "a b c", "link alt", "q", "r", "h", "1", "code", "http://q.w & *"]
    ]
