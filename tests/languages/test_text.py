import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.languages import text

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_every_line_end_becomes_a_newline(newline: str) -> None:
    assert text.normalise(f"a{newline}b") == "a\nb"


def test_spaces_at_line_ends_and_blank_lines_at_the_edges_go() -> None:
    assert text.normalise("\n \u3000\n    code  \n\nb\u3000\t\n\n") == "    code\n\nb"


def test_text_is_composed_and_nothing_else_is_folded() -> None:
    assert text.normalise("cafe\u0301 ＡＢＣ ⼩ 裡") == "café ＡＢＣ ⼩ 裡"


@given(st.text())
def test_normalising_twice_changes_nothing_more(raw: str) -> None:
    once = text.normalise(raw)
    assert text.normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_unprintable_characters_are_named_once_each() -> None:
    assert text.unprintable("a\x00b\x07\x00c\u2028") == ["U+0000", "U+0007"]


@pytest.mark.parametrize("code", [0, 0x1F, 0x7F, 0x80, 0x9F, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE])
def test_what_may_not_be_stored_is_found_and_dropped(code: int) -> None:
    assert text.unprintable(f"a{chr(code)}b") == [f"U+{code:04X}"]
    assert text.without_unprintable(f"a{chr(code)}b") == "ab"


def test_the_noncharacters_of_every_plane_are_found() -> None:
    planes = range(0, 0x110000, 0x10000)
    chars = [chr(plane + low) for plane in planes for low in (0xFFFE, 0xFFFF)]
    assert len(text.unprintable("".join(chars))) == 34


def test_tabs_newlines_emoji_and_marks_of_direction_may_be_stored() -> None:
    assert text.unprintable(f"\t\n{FAMILY}\u200e\u200f\u061c\ufeff你好") == []


@given(st.text(alphabet=st.characters()))
def test_what_is_left_encodes_as_utf8(raw: str) -> None:
    left = text.without_unprintable(raw)
    assert text.unprintable(left) == []
    assert left.encode().decode() == left


@pytest.mark.parametrize(
    "nothing",
    [
        *["", " ", "\n\t", "\u3000", "\u200b\u200c\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e"],
        *["\u115f\u1160", "\u3164", "\uffa0", "\u2800", "\u034f", "\u0301\u0301", "\ufe0f"],
        *["\u202e", "\u2066\u2069", "\U000e0020", "\U000e0fff", "\u17b4", "\u2065", "\ufffe"],
    ],
)
def test_a_text_that_shows_nothing_is_blank(nothing: str) -> None:
    assert text.is_blank(nothing)


@pytest.mark.parametrize("something", ["a", "好", ".", "😂", "0", " \u200bа", "\ue000", "e\u0301"])
def test_a_text_that_shows_anything_is_not_blank(something: str) -> None:
    assert not text.is_blank(something)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("好", 2),
        ("好a", 3),
        ("かな", 4),
        ("한국", 4),
        ("ＡＢ", 4),
        ("，。", 4),
        ("é", 1),
        ("ï\n", 2),
        ("😂", 1),
        ("𠮷", 2),
        ("½", 1),
        ("ｱ", 1),
    ],
)
def test_east_asian_characters_count_twice(typed: str, length: int) -> None:
    assert text.weighted_length(typed) == length


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_overrides_and_isolates_are_seen(code: int) -> None:
    assert text.has_direction_override(f"Tom{chr(code)}")


@pytest.mark.parametrize("honest", ["مرحبا Tom", "שלום\u200f!", "a\u200eb", "\u061ca", "你好"])
def test_honest_right_to_left_text_is_no_override(honest: str) -> None:
    assert not text.has_direction_override(honest)


@pytest.mark.parametrize("title", ["Z" + "\u0301" * 5, "ok H\u0335\u0321\u0353\u0300\u0301\u0302e"])
def test_more_than_four_marks_on_a_base_are_too_many(title: str) -> None:
    assert text.excess_marks(title)


@pytest.mark.parametrize(
    "title",
    [
        *["", "nǐ hǎo", "Tiếng Việt", unicodedata.normalize("NFD", "Tiếng Việt ở đây")],
        *["สวัสดีที่นี่", "हिन्दी में", "בְּרֵאשִׁית", "مُحَمَّدٌ", FAMILY, "1\ufe0f\u20e3", "a\u0301" * 50],
    ],
)
def test_honest_marks_are_not_too_many(title: str) -> None:
    assert not text.excess_marks(title)


@pytest.mark.parametrize(
    ("whole", "limit", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("好好好", 6, "好好好"),
        ("好好好好", 6, "好好…"),
        ("好好好好", 7, "好好好…"),
        ("ab cd", 4, "ab…"),
        ("abcde\u0301f", 6, "abcd…"),
        ("", 5, ""),
        ("a" + FAMILY + "b", 4, "a…"),
        (FAMILY * 2, 6, FAMILY + "…"),
        ("🇨🇳🇺🇸🇯🇵", 5, "🇨🇳🇺🇸…"),
        ("🇨🇳🇺🇸🇯🇵", 4, "🇨🇳…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        ("각" * 3, 5, "각각…"),
        (unicodedata.normalize("NFD", "각각"), 8, unicodedata.normalize("NFD", "각") + "…"),
        ("हिन्दी हिन्दी", 4, "हि…"),
        ("\ud83d\ude00\ud83d\ude00", 3, "\ud83d\ude00…"),
        ("a" + "\u0301" * 9, 4, "…"),
    ],
)
def test_excerpts_end_between_graphemes(whole: str, limit: int, cut: str) -> None:
    assert text.excerpt(whole, limit) == cut


@given(st.text(), st.integers(1, 50))
def test_excerpts_keep_within_their_limit(whole: str, limit: int) -> None:
    cut = text.excerpt(whole, limit)
    assert text.weighted_length(cut) <= limit
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))


@pytest.mark.parametrize("piece", ["好", "a好", "a ", " ", "\u200b", "e\u0301", "🇨🇳"])
def test_a_million_characters_are_measured_in_no_time(piece: str) -> None:
    giant = piece * (1_000_000 // len(piece))
    start = time.process_time()
    assert text.unprintable(text.normalise(giant)) == []
    assert text.weighted_length(giant) >= len(giant)
    assert text.is_blank(giant) == (piece in " \u200b")
    assert text.excerpt(giant, 100).endswith("…")
    assert time.process_time() - start < 1.5
