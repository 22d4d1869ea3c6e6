"""Everything a member and a moderator do works in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .site import Site
from .steps import expect_language, log_in, own_words, post, thread_on, write_reply


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_read_log_in_post_edit_report_and_hide(visit: Visit, site: Site, language: str) -> None:
    page = visit(language=language, java_script_enabled=False)
    page.goto("/")
    page.locator(".entrance a").first.click()
    log_in(page, "grace", site.password)
    expect(page.locator(".menu .name")).to_have_text("grace")

    page.goto(f"/{language}/threads/new/?board=site")
    page.locator("[name=title]").fill("这个网站没有脚本也能用吗？")
    page.locator("[name=title_other]").fill("Does this site work without scripts?")
    page.locator("[name=body]").fill("我把脚本关了，*试试看*。")
    page.locator("details.more > summary").first.click()
    page.locator("[name=body_other]").fill("I turned scripts off to *see*.")
    page.locator("form.compose button.btn").click()
    expect(own_words(post(page, 1)).locator("em")).to_have_text("试试看")
    expect(post(page, 1).locator(".half[lang=en] em")).to_have_text("see")
    expect_language(page, language)
    thread = thread_on(page)

    write_reply(page, "It does, it seems!", "看来能用！")
    expect(page).to_have_url(re.compile(r"#post-2$"))
    expect(own_words(post(page, 2))).to_have_text("It does, it seems!")
    post(page, 2).locator("a[href$='/edit/']").click()
    expect(page.locator("[name=body]")).to_have_value("It does, it seems!")
    page.locator("[name=body]").fill("It does, indeed!")
    page.locator("form.compose button.btn").click()
    expect(own_words(post(page, 2))).to_have_text("It does, indeed!")
    post(page, 2).locator("a[href$='/history/']").click()
    expect(page.locator(".versions li")).to_have_count(2)
    expect_language(page, language)

    sam = visit("sam", language, java_script_enabled=False)
    sam.goto(f"/{language}/threads/{thread}/?quote={post_id(site, thread, 2)}")
    expect(sam.locator("#reply [name=body]")).to_have_value(re.compile(r"> \[grace #2\]"))
    post(sam, 2).locator("a.act[href$='/flag/']").click()
    sam.locator("[name=reason]").select_option("off-topic")
    sam.locator("main form button.btn").click()
    expect(sam.locator(".messages .notice")).to_be_visible()

    lin = visit("lin", language, java_script_enabled=False)
    lin.goto(f"/{language}/moderation/")
    row = lin.locator(".desk .row", has_text="It does, indeed!")  # under the half that lin reads
    row.locator("a.title").click()
    lin.locator("form.desk-buttons a[href*='/hiding/']").click()
    lin.locator("[name=reason]").select_option("off-topic")
    lin.locator("main form button.btn:not(.alt)").click()
    expect(lin.locator(".messages button.tool")).to_be_visible()  # it can be taken back
    lin.goto(f"/{language}/threads/{thread}/")
    expect(post(lin, 2).locator(".withdrawn")).to_be_visible()
    sam.goto(f"/{language}/threads/{thread}/")
    expect(post(sam, 2).locator(".withdrawn")).to_be_visible()
    assert "It does, indeed!" not in sam.content()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_propose_a_word_and_agree_with_it(visit: Visit, site: Site, language: str) -> None:
    page = visit("grace", language, java_script_enabled=False)
    page.goto(f"/{language}/")
    page.locator("footer a[href$='/glossary/']").click()
    page.locator("a.btn[href$='/glossary/new/']").click()
    page.locator("[name=en]").fill(f"word without scripts {language}")
    page.locator("[name=zh]").fill(f"无脚本{language}")
    page.locator("main form.compose button.btn").click()
    expect(page.locator("[role=alert]")).to_be_visible()  # it is not explained yet
    page.locator("[name=note_zh]").fill("不用脚本也能提议的词。")
    page.locator("main form.compose button.btn").click()
    expect(page.locator("dfn")).to_be_visible()
    expect_language(page, language)
    lin = visit("lin", language, java_script_enabled=False)
    lin.goto(page.url)
    lin.locator("form[action$='/agreement/'] button").click()
    lin.goto(f"/{language}/glossary/?q=无脚本{language}")
    expect(lin.locator(".terms .title")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_read_log_in_and_reply_in_plain_html(visit: Visit, site: Site, language: str) -> None:
    """Browsers that know no layers show no style at all, and those run no modules either."""
    page = visit(language=language, java_script_enabled=False)
    page.context.route("**/*.css", lambda route: route.abort("aborted"))
    page.goto(f"/{language}/")
    expect(page.locator("button[data-help]")).to_be_hidden()  # there is nothing that it could do
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.locator("a[href$='/accounts/login/']").first.click()
    log_in(page, "grace", site.password)
    title = page.locator(".rows a.title").first
    words = title.inner_text()
    title.click()
    expect(page.locator("h1 + p.alt, h1").filter(has_text=words).first).to_be_visible()
    # A heading says where a post begins and whose it is, and the letter of a face stands apart.
    name = post(page, 1).locator(".name").inner_text()
    expect(post(page, 1).locator("h2").first).to_have_text(f"{name} #1")
    assert f"{name[0].upper()}{name}" not in page.locator("body").inner_text()
    page.locator("summary").first.click()
    expect(page.locator("a[href$='/settings/']")).to_be_visible()
    write_reply(page, f"Plain, and it works ({language}).")
    expect(page).to_have_url(re.compile(r"#post-\d+$"))
    last = page.locator("article.post").last
    expect(own_words(last)).to_have_text(f"Plain, and it works ({language}).")
    last.locator("a[href$='/edit/']").click()
    expect(page.locator("[name=body]")).to_have_value(f"Plain, and it works ({language}).")
    expect_language(page, language)
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "static"


def post_id(site: Site, thread: int, number: int) -> int:
    query = "SELECT id FROM boards_post WHERE thread_id = ? AND number = ?"
    return int(site.rows(query, thread, number)[0][0])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_a_form_refuses_is_said_and_kept(visit: Visit, site: Site, language: str) -> None:
    page = visit("grace", language, java_script_enabled=False)
    page.goto(f"/{language}/threads/new/?board=site")
    page.locator("[name=title]").fill("Only a title")
    page.locator("form.compose button.btn").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("Only a title")
    expect(page.locator("[name=body]")).to_have_attribute("aria-invalid", "true")
    # The switch takes along what was refused, and what was typed on the page that said so.
    other = "en" if language == "zh-hans" else "zh-hans"
    page.locator("[name=title]").fill("Still only a title")
    page.locator(f".switch [data-language-code={other}]").click()
    expect_language(page, other)
    expect(page.locator("[name=title]")).to_have_value("Still only a title")
    page.locator("[name=body]").fill("And now a text.")
    page.locator("[name=title]").press("Enter")  # sends, and does not switch again
    expect(own_words(post(page, 1))).to_have_text("And now a text.")
    expect_language(page, other)

    page.goto(f"/{language}/threads/{site.thread('postcards')}/")
    write_reply(page, "Both halves in English.", "The same again in English.")
    expect(page.locator("[name=same_language]")).to_be_visible()
    expect(page.locator("[name=body_other]")).to_have_value("The same again in English.")
    page.locator("[name=same_language]").check()
    page.locator("form.compose button.btn").click()
    expect(page).to_have_url(re.compile(r"#post-\d+$"))
    expect_language(page, language)


def test_an_edit_of_what_changed_meanwhile_shows_both_versions(visit: Visit, site: Site) -> None:
    number = site.client("tom").reply(site.thread("postcards"), "The first version")
    page = visit("tom", "zh-hans", java_script_enabled=False)
    page.goto(f"/zh-hans/posts/{number}/edit/")
    site.client("tom").edit(number, "Changed in another window")
    page.locator("[name=body]").fill("Changed in this window")
    page.locator("form.compose button.btn").click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Changed in another window")
    expect(page.locator("[name=body]")).to_have_value("Changed in this window")
    expect_language(page, "zh-hans")
    page.locator("form.compose button.btn").click()
    article = page.locator(f'article[data-post-id="{number}"]')
    expect(own_words(article)).to_have_text("Changed in this window")
