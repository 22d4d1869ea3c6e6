"""A whole body through an engine: cut, protected, asked, verified, judged, put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exchange.languages import mentions, terms
from exchange.languages.script import Span, detect, han_script, language_spans
from exchange.languages.text import without_unprintable

from . import verdict
from .chunks import Piece, pieces
from .joining import joined, needs_space
from .protection import Lost, Mark, Protected, around, protect, restore, without_placeholders
from .protocol import CHINESE, Broken, Translator, Unsupported, simplified, traditional

# Longer posts cannot be written.
MOST_CHARACTERS = 10_000

_TARGETS = ("en", *CHINESE)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd]")
_LATIN = re.compile("[A-Za-z]")
_BEGINS_BLOCK = re.compile(r"(?:[-+*](?=\s)|#{1,6}(?=\s)|>|\||={2,}|-{2,}|`{3}|~{3})")
_BEGINS_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s)")
_MARKUP = re.compile(r"(?<!\\)[*`~]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`body` in Markdown, or None and why not: one of `verdict.REASONS`.

    `characters` went to the engine, also for nothing.
    """

    body: str | None
    reason: str
    characters: int


class _Glossary:
    """Agreed wordings as marks: the engine gets a placeholder, and the agreed word comes back."""

    def __init__(self, wordings: Mapping[str, str]) -> None:
        self._said = list(wordings.values())
        self._terms = terms.compiled((at, [here]) for at, here in enumerate(wordings))

    def marked(self, piece: Piece, body: str) -> Piece:
        """The piece with its terms marked; one that is nothing else is left to the engine."""
        found = [
            Mark(start, end, said=self._said[number])
            for start, end, number in terms.find(piece.text(body), self._terms, ())
            if not any(mark.start < end and start < mark.end for mark in piece.marks)
        ]
        marks = tuple(sorted([*piece.marks, *found], key=lambda mark: mark.start))
        made = replace(piece, marks=marks)
        return made if found and made.has_words(body) else piece


@dataclass(slots=True)
class _Talk:
    """One body's talk with an engine; it counts what is sent."""

    translator: Translator
    source: str
    target: str
    glossary: _Glossary
    characters: int = 0
    said: list[verdict.Said] = field(default_factory=list)

    def ask(self, texts: Sequence[str]) -> list[str]:
        if not texts:
            return []
        self.characters += sum(map(len, texts))
        answers = self.translator.translate(texts, self.source, self.target)
        if len(answers) != len(texts) or not all(isinstance(answer, str) for answer in answers):
            raise Broken(f"{len(texts)} sentences, {len(answers)} answers")
        return [_tidied(answer, self.target) for answer in answers]


def translate_body(
    translator: Translator,
    body: str,
    source: str,
    target: str,
    names: Collection[str] = (),
    wordings: Mapping[str, str] | None = None,
) -> Outcome:
    """The body in `target` (`en`, `zh-hans`, `zh-hant`), or the reason why there is none.

    `names` are the members called by name, as typed (`queries.mentioned`); `wordings` say how the
    glossary puts words of the body (`queries.agreed_wordings`). What is in the target
    language already stays; of a `mixed` body only the other language is translated. Raises
    `EngineError`: `Unsupported` for a pair that is no translation, the rest as the engine does.
    """
    if source == "mixed":
        spans = _spans(body, names)
        return translate_spans(translator, body, spans, target, names, wordings)
    _check_pair(source, target)
    parts = [piece for piece in _pieces(body, names) if _is_from(body, piece, source, target)]
    talk = _Talk(translator, source, target, _Glossary(wordings or {}))
    return _translate(talk, body, parts, names)


