from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet, Sum

from exchange.accounts.models import User
from exchange.accounts.names import skeleton

from . import mentions, terms
from .models import (
    FAMILIES,
    Agreement,
    Correction,
    CorrectionMute,
    Passage,
    Proposal,
    Term,
    Translation,
    TranslationJob,
    family,
)


def mentioned(*texts: str) -> dict[str, str]:
    """The members whom texts call by name: `{as typed: username}`.

    One query, and none for texts that call nobody.
    """
    skeletons = {name: skeleton(name) for name in mentions.possible_names(*texts)}
    if not skeletons:
        return {}
    people = User.objects.filter(skeleton__in=set(skeletons.values()), is_active=True)
    usernames = dict(people.values_list("skeleton", "username"))
    return {
        name: usernames[found]
        for name, found in skeletons.items()
        if found in usernames and mentions.is_meant(name, usernames[found])
    }


def current(passage: Passage, language: str, kind: str) -> Translation | None:
    """The half of one kind in a language's family; `zh-hans` and `zh-hant` are one."""
    found = passage.translations.filter(kind=kind, language__startswith=language[:2])
    return found.first()


def open_proposals(passage: Passage, language: str) -> QuerySet[Proposal]:
    """Members' translations that wait to be accepted, of one language's family, oldest first."""
    found = passage.proposals.filter(state=Proposal.State.OPEN, language__startswith=language[:2])
    return found.order_by("id")


def best(translations: Iterable[Translation], wanted: str) -> Translation | None:
    """Of loaded halves the one that readers of a family get: the author's, a member's, a machine's."""
    order = list(Translation.Kind)
    ours = [half for half in translations if half.readers == wanted]
    return min(ours, key=lambda half: order.index(Translation.Kind(half.kind)), default=None)


def families_without(passage: Passage) -> list[str]:
    """The families whose readers need a translation: of a mixed text both, of an unknown one none."""
    if passage.language == "other":
        return []
    return [name for name in FAMILIES if name != family(passage.language)]


# The glossary


# The terms are kept by each process under a stamp that all share, so that a change reaches them at
# once. Processes that share no cache hear of it when the stamp ends, after so many seconds.
GLOSSARY_STAMP = "languages.glossary"
GLOSSARY_KEPT = 600


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the glossary as cards and pages show it.

    `en` and `zh` have the agreed wording first. `notes` are what people wrote of it, by family; a
    note is a Passage or a Translation: `language`, `body`, `html`.
    """

    id: int
    key: str
    kind: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    pinyin: str
    notes: Mapping[str, Passage | Translation]
    related: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        return self.en + self.zh

    def note(self, language: str) -> Passage | Translation | None:
        """In the language of a page where there is one, else in the other."""
        return self.notes.get(family(language)) or next(iter(self.notes.values()), None)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The agreed terms by id, in the order of their English wordings, and ready to be found in texts.

    `stamp` is another one after each change.
    """

    entries: Mapping[int, Entry]
    matcher: terms.Terms
    keys: Mapping[str, int]
    stamp: str = ""

    def related(self, entry: Entry) -> list[Entry]:
        """The terms that an entry names, then those that its notes speak of."""
        named = [self.keys[key] for key in entry.related if key in self.keys]
        for note in entry.notes.values():
            named += [found for *_, found in terms.find(note.body, self.matcher)]
        return [self.entries[pk] for pk in dict.fromkeys(named) if pk != entry.id][:MOST_RELATED]


MOST_RELATED = 8


def glossary() -> Glossary:
    """The agreed terms: without a query once the process has read them."""
    global _glossary  # noqa: PLW0603 what a process keeps
    stamp = str(cache.get_or_set(GLOSSARY_STAMP, lambda: uuid4().hex, GLOSSARY_KEPT))
    if _glossary[0] != stamp:
        _glossary = (stamp, _read_glossary(stamp))
    return _glossary[1]


def forget_glossary() -> None:
    """Every process reads the terms anew when it next needs them."""
    cache.set(GLOSSARY_STAMP, uuid4().hex, GLOSSARY_KEPT)


def agreed_wordings(source: str, target: str) -> dict[str, str]:
    """Each wording in one language with the agreed one in the other, for engines: `{"押金": "deposit"}`."""
    here, there = family(source), family(target)
    if not here or not there or here == there:
        return {}
    return {
        wording: getattr(entry, there)[0]
        for entry in glossary().entries.values()
        # What needs a story has no equivalent, and may be meant literally: 沙发, 潜水.
        if entry.kind == Term.Kind.TERM
        for wording in getattr(entry, here)
    }


def entry_of(term: Term) -> Entry:
    """A term whose note and its translations are loaded."""
    notes: dict[str, Passage | Translation] = {}
    for name in FAMILIES:
        people = [t for t in term.note.translations.all() if t.kind != Translation.Kind.MACHINE]
        if family(term.note.language) == name:
            notes[name] = term.note
        elif half := best(people, name):
            notes[name] = half
    if not notes and term.note.body:  # mixed, or in neither
        notes["original"] = term.note
    return Entry(
        id=term.pk,
        key=term.key or "",
        kind=term.kind,
        en=tuple(term.en),
        zh=tuple(term.zh),
        pinyin=term.pinyin,
        notes=notes,
        related=tuple(term.related),
    )


