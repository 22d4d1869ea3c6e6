from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from . import mentions, queries, render, script
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


@dataclass(frozen=True, slots=True)
class _Text:
    """A draft as it is stored. `names` are those in it that members have, as they were typed."""

    draft: Draft
    markdown: bool
    names: Collection[str]

    @property
    def language(self) -> str:
        return self.draft.language or self._detected(self.draft.body)

    @property
    def language_other(self) -> str:
        return self._detected(self.draft.body_other) if self.draft.body_other else ""

    def html(self, body: str, language: str) -> str:
        return render.render(body, language, self.names) if self.markdown else ""

    def _detected(self, body: str) -> str:
        return script.detect(mentions.blanked(body, self.names)).language


class Conflict(Exception):
    """The passage changed since the version that the author was editing."""


def write(*, by: Any, scope: str, draft: Draft, markdown: bool = True) -> Passage:
    """A new passage with its author's other half and its first revision."""
    text = _read(draft, markdown)
    with transaction.atomic():
        passage = Passage(scope=scope)
        _fill(passage, text)
        passage.save()
        _write_other_half(passage, text)
        _keep_revision(passage, text, by)
    return passage


def rewrite(
    *, by: Any, passage: Passage, draft: Draft, from_version: int, markdown: bool = True
) -> Passage:
    """A new version of a passage. Raises Conflict where it changed since `from_version`."""
    text = _read(draft, markdown)
    with transaction.atomic():
        # Claimed by a conditional update, so that of two editors exactly one goes on.
        claimed = Passage.objects.filter(pk=passage.pk, version=from_version).update(
            version=from_version + 1
        )
        if not claimed:
            raise Conflict
        passage.version = from_version + 1
        _fill(passage, text)
        passage.save(
            update_fields=["body", "html", "language", "language_source", "used_translator"]
        )
        passage.translations.filter(kind=Translation.Kind.AUTHOR).delete()
        _write_other_half(passage, text)
        _keep_revision(passage, text, by)
    return passage


def erase(passage: Passage) -> None:
    """Take the words out for good, every half and every former version of them."""
    with transaction.atomic():
        passage.translations.all().delete()
        passage.revisions.all().delete()
        Passage.objects.filter(pk=passage.pk).update(
            body="", html="", used_translator=False, version=F("version") + 1
        )


def _read(draft: Draft, markdown: bool) -> _Text:
    """What has no markup, a title, calls nobody by name."""
    names = queries.mentioned(draft.body, draft.body_other) if markdown else ()
    return _Text(draft, markdown, names)


def preview(draft: Draft) -> tuple[Passage, Translation | None]:
    """What `write` would make of a draft, both halves rendered; nothing is saved."""
    passage, text = Passage(), _read(draft, markdown=True)
    _fill(passage, text)
    return passage, _other_half(passage, text)


def _fill(passage: Passage, text: _Text) -> None:
    passage.body = text.draft.body
    passage.language = text.language
    passage.language_source = "author" if text.draft.language else "detected"
    passage.html = text.html(passage.body, passage.language)
    passage.used_translator = text.draft.used_translator


def _write_other_half(passage: Passage, text: _Text) -> None:
    if half := _other_half(passage, text):
        half.save(force_insert=True)


def _other_half(passage: Passage, text: _Text) -> Translation | None:
    body, language = text.draft.body_other, text.language_other
    if not body:
        return None
    return Translation(
        passage=passage,
        language=language,
        body=body,
        html=text.html(body, language),
        kind=Translation.Kind.AUTHOR,
        source_version=passage.version,
    )


def _keep_revision(passage: Passage, text: _Text, by: Any) -> None:
    Revision.objects.create(
        passage=passage,
        version=passage.version,
        body=text.draft.body,
        language=passage.language,
        body_other=text.draft.body_other,
        language_other=text.language_other,
        by=by,
    )
