"""Words that somebody has not sent yet."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from exchange.boards import queries
from exchange.boards.models import SavedDraft
from exchange.uploads import actions as uploads

# More unsent texts than anybody looks through; the oldest goes, so that saving never fails.
MOST_DRAFTS = 100


class NewerDraft(Exception):
    """Another device saved `draft` since the version that this one goes on from."""

    def __init__(self, draft: SavedDraft) -> None:
        self.draft = draft


class AlreadySent(Exception):
    """These words are a post by now: there is nothing left to keep of them."""


def keep_draft(
    *, author: Any, place: str, fields: dict[str, str], from_version: int, client_id: str = ""
) -> SavedDraft:
    """Save unsent words; `from_version` is the version they go on from, 0 for none.

    Raises NewerDraft where another device saved other words since, AlreadySent where a post was
    sent under `client_id`. Saving the same words again changes nothing; a draft without words is
    not kept.
    """
    with transaction.atomic():
        kept = SavedDraft.objects.select_for_update().filter(author=author, place=place).first()
        if client_id and queries.sent(author, client_id):
            raise AlreadySent
        if kept and kept.fields == fields:
            return kept
        if kept and kept.version != from_version:
            raise NewerDraft(kept)
        draft = kept or SavedDraft(author=author, place=place, version=from_version)
        draft.fields, draft.version, draft.saved_at = fields, draft.version + 1, timezone.now()
        if not draft.has_words:
            drop_draft(author=author, place=place)
            return draft
        draft.save()
        uploads.keep(owner=author, place=place, ids=draft.pictures)
        if not kept:
            _forget_oldest_drafts(author)
    return draft


def drop_draft(*, author: Any, place: str) -> None:
    if SavedDraft.objects.filter(author=author, place=place).delete()[0]:
        uploads.keep(owner=author, place=place, ids=())


def move_drafts(*, source: str, target: str) -> None:
    """What was to be said at one place is to be said at another from now on, with its pictures. Whoever
    has begun something there keeps both."""
    begun = SavedDraft.objects.filter(place=target).values("author")
    authors = list(
        SavedDraft.objects.filter(place=source)
        .exclude(author__in=begun)
        .values_list("author", flat=True)
    )
    SavedDraft.objects.filter(place=source, author__in=authors).update(place=target)
    uploads.keep_at(owners=authors, source=source, target=target)


def _forget_oldest_drafts(author: Any) -> None:
    kept = SavedDraft.objects.filter(author=author).order_by("-saved_at", "-pk")
    for place in list(kept.values_list("place", flat=True)[MOST_DRAFTS:]):
        drop_draft(author=author, place=place)