def standing_terms() -> QuerySet[Term]:
    """Agreed ones and proposals, with all that `entry_of` needs."""
    found = Term.objects.filter(withdrawn_at=None).select_related("note", "by")
    return found.prefetch_related("note__translations")


def proposed_terms() -> QuerySet[Term]:
    return standing_terms().filter(agreed_at=None).order_by("-id")


def agreements(subjects: Collection[str]) -> dict[str, list[int]]:
    """Who agrees with each of some subjects: ids of members."""
    found: dict[str, list[int]] = {subject: [] for subject in subjects}
    rows = Agreement.objects.filter(subject__in=found).order_by("id")
    for subject, member in rows.values_list("subject", "by_id"):
        found[subject].append(member)
    return found


def same_wording(wordings: Iterable[str], but: int | None = None) -> Term | None:
    """A term that has one of these wordings already, agreed or proposed; `but` is not looked at."""
    keys = {terms.key(wording) for wording in wordings}
    for term in Term.objects.filter(withdrawn_at=None).order_by("id"):
        if term.pk != but and keys & {terms.key(wording) for wording in (*term.en, *term.zh)}:
            return term
    return None


def _read_glossary(stamp: str) -> Glossary:
    agreed = standing_terms().filter(agreed_at__isnull=False)
    entries = sorted(map(entry_of, agreed), key=lambda entry: terms.key(entry.en[0]))
    return Glossary(
        entries={entry.id: entry for entry in entries},
        matcher=terms.compiled((entry.id, entry.wordings) for entry in entries),
        keys={entry.key: entry.id for entry in entries if entry.key},
        stamp=stamp,
    )


_glossary: tuple[str, Glossary] = ("", Glossary({}, terms.compiled([]), {}))


def spending(start: datetime) -> list[Any]:
    """Characters that engines were sent since then by whose texts they are, the most first.

    Rows of `{"name", "engine", "spent"}`; `name` is None for texts of people who left.
    """
    jobs = TranslationJob.objects.filter(claimed_at__gte=start, spent__gt=0)
    rows = jobs.values("engine", name=F("author__username")).annotate(spent=Sum("spent"))
    return list(rows.order_by("-spent")[:50])


def job_states(start: datetime) -> list[Any]:
    """How many translations wait now, and how those fared that ended since then, by reason.

    Rows of `{"state", "reason", "many"}`.
    """
    recent = Q(state__in=TranslationJob.OPEN) | Q(ended_at__gte=start)
    rows = TranslationJob.objects.filter(recent).values("state", "reason")
    return list(rows.annotate(many=Count("pk")).order_by("state", "-many"))


def body_at(passage: Passage, version: int) -> str | None:
    """The original as it was at a version, None where nobody kept it."""
    if version == passage.version:
        return passage.body
    return passage.revisions.filter(version=version).values_list("body", flat=True).first()


def accepted(passage: Passage, language: str) -> QuerySet[Proposal]:
    """The history of its translation into one language's family, newest first."""
    found = passage.proposals.filter(
        state=Proposal.State.ACCEPTED, language__startswith=language[:2]
    )
    return found.select_related("by", "accepted_by").order_by("-accepted_at", "-id")


def half_of(proposal: Proposal) -> Translation | None:
    """What readers see of an accepted one; None where they see another one, or none."""
    if proposal.state != Proposal.State.ACCEPTED:
        return None
    return Translation.objects.filter(
        passage=proposal.passage_id,
        language=proposal.language,
        kind=Translation.Kind.MEMBER,
        by=proposal.by_id,
        body=proposal.body,
    ).first()


def accepted_of(member: Any, language: str) -> int:
    """How many of a member's translations into a language's family were accepted."""
    return Proposal.objects.filter(
        by=member, state=Proposal.State.ACCEPTED, language__startswith=language[:2]
    ).count()


def corrections(passage: Passage) -> QuerySet[Correction]:
    """What members offer to say better, in the order of the text and then of time."""
    found = passage.corrections.filter(withdrawn_at=None).select_related("by", "reason")
    return found.order_by("place", "created_at", "id")


def thanks_of(people: Iterable[int]) -> dict[int, int]:
    """How often authors gave thanks to people for corrections, by their ids. One query."""
    thanked = Correction.objects.filter(by__in=set(people), withdrawn_at=None)
    counted = thanked.exclude(thanked_at=None).values_list("by").annotate(times=Count("pk"))
    return dict(counted.order_by())


def muted_by(author: Any) -> QuerySet[User]:
    """From whom somebody takes no corrections."""
    muted = CorrectionMute.objects.filter(author=author).values("muted")
    return User.objects.filter(pk__in=muted).order_by("username")


def is_muted(author: Any, person: Any) -> bool:
    return CorrectionMute.objects.filter(author=author, muted=person).exists()


def who_muted(person: Any) -> QuerySet[CorrectionMute, Any]:
    """The authors who take no corrections from somebody, for a filter."""
    return CorrectionMute.objects.filter(muted=person).values("author")
