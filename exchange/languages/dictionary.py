"""The dictionary, read: entries of a Chinese word, equivalents both ways, frequencies.

One read-only SQLite file (dictionary_build.py makes it), one connection a thread, so that the pages
of the operating system's cache are shared by all workers. Where the file is missing it is made.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from . import conversion, dictionary_build, glosses, numerals
from .inflection import bases

LONGEST_HEADWORD = 40
LONGEST_QUERY = 80
UNKNOWN_PLACE = 1_000_000
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_LETTER = re.compile(r"[^\W\d_]")

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a headword. `pinyin` has one tone-marked element a character of it.

    `number` is what a numeral that is no headword is worth, in figures.
    """

    simplified: str
    traditional: str
    pinyin: tuple[str, ...]
    senses: tuple[str, ...]
    measures: tuple[str, ...] = ()
    number: str = ""


class Listed(NamedTuple):
    """What the word list has of a Simplified word: `place` 1 is the commonest."""

    frequency: int
    place: int
    pinyin: tuple[str, ...]
    gist: str


def _base() -> sqlite3.Connection:
    connection: sqlite3.Connection | None = getattr(_local, "connection", None)
    if connection is None:
        if not dictionary_build.FILE.exists():
            dictionary_build.ensure()
        uri = f"{dictionary_build.FILE.as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, cached_statements=16)
        connection.execute("PRAGMA mmap_size = 67108864")
        connection.execute("PRAGMA cache_size = -512")
        _local.connection = connection
    return connection


def forget() -> None:
    """Opens the file anew at the next question: after a rebuild, and in tests."""
    connection: sqlite3.Connection | None = getattr(_local, "connection", None)
    if connection is not None:
        connection.close()
        del _local.connection
    for kept in (lookup, listed, _chinese, _english, traditional_characters):
        kept.cache_clear()


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


@cache
def traditional_characters() -> frozenset[str]:
    """Every character that Simplified text writes otherwise, at least in some word."""
    row = _base().execute("SELECT value FROM meta WHERE name = 'traditional'").fetchone()
    return frozenset(row[0])


def simplified(text: str) -> str:
    """The text in Simplified characters, each at the offset where it was."""
    if traditional_characters().isdisjoint(text):
        return text
    return conversion.convert(text, "hans")


@lru_cache(maxsize=4096)
def lookup(word: str) -> tuple[Entry, ...]:
    """The entries of a Chinese word in either script, the likeliest reading first; () if unknown."""
    word = word.strip()
    if not word or len(word) > LONGEST_HEADWORD or not _storable(word):
        return ()
    found = _entries(word)
    if not found and has_han(word):
        other = simplified(word)
        found = (_entries(other) if other != word else ()) or _numeral(other)
    return found


def _numeral(word: str) -> tuple[Entry, ...]:
    """三十二 is no headword; what it is worth can be told nevertheless."""
    worth = numerals.number(word)
    if worth is None:
        return ()
    sounds = (numerals.sound(word, at) or _said(char) for at, char in enumerate(word))
    full = conversion.convert(word, "hant")
    return (Entry(word, full, tuple(sounds), (f"the number {worth}",), number=worth),)


def _said(char: str) -> str:
    found = listed(char)
    return found.pinyin[0] if found else char


def _entries(word: str) -> tuple[Entry, ...]:
    rows = _base().execute(
        "SELECT simplified, traditional, pinyin, senses, measures FROM entry"
        " WHERE simplified = ?1 OR traditional = ?1 ORDER BY (traditional != ?1 AND simplified != ?1), id",
        (word,),
    )
    entries: dict[tuple[str, str], Entry] = {}
    for short, full, pinyin, senses, measures in rows:
        entry = Entry(
            short,
            full,
            tuple(pinyin.split(" ")),
            tuple(json.loads(senses)),
            tuple(measures.split()),
        )
        # 裏 and 裡 are one entry to somebody who asks for 里.
        entries.setdefault((pinyin, senses), entry)
    return tuple(entries.values())


def _storable(text: str) -> bool:
    """Whether SQLite can be asked for it: no half of a surrogate pair."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


@lru_cache(maxsize=8192)
def listed(word: str) -> Listed | None:
    """A Simplified word's frequency, usual reading and shortest English, or None."""
    if len(word) > LONGEST_HEADWORD or not _storable(word):
        return None
    row = (
        _base()
        .execute("SELECT frequency, place, pinyin, gist FROM word WHERE word = ?", (word,))
        .fetchone()
    )
    return Listed(row[0], row[1], tuple(row[2].split(" ")), row[3]) if row else None


def weights() -> Iterator[tuple[str, int]]:
    """Every word that text is cut into, with what it counts there.

    The last, which no text has, is what was taken off the others: what a word costs goes by the sum.
    """
    yield from _base().execute("SELECT word, weight FROM word WHERE weight > 0")
    yield from _base().execute("SELECT '\ue000', sum(frequency) - sum(weight) FROM word")


