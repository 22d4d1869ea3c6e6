"""Words that members agree on: proposed, put into the glossary, taken out of it; and the site's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange.languages import queries
from exchange.languages.models import Agreement, Passage, Revision, Term, Translation
from exchange.ledger.actions import record

from .writing import Conflict, Draft, erase, preview, rewrite, write

SCOPE = "glossary"
# So many members besides the proposer put a word into the glossary, or one moderator of the site.
ENOUGH_FOR_A_TERM = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """What a term is called, the agreed wording of each language first, and what it is."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    pinyin: str = ""
    kind: str = Term.Kind.TERM
    related: tuple[str, ...] = ()

    def fill(self, term: Term) -> bool:
        """Whether that changes the term."""
        wanted = {
            "en": list(self.en),
            "zh": list(self.zh),
            "pinyin": self.pinyin,
            "kind": str(self.kind),
            "related": list(self.related),
        }
        changed = any(getattr(term, name) != value for name, value in wanted.items())
        for name, value in wanted.items():
            setattr(term, name, value)
        return changed


WORDING_FIELDS = ("en", "zh", "pinyin", "kind", "related")


class SameWording(Exception):
    """Another term, `term`, has one of these wordings."""

    def __init__(self, term: Term) -> None:
        super().__init__(term.pk)
        self.term = term


def propose_term(*, by: Any, wording: Wording, note: Draft) -> Term:
    """A word that others may agree with. Raises SameWording."""
    with transaction.atomic():
        _only_one(wording)
        term = Term(by=by, note=write(by=by, scope=SCOPE, draft=note))
        wording.fill(term)
        term.save()
        _record("term.proposed", by, term)
    return term


def rewrite_term(*, by: Any, term: Term, wording: Wording, note: Draft, from_version: int) -> Term:
    """Other words for a proposal; whoever agreed with the former ones is asked anew.

    Raises SameWording, and Conflict where it was agreed, taken back or changed meanwhile.
    """
    with transaction.atomic():
        _only_one(wording, but=term.pk)
        term = _still_proposed(term)
        rewrite(by=by, passage=term.note, draft=note, from_version=from_version)
        wording.fill(term)
        term.save(update_fields=WORDING_FIELDS)
        Agreement.objects.filter(subject=term.subject).delete()
        _record("term.proposed", by, term)
    return term


def agree_with_term(*, by: Any, term: Term, moderates: bool = False) -> bool:
    """Enough members put a word into the glossary, a moderator alone. True where it stands in it now.

    Raises Conflict where it was taken back meanwhile.
    """
    with transaction.atomic():
        try:
            term = _still_proposed(term)
        except Conflict:
            if Term.objects.filter(pk=term.pk, withdrawn_at=None).exists():
                return True  # others were quicker
            raise
        _say_yes(term.subject, by)
        few = Agreement.objects.filter(subject=term.subject).count() < ENOUGH_FOR_A_TERM
        if few and not moderates:
            return False
        Term.objects.filter(pk=term.pk).update(agreed_at=timezone.now())
        _record("term.agreed", by, term)
        _changed()
    return True


def agree_no_longer(*, by: Any, term: Term) -> None:
    Agreement.objects.filter(subject=term.subject, by=by).delete()


def take_back_term(*, by: Any, term: Term) -> bool:
    """Its proposer does not want it any more. False where it was agreed or taken out meanwhile."""
    with transaction.atomic():
        try:
            _empty(_still_proposed(term))
        except Conflict:
            return False
        _record("term.taken_back", by, term)
    return True


def withdraw_term(*, by: Any, term: Term, rule: Any, note: str = "") -> bool:
    """A moderator takes a word out, proposed or agreed. False where it is gone already."""
    with transaction.atomic():
        found = Term.objects.select_for_update().filter(pk=term.pk, withdrawn_at=None).first()
        if found is None:
            return False
        _empty(found)
        data = {}
        if note:
            data["note"] = write(by=by, scope=SCOPE, draft=Draft(note), markdown=False).pk
        _record("term.withdrawn", by, term, reason=rule.code, **data)
        _changed()
    return True


