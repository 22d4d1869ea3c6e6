"""When a text holds a word that somebody muted."""

import pytest

from exchange.boards import muted_words
from exchange.boards.muting import Mutes


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("cat", "My Cat sleeps."),
        ("ＣＡＴ", "my cat"),
        ("cat", "ｃａｔ！"),
        ("cat", "我的cat在睡觉"),
        ("猫", "小猫在睡觉"),
        ("的", "我的"),
        ("台湾", "我在臺灣"),
        ("臺灣", "我在台湾"),
        ("房租", "這裡的房租"),
        ("里", "屋裏"),
        ("iPhone手机", "新的IPHONE手機"),
        ("C++", "I write c++ daily"),
        ("part time", "a part\ntime job"),
        ("Straße", "in der STRASSE"),
        ("spam", "s\u200bp\u200bam"),
        ("🐱", "so cute 🐱🐱"),
        ("привет", "Привет!"),
        ("é", "e\u0301"),
    ],
)
def test_a_word_is_found_in_any_case_width_and_script(word, text) -> None:
    assert Mutes(words=(muted_words.normalised(word),)).hides(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("cat", "cats and concatenation"),
        ("cat", "cat_food"),
        ("猫", "狗"),
        ("привет", "приветствие"),
        ("part time", "parttime"),
        ("a", "an apple"),
        (".", "abc"),
    ],
)
def test_a_word_of_letters_is_matched_whole(word, text) -> None:
    assert not Mutes(words=(word,)).hides(text)


def test_no_words_hide_nothing() -> None:
    assert not Mutes().hides("anything") and muted_words.pattern(()) is None


def test_what_stands_around_a_post_s_words_is_none_of_them() -> None:
    html = (
        '<article><header class="who"><h2>tom</h2></header>'
        '<div class="half original"><p>The <strong>ca</strong>t sat.</p><p>On it</p></div>'
        '<p class="source">translated by reply</p>'
        '<a class="frame" href="/x"><span>Show picture</span></a>'
        '<figcaption><div class="said"><p>Fish &amp; chips</p></div>'
        '<details class="picture-acts"><p class="acts"><a>Report</a></p></details></figcaption>'
        '<p class="acts" lang="en"><a>Reply</a> <span class="shows"><a>Both</a></span></p></article>'
    )
    assert muted_words.text_of(html).split() == [
        "The",
        "cat",
        "sat.",
        "On",
        "it",
        "Fish",
        "&",
        "chips",
    ]


def test_a_browser_gets_each_spelling_of_a_word() -> None:
    assert muted_words.spellings("台湾") == sorted({"台湾", "臺灣", "台灣"})
    assert muted_words.spellings("Cat") == ["cat"]
    assert "頭髮" in muted_words.spellings("头发")


@pytest.mark.parametrize(
    ("typed", "kept"), [("  ＡＢ　c ", "AB c"), ("房\u200b租", "房租"), ("臺灣", "臺灣")]
)
def test_a_word_is_kept_as_it_was_typed_but_for_width_and_spaces(typed, kept) -> None:
    assert muted_words.normalised(typed) == kept