def english_words() -> dict[str, int]:
    """The vocabulary of the glosses with the number of times each word stands there."""
    return dict(_base().execute("SELECT word, count FROM english"))


def equivalents(term: str, limit: int = 8) -> list[str]:
    """A word or phrase in the other language, best first; [] where nothing is known.

    Chinese in either script gives English, anything else Chinese. "rents", "to move house" and
    "doctor's appointment" are found by their base forms and, failing that, by their words.
    """
    term = term.strip()
    if not term or len(term) > LONGEST_QUERY or not _storable(term):
        return []
    if has_han(term):
        return list(_in_english(term)[:limit])
    return list(_chinese(glosses.key(term))[:limit])


def _in_english(term: str) -> Sequence[str]:
    for form in dict.fromkeys((term, simplified(term), term.strip("。！？，、 "))):
        found = _english(form)
        if found:
            return found
    entries = lookup(term)
    senses = [
        glosses.sense(term, text, number)
        for entry in entries
        for number, text in enumerate(entry.senses)
    ]
    return glosses.in_english(senses, ())


@lru_cache(maxsize=4096)
def _english(word: str) -> tuple[str, ...]:
    row = _base().execute("SELECT english FROM word WHERE word = ?", (word,)).fetchone()
    return tuple(json.loads(row[0])) if row else ()


@lru_cache(maxsize=4096)
def _chinese(term: str) -> tuple[str, ...]:
    """The Chinese of an English term in its `glosses.key` form."""
    found = _merged(_forms(term))
    if not found and " " in term:
        found = _by_words(term.split())
    return tuple(found)


def _forms(term: str) -> list[str]:
    """The term, its base forms, and itself written together: "hot pots", "hot pot", "hotpots" ..."""
    words = term.split()
    if not words:
        return []
    last = [" ".join([*words[:-1], base]) for base in bases(words[-1])]
    first = [" ".join([base, *words[1:]]) for base in bases(words[0])] if len(words) > 1 else []
    together = ["".join(words)] if len(words) == 2 else []
    whole = [" ".join(bases(word)[-1] for word in words)] if len(words) > 1 else []
    return list(dict.fromkeys([term, *last, *first, *whole, *together]))


def _merged(forms: Sequence[str]) -> list[str]:
    """The words of all forms; a base form counts as much as the form that was asked for."""
    rows = [row for form in forms if (row := _term(form)) is not None]
    # "rents" in a gloss leads nowhere near as well as "rent" does: the better list comes first.
    rows.sort(key=lambda row: -row[0])
    return list(dict.fromkeys(word for _, words in rows for word in words.split(" ")))


def _term(term: str) -> tuple[float, str] | None:
    row: tuple[float, str] | None = (
        _base().execute("SELECT best, chinese FROM term WHERE term = ?", (term,)).fetchone()
    )
    return row


def _by_words(words: list[str]) -> list[str]:
    """What a phrase's longest known parts are: the last first, for it is what the phrase is about."""
    known: list[list[str]] = []
    end = len(words)
    while end:
        start = next((at for at in range(end) if _known(words[at:end])), end - 1)
        if _known(words[start:end]):
            known.append(_merged(_forms(" ".join(words[start:end]))))
        end = start
    return [word for place in range(4) for found in known for word in found[place : place + 1]]


def _known(words: Sequence[str]) -> bool:
    if len(words) == 1 and words[0] in glosses.STOPWORDS:
        return False
    return any(_term(form) is not None for form in _forms(" ".join(words)))


def known_term(term: str) -> bool:
    """Whether the word or phrase itself, in lower case, leads to a Chinese word."""
    return _term(term) is not None


def best_score(term: str) -> float:
    """How well the best of its Chinese words fits a term; 0.0 where there is none."""
    row = _term(term)
    return row[0] if row else 0.0


def in_english(entry: Entry) -> list[str]:
    """The short English equivalents of one reading, best first."""
    senses = [
        glosses.sense(entry.simplified, text, number) for number, text in enumerate(entry.senses)
    ]
    return glosses.in_english(senses, ())


def phrase(term: str) -> bool:
    """Whether several English words are one term of the dictionary or of the board's list."""
    return any(
        (row := _term(form)) and row[0] >= PHRASE_AT_LEAST for form in _forms(glosses.key(term))
    )


# A whole sense of a word that is not too rare; a chance pair of words inside one has less.
PHRASE_AT_LEAST = 6.8


def rarity(word: str) -> int:
    """The place of a Chinese word by frequency: 1 is the commonest, UNKNOWN_PLACE never seen."""
    short = simplified(word)
    found = listed(word) or listed(short)
    if found is None:
        return UNKNOWN_PLACE if numerals.number(short) is None else 1
    return found.place
