from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from exchange.languages import mentions, queries, render, script
from exchange.languages.models import (
    Agreement,
    Passage,
    Revision,
    Translation,
    TranslationJob,
    family,
    readers_of_half,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed, normalised and checked: two halves and what they said of it.

    `language` is the author's own word for the first half, `language_other` for the second, or ""
    to have it detected.
    `wants_correction` is None where the author said nothing: then a text in a language that they
    are learning is open to it.
    """

    body: str
    body_other: str = ""
    language: str = ""
    used_translator: bool = False
    wants_correction: bool | None = None
    language_other: str = ""

    @property
    def found(self) -> str:
        return self.language or script.detect(script.own_words(self.body)).language

    @property
    def found_other(self) -> str:
        if not self.body_other:
            return ""
        return self.language_other or script.detect(script.own_words(self.body_other)).language


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
        if not self.draft.body_other:
            return ""
        return self.draft.language_other or self._detected(self.draft.body_other)

    def html(self, body: str, language: str) -> str:
        return render.render(body, language, self.names) if self.markdown else ""

    def _detected(self, body: str) -> str:
        own = script.own_words(mentions.blanked(body, self.names))
        return script.detect(own).language


class Conflict(Exception):
    """The passage changed since the version that the author was editing."""


def write(
    *, by: Any, scope: str, draft: Draft, markdown: bool = True, within: Passage | None = None
) -> Passage:
    """A new passage with its author's other half and its first revision."""
    text = _read(draft, markdown)
    with transaction.atomic():
        passage = Passage(scope=scope, within=within)
        _fill(passage, text, by)
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
        _fill(passage, text, by)
        passage.translations.filter(kind=Translation.Kind.AUTHOR).delete()
        _write_other_half(passage, text)
        others = passage.translations.filter(kind=Translation.Kind.MEMBER)
        passage.human_in = in_families(passage.human_in, *(half.readers for half in others))
        passage.rendition += 1
        passage.save(update_fields=_WRITTEN)
        show_whole_anew(passage)
        _keep_revision(passage, text, by)
    return passage


_WRITTEN = [
    "body",
    "html",
    "language",
    "language_source",
    "used_translator",
    "wants_correction",
    "human_in",
    "rendition",
]


def erase(passage: Passage) -> None:
    """Take the words out for good: every half, every former version, and what others made of them."""
    with transaction.atomic():
        subjects = [proposal.subject for proposal in passage.proposals.all()]
        Agreement.objects.filter(subject__in=subjects).delete()
        reasons = [pk for pk in passage.corrections.values_list("reason", flat=True) if pk]
        for made_of_it in ("translations", "revisions", "proposals", "requests", "corrections"):
            getattr(passage, made_of_it).all().delete()
        for reason in Passage.objects.filter(pk__in=reasons):
            erase(reason)
        # The rows stay, without words, for what they cost is counted.
        passage.jobs.filter(state__in=TranslationJob.OPEN).update(
            state=TranslationJob.State.DROPPED
        )
        Passage.objects.filter(pk=passage.pk).update(
            body="",
            html="",
            used_translator=False,
            wants_correction=False,
            correction_count=0,
            human_in="",
            version=F("version") + 1,
            rendition=F("rendition") + 1,
        )
        show_whole_anew(passage)


def lock_parts(whole: Passage) -> None:
    """Before the whole is written: whoever writes a part locks that first, and shows the whole anew."""
    parts = Passage.objects.select_for_update().filter(within=whole).order_by("pk")
    list(parts.values_list("pk"))


def show_whole_anew(passage: Passage) -> None:
    """What a part says changed, and so what is shown of the text that it is a part of."""
    if passage.within_id:
        Passage.objects.filter(pk=passage.within_id).update(rendition=F("rendition") + 1)


def in_families(*languages: str) -> str:
    """The families among some languages, or lists of families, as `Passage.human_in` holds them."""
    found = {family(word) for language in languages for word in language.split()}
    return " ".join(sorted(found - {""}))


def _read(draft: Draft, markdown: bool) -> _Text:
    """What has no markup, a title, calls nobody by name."""
    names = queries.mentioned(draft.body, draft.body_other) if markdown else ()
    return _Text(draft, markdown, names)


def preview(draft: Draft) -> tuple[Passage, Translation | None]:
    """What `write` would make of a draft, both halves rendered; nothing is saved."""
    passage, text = Passage(), _read(draft, markdown=True)
    _fill(passage, text, None)
    return passage, _other_half(passage, text)


def _fill(passage: Passage, text: _Text, by: Any) -> None:
    sources = Passage.Source
    passage.body = text.draft.body
    passage.language = text.language
    passage.language_source = sources.AUTHOR if text.draft.language else sources.DETECTED
    passage.html = text.html(passage.body, passage.language)
    passage.used_translator = text.draft.used_translator
    half = readers_of_half(text.language_other, passage.language) if text.language_other else ""
    passage.human_in = in_families(passage.language, half)
    asked = text.draft.wants_correction
    # A title is short, and not what somebody practises on.
    by_default = bool(passage.body) and text.markdown and is_learning(by, passage.language)
    passage.wants_correction = by_default if asked is None else asked


def is_learning(person: Any, language: str) -> bool:
    """Whether a text in this language is in one that its author is learning. Mixed ones are in none."""
    learning = getattr(person, "learning", None) or []
    return bool(family(language)) and family(language) in map(family, learning)


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
