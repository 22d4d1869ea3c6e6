"""The glossary's wordings in texts."""

import time

import pytest

from exchange.languages import terms
from exchange.languages.annotate import words_of
from exchange.languages.terms import compiled, find, folded

WORDINGS = {
    1: ["security deposit", "deposit", "押金"],
    2: ["HOA", "homeowners' association", "业主协会"],
    3: ["SAT"],
    4: ["996", "996工作制"],
    5: ["学区房", "school district home"],
    6: ["AA制", "going Dutch"],
    7: ["yyds", "永远的神"],
    8: ["cat tax", "猫税"],
    9: ["401(k)"],
    10: ["TL;DR"],
    11: ["押金条"],
}
TERMS = compiled(WORDINGS.items())


def words(text: str, names=None) -> list[tuple[str, int]]:
    return [(text[start:end], number) for start, end, number in find(text, TERMS, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My deposit is back.", [("deposit", 1)]),
        ("My SECURITY Deposit!", [("SECURITY Deposit", 1)]),
        ("security\ndeposit", [("security\ndeposit", 1)]),
        ("two deposits, no depositing", [("deposits", 1)]),
        ("the hoa's fees, HOAs", [("hoa", 2), ("HOAs", 2)]),
        ("homeowners’ association", [("homeowners’ association", 2)]),
        ("redeposit deposited deposit_id", []),
        ("我的deposit退了", [("deposit", 1)]),
        ("付deposit。押金呢", [("deposit", 1), ("押金", 1)]),
        ("退押金条给我，押金也退", [("押金条", 11), ("押金", 1)]),
        ("學區房很貴", [("學區房", 5)]),
        ("学区房很贵", [("学区房", 5)]),
        ("ＡＡ制吧", [("ＡＡ制", 6)]),
        ("我们aa制", [("aa制", 6)]),
        ("真的yyds！YYDS", [("yyds", 7), ("YYDS", 7)]),
        ("I took the SAT. She sat down.", [("SAT", 3)]),
        ("996公司，996工作制", [("996", 4), ("996工作制", 4)]),
        ("¥996, 996元, 1996, 996.50, 9.996", []),
        ("We work 996.", [("996", 4)]),
        ("my 401(k) and TL;DR:", [("401(k)", 9), ("TL;DR", 10)]),
        ("", []),
        ("deposit", [("deposit", 1)]),
        ("😀cat tax😀猫税", [("cat tax", 8), ("猫税", 8)]),
    ],
)
def test_a_wording_is_found_where_a_reader_would_see_it(text, expected) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`deposit`",
        "```\n押金 deposit\n```",
        "~~~\ndeposit",
        "https://example.org/deposit/押金",
        "see [this](/deposit)",
        "www.deposit.example",
        "deposit@example.org",
        "@deposit",
        "@押金在吗",
    ],
)
def test_nothing_is_found_in_code_addresses_and_names(text) -> None:
    assert words(text) == []


def test_a_known_name_ends_where_it_ends() -> None:
    assert words("@小美押金呢", names={"小美"}) == [("押金", 1)]
    assert words("@押金 押金", names={"押金"}) == [("押金", 1)]


def test_the_places_are_those_of_the_text_as_it_was_typed() -> None:
    text = "İstanbul ﬁne 押金 deposit"
    assert words(text) == [("押金", 1), ("deposit", 1)]
    for odd in ("İ", "ß", "ǅ", "乾隆", "台灣裡面", "a\u0301", "\ud800", "👩‍👩‍👧", "ＡＢＣ　"):
        assert len(folded(odd)) == len(odd)


def test_two_writings_of_one_wording_have_one_key() -> None:
    assert terms.key(" Security  Deposit") == terms.key("security deposit")
    assert terms.key("學區房") == terms.key("学区房")
    assert terms.key("ＨＯＡ") == terms.key("hoa")
    assert terms.key("押金") != terms.key("押金条")


def test_of_two_terms_with_one_wording_the_first_is_meant() -> None:
    both = compiled([(1, ["copay"]), (2, ["Copay", ""])])
    assert find("copay", both) == [(0, 5, 1)]


@pytest.mark.parametrize("piece", ["押", "a ", "deposit ", "押金", "`", "~", "@", "security ", "9"])
def test_it_takes_a_time_that_grows_as_the_text_does(piece) -> None:
    """A hundred times what it takes here, so that a busy machine is no fault."""
    text = (piece * 10_000)[:10_000]
    began = time.process_time()
    find(text, TERMS)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(("text", "found"), [("She sat down.", []), ("I took the SAT.", ["SAT"])])
def test_reading_help_tells_an_exam_from_a_verb_as_well(text: str, found: list[str]) -> None:
    words = words_of(f"<p>{text}</p>", {"sat": {"id": 1}})
    assert [word.word.text for word in words if word.term] == found