def translate_spans(
    translator: Translator,
    body: str,
    spans: Sequence[Span],
    target: str,
    names: Collection[str] = (),
    wordings: Mapping[str, str] | None = None,
) -> Outcome:
    """The same for a `mixed` body, of which only `spans` (`detect`) of the other language change.

    A sentence that is in the other language as a whole is translated as a whole.
    """
    chinese = han_script(body)
    source = chinese if target == "en" else "en"
    _check_pair(source, target)
    parts = [
        part for piece in _pieces(body, names) for part in _foreign(body, piece, spans, target)
    ]
    talk = _Talk(translator, source, target, _Glossary(wordings or {}))
    return _translate(talk, body, parts, names)


def _check_pair(source: str, target: str) -> None:
    if source not in _TARGETS or target not in _TARGETS or _is_same(source, target):
        raise Unsupported(source, target)


def _is_same(language: str, target: str) -> bool:
    """Whether both are the same, but for the script."""
    return language.partition("-")[0] == target.partition("-")[0]


def _is_from(body: str, piece: Piece, source: str, target: str) -> bool:
    """Whether there are letters of the source in it, and more of them than of the target."""
    words = _words(body, piece)
    letter = _LATIN if source == "en" else _HAN
    return bool(letter.search(words)) and not _is_same(detect(words).language, target)


def _pieces(body: str, names: Collection[str]) -> list[Piece]:
    return pieces(body, names) if len(body) <= MOST_CHARACTERS else []


def _words(body: str, piece: Piece) -> str:
    return without_placeholders(protect(piece.text(body), piece.marks).text)


def _spans(body: str, names: Collection[str]) -> Sequence[Span]:
    """Also of a text that only its author calls mixed."""
    prose = mentions.blanked(body, names)
    return detect(prose).spans or tuple(language_spans(prose, han_script(prose)))


def _foreign(body: str, piece: Piece, spans: Sequence[Span], target: str) -> list[Piece]:
    """What of a sentence is to be translated: nothing, all, or its runs of the other language."""
    here = [span for span in spans if span[0] < piece.end and span[1] > piece.start]
    others = [span for span in here if not _is_same(span[2], target)]
    if not others:
        return []
    found = detect(_words(body, piece)).language
    if len(others) == len(here) or found == "en" or found in CHINESE:
        if not _is_same(found, target):
            return [piece]
        if target != "en":  # names in a Chinese sentence
            return []
    runs = [piece.between(body, start, end) for start, end, _ in others]
    return [run for run in runs if run.has_words(body)]


def _translate(talk: _Talk, body: str, parts: list[Piece], names: Collection[str]) -> Outcome:
    if len(body) > MOST_CHARACTERS:
        return Outcome(None, "length", 0)
    if not parts:
        return Outcome(None, "unchanged", 0)
    parts = [talk.glossary.marked(part, body) for part in parts]
    texts = _answers(talk, body, parts)
    if texts is None:
        return Outcome(None, "placeholders", talk.characters)
    reason = verdict.of_all(talk.said, talk.target, names)
    if reason:
        return Outcome(None, reason, talk.characters)
    made = joined(body, parts, texts, talk.target)
    reason = verdict.of_structure(body, made, names)
    return Outcome(None if reason else made, reason, talk.characters)


def _answers(talk: _Talk, body: str, parts: list[Piece]) -> list[str] | None:
    """Each piece's translation; None if one lost placeholders three times.

    Engines lose marks: then they are asked without those of emphasis, and at last for the words
    between the marks that must stay.
    """
    found: dict[int, str] = {}
    for attempt in (_whole, _without_emphasis, _between):
        waiting = [at for at in range(len(parts)) if at not in found]
        attempt(talk, body, {at: parts[at] for at in waiting}, found)
    return [found[at] for at in range(len(parts))] if len(found) == len(parts) else None


def _whole(talk: _Talk, body: str, parts: dict[int, Piece], found: dict[int, str]) -> None:
    _try(talk, body, parts, found, emphasis=True)


def _without_emphasis(
    talk: _Talk, body: str, parts: dict[int, Piece], found: dict[int, str]
) -> None:
    emphasised = {
        at: piece
        for at, piece in parts.items()
        if any(mark.kind.startswith("emphasis") for mark in piece.marks)
    }
    _try(talk, body, emphasised, found, emphasis=False)


