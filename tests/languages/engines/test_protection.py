import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exchange.languages.engines.protection import Lost, Protected, find, protect, restore

NAMES = {"tom", "小美"}
LABELS = {"ref"}


def through(text: str) -> Protected:
    return protect(text, find(text, NAMES, LABELS))


def kept(text: str) -> list[str]:
    return [one.text for one in through(text).kept]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("run `make run` now", ["`make run`"]),
        ("``a ` b`` and `c", ["``a ` b``"]),
        ("see https://exchange.example/a_b(c).", ["https://exchange.example/a_b(c)"]),
        ("看https://exchange.example/a。好", ["https://exchange.example/a"]),
        ("www.exchange.example, too", ["www.exchange.example"]),
        ("<https://exchange.example> it is", ["<https://exchange.example>"]),
        ("[a guide](/x 'title') here", ["[", "](/x 'title')"]),
        ("![cat](/cat.png)", ["![", "](/cat.png)"]),
        ("[text][ref] and [ref]", ["[", "][ref]", "[ref]"]),
        ("[Tom #3](/posts/12/) wrote", ["[Tom #3](/posts/12/)"]),
        ("hi @tom and @小美在吗 @nobody", ["@tom", "@小美"]),
        ("mail tom@exchange.example please", ["tom@exchange.example"]),
        ("rent is $1,150 or US$1,200-$1,400", ["$1,150", "US$1,200-$1,400"]),
        ("月租3500元，押金￥7,000", ["3500", "￥7,000"]),
        ("55 m² at 21.5°C, 8% more", ["55 m²", "21.5°C", "8%"]),
        ("on 2026-11-26 at 10:30", ["2026-11-26", "10:30"]),
        ("雅思7.5分", ["7.5"]),
        ("we **really** did", ["**", "**"]),
        ("a_b_c and 5 * 3 * 2", []),
        ("not \\*this\\*", ["\\*", "\\*"]),
        ("AT&amp;T", ["&amp;"]),
        ("a <b>word</b>", ["<b>", "</b>"]),
        ("code Z1Q and z 2 q", ["Z1Q", "z 2 q"]),
        ("the sequence {aₙ}, [[x]] and ${name}", ["{aₙ}", "[[x]]", "${name}"]),
        ("plain words, 2 rooms", []),
    ],
)
def test_what_no_engine_may_touch_is_found(text: str, parts: list[str]) -> None:
    assert kept(text) == parts
    assert restore(through(text).text, through(text)) == text


@pytest.mark.parametrize("text", ["3.5万人", "1200万", "2026年5月3日", "8点30分"])
def test_numbers_that_chinese_counts_otherwise_are_left_to_the_engine(text: str) -> None:
    assert kept(text) == []


def test_a_mention_in_code_or_an_address_is_part_of_it() -> None:
    assert kept("`@tom` https://exchange.example/@tom") == [
        "`@tom`",
        "https://exchange.example/@tom",
    ]


def test_a_placeholder_is_no_part_of_a_word() -> None:
    assert through("cost$50each **b**").text == "cost Z1Q each Z2Q b Z3Q"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("Z1Q", ""),
        lambda text: text.replace("Z1Q", "Z2Q"),
        lambda text: f"{text} Z1Q",
        lambda text: f"{text} Z3Q",
        lambda text: f"{text} {{0}}",
        lambda text: f"{text} [[1]]",
        lambda text: f"{text} ⟦1⟧",
        lambda text: f"{text} __PH_1__",
    ],
)
def test_what_does_not_come_back_exactly_once_is_refused(spoil) -> None:
    protected = through("I pay $1,150 to @tom")
    with pytest.raises(Lost):
        restore(spoil(protected.text), protected)


@pytest.mark.parametrize("written", ["z1q", "Z 1 Q", "Z1Q", "z1 Q"])
def test_small_letters_and_spaces_are_forgiven(written: str) -> None:
    protected = through("I pay $1,150 now")
    assert restore(f"我现在付{written}", protected) == "我现在付$1,150"


def test_a_link_does_not_end_before_it_begins() -> None:
    protected = through("see [this](/a) now")
    assert restore("现在看Z1Q 这个 Z2Q", protected) == "现在看[这个](/a)"
    with pytest.raises(Lost, match="begins"):
        restore("现在Z2Q 看这个Z1Q", protected)


def test_english_gets_spaces_that_chinese_has_not() -> None:
    protected = through("月租$1,150**太贵**，`x`")
    said = protected.text.replace("月租", "rent").replace("太贵", "too much").replace("，", ",")
    assert restore(said, protected, english=True) == "rent $1,150 **too much**, `x`"


def test_emphasis_may_be_left_out() -> None:
    protected = protect("a **bold** `b`", find("a **bold** `b`"), emphasis=False)
    assert protected.text == "a bold Z1Q"
    assert restore("一个粗的Z1Q", protected) == "一个粗的`b`"


PARTS = st.sampled_from(
    "a b 甲 乙 。 . , ( ) [ ] ![ ](/x) ][ref] ` `` * ** *** _ __ ~~ < > & ; # Z Q Z1Q z2 5 $5 $1,150 "
    "55 m² % @tom @小美 http:// https://a.b www. \\ \\* | 10:30 &amp; <b> {0} x@y.z [ref]".split(
        " "
    )
)
TEXT = st.lists(st.one_of(PARTS, st.just(" "), st.just("\n")), max_size=40).map("".join)


@given(TEXT)
@example("[[a](/x)](/y)")
@example("**a *b** c*")
@example("Z1Q$5Z2Q")
@settings(deadline=None)
def test_whatever_is_protected_comes_back_as_it_was(text: str) -> None:
    protected = through(text)
    assert restore(protected.text, protected) == text


@given(TEXT)
@settings(deadline=None)
def test_marks_are_apart_and_in_order(text: str) -> None:
    marks = find(text, NAMES, LABELS)
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    assert edges == sorted(edges)
    assert all(mark.start < mark.end for mark in marks)
    bare = through(text)
    assert len(re.findall(r"Z\d+Q", bare.text)) == len(bare.kept)
