import pytest

from exchange.languages.pieces import MOST_PIECES, cut, cut_at, ends, join

ENGLISH = "I pay a third. It is too much.\n\n- rent\n- water\n\n> Who said that?\n\nBye!"
CHINESE = "我付三分之一。太多了。\n\n- 房租\n- 水费\n\n> 谁说的？\n\n再见！"
CODE = "Look:\n\n```python\nprint('a. b.')\n\nx = 1. \n```\nThat is all."


def test_a_text_is_cut_into_sentences_with_its_markup_apart() -> None:
    pieces = cut(ENGLISH)
    assert [piece.text for piece in pieces] == [
        *["I pay a third.", "It is too much.", "rent", "water", "Who said that?", "Bye!"]
    ]
    assert [piece.lead for piece in pieces] == ["", "", "- ", "- ", "> ", ""]


def test_each_piece_has_its_counterpart() -> None:
    assert [piece.there for piece in cut(ENGLISH, CHINESE)] == [
        *["我付三分之一。", "太多了。", "房租", "水费", "谁说的？", "再见！"]
    ]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, CODE, "一", "| a | b |\n|---|---|\n| c | d |"])
def test_what_is_cut_joins_to_the_text(text) -> None:
    pieces = cut(text)
    assert "".join(piece.lead + piece.text + piece.tail for piece in pieces) == text
    again = cut_at(text, ends(pieces))
    assert again == pieces
    assert join(pieces, [""] * len(pieces), fill=True) == text


def test_a_translation_gets_the_original_s_paragraphs_and_its_own_spaces() -> None:
    typed = [piece.there for piece in cut(ENGLISH, CHINESE)]
    assert join(cut(ENGLISH), typed, fill=True) == CHINESE
    back = [piece.there for piece in cut(CHINESE, ENGLISH)]
    assert join(cut(CHINESE), back, fill=True) == ENGLISH


def test_markup_that_was_typed_is_not_doubled() -> None:
    assert join(cut("- rent\n- water"), ["- 房租", "水费"], fill=True) == "- 房租\n- 水费"


def test_a_block_of_code_is_one_piece() -> None:
    texts = [piece.text for piece in cut(CODE)]
    assert texts == ["Look:", "```python\nprint('a. b.')\n\nx = 1. \n```", "That is all."]


@pytest.mark.parametrize("wrong", ["", "x", "5", "9,5,99", "0x3", "1,1", "9" * 40, "-1,8"])
def test_a_cut_that_does_not_fit_the_text_is_none(wrong) -> None:
    assert cut_at("房租太贵了，是吧", wrong) is None


def test_a_text_of_very_many_sentences_is_cut_into_fewer_pieces() -> None:
    assert len(cut("好。" * 1000)) == 1
    assert len(cut("好。坏。\n" * 120)) == 120
    assert len(cut("a\n" * 2000)) == 1 <= MOST_PIECES


def test_nothing_is_cut_into_nothing() -> None:
    assert cut("") == []


def test_a_sentence_can_be_left_out_of_a_translation() -> None:
    typed = ["我付三分之一。", "", "房租", "", "谁说的？", "再见！"]
    assert (
        join(cut(ENGLISH), typed, fill=False) == "我付三分之一。\n\n- 房租\n\n> 谁说的？\n\n再见！"
    )
