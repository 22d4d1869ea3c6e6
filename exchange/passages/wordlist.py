"""A member's kept words with what is known of them, for the page and as files to take along."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from exchange.boards.rules import Reader
from exchange.languages import dictionary
from exchange.languages.annotate import spelled
from exchange.languages.models import Passage, SavedWord
from exchange.languages.reading import read, zhuyin
from exchange.languages.render import plain
from exchange.languages.text import excerpt

from . import queries

COLUMNS = ("word", "traditional", "reading", "senses", "sentence")
MOST_SENSES = 6
SENTENCE_LENGTH = 240
# What a spreadsheet takes for the beginning of a formula, a tab and a line end included (OWASP, "CSV
# Injection"); the full-width signs as well, which some take for the same.
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?]+[」』”’)）]*|\.(?=\s)|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Known:
    """A kept word. `traditional` is "" where it is written alike; `sentence` where it may not be read."""

    saved: SavedWord
    word: str
    traditional: str
    pinyin: str
    zhuyin: str
    senses: tuple[str, ...]
    sentence: str = ""


def saved(owner: Any) -> QuerySet[SavedWord]:
    """Newest first."""
    return SavedWord.objects.filter(owner=owner).order_by("-created_at", "-id")


def known(reader: Reader, words: Sequence[SavedWord]) -> list[Known]:
    """What the dictionary has of kept words, each with the sentence it was met in."""
    met = {word.passage_id for word in words if word.passage_id}
    texts = {passage.pk: _texts(passage) for passage, _, _ in queries.readable(reader, met)}
    return [_known(word, texts.get(word.passage_id or 0, ())) for word in words]


def _texts(passage: Passage) -> tuple[str, ...]:
    halves = passage.translations.all()
    return tuple(plain(body) for body in (passage.body, *(half.body for half in halves)))


def _known(saved: SavedWord, texts: Iterable[str]) -> Known:
    sentence = next(filter(None, (sentence_with(saved.word, text) for text in texts)), "")
    if not dictionary.has_han(saved.word):
        senses = tuple(dictionary.equivalents(saved.word, MOST_SENSES))
        return Known(saved, saved.word, "", "", "", senses, sentence)
    sounds = [sound for word in read(saved.word) for sound in word.pinyin or ()]
    entries = dictionary.lookup(saved.word)
    entries = tuple(sorted(entries, key=lambda entry: list(entry.pinyin) != sounds))
    senses = dict.fromkeys(sense for entry in entries for sense in entry.senses)
    full = entries[0].traditional if entries else ""
    return Known(
        saved,
        saved.word,
        full if full != saved.word else "",
        spelled(sounds),
        " ".join(map(zhuyin, sounds)),
        tuple(senses)[:MOST_SENSES],
        sentence,
    )


def sentence_with(word: str, text: str) -> str:
    """The first sentence of a text that has the word in it, "" where none has."""
    wanted = word.casefold()
    for match in _SENTENCE.finditer(text):
        if wanted in match[0].casefold():
            return excerpt(" ".join(match[0].split()), SENTENCE_LENGTH)
    return ""


# Files


def as_csv(words: Iterable[Known], *, sounds: str) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it (Excel takes it for something else without)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _rows(words, sounds):
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_anki(words: Iterable[Known], *, sounds: str) -> bytes:
    """Anki's text import: the header lines of its manual ("Importing Text Files"), a note a line."""
    head = ["#separator:tab", "#html:false", "#columns:" + "\t".join(COLUMNS)]
    rows = ["\t".join(_one_line(cell) for cell in row) for row in _rows(words, sounds)]
    return "\n".join([*head, *rows, ""]).encode()


def _rows(words: Iterable[Known], sounds: str) -> Iterator[tuple[str, ...]]:
    for known in words:
        reading = known.zhuyin if sounds == "zhuyin" else known.pinyin
        yield known.word, known.traditional, reading, "; ".join(known.senses), known.sentence


def _harmless(cell: str) -> str:
    """No cell that a spreadsheet would run."""
    cell = cell.strip()
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _one_line(cell: str) -> str:
    """Without tabs and line ends, and no line that Anki would take for one of its headers."""
    line = " ".join(cell.split()).replace('"', "”")
    return f"＃{line[1:]}" if line.startswith("#") else line
