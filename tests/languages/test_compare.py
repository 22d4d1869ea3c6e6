import pytest

from exchange.languages.compare import MOST_TOKENS, diff, tokens

PAIRS = [
    ("I very like it.", "I really like it."),
    ("我昨天很高兴因为下雨在窗户。", "昨天窗外下着雨，我很高兴。"),
    ("", "new"),
    ("old", ""),
    ("", ""),
    ("same 一样", "same 一样"),
    ("don't 👨‍👩‍👧 go", "do not 👨‍👩‍👧 go"),
    ("的" * 300 + "好", "的" * 299 + "很好"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS, ids=range(len(PAIRS)))
def test_both_texts_can_be_read_off_the_changes(before: str, after: str) -> None:
    changes = diff(before, after)
    assert "".join(c.text for c in changes if c.kind != "insert") == before
    assert "".join(c.text for c in changes if c.kind != "delete") == after


def test_english_changes_by_words_and_chinese_by_characters() -> None:
    assert [(c.kind, c.text) for c in diff("They listened it", "They listen to it")] == [
        ("equal", "They "),
        ("delete", "listened"),
        ("insert", "listen to"),
        ("equal", " it"),
    ]
    assert [c.text for c in diff("我们会是朋友", "我们会成为朋友")] == [
        "我们会",
        "是",
        "成为",
        "朋友",
    ]


def test_a_phrase_changes_as_one_and_not_word_by_word() -> None:
    changes = diff("I very like tea", "I really liked tea")
    assert [c.text for c in changes if c.kind != "equal"] == ["very like", "really liked"]


def test_tokens_keep_what_belongs_together() -> None:
    assert tokens("don't  well-known 3 房租👍🏽") == [
        *("don't", "  ", "well-known", " ", "3", " ", "房", "租", "👍🏽")
    ]


def test_what_is_too_long_to_compare_is_replaced_whole() -> None:
    long = "租" * (MOST_TOKENS + 1)
    assert [c.kind for c in diff(long, long + "。")] == ["delete", "insert"]
    assert [c.kind for c in diff(long, long)] == ["equal"]
