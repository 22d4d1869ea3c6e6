"""The sample people's pictures: drawn by code, put on sample posts as `seeds/pictures.toml` says."""

import logging
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from typing import Any

from django.db import transaction

from exchange.accounts.models import User
from exchange.boards.models import Post
from exchange.config import prepared_pictures
from exchange.config.seeding import load
from exchange.languages import actions as languages
from exchange.languages import text
from exchange.languages.actions import Draft
from exchange.languages.script import detect
from exchange.uploads import actions as uploads
from exchange.uploads.actions import PictureDraft, StorageDown
from exchange.uploads.made import Made, Refused
from exchange.uploads.models import Upload

log = logging.getLogger(__name__)
type Rows = list[dict[str, Any]]


def seed_pictures(people: dict[str, User]) -> None:
    """A post that has pictures, or was edited, is left alone.

    Where they cannot be made or stored the site starts without them, and the next start tries again.
    """
    without = list(_posts_without())
    if not without:
        return
    with prepared_pictures.workers() as pool:
        coming = [
            [
                pool.submit(prepared_pictures.prepared, row["drawing"], row.get("of", ""))
                for row in rows
            ]
            for _, rows in without
        ]
        for (post, rows), pictures in zip(without, coming, strict=True):
            try:
                _seed_pictures(post, rows, [picture.result() for picture in pictures], people)
            except (Refused, StorageDown, BrokenExecutor) as error:
                log.warning("Pictures are left out of sample post %s: %r", post.pk, error)


def _posts_without() -> Iterator[tuple[Post, Rows]]:
    """The posts that lack their pictures, and the rows of these."""
    rows: dict[tuple[str, int], Rows] = {}
    for row in load("pictures.toml")["picture"]:
        rows.setdefault((row["thread"], row["post"]), []).append(row)
    for (key, number), wanted in rows.items():
        found = Post.objects.select_related("passage", "author")
        post = found.filter(thread__seed_key=key, number=number, edited_at=None).first()
        if post and post.state == "shown" and not post.passage.uploads.exists():
            yield post, wanted


@transaction.atomic
def _seed_pictures(post: Post, rows: Rows, pictures: list[Made], people: dict[str, User]) -> None:
    placed = [uploads.put(owner=post.author, made=made) for made in pictures]
    drafts = [_draft(upload, row) for upload, row in zip(placed, rows, strict=True)]
    uploads.write(by=post.author, passage=post.passage, drafts=drafts, held=False)
    standing = Upload.objects.filter(passage=post.passage).order_by("position")
    for upload, row in zip(standing.select_related("caption"), rows, strict=True):
        if said := row.get("translation"):
            _seed_translation(upload, said, people)
    standing.update(created_at=post.created_at)
    languages.shown_anew(post.passage)


def _draft(upload: Upload, row: dict[str, Any]) -> PictureDraft:
    caption, alt = (
        Draft(
            text.normalise(row[name]),
            text.normalise(row.get(f"{name}_other", "")),
            used_translator=row.get("used_translator", False),
            wants_correction=row.get("wants_correction") if name == "caption" else False,
        )
        for name in ("caption", "alt")
    )
    return PictureDraft(upload.pk, caption, alt, row.get("handwriting", False))


def _seed_translation(upload: Upload, said: dict[str, Any], people: dict[str, User]) -> None:
    assert upload.caption
    proposal = languages.propose(
        by=people[said["by"]],
        passage=upload.caption,
        language=detect(said["body"]).language,
        body=said["body"],
        from_version=upload.caption.version,
    )
    languages.accept(by=people[said["accepted_by"]], proposal=proposal)
