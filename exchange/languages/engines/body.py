"""A whole body through an engine: cut, protected, asked, verified, judged, put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from exchange.languages import mentions
from exchange.languages.script import Span, detect, han_script
from exchange.languages.text import without_unprintable

from . import verdict
from .chunks import Piece, pieces
from .joining import joined, needs_space
from .protection import Lost, Protected, around, protect, restore, without_placeholders
from .protocol import CHINESE, Broken, Translator, Unsupported, simplified, traditional

# Longer posts cannot be written.
MOST_CHARACTERS = 10_000

_TARGETS = ("en", *CHINESE)
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


@dataclass(slots=True)
class _Talk:
    """One body's talk with an engine; it counts what is sent."""

    translator: Translator
    source: str
    target: str
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
    translator: Translator, body: str, source: str, target: str, names: Collection[str] = ()
) -> Outcome:
    """The body in `target` (`en`, `zh-hans`, `zh-hant`), or the reason why there is none.

    `names` are the members called by name, as typed (`queries.mentioned`). What is in the target
    language already stays; of a `mixed` body only the other language is translated. Raises
    `EngineError`: `Unsupported` for a pair that is no translation, the rest as the engine does.
    """
    if source == "mixed":
        return translate_spans(translator, body, _spans(body, names), target, names)
    _check_pair(source, target)
    parts = [piece for piece in _pieces(body, names) if not _is_in(_words(body, piece), target)]
    return _translate(_Talk(translator, source, target), body, parts, names)


def translate_spans(
    translator: Translator,
    body: str,
    spans: Sequence[Span],
    target: str,
    names: Collection[str] = (),
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
    return _translate(_Talk(translator, source, target), body, parts, names)


def _check_pair(source: str, target: str) -> None:
    if source not in _TARGETS or target not in _TARGETS or _is_same(source, target):
        raise Unsupported(source, target)


def _is_same(language: str, target: str) -> bool:
    """Whether both are the same, but for the script."""
    return language.partition("-")[0] == target.partition("-")[0]


def _is_in(text: str, target: str) -> bool:
    return _is_same(detect(text).language, target)


def _pieces(body: str, names: Collection[str]) -> list[Piece]:
    return pieces(body, names) if len(body) <= MOST_CHARACTERS else []


def _words(body: str, piece: Piece) -> str:
    return without_placeholders(protect(piece.text(body), piece.marks).text)


def _spans(body: str, names: Collection[str]) -> Sequence[Span]:
    return detect(mentions.blanked(body, names)).spans


def _foreign(body: str, piece: Piece, spans: Sequence[Span], target: str) -> list[Piece]:
    """What of a sentence is to be translated: nothing, all, or its runs of the other language."""
    here = [span for span in spans if span[0] < piece.end and span[1] > piece.start]
    others = [span for span in here if not _is_same(span[2], target)]
    if not others:
        return []
    found = detect(_words(body, piece)).language
    if len(others) == len(here) or found not in ("mixed", "other"):
        return [] if _is_same(found, target) else [piece]
    runs = [piece.between(body, start, end) for start, end, _ in others]
    return [run for run in runs if run.has_words(body)]


def _translate(talk: _Talk, body: str, parts: list[Piece], names: Collection[str]) -> Outcome:
    if len(body) > MOST_CHARACTERS:
        return Outcome(None, "length", 0)
    if not parts:
        return Outcome(None, "unchanged", 0)
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
            found[at] = _placed(body, parts[at], answer, protected)
        except Lost:
            continue
        talk.said.append(verdict.Said(protected.text, answer))


def _between(talk: _Talk, body: str, parts: dict[int, Piece], found: dict[int, str]) -> None:
    """The words between the marks, sentence by sentence, and the marks where they were."""
    asked = [
        (at, place, protect(part.text(body), part.marks, emphasis=False))
        for at, piece in parts.items()
        for place, part in enumerate(_cut(piece, body))
        if part is not None and part.has_words(body)
    ]
    answers = talk.ask([protected.text.strip() for *_, protected in asked])
    said = {
        (at, place): (protected, answer)
        for (at, place, protected), answer in zip(asked, answers, strict=True)
    }
    for at, piece in parts.items():
        try:
            found[at] = _put_between(talk, body, piece, at, said)
        except Lost:
            continue
        here = [one for key, one in said.items() if key[0] == at]
        sent, came = (
            " ".join(texts) for texts in ([p.text for p, _ in here], [a for _, a in here])
        )
        talk.said.append(verdict.Said(sent, came))


def _cut(piece: Piece, body: str) -> list[Piece | None]:
    """The piece at its marks: None for each of those."""
    return [
        None if mark else piece.within(piece.start + start, piece.start + end)
        for start, end, mark in around(piece.text(body), piece.marks)
    ]


def _put_between(
    talk: _Talk,
    body: str,
    piece: Piece,
    at: int,
    said: dict[tuple[int, int], tuple[Protected, str]],
) -> str:
    made, glued = "", True
    for place, (start, end, mark) in enumerate(around(piece.text(body), piece.marks)):
        text = piece.text(body)[start:end]
        if (at, place) in said:
            protected, answer = said[at, place]
            words = protected.text.strip()
            before, _, behind = protected.text.partition(words)
            text = before + _placed(body, piece, answer, Protected(words)) + behind
        glued = glued or (mark is not None and mark.kind == "close") or talk.target != "en"
        made += " " * (not glued and needs_space(made, text)) + text
        glued = mark is not None and mark.kind == "open"
    return made


def _placed(body: str, piece: Piece, answer: str, protected: Protected) -> str:
    """The answer with its marks, and nothing in it that Markdown would take for more. Raises `Lost`."""
    if len(_MARKUP.findall(answer)) > len(_MARKUP.findall(protected.text)):
        answer = _MARKUP.sub(r"\\\g<0>", answer)
    text = restore(answer, protected)
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
