"""`@name` as people type it: who is called, and what stays the text that it is."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.accounts.models import User
from exchange.languages import actions, mentions, queries, render
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from tests.cast import person

NAMES = {"小美", "小美丽", "美", "Mei", "Mary Ann", "tom", "Tom", "O'Neil", "小明"}


def called(text: str, names: set[str] = NAMES) -> list[str]:
    return [text[start:end] for start, end in mentions.find(text, names)]


def html(body: str, language: str = "en", names: set[str] = NAMES) -> str:
    return render.render(body, language, names).strip()


def span(name: str) -> str:
    return f'<span class="mention" translate="no">{name}</span>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你好@小美在吗", ["@小美"]),
        ("@小美丽在吗", ["@小美丽"]),  # the longest
        ("@美好的一天", ["@美"]),  # a name of one character
        ("@Mei你好", ["@Mei"]),
        ("(@Tom)", ["@Tom"]),
        ("（@Tom）", ["@Tom"]),
        ("＠Tom，＠小明", ["＠Tom", "＠小明"]),
        ("谢谢@Tom和@小明", ["@Tom", "@小明"]),
        ("@小美@小明", ["@小美", "@小明"]),
        ("@Mary Ann said so", ["@Mary Ann"]),
        ("@Tom.", ["@Tom"]),
        ("@Tom's rent", ["@Tom"]),
        ("@O'Neil's rent", ["@O'Neil"]),
        ("@小美👩‍👩‍👧在吗", ["@小美"]),
        ("👋@小美\u200d在吗", ["@小美"]),
        ("cc:@Tom", ["@Tom"]),
        ("line\n@Tom\nline", ["@Tom"]),
    ],
)
def test_who_is_called(text: str, expected: list[str]) -> None:
    assert called(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *["tom@Tom.com", "a.b+c@Tom", "é@Tom", "1@Tom", "https://a.b/@Tom", "@@Tom", "\\@Tom"],
        *["@Tomorrow", "@Tom2", "@Tom_Smith", "@ Tom", "@", "@\nTom", "@，小美", "@👩‍👩‍👧小美"],
        *["@Tom\u0301", "@小\u200d美", "@M", "Tom"],
    ],
)
def test_who_is_not(text: str) -> None:
    assert called(text) == []


def test_a_mention_is_marked_where_it_stands_as_it_was_typed() -> None:
    assert html("你好@小美在吗", "zh-hans") == f"<p>你好{span('@小美')}在吗</p>"
    assert html("**＠Tom**") == f"<p><strong>{span('＠Tom')}</strong></p>"
    assert html("> @Tom") == f"<blockquote>\n<p>{span('@Tom')}</p>\n</blockquote>"


@pytest.mark.parametrize(
    "body",
    [
        *["`@Tom`", "    @Tom", "```\n@Tom\n```", "[@Tom](/a)", "<https://a.b?@Tom>"],
        *["https://a.b/?u=@Tom", "www.a.com/@Tom", "mail tom@Tom.com", "\\@Tom"],
    ],
)
def test_code_links_and_addresses_call_nobody(body: str) -> None:
    names = mentions.possible_names(body) & NAMES
    assert 'class="mention"' not in html(body, "en", names)


def test_a_name_in_mixed_text_is_in_no_language() -> None:
    assert html("我的 landlord @小美 is mean", "mixed") == (
        '<p><span lang="zh-Hans">我的 </span><span lang="en">landlord </span>'
        f'{span("@小美")}<span lang="en"> is mean</span></p>'
    )


def test_a_failure_shows_the_typed_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mentions, "find", None)
    assert html("@Tom <b>") == "<p>@Tom &lt;b&gt;</p>"


def test_excerpts_have_the_name_in_them() -> None:
    assert render.plain("你好@小美在吗") == "你好@小美在吗"


# In the database


def queries_of(draft: Draft, by: User, **options: bool) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        actions.write(by=by, scope="thread.1", draft=draft, **options)
    return [query["sql"] for query in captured if "accounts_user" in query["sql"]]


def test_both_halves_cost_one_query_and_without_a_sign_none(tom: User) -> None:
    person("小美")
    draft = Draft("Hello @tom and @小美", "你好@小美在吗")
    assert len(queries_of(draft, tom)) == 1
    passage = Passage.objects.get()
    assert passage.html.count(span("@小美")) == passage.html.count(span("@tom")) == 1
    assert span("@小美") + "在吗" in passage.translations.get().html
    assert queries_of(Draft("Hello tom", "你好"), tom) == []
    assert queries_of(Draft("tom@example.org"), tom) == []
    assert queries_of(Draft("@tom"), tom, markdown=False) == []  # a title


@pytest.mark.parametrize("typed", ["@TOM", "@t0m", "＠Ｔｏｍ", "@tóm"])
def test_look_alikes_call_the_one_that_they_look_like(typed: str, tom: User) -> None:
    assert queries.mentioned(typed) == {typed[1:]: "tom"}


def test_traditional_characters_call_a_simplified_name_and_the_reverse(db: None) -> None:
    person("陈美"), person("張三")
    assert queries.mentioned("@陳美在嗎 @张三在吗") == {"陳美": "陈美", "张三": "張三"}


def test_gaps_that_the_name_does_not_have_end_it(db: None) -> None:
    person("adam"), person("Mary Ann")
    assert queries.mentioned("@ada mentioned it") == queries.mentioned("@ada m") == {}
    assert queries.mentioned("@MaryAnn, @Mary_Ann") == {
        "MaryAnn": "Mary Ann",
        "Mary_Ann": "Mary Ann",
    }


def test_an_account_that_was_closed_is_not_called(db: None) -> None:
    person("gone", is_active=False)
    assert queries.mentioned("@gone") == {}


def test_an_edit_looks_again(tom: User) -> None:
    passage = actions.write(by=tom, scope="thread.1", draft=Draft("Hello @mei"))
    assert "mention" not in passage.html
    person("mei")
    actions.rewrite(by=tom, passage=passage, draft=Draft("Hello, @mei"), from_version=1)
    assert span("@mei") in Passage.objects.get().html


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("@小美在吗", "zh-hans"),
        ("@小美，how are you today", "en"),
        ("@tom你好", "zh-hans"),
        ("@Mary Ann 你好", "zh-hans"),
        ("Are you there, @小美丽的小美丽?", "en"),
    ],
)
def test_a_name_does_not_change_the_language(body: str, language: str, tom: User) -> None:
    for name in ("小美", "Mary Ann", "小美丽的小美丽"):
        person(name)
    passage = actions.write(by=tom, scope="thread.1", draft=Draft(body))
    assert passage.language == passage.revisions.get().language == language


# Cost


def test_names_are_looked_up_behind_the_first_signs_only() -> None:
    text = " ".join(f"@somebody{number}" for number in range(10_000))
    assert len(mentions.possible_names(text, text)) == mentions.MOST_SIGNS
    # The same name again costs nothing more.
    assert "tom" in mentions.possible_names("@小美 " * 50 + "@tom")


@pytest.mark.parametrize(
    "piece", ["@", "@a", "@小", "@小美", "@a b.c", "＠Mary Ann 你", "a@", "@小 "]
)
def test_ten_thousand_signs_are_cheap(piece: str) -> None:
    text = (piece * 10_000)[:20_000]
    start = time.process_time()
    found = mentions.possible_names(text)
    html(text, "mixed")
    assert len(found) <= 400
    assert time.process_time() - start < 3
