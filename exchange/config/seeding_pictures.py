"""The sample people's pictures: drawn by code, put on sample posts as `seeds/pictures.toml` says."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from exchange.accounts.models import User
from exchange.boards.models import Post
from exchange.config import drawings
from exchange.config.seeding import load
from exchange.languages import actions as languages
from exchange.languages import text
from exchange.languages.actions import Draft
from exchange.languages.script import detect
from exchange.uploads import actions as uploads
from exchange.uploads import images, papers
from exchange.uploads.actions import PictureDraft, StorageDown
from exchange.uploads.kinds import kind
from exchange.uploads.made import Made, Refused
from exchange.uploads.models import Upload

log = logging.getLogger(__name__)


def seed_pictures(people: dict[str, User]) -> None:
    """A post that has pictures, or was edited, is left alone.

    Where the storage takes none the site starts without them, and the next start tries again.
    """
    rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in load("pictures.toml")["picture"]:
        rows.setdefault((row["thread"], row["post"]), []).append(row)
    for (key, number), wanted in rows.items():
        found = Post.objects.select_related("passage", "author")
        post = found.filter(thread__seed_key=key, number=number, edited_at=None).first()
        if post and post.state == "shown" and not post.passage.uploads.exists():
            try:
                _seed_pictures(post, wanted, people)
            except (Refused, StorageDown) as error:
                log.warning("The pictures of %s %s are left out: %r", key, number, error)


@transaction.atomic
def _seed_pictures(post: Post, rows: Sequence[dict[str, Any]], people: dict[str, User]) -> None:
    drafts = []
    for row in rows:
        upload = uploads.put(owner=post.author, made=made(row))
        drafts.append(_draft(upload, row))
    uploads.write(by=post.author, passage=post.passage, drafts=drafts, held=False)
    placed = Upload.objects.filter(passage=post.passage).order_by("position")
    for upload, row in zip(placed.select_related("caption"), rows, strict=True):
        if said := row.get("translation"):
            _seed_translation(upload, said, people)
    placed.update(created_at=post.created_at)
    languages.shown_anew(post.passage)


def made(row: dict[str, Any]) -> Made:
    """What an upload of this drawing becomes, without the child process that a stranger's file is
    made safe in: it would double what a first start takes."""
    data = drawn(row)
    found = kind(data)
    return papers.make_safe(data) if found == "PDF" else images.make_safe(data, found)


def drawn(row: dict[str, Any]) -> bytes:
    draw = getattr(drawings, row["drawing"])
    return bytes(draw(row["of"]) if "of" in row else draw())


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
