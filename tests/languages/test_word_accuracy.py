"""Cutting, readings and equivalents on hand-labelled sets, half of which was not tuned on."""

import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exchange.languages import dictionary, glosses, reading

HERE = Path(__file__).parent


def labelled(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}_labelled.toml").read_text(encoding="utf-8"))


SENTENCES = labelled("sentences")
EVERYDAY = labelled("everyday")
WORDS = labelled("words")

# EVERYDAY's figures (November 2026), first and last. Cuts: `tuned` 195 of 206, since grown, last 408 of 409;
# `unseen` 200 of 210 and `fresh` 278 of 285 when they were first asked: both have been looked at since and
# are no longer unseen, last 207 and 285, no label of theirs changed; `second_fresh` 376 of 377 when it was
# asked, which was once, after the last change. It is the easier one: 325 of its labels are also in
# everyday_words.toml, which was tuned on; of the other 52 all came out. Readings: `tuned` 151 of 154, since
# grown, last 637 of 638; `unseen` 132 of 140, last 133. A first fresh set of readings had 130 of 138 and is
# among the tuned ones now; the one that replaced it had 113 of 115 when it was first asked, and has. Further
# sentences, written to tune on, are among the tuned ones as well, without six that stayed wrong or whose
# label was doubtful.
# The cuts of SENTENCES's `unseen` have been looked at as well, last 222 of 224.

type Result = tuple[bool, str]


def parts(line: str) -> list[str]:
    """Text, words and readings of a labelled line, either of the last two may be missing."""
    return [part.strip() for part in f"{line}//".split("/")[:3]]


def cuts(lines: list[str]) -> Iterator[Result]:
    """Whether each word that must be one is one in its sentence, and what stands after "!" is none."""
    for line in lines:
        text, wanted, _ = parts(line)
        found = [word.text for word in reading.read(text)]
        for options in wanted.split():
            absent = set(found).isdisjoint(options.removeprefix("!").split("|"))
            yield absent is options.startswith("!"), f"{options}: {' '.join(found)}"


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


def readings(lines: list[str]) -> Iterator[Result]:
    for line in lines:
        text, _, wanted = parts(line)
        for pair in filter(None, wanted.split("; ")):
            part, options = pair.split("=")
            at = place_of(part, text)
            found = " ".join(spoken(text)[at : at + len(part.partition("#")[0])])
            yield found in options.split("|"), f"{text}: {pair}, not {found}"


def equivalents(words: dict[str, list[str]]) -> Iterator[Result]:
    for direction in ("to_chinese", "to_english"):
        for line in words[direction]:
            term, wanted = line.split(": ")
            found = {glosses.key(word) for word in dictionary.equivalents(term, 8)}
            for options in wanted.split(",") if direction == "to_chinese" else [wanted]:
                right = any(glosses.key(option) in found for option in options.split("|"))
                yield right, f"{term}: {options} not in {found}"


@pytest.mark.parametrize(
    ("name", "check", "lines", "least"),
    [
        ("tuned cuts", cuts, SENTENCES["tuned"], 0.98),
        ("tuned readings", readings, SENTENCES["tuned"], 0.97),
        ("tuned equivalents", equivalents, WORDS["tuned"], 0.97),
        ("unseen cuts", cuts, SENTENCES["unseen"], 0.98),
        ("unseen readings", readings, SENTENCES["unseen"], 0.95),
        ("unseen equivalents", equivalents, WORDS["unseen"], 0.95),
        ("everyday tuned cuts", cuts, EVERYDAY["tuned"]["cuts"], 0.99),
        ("everyday tuned readings", readings, EVERYDAY["tuned"]["readings"], 0.97),
        ("everyday unseen cuts", cuts, EVERYDAY["unseen"]["cuts"], 0.98),
        ("everyday unseen readings", readings, EVERYDAY["unseen"]["readings"], 0.95),
        ("everyday fresh cuts", cuts, EVERYDAY["fresh"]["cuts"], 0.99),
        ("everyday second fresh cuts", cuts, EVERYDAY["second_fresh"]["cuts"], 0.99),
        ("everyday fresh readings", readings, EVERYDAY["fresh"]["readings"], 0.95),
    ],
)
def test_labelled_words_come_out_as_a_person_would_have_them(
    name: str, check: Callable[[Any], Iterator[Result]], lines: Any, least: float
) -> None:
    results = list(check(lines))
    missed = [what for right, what in results if not right]
    share = 1 - len(missed) / len(results)
    right = f"{name}: {len(results) - len(missed)} of {len(results)} = {share:.3f}"
    sys.stdout.write("\n  ".join([right, *missed]) + "\n")
    assert share >= least, missed


def test_the_sets_are_large_enough_to_tell() -> None:
    assert len(SENTENCES["tuned"]) + len(SENTENCES["unseen"]) >= 150
    assert sum(len(words) for half in WORDS.values() for words in half.values()) >= 150
    assert len(SENTENCES["unseen"]) >= 75
