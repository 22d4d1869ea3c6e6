"""The reviewed word list of the board: `seeds/glossary/*.toml`, what comes before any dictionary.

`pairs.toml` has the tables `english` (English to Chinese, best first), `chinese` (the other way)
and `words` (what has to be cut as one, with its pinyin where the dictionary's would be wrong).
`cuts.toml` has the table `cuts`: words that are `whole` and headwords that are cut `apart`.
The other files hold `[[term]]` with `en` and `zh`, each a string or a list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent.parent / "seeds" / "glossary"


@dataclass(slots=True)
class Curated:
    """English to Chinese, Chinese to English, and every Chinese word with its pinyin or "".

    `whole` are those that are cut as one whatever they are made of, `apart` those that never are.
    """

    chinese: dict[str, list[str]] = field(default_factory=dict)
    english: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)

    def add(self, english: Iterable[str], chinese: Iterable[str]) -> None:
        for zh in chinese:
            for en in english:
                _append(self.chinese, en.lower(), zh)
                _append(self.english, zh, en)


def _append(table: dict[str, list[str]], name: str, value: str) -> None:
    values = table.setdefault(name, [])
    if value not in values:
        values.append(value)


def files(folder: Path = FOLDER) -> list[Path]:
    return sorted(folder.glob("*.toml"), key=lambda path: (path.name != "pairs.toml", path.name))


def read(folder: Path = FOLDER) -> Curated:
    """Everything in the folder; what has another shape is passed over.

    Raises ValueError, with the file's name, where one is not TOML.
    """
    found = Curated()
    for path in files(folder):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError as wrong:
            raise ValueError(f"{path}: {wrong}") from wrong
        _add_pairs(found, data)
        for term in _terms(data):
            pinyin = term.get("pinyin", "")
            if isinstance(pinyin, list):
                pinyin = " ".join(map(str, pinyin))
            chinese = _strings(term.get("zh"))
            found.add(_strings(term.get("en")), chinese)
            for place, zh in enumerate(chinese):
                # It is the first wording's; one with figures or Latin in it has other elements.
                fits = place == 0 and len(str(pinyin).split()) == len(zh)
                found.words.setdefault(zh, str(pinyin) if fits else "")
    return found


def _add_pairs(found: Curated, data: dict[str, Any]) -> None:
    for zh, english in _table(data, "chinese"):
        for en in _strings(english):
            _append(found.english, zh, en)
        found.words.setdefault(zh, "")
    for en, chinese in _table(data, "english"):
        found.add([en], _strings(chinese))
    for zh, english in _table(data, "chinese"):
        for en in _strings(english):
            _append(found.chinese, en.lower(), zh)
    for word, pinyin in _table(data, "words"):
        if isinstance(pinyin, str):
            found.words[word] = pinyin
            found.whole.add(word)
    cuts = {name: words.split() for name, words in _table(data, "cuts") if isinstance(words, str)}
    found.apart.update(cuts.get("apart", ()))
    for word in cuts.get("whole", ()):
        found.words.setdefault(word, "")
        found.whole.add(word)


def _table(data: dict[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    table = data.get(name)
    return iter(table.items() if isinstance(table, dict) else ())


def _terms(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ("term", "terms"):
        listed = data.get(name)
        if isinstance(listed, list):
            yield from (term for term in listed if isinstance(term, dict))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text.strip() for text in values if isinstance(text, str) and text.strip()]
