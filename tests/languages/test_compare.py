from time import process_time

import pytest

from exchange.languages.compare import ADDED, MOST_TOKENS, REMOVED, SAME, Change, diff


def shown(before: str, after: str) -> str:
    marks = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    return "".join(marks[change.kind].format(change.text) for change in diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("I paid every month.", "I paid every day.", "I paid every [-month-]{+day+}."),
        ("我学习中文。", "我学中文。", "我学[-习-]中文。"),
        ("我爱猫。我有两只。", "我爱狗。我有两只。", "我爱[-猫-]{+狗+}。我有两只。"),
        ("Same. Old one here.", "Same.", "Same.[- Old one here.-]"),
        ("", "New.", "{+New.+}"),
        ("Gone.", "", "[-Gone.-]"),
        ("it's here", "it isn't here", "[-it's-]{+it isn't+} here"),
        ("房租3000块", "房租3500块", "房租[-3000-]{+3500+}块"),
    ],
)
def test_a_change_is_as_small_as_its_language_s_units(before, after, expected) -> None:
    assert shown(before, after) == expected


def test_equal_texts_have_no_changes() -> None:
    assert diff("一样。Same.", "一样。Same.") == [Change(SAME, "一样。Same.")]
    assert diff("", "") == []


TEXTS = [
    "First line.\nSecond line, 第二行。\n\n- a list\n- of two",
    "第一行。\n第二行，changed 改了。\n\n- a list\n- of three\n",
    "👩‍👩‍👧 一家人。" * 30,
    "word " * 700,
    "a. " * 700,
]


@pytest.mark.parametrize("before", TEXTS)
@pytest.mark.parametrize("after", TEXTS)
def test_both_texts_can_be_read_from_the_changes(before, after) -> None:
    changes = diff(before, after)
    assert "".join(c.text for c in changes if c.kind != ADDED) == before
    assert "".join(c.text for c in changes if c.kind != REMOVED) == after


def test_a_common_character_is_kept_in_a_long_sentence() -> None:
    """difflib's own guess would take 的 for noise in a text of 200 tokens and more."""
    before = "我的猫的名字的来历" * 30
    assert shown(before, before + "好").endswith("来历{+好+}")


def test_a_sentence_that_is_too_long_is_replaced_whole() -> None:
    before = "字" * (MOST_TOKENS + 1)
    assert diff(before, before + "多") == [Change(REMOVED, before), Change(ADDED, before + "多")]


def test_ten_thousand_characters_are_compared_in_time() -> None:
    before = "".join(f"这是第{number}句话，说的是房租和水电。" for number in range(500))
    after = before.replace("房租", "学费")
    began = process_time()
    assert len(diff(before, after)) > 900
    assert process_time() - began < 2
