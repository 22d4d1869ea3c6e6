from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from . import render, script
from .models import Passage, Revision, Translation


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed, normalised and checked: two halves and what they said of it.

    `language` is the author's own word for the first half, or "" to have it detected.
    """

    body: str
    body_other: str = ""
    language: str = ""
    used_translator: bool = False

    @property
    def found(self) -> str:
        return self.language or script.detect(self.body).language

    @property
    def found_other(self) -> str:
        return script.detect(self.body_other).language if self.body_other else ""


class Conflict(Exception):
    """The passage changed since the version that the author was editing."""


def write(*, by: Any, scope: str, draft: Draft, markdown: bool = True) -> Passage:
    """A new passage with its author's other half and its first revision."""
    with transaction.atomic():
        passage = Passage(scope=scope)
        _fill(passage, draft, markdown=markdown)
        passage.save()
        _write_other_half(passage, draft, markdown=markdown)
        _keep_revision(passage, draft, by)
    return passage


def rewrite(
    *, by: Any, passage: Passage, draft: Draft, from_version: int, markdown: bool = True
) -> Passage:
    """A new version of a passage. Raises Conflict where it changed since `from_version`."""
    with transaction.atomic():
        # Claimed by a conditional update, so that of two editors exactly one goes on.
        claimed = Passage.objects.filter(pk=passage.pk, version=from_version).update(
            version=from_version + 1
        )
        if not claimed:
            raise Conflict
        passage.version = from_version + 1
        _fill(passage, draft, markdown=markdown)
        passage.save(
            update_fields=["body", "html", "language", "language_source", "used_translator"]
        )
        passage.translations.filter(kind=Translation.Kind.AUTHOR).delete()
        _write_other_half(passage, draft, markdown=markdown)
        _keep_revision(passage, draft, by)
    return passage


def erase(passage: Passage) -> None:
    """Take the words out for good, every half and every former version of them."""
    with transaction.atomic():
        passage.translations.all().delete()
        passage.revisions.all().delete()
        Passage.objects.filter(pk=passage.pk).update(
            body="", html="", used_translator=False, version=F("version") + 1
        )


def _fill(passage: Passage, draft: Draft, *, markdown: bool) -> None:
    passage.body = draft.body
    passage.language = draft.found
    passage.language_source = "author" if draft.language else "detected"
    passage.html = render.render(draft.body, passage.language) if markdown else ""
    passage.used_translator = draft.used_translator


def preview(draft: Draft) -> tuple[Passage, Translation | None]:
    """What `write` would make of a draft, both halves rendered; nothing is saved."""
    passage = Passage()
    _fill(passage, draft, markdown=True)
    return passage, _other_half(passage, draft, markdown=True)


def _write_other_half(passage: Passage, draft: Draft, *, markdown: bool) -> None:
    if half := _other_half(passage, draft, markdown=markdown):
        half.save(force_insert=True)


def _other_half(passage: Passage, draft: Draft, *, markdown: bool) -> Translation | None:
    if not draft.body_other:
        return None
    return Translation(
        passage=passage,
        language=draft.found_other,
        body=draft.body_other,
        html=render.render(draft.body_other, draft.found_other) if markdown else "",
        kind=Translation.Kind.AUTHOR,
        source_version=passage.version,
    )


def _keep_revision(passage: Passage, draft: Draft, by: Any) -> None:
    Revision.objects.create(
        passage=passage,
        version=passage.version,
        body=draft.body,
        language=passage.language,
        body_other=draft.body_other,
        language_other=draft.found_other,
        by=by,
    )
