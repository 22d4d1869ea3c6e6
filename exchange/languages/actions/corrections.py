"""Gentle corrections of texts whose authors ask for them, one sentence at a time.

Who may do it is asked above, where a passage is known to be a post's. What is taken over becomes the
post's next version there too.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from exchange.languages import marking
from exchange.languages.models import Correction, CorrectionMute, Passage, Translation
from exchange.ledger.actions import record

from .translations import shown_anew
from .writing import Conflict, Draft, erase, write


class SentenceGone(Exception):
    """The sentence that is meant does not stand in the text any more."""


def offer(
    *,
    by: Any,
    passage: Passage,
    place: int,
    corrected: str,
    from_version: int,
    reason: str = "",
    told: Mapping[str, int | str] | None = None,
) -> Correction:
    """A better way to say the sentence at `place`. Somebody's second one for it replaces their first.
    `told` goes along with the event.

    The same again changes nothing. Raises Conflict where the text changed since `from_version`,
    SentenceGone where there is no such sentence to correct.
    """
    with transaction.atomic():
        now = Passage.objects.select_for_update().get(pk=passage.pk)
        if now.version != from_version:
            raise Conflict
        original = _sentence(now, place).text
        correction = _theirs(by, now, place, original)
        if correction.pk and _says(correction) == (original, corrected, reason):
            return correction
        correction.source_version, correction.place = from_version, place
        correction.original, correction.corrected = original, corrected
        correction.created_at, correction.thanked_at = timezone.now(), None
        before = correction.reason
        correction.reason = _reason(by, now, reason)
        correction.save()
        if before:
            erase(before)
        recount(now)
        _record("correction.offered", by, correction, **(told or {}))
    return correction


def withdraw(*, by: Any, correction: Correction) -> bool:
    """Take the words back. False where they were before, or are the author's own by now."""
    with transaction.atomic():
        rows = Correction.objects.filter(pk=correction.pk, withdrawn_at=None, taken_at=None)
        reason = correction.reason
        if not rows.update(withdrawn_at=timezone.now(), corrected="", reason=None):
            return False
        if reason:
            erase(reason)
        recount(correction.passage)
        _record("correction.withdrawn", by, correction)
    return True


def thank(*, by: Any, correction: Correction) -> bool:
    """False where the author gave thanks before, or there is nothing left to give thanks for."""
    with transaction.atomic():
        rows = Correction.objects.filter(pk=correction.pk, withdrawn_at=None, thanked_at=None)
        if not rows.update(thanked_at=timezone.now()):
            return False
        _record("correction.thanked", by, correction)
    return True


def take(*, by: Any, correction: Correction) -> bool:
    """Count a correction as the author's words, which `taken_over` makes. False where it was before."""
    with transaction.atomic():
        rows = Correction.objects.filter(pk=correction.pk, withdrawn_at=None, taken_at=None)
        if not rows.update(taken_at=timezone.now()):
            return False
        shown_anew(correction.passage)
        _record("correction.taken", by, correction)
    return True


def taken_over(correction: Correction) -> Draft:
    """The text with the corrected sentence in the place of its own; all else stays.

    Raises SentenceGone where that sentence does not stand there any more, word for word.
    """
    passage = correction.passage
    found = marking.find(marking.read(passage.body), correction.place, correction.original)
    if found is None:
        raise SentenceGone
    half = passage.translations.filter(kind=Translation.Kind.AUTHOR).first()
    said = passage.language_source != Passage.Source.DETECTED
    return Draft(
        body=marking.put(passage.body, found, correction.corrected),
        body_other=half.body if half else "",
        language=passage.language if said else "",
        language_other=half.language if half else "",
        used_translator=passage.used_translator,
        wants_correction=passage.wants_correction,
    )


def mute(*, author: Any, muted: Any) -> bool:
    """No more corrections of the author's texts from one person, who is not told. False if so before."""
    with transaction.atomic():
        _, fresh = CorrectionMute.objects.get_or_create(author=author, muted=muted)
        if fresh:
            _chose(author)
    return fresh


def unmute(*, author: Any, muted: Any) -> bool:
    with transaction.atomic():
        gone, _ = CorrectionMute.objects.filter(author=author, muted=muted).delete()
        if gone:
            _chose(author)
    return bool(gone)


def _sentence(passage: Passage, place: int) -> marking.Sentence:
    for sentence in marking.read(passage.body):
        if sentence.place == place and sentence.own:
            return sentence
    raise SentenceGone


def _theirs(by: Any, passage: Passage, place: int, original: str) -> Correction:
    """What somebody offered for a sentence before, also when it stood in an earlier version."""
    here = Q(source_version=passage.version, place=place)
    before = Q(source_version__lt=passage.version, original=original)
    found = passage.corrections.filter(here | before, by=by, withdrawn_at=None, taken_at=None)
    latest = found.select_related("reason").order_by("-source_version").first()
    return latest or Correction(passage=passage, by=by)


def _says(correction: Correction) -> tuple[str, str, str]:
    reason = correction.reason.body if correction.reason else ""
    return correction.original, correction.corrected, reason


def _reason(by: Any, passage: Passage, words: str) -> Passage | None:
    if not words:
        return None
    return write(by=by, scope=passage.scope, draft=Draft(words), markdown=False)


def recount(passage: Passage) -> None:
    """What stands under the text for every reader."""
    count = passage.corrections.filter(withdrawn_at=None).count()
    Passage.objects.filter(pk=passage.pk).update(correction_count=count)
    shown_anew(passage)


def _record(verb: str, actor: Any, correction: Correction, **told: Any) -> None:
    passage = correction.passage
    told["correction"] = correction.pk
    record(verb, actor=actor, scope=passage.scope, target=passage.target, **told)


def _chose(author: Any) -> None:
    """Whom they do not want to hear from is theirs to know: the event does not say it."""
    mine = f"user.{author.pk}"
    record("settings.changed", actor=author, scope=mine, target=mine)
