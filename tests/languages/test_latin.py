import pytest

from exchange.languages import latin
from exchange.languages.syllables import is_syllables


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("the rent went up", True),
        ("helo can anyone helpme with visa aplication", True),
        ("UCLA", True),
        ("New York", True),
        ("déjà vu all over again", True),
        ("la vie est belle", False),
        ("no entiendo", False),
        ("cam on ban nhieu", False),
        ("ni you mei you", False),
        ("Wunderbar", False),
        ("1234", False),
        ("", False),
    ],
)
def test_latin_letters_alone_are_english_or_not(text: str, english: bool) -> None:
    assert (latin.alone(text).english > 0) is english


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("deadline", 1),
        ("Deadline", 0),
        ("iPhone", 0),
        ("CSE 2221", 0),
        ("wifi", 0),
        ("office hour", 2),
        ("The Shawshank Redemption", 0),
        ("University of California", 0),
        ("I love you", 3),
        ("WHY IS IT SO", 4),
        ("NBA MVP FMVP", 0),
        ("fangzu hen gui", 0),
        ("asdf qwer zxcv", 0),
    ],
)
def test_beside_han_only_what_is_said_in_english_counts(run: str, words: int) -> None:
    found = latin.beside_han([run])
    assert (found.english, found.foreign) == (words, 0)


def test_a_term_is_no_clause() -> None:
    said = ["office hour", "so good", "good luck", "what is it", "lecture"]
    clauses = [run for run in said if latin.beside_han([run]).clause]
    assert clauses == ["so good", "good luck", "what is it"]


def test_another_language_beside_han_is_foreign() -> None:
    assert latin.beside_han(["no me gusta el café de aquí"]).foreign == 7


def test_a_word_without_end_is_cut() -> None:
    assert latin.tokens("a" * 10_000) == ["a" * latin.LONGEST_TOKEN]


@pytest.mark.parametrize("word", ["nǐhǎo", "ni3", "Chongqing", "lü", "lv", "xian", "zhuang"])
def test_pinyin_splits_into_syllables(word: str) -> None:
    assert is_syllables(word)


@pytest.mark.parametrize("word", ["rent", "nihk", "", "123", "zhuangzhuangzhuangzhuangzhuang"])
def test_other_words_do_not(word: str) -> None:
    assert not is_syllables(word)
