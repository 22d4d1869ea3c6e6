import pytest

from exchange.languages import marking


def own(body: str) -> list[str]:
    return [sentence.text for sentence in marking.read(body) if sentence.own]


def test_a_text_is_read_sentence_by_sentence_in_both_languages() -> None:
    assert own("I goed home. 我累了。你呢？\n\nBye!") == [
        "I goed home.",
        "我累了。",
        "你呢？",
        "Bye!",
    ]


@pytest.mark.parametrize(
    "body",
    ["> Said by others. Twice.", "```\ncode here.\n```", "---", "🙂🙂", "", "> a\n>\n> b", "123"],
)
def test_there_is_nothing_to_correct_in_what_is_quoted_or_has_no_letters(body: str) -> None:
    assert own(body) == []


def test_the_marks_of_a_line_are_not_part_of_its_sentence() -> None:
    body = "## My day\n\n1. I very like tea.\n- 我很好。"
    assert own(body) == ["My day", "I very like tea.", "我很好。"]
    second = marking.read(body)[1]
    assert marking.put(body, second, "I like tea.") == "## My day\n\n1. I like tea.\n- 我很好。"


def test_of_equal_sentences_the_nearest_is_meant() -> None:
    read = marking.read("Yes. No. Yes. Maybe. Yes.")
    assert [marking.find(read, place, "Yes.").place for place in (0, 3, 9)] == [0, 2, 4]
    assert marking.find(read, 0, "Never.") is None


def test_what_says_the_same_stands_beside_its_sentence() -> None:
    beside = marking.beside("I goed home. It was late.\n\nBye.", "我回家了。已经很晚了。\n\n再见。")
    assert beside == {0: "我回家了。", 1: "已经很晚了。", 2: "再见。"}
    assert marking.beside("Hello.", "") == {}
