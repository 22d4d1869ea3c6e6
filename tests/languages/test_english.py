import sys

import pytest

from exchange.languages import english


def test_the_vocabulary_counts_the_words_of_glosses() -> None:
    counts = english.vocabulary(["to rent; to lease", "rent", "lease (contract)"])
    assert counts == {"to": 2, "rent": 2, "lease": 2, "contract": 1}


@pytest.mark.parametrize(
    ("sense", "words"),
    [
        ("variant of 好[hao3], good", {"variant", "of", "good"}),
        ("hello (from wo hao)", set()),
        ("CL:個|个[ge4]", set()),
        ("Hao, surname", {"surname"}),
        (
            "(bird species of France) crow (Corvus corone)",
            {"bird", "species", "of", "France", "crow"},
        ),
        ("wo hao de men", {"men"}),
        ('guy (loanword from Spanish "chico")', {"guy"}),
        ("the painter's Paris", {"the", "painter's", "Paris"}),
        ("to go la la la", {"to", "go"}),
        ("café", set()),
    ],
)
def test_what_is_not_english_in_a_gloss_does_not_count(sense: str, words: set[str]) -> None:
    found = set(english.vocabulary([sense])) - {"hello"}
    assert found == words


@pytest.mark.parametrize(
    "word",
    """
    rent rents moved cheaper cheapest studies tried running stopped quickly happiness sooo yesss
    hahaha lmaooo don't Tom's landlord’s they'll y'all thx pls idk ngl tbh dorm roommate internship
    GPA wifi full-time out-of-pocket Congrats I we've dumplings sublet
    """.split(),
)
def test_words_of_a_board_are_english(word: str) -> None:
    assert english.is_english(word)


@pytest.mark.parametrize(
    "word",
    """
    wo hao ni shi xie gracias bonjour danke nicht tidak salamat khong der la les est qwerty
    hh h é 好 s-s zzzzzz
    """.split(),
)
def test_words_of_other_languages_are_not(word: str) -> None:
    assert not english.is_english(word)


def test_the_known_words_take_less_than_three_megabytes() -> None:
    known = english.known()
    size = sys.getsizeof(known) + sum(map(sys.getsizeof, known))
    assert len(known) > 15_000
    assert size < 3 * 2**20
    assert english.known() is known


def test_without_a_gloss_the_listed_words_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "known", frozenset)
    english.is_english.cache_clear()
    assert english.is_english("thx") and not english.is_english("umbrella")
    english.is_english.cache_clear()
    assert english.vocabulary([]) == {}