# The site's own


def keep_own_terms(wanted: Mapping[str, tuple[Wording, Draft]]) -> int:
    """Bring the site's own terms, by key, to these words; gives how many were new or changed.

    One that a moderator took out stays out. What a member proposed is never touched.
    """
    with transaction.atomic():
        known = {t.key: t for t in Term.objects.filter(key__in=wanted).select_related("note")}
        fresh = {key: words for key, words in wanted.items() if key not in known}
        _make_own(fresh)
        halves = _own_halves(known.values())
        standing = [term for term in known.values() if not term.withdrawn_at]
        changed = [_bring_own(term, *wanted[term.key or ""], halves) for term in standing]
        count = len(fresh) + sum(changed)
        if count:
            _changed()
    return count


def _make_own(fresh: Mapping[str, tuple[Wording, Draft]]) -> None:
    """All at once: one by one they take seconds."""
    made = [(key, wording, *preview(note)) for key, (wording, note) in fresh.items()]
    passages = [passage for _, _, passage, _ in made]
    for passage in passages:
        passage.scope = SCOPE
    Passage.objects.bulk_create(passages)
    halves = [half for *_, half in made if half]
    for half in halves:
        half.passage_id = half.passage.pk
    Translation.objects.bulk_create(halves)
    Revision.objects.bulk_create(_first_revision(passage, half) for _, _, passage, half in made)
    now = timezone.now()
    terms = [Term(key=key, note=passage, agreed_at=now) for key, _, passage, _ in made]
    for term, (_, wording, _, _) in zip(terms, made, strict=True):
        wording.fill(term)
    Term.objects.bulk_create(terms)


def _first_revision(passage: Passage, half: Translation | None) -> Revision:
    return Revision(
        passage=passage,
        version=passage.version,
        body=passage.body,
        language=passage.language,
        body_other=half.body if half else "",
        language_other=half.language if half else "",
    )


def _own_halves(known: Iterable[Term]) -> dict[int, str]:
    """The author's other half of each note, by the note's id."""
    halves = Translation.objects.filter(
        passage__in=[term.note_id for term in known], kind=Translation.Kind.AUTHOR
    )
    return dict(halves.values_list("passage_id", "body"))


def _bring_own(term: Term, wording: Wording, note: Draft, halves: Mapping[int, str]) -> bool:
    changed = wording.fill(term)
    if changed:
        term.save(update_fields=WORDING_FIELDS)
    if (term.note.body, halves.get(term.note_id, "")) == (note.body, note.body_other):
        return changed
    rewrite(by=None, passage=term.note, draft=note, from_version=term.note.version)
    return True


def _only_one(wording: Wording, but: int | None = None) -> None:
    if there := queries.same_wording((*wording.en, *wording.zh), but):
        raise SameWording(there)


def _still_proposed(term: Term) -> Term:
    """The row, which nobody else changes from here to the commit. Raises Conflict."""
    rows = Term.objects.select_for_update(of=("self",)).select_related("note")
    found = rows.filter(pk=term.pk, agreed_at=None, withdrawn_at=None).first()
    if found is None:
        raise Conflict
    return found


def _empty(term: Term) -> None:
    """Nothing of its words stays, neither the note nor what it was called."""
    erase(term.note)
    Agreement.objects.filter(subject=term.subject).delete()
    Term.objects.filter(pk=term.pk).update(
        en=[], zh=[], pinyin="", related=[], withdrawn_at=timezone.now()
    )


def _say_yes(subject: str, by: Any) -> None:
    try:
        with transaction.atomic():
            Agreement.objects.create(subject=subject, by=by)
    except IntegrityError:
        pass  # they said so before


def _changed() -> None:
    """At once for this transaction, and again once others can read it."""
    queries.forget_glossary()
    transaction.on_commit(queries.forget_glossary)


def _record(verb: str, actor: Any, term: Term, reason: str = "", **data: int | str) -> None:
    record(verb, actor=actor, scope=SCOPE, target=f"term.{term.pk}", reason=reason, **data)
