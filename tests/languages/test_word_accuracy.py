"""Cutting, readings and equivalents on hand-labelled sets, half of which was not tuned on."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.languages import dictionary, glosses, reading

HERE = Path(__file__).parent
SENTENCES = tomllib.loads((HERE / "sentences_labelled.toml").read_text(encoding="utf-8"))
WORDS = tomllib.loads((HERE / "words_labelled.toml").read_text(encoding="utf-8"))

type Result = tuple[bool, str]


def parts(line: str) -> list[str]:
    """Text, words and readings of a labelled line, either of the last two may be missing."""
    return [part.strip() for part in f"{line}//".split("/")[:3]]


def cuts(half: str) -> Iterator[Result]:
    """Whether each word that must be one is one in its sentence."""
    for line in SENTENCES[half]:
        text, wanted, _ = parts(line)
        found = [word.text for word in reading.read(text)]
        for options in wanted.split():
            yield not set(found).isdisjoint(options.split("|")), f"{options}: {' '.join(found)}"


def spoken(text: str) -> list[str]:
    """One element a character of the text."""
    return [
        syllable
        for word in reading.read(text)
        for syllable in (word.pinyin or [" "] * len(word.text))
    ]


def place_of(part: str, text: str) -> int:
    name, _, number = part.partition("#")
    at = -1
    for _ in range(int(number or 1)):
        at = text.index(name, at + 1)
    return at


def readings(half: str) -> Iterator[Result]:
    for line in SENTENCES[half]:
        text, _, wanted = parts(line)
        for pair in filter(None, wanted.split("; ")):
            part, options = pair.split("=")
            at = place_of(part, text)
            found = " ".join(spoken(text)[at : at + len(part.partition("#")[0])])
            yield found in options.split("|"), f"{text}: {pair}, not {found}"


def equivalents(half: str) -> Iterator[Result]:
    for direction in ("to_chinese", "to_english"):
        for line in WORDS[half][direction]:
            term, wanted = line.split(": ")
            found = {glosses.key(word) for word in dictionary.equivalents(term, 8)}
            for options in wanted.split(",") if direction == "to_chinese" else [wanted]:
                right = any(glosses.key(option) in found for option in options.split("|"))
                yield right, f"{term}: {options} not in {found}"


CASES = {"cuts": cuts, "readings": readings, "equivalents": equivalents}


@pytest.mark.parametrize(
    ("half", "kind", "least"),
    [
        ("tuned", "cuts", 0.98),
        ("tuned", "readings", 0.97),
        ("tuned", "equivalents", 0.97),
        ("unseen", "cuts", 0.96),
        ("unseen", "readings", 0.95),
        ("unseen", "equivalents", 0.95),
    ],
)
def test_labelled_words_come_out_as_a_person_would_have_them(
    half: str, kind: str, least: float
) -> None:
    results = list(CASES[kind](half))
    missed = [what for right, what in results if not right]
    share = 1 - len(missed) / len(results)
    lines = [
        f"{half} {kind}: {len(results) - len(missed)} of {len(results)} = {share:.3f}",
        *missed,
    ]
    sys.stdout.write("\n  ".join(lines) + "\n")
    assert share >= least, missed


def test_the_sets_are_large_enough_to_tell() -> None:
    assert len(SENTENCES["tuned"]) + len(SENTENCES["unseen"]) >= 150
    assert sum(len(words) for half in WORDS.values() for words in half.values()) >= 150
    assert len(SENTENCES["unseen"]) >= 75
