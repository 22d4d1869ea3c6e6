"""What is looked for is found in its disguises, and not where it only happens to stand."""

import pytest
from django.utils import translation

from exchange.safety import watching
from exchange.safety.folding import folded, plain
from exchange.safety.rules import can_watch
from exchange.safety.watching import Entry, Filters, domain, forms


def found(
    text: str, *wanted: str, sort: str = "word", family: str = "", language: str = ""
) -> list:
    entries = [Entry(number, sort, "hold", each, language) for number, each in enumerate(wanted, 1)]
    return [entry.text for entry in Filters(entries).hits(text, family)]


@pytest.mark.parametrize(
    ("text", "plain_one"),
    [
        ("ＶＩＡＧＲＡ", "viagra"),
        ("vi\u200bag\u00adra", "viagra"),
        ("vіаgrа", "viagra"),  # three Cyrillic letters
        ("vïágrã", "viagra"),
        ("ⓥⓘⓐⓖⓡⓐ 🅥🅘🅐🅖🅡🅐", "viagra viagra"),
        ("𝐯𝒾𝓪𝔤𝕣𝚊", "viagra"),
        ("微信㊙️", "微信秘"),
        ("開發票", "开发票"),
        ("Straße", "strasse"),
        ("ガ", "ガ"),
        ("", ""),
    ],
)
def test_a_text_without_its_disguises(text: str, plain_one: str) -> None:
    assert plain(text) == plain_one
    assert plain(plain(text)) == plain(text)


def test_letters_alone_know_their_places() -> None:
    text = folded("微.信  v x")
    assert (text.tight, text.places) == ("微信vx", [0, 2, 5, 7])
    assert [text.gap(at) for at in range(3)] == [".", "  ", " "]


@pytest.mark.parametrize(
    "text",
    [
        "加我微信聊",
        "請加微信號",
        "w e i x i n",
        "wei xin",
        "WeiXin123",
        "wēi xìn",
        "微 信",
        "微.信",
        "微*_*信",
        "微❤️信",
        "微\u200b信",
        "加VX：abc88",
        "加v信",
        "V 信",
        "薇信",
        "加wx聊",
        "微xin",
        "wei信",
    ],
)
def test_one_word_is_found_however_it_is_written(text: str) -> None:
    assert found(text, "微信") == ["微信"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("我稍微信任他。", "微信"),
        ("他稍微。信不信由你。", "微信"),
        ("稍微 信不信", "微信"),
        ("十个人参加了", "人参"),
        ("We use wxPython and v x t.", "微信"),
        ("I love Shanghai.", "伤害"),
        ("Scampi for two", "scam"),
        ("We can't see it", "cant"),
        ("via Grafton Street", "viagra"),
        ("a 4k screen", "ak"),
        ("The BBC said", "不不错"),
        ("an analysis", "anal"),
    ],
)
def test_letters_that_only_happen_to_stand_there_are_no_hit(text: str, word: str) -> None:
    assert found(text, word) == []


def test_a_phrase_is_found_with_any_space_between_its_words_and_with_none() -> None:
    for text in (
        "buy followers",
        "Buy   Followers!",
        "buy-followers",
        "buyfollowers",
        "buy\nfollowers",
    ):
        assert found(text, "buy followers") == ["buy followers"], text
    assert found("buy many followers", "buy followers") == []


def test_signs_stand_for_letters_inside_words() -> None:
    for text in ("v1agra", "vi@gra", "V!AGR4", "v14gr4"):
        assert found(text, "viagra") == ["viagra"], text


def test_what_is_looked_for_in_one_language_is_not_in_the_other() -> None:
    assert found("pain au chocolat", "pain", language="zh", family="en") == []
    assert found("pain", "pain", language="en", family="en") == ["pain"]
    # A text in both, or in none that is known, is looked through for all.
    assert found("pain 面包", "pain", language="zh", family="") == ["pain"]


def test_each_is_told_once_and_several_at_once() -> None:
    assert found("微信 微信 刷单 weixin", "微信", "刷单", "博彩") == ["微信", "刷单"]


@pytest.mark.parametrize(
    "text",
    [
        "see example.com",
        "https://www.EXAMPLE.com./a?b",
        "请看example.com吧",
        "ｅｘａｍｐｌｅ．ｃｏｍ",
        "example。com",
        "example dot com",
        "example点com",
        "example[.]com",
        "example (.) com",
        "example【点】com",
        "example[点com",
        "ex%61mple.com/x",
        "ехample.com",
        "a@example.com",
        "exam\u200bple.com",
    ],
)
def test_a_domain_is_found_however_it_is_written(text: str) -> None:
    assert found(text, "example.com", sort="domain") == ["example.com"]


@pytest.mark.parametrize(
    "text",
    ["notexample.com", "example.com.cn", "example.community", "my-example.com", "example", ""],
)
def test_another_domain_is_another_domain(text: str) -> None:
    assert found(text, "example.com", sort="domain") == []


def test_a_chinese_domain_is_found_in_punycode_and_the_other_way_round() -> None:
    named = domain("http://xn--fsqu00a.xn--fiqs8s/")
    assert named == "例子.中国"
    for text in (
        "https://例子.中国/a",
        "xn--fsqu00a.xn--fiqs8s",
        "例子。中国",
        "看 www.例子.中国 。",
    ):
        assert found(text, named, sort="domain") == [named], text
    assert found("大例子.中国", named, sort="domain") == []


def test_a_pattern_is_looked_for_as_typed_and_without_disguises() -> None:
    assert found("Call 13800138000 now", r"1\d{10}", sort="pattern")
    assert found("ＶＸ：abc", "vx[:：]", sort="pattern")
    assert found("加\u200b微\u200b信", "加.?微信", sort="pattern")


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("pattern", "("),
        ("pattern", "[a"),
        ("pattern", "*a"),
        ("pattern", r"(a)\1"),
        ("pattern", "(?<=a)b"),
        ("pattern", "a{2000}"),
        ("pattern", "a*"),
        ("pattern", "x?|y"),
        ("pattern", "^"),
        ("pattern", "."),
        ("pattern", r"[\s\S]"),
        ("pattern", "[a-z]"),
        ("pattern", "[一-龥]"),
        ("word", "e"),
        ("word", "！！"),
        ("domain", "com"),
        ("domain", "co.uk"),
        ("domain", "10.0.0.1"),
        ("domain", "our.site.example"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_cannot_be_looked_for_is_refused_with_the_reason(
    sort: str, text: str, language: str
) -> None:
    refusal = can_watch(sort, text, own_host="our.site.example")
    with translation.override(language):
        said = str(refusal)
    assert refusal and said
    assert (language == "en") == said.isascii()


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("pattern", r"1\d{10}"),
        ("pattern", "微+信"),
        ("word", "屌"),
        ("word", "the the"),
        ("domain", "https://example.com/a"),
        ("domain", "例子.中国"),
    ],
)
def test_what_can_be_looked_for_is_not_refused(sort: str, text: str) -> None:
    assert can_watch(sort, text, own_host="our.site.example") is None


def test_a_moderator_is_shown_what_else_is_looked_for() -> None:
    assert {"微信", "weixin", "wx", "vx"} <= {form.tight for form in forms("微信")}
    assert [form.tight for form in forms("casino")] == ["casino"]


def test_looking_begins_no_dictionary_where_nothing_chinese_was_found(monkeypatch) -> None:
    monkeypatch.setattr(watching, "segment", None)
    assert found("Nothing here. 这里什么也没有。", "微信", "casino") == []