def _try(
    talk: _Talk, body: str, parts: dict[int, Piece], found: dict[int, str], *, emphasis: bool
) -> None:
    sent = {
        at: protect(piece.text(body), piece.marks, emphasis=emphasis) for at, piece in parts.items()
    }
    answers = talk.ask([protected.text for protected in sent.values()])
    for (at, protected), answer in zip(sent.items(), answers, strict=True):
        try:
            found[at] = _placed(talk, body, parts[at], answer, protected)
        except Lost:
            continue
        talk.said.append(verdict.Said(protected.text, answer))


def _between(talk: _Talk, body: str, parts: dict[int, Piece], found: dict[int, str]) -> None:
    """The words between the marks, sentence by sentence, and the marks where they were."""
    cut = {at: _cut(body, piece) for at, piece in parts.items()}
    asked = [
        (at, words) for at, bits in cut.items() for words, mark in bits if _is_words(words, mark)
    ]
    answers = iter(talk.ask([words.strip() for _, words in asked]))
    for at, bits in cut.items():
        came = [next(answers) if _is_words(words, mark) else "" for words, mark in bits]
        try:
            found[at] = _put_between(talk, body, parts[at], bits, came)
        except Lost:
            continue
        sent = " ".join(words.strip() for words, mark in bits if _is_words(words, mark))
        talk.said.append(verdict.Said(sent, " ".join(filter(None, came))))


def _cut(body: str, piece: Piece) -> list[tuple[str, Mark | None]]:
    """The piece's text cut at its marks, without those of emphasis; a mark with what is one."""
    found = []
    for start, end, mark in around(piece.text(body), piece.marks):
        part = piece.within(piece.start + start, piece.start + end)
        marks = () if mark else part.marks
        found.append((protect(part.text(body), marks, emphasis=False).text, mark))
    return found


def _is_words(text: str, mark: Mark | None) -> bool:
    return mark is None and any(map(str.isalpha, text))


def _put_between(
    talk: _Talk,
    body: str,
    piece: Piece,
    bits: Sequence[tuple[str, Mark | None]],
    came: Sequence[str],
) -> str:
    made, glued = "", True
    for (kept, mark), answer in zip(bits, came, strict=True):
        text = (mark.said if mark else "") or kept
        if _is_words(kept, mark):
            words = kept.strip()
            before, _, behind = kept.partition(words)
            text = before + _placed(talk, body, piece, answer, Protected(words)) + behind
        glued = glued or (mark is not None and mark.kind == "close") or talk.target != "en"
        made += " " * (not glued and needs_space(made, text)) + text
        glued = mark is not None and mark.kind == "open"
    return made


def _placed(talk: _Talk, body: str, piece: Piece, answer: str, protected: Protected) -> str:
    """The answer with its marks, and nothing in it that Markdown would take for more. Raises `Lost`."""
    if len(_MARKUP.findall(answer)) > len(_MARKUP.findall(protected.text)):
        answer = _MARKUP.sub(r"\\\g<0>", answer)
    text = restore(answer, protected, english=talk.target == "en")
    if piece.is_cell:
        text = re.sub(r"(?<!\\)\|", r"\\|", text)
    if not _BEGINS_BLOCK.match(piece.text(body)):
        text = f"\\{text}" if _BEGINS_BLOCK.match(text) else text
    if not _BEGINS_NUMBERED.match(piece.text(body)) and _BEGINS_NUMBERED.match(text):
        text = _BEGINS_NUMBERED.sub(r"\1\\\2", text, count=1)
    return text


def _tidied(answer: str, target: str) -> str:
    """One line in normal form, in the script that was asked for."""
    text = " ".join(without_unprintable(unicodedata.normalize("NFC", answer[:50_000])).split())
    if target in CHINESE and han_script(text, target) != target:
        text = simplified(text) if target == "zh-hans" else traditional(text)
    return text
