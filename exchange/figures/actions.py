"""Every write of figures. The texts that they stand on are written by the layers above."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.ledger.actions import record

from . import measures
from .models import Cell, Entry, Figure, Item, Question, Reference
from .queries import current

SCOPE = "figures"  # of what happens to items


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """A figure as somebody typed it, read and checked. `conditions` are sorted pairs.

    `place` is the row that it was typed in, from nothing: the text names it by that ([¥1] is the
    first), also where a row before it was taken away. None for its place among the others.
    """

    item: Item
    amount: Decimal
    currency: str
    period: str
    country: str
    year: int
    month: int | None
    unit: str = ""
    city: int = 0
    city_name: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    household: int | None = None
    income: Decimal | None = None
    shows_income: bool = False
    place: int | None = None

    @property
    def words(self) -> str:
        """What tells it from another figure, for the digest of what was sent."""
        return repr((self.item.slug, *astuple(self)[1:]))


def write(*, by: Any, passage: Passage, drafts: Sequence[EntryDraft], listed: bool) -> None:
    """The figures of a new text. `listed` says whether everybody may read it."""
    if not drafts:
        return
    with transaction.atomic():
        made = [_entry(by, passage, *placed, listed) for placed in _placed(drafts)]
        Entry.objects.bulk_create(made)
        _recount(made)


def rewrite(*, by: Any, passage: Passage, drafts: Sequence[EntryDraft], listed: bool) -> bool:
    """The figures of the text's new version. Those that did not change stay the same rows.

    True where a new one does not count because of what it stands for.
    """
    with transaction.atomic():
        before: dict[Any, list[Entry]] = {}  # two may say the same
        for entry in current([passage.pk]):
            before.setdefault(_same(entry), []).append(entry)
        made: list[Entry] = []
        kept: list[Entry] = []
        for place, draft in _placed(drafts):
            fresh = _entry(by, passage, place, draft, listed)
            if alike := before.get(_same(fresh)):
                old = alike.pop(0)
                old.position = place
                kept.append(old)
            else:
                made.append(fresh)
        gone = [entry for entries in before.values() for entry in entries]
        _close(gone, passage.version - 1)
        _keep_out(passage, made)
        # Two steps, for no two may stand at one place in between.
        Entry.objects.filter(pk__in=[entry.pk for entry in kept]).update(
            position=F("position") + 100
        )
        Entry.objects.bulk_update(kept, ["position"])
        Entry.objects.bulk_create(made)
        _recount([*gone, *made])
    return any(entry.excluded_at for entry in made)


def erase(passage: Passage) -> None:
    """Its author took the text back: nothing of its figures stays, in no version."""
    with transaction.atomic():
        every = list(Entry.objects.filter(passage=passage))
        if not every:
            return
        notes = list(Passage.objects.filter(asks_about_entry__entry__in=every).select_for_update())
        Entry.objects.filter(pk__in=[entry.pk for entry in every]).delete()
        for note in notes:
            languages.erase(note)
        _recount(every)


def enlist(passages: Collection[int], *, listed: bool) -> None:
    """The texts with these ids may be read by everybody, or no longer."""
    with transaction.atomic():
        found = list(Entry.objects.filter(passage__in=passages, until=None).exclude(listed=listed))
        if found:
            Entry.objects.filter(pk__in=[entry.pk for entry in found]).update(listed=listed)
            _recount(found)


def exclude(*, entry: Entry, rule: str) -> bool:
    """Take a figure out of all statistics. False where it was out before. Why is recorded above.

    It stays out whatever its author makes of it by editing: `rewrite` sees to that.
    """
    with transaction.atomic():
        rows = Entry.objects.filter(pk=entry.pk, excluded_at=None)
        if not rows.update(excluded_at=timezone.now(), excluded_for=rule):
            return False
        _touch(entry)
        _recount([entry])
    return True


def include(*, entry: Entry) -> bool:
    """Let it count again, and with it all that it was or became by editing."""
    with transaction.atomic():
        same = Entry.objects.filter(passage=entry.passage_id, item=entry.item_id)
        out = list(same.exclude(excluded_at=None))
        if not out:
            return False
        same.filter(pk__in=[one.pk for one in out]).update(excluded_at=None, excluded_for="")
        _touch(entry)
        _recount(out)
    return True


def excluded_names(entry: Entry) -> list[str]:
    """As the ledger names them: what is out of the statistics because this figure is, or was."""
    same = Entry.objects.filter(passage=entry.passage_id, item=entry.item_id)
    return [one.target for one in same.exclude(excluded_at=None)]


def ask(*, by: Any, entry: Entry, reason: str, note: str, scope: str) -> Question | None:
    """ "This looks off". The same person's second question takes the place of the first.

    None where the figure was changed or taken back meanwhile.
    """
    with transaction.atomic():
        # Locked, so that two questions of one person at once follow each other.
        standing = Entry.objects.select_for_update().filter(pk=entry.pk, until=None).first()
        if standing is None:
            return None
        for former in Question.objects.filter(entry=entry, by=by, answered_at=None):
            _erase(former)
        kept = _note(by, scope, note)
        asked = Question.objects.create(entry=entry, by=by, reason=reason, note=kept)
        _touch(entry)
        _happened("figure.asked", by, entry, scope, question=asked.pk)
    return asked


def answer(*, by: Any, question: Question, scope: str) -> bool:
    """The author says that the figure is right. False where it was answered before."""
    with transaction.atomic():
        open_ones = Question.objects.filter(pk=question.pk, answered_at=None)
        if not open_ones.update(answered_at=timezone.now(), answer=Question.Answer.RIGHT):
            return False
        _touch(question.entry)
        _happened("figure.answered", by, question.entry, scope, question=question.pk)
    return True


def take_back(*, by: Any, question: Question, scope: str) -> bool:
    """Who asked asks no longer: nothing of the question stays. False where it is gone already."""
    return _take_out("question.taken_back", by, question, scope)


def remove(*, moderator: Any, question: Question, rule: str, scope: str, note: str = "") -> bool:
    """A moderator takes a question away with what was said in it, for a reason."""
    return _take_out("question.removed", moderator, question, scope, rule, note)


def save_item(*, by: Any, item: Item, from_version: int = 0, **fields: Any) -> Item:
    """A new item, or another wording of one that is there since `from_version`.

    Raises languages.Conflict where it was changed meanwhile, IntegrityError for a slug that is taken.
    What its figures were normalised to has to stay what it was: Item.FIXED.
    """
    with transaction.atomic():
        named = item.name
        for name, value in fields.items():
            setattr(item, name, value)
        item.by = item.by or by
        verb = "item.changed" if item.pk else "item.added"
        if item.pk:
            # Claimed by a conditional update, so that of two editors exactly one goes on.
            claimed = Item.objects.filter(pk=item.pk, version=from_version)
            if not claimed.update(version=from_version + 1):
                raise languages.Conflict
            item.version = from_version + 1
        item.save()
        if named != item.name:
            _name_anew(item)
        record(verb, actor=by, scope=SCOPE, target=item.target)
    return item


def retire_item(*, by: Any, item: Item, on: bool, rule: str, note: str = "") -> bool:
    """Offer it no longer, or again, for a reason. What was said about it stays."""
    with transaction.atomic():
        now = timezone.now() if on else None
        standing = Item.objects.filter(pk=item.pk, retired_at__isnull=on)
        if not standing.update(retired_at=now, version=F("version") + 1):
            return False
        verb = "item.retired" if on else "item.restored"
        data = _noted(by, SCOPE, note)
        record(verb, actor=by, scope=SCOPE, target=item.target, reason=rule, **data)
    return True


def drawn(drafts: Sequence[EntryDraft]) -> list[Entry]:
    """What `write` would make of figures, for a preview; nothing is saved."""
    entries = []
    for place, draft in _placed(drafts):
        entries.append(entry := _read(draft))
        entry.position = place
    return entries


def normalise(figure: Figure, item: Item) -> None:
    """Fill in what is computed from what was said."""
    figure.basis = item.basis_of(figure.conditions)
    figure.day = date(figure.year, figure.month or 7, 15 if figure.month else 1)
    found = measures.of(figure, item)
    figure.usd, figure.cny, figure.intl = found.usd, found.cny, found.intl
    figure.hours, figure.area = found.hours, found.area
    if isinstance(figure, Entry):
        figure.share = measures.share(figure, item)


def set_reference(*, key: str, item: Item, **fields: Any) -> Reference:
    reference = Reference.objects.filter(key=key).first() or Reference(key=key)
    reference.item = item
    for name, value in fields.items():
        setattr(reference, name, value)
    normalise(reference, item)
    reference.save()
    return reference


def _placed(drafts: Sequence[EntryDraft]) -> list[tuple[int, EntryDraft]]:
    return [(at if draft.place is None else draft.place, draft) for at, draft in enumerate(drafts)]


def _entry(by: Any, passage: Passage, place: int, draft: EntryDraft, listed: bool) -> Entry:
    entry = _read(draft)
    entry.author, entry.passage = by, passage
    entry.position, entry.since = place, passage.version
    entry.sample, entry.listed = by.is_sample, listed
    return entry


def _read(draft: EntryDraft) -> Entry:
    entry = Entry(
        item=draft.item,
        amount=draft.amount,
        currency=draft.currency,
        period=draft.period,
        unit=draft.unit,
        country=draft.country,
        city=draft.city,
        city_name=draft.city_name,
        year=draft.year,
        month=draft.month,
        conditions=dict(draft.conditions),
        household=draft.household,
        income=draft.income,
        shows_income=draft.shows_income,
    )
    normalise(entry, draft.item)
    return entry


_SAID = (
    *("item_id", "amount", "currency", "period", "unit", "country", "city", "city_name"),
    *("year", "month", "household", "income", "shows_income"),
)


def _same(entry: Entry) -> tuple[Any, ...]:
    said = (getattr(entry, name) for name in _SAID)
    return (*said, *sorted(entry.conditions.items()))


def _keep_out(passage: Passage, made: list[Entry]) -> None:
    """What takes the place of a figure that does not count, now or in an earlier version, or says of
    the same thing something else beside it, does not count either."""
    out = list(Entry.objects.filter(passage=passage).exclude(excluded_at=None))
    for entry in made:
        for former in out:
            same = former.until is not None or former.cell == entry.cell
            if former.item_id == entry.item_id and same:
                entry.excluded_at, entry.excluded_for = former.excluded_at, former.excluded_for


def _close(entries: list[Entry], last: int) -> None:
    """They were in the versions up to `last`; who asked about them has their answer."""
    ids = [entry.pk for entry in entries]
    Entry.objects.filter(pk__in=ids).update(until=last, voice=False)
    Question.objects.filter(entry__in=ids, answered_at=None).update(
        answered_at=timezone.now(), answer=Question.Answer.CHANGED
    )


def _recount(entries: Iterable[Entry]) -> None:
    """Find the voices anew where these entries stand or stood, and move those cells on."""
    cells = {entry.cell for entry in entries}
    if not cells:
        return
    for cell in cells:
        _find_voices(cell, {e.author_id for e in entries if e.cell == cell})
    keys = {
        (item, basis, country, place) for item, basis, country, city in cells for place in (city, 0)
    }
    Cell.objects.bulk_create(
        [Cell(item_id=i, basis=b, country=c, city=p) for i, b, c, p in sorted(keys)],
        ignore_conflicts=True,
    )
    touched = Q()
    for item, basis, country, place in keys:
        touched |= Q(item_id=item, basis=basis, country=country, city=place)
    Cell.objects.filter(touched).update(version=F("version") + 1)


def _find_voices(cell: tuple[int, str, str, int], authors: set[int]) -> None:
    item, basis, country, city = cell
    here = Entry.objects.filter(
        item_id=item, basis=basis, country=country, city=city, author__in=authors, until=None
    )
    standing = here.filter(listed=True, excluded_at=None).order_by("day", "pk")
    # A place that is in no list is told from others by its name.
    newest = {
        (author, name.casefold() if not city else ""): pk
        for pk, author, name in standing.values_list("pk", "author", "city_name")
    }
    voices = list(newest.values())
    here.exclude(pk__in=voices).filter(voice=True).update(voice=False)
    here.filter(pk__in=voices, voice=False).update(voice=True)


def _take_out(
    verb: str, by: Any, question: Question, scope: str, rule: str = "", note: str = ""
) -> bool:
    with transaction.atomic():
        found = Question.objects.select_for_update(of=("self",)).select_related("note", "entry")
        standing = found.filter(pk=question.pk).first()
        if standing is None:
            return False
        _erase(standing)
        _touch(standing.entry)
        _happened(verb, by, standing.entry, scope, rule, **_noted(by, scope, note))
    return True


def _erase(question: Question) -> None:
    note = question.note
    question.delete()
    if note:
        languages.erase(note)


def _note(by: Any, scope: str, note: str) -> Passage | None:
    return languages.write(by=by, scope=scope, draft=Draft(note), markdown=False) if note else None


def _noted(by: Any, scope: str, note: str) -> dict[str, int | str]:
    """The note of an act, for its event."""
    kept = _note(by, scope, note)
    return {"note": kept.pk} if kept else {}


def _name_anew(item: Item) -> None:
    """Posts that name it are drawn anew."""
    named = Entry.objects.filter(item=item, until=None).values("passage")
    Passage.objects.filter(pk__in=named).update(rendition=F("rendition") + 1)


def _touch(entry: Entry) -> None:
    """What is shown of its text changed, though its words did not."""
    languages.shown_anew(entry.passage)


def _happened(
    verb: str, actor: Any, entry: Entry, scope: str, reason: str = "", **data: int | str
) -> None:
    record(
        verb,
        actor=actor,
        scope=scope,
        target=entry.target,
        reason=reason,
        passage=entry.passage_id,
        **data,
    )
