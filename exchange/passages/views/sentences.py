"""What the page of corrections shows: a text sentence by sentence, with what is proposed for each."""

from dataclasses import dataclass, field
from typing import Any

from exchange.boards.rules import Reader
from exchange.languages import marking
from exchange.languages.compare import Change, diff
from exchange.languages.models import Correction, Translation, family
from exchange.languages.queries import corrections, muted_by, thanks_of
from exchange.passages.subject import Subject


@dataclass(frozen=True, slots=True)
class Proposed:
    """A correction with its difference. `tried` is the reader's own try against it, if any."""

    correction: Correction
    changes: list[Change]
    thanks: int
    tried: list[Change]
    earlier: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, what says the same in the author's other half, and the proposals for it."""

    sentence: marking.Sentence
    beside: str = ""
    proposed: list[Proposed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` is the text as it stands; `earlier` and `taken` are about sentences that stand no more."""

    rows: list[Row]
    half: Translation | None
    earlier: list[Proposed]
    taken: list[Proposed]

    def row(self, place: int | None) -> Row | None:
        """The sentence at a place, where there is something to correct in it."""
        return next((r for r in self.rows if r.sentence.place == place and r.sentence.own), None)


def sheet(reader: Reader, subject: Subject, *, place: int | None = None, tried: str = "") -> Sheet:
    """`tried` is what the reader would write at `place`."""
    passage = subject.passage
    read = marking.read(passage.body)
    half = passage.translations.filter(kind=Translation.Kind.AUTHOR).first()
    beside = marking.beside(passage.body, half.body) if half else {}
    rows = {s.place: Row(s, beside.get(s.place, "")) for s in read}
    made = Sheet(list(rows.values()), half, [], [])
    found = _found(reader, subject)
    thanks = thanks_of(c.by_id for c in found if c.by_id)
    for correction in found:
        at = _place(read, correction, passage.version)
        words = tried if tried and at == place else ""
        shown = _proposed(correction, thanks, words, passage.version)
        if correction.taken_at:
            made.taken.append(shown)
        else:
            (made.earlier if at is None else rows[at].proposed).append(shown)
    return made


def is_learner(reader: Reader, subject: Subject) -> bool:
    """Who may want to try first: the author, and whoever learns the language of the text."""
    learning = map(family, getattr(reader, "learning", None) or [])
    language = family(subject.passage.language)
    return subject.author == reader or (bool(language) and language in learning)


def _found(reader: Reader, subject: Subject) -> list[Correction]:
    """The author does not see those of whom they muted; everybody else sees all."""
    found = corrections(subject.passage)
    if subject.author == reader:
        found = found.exclude(by__in=muted_by(reader))
    return list(found)


def _place(read: Any, correction: Correction, version: int) -> int | None:
    """Where its sentence stands in the text of now."""
    if correction.source_version == version:
        return correction.place
    now = marking.find(read, correction.place, correction.original)
    return now.place if now else None


def _proposed(correction: Correction, thanks: dict[int, int], tried: str, version: int) -> Proposed:
    return Proposed(
        correction,
        diff(correction.original, correction.corrected),
        thanks.get(correction.by_id or 0, 0),
        diff(tried, correction.corrected) if tried else [],
        correction.source_version < version,
    )
