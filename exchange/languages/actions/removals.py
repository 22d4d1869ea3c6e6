"""What moderators take away of what members made of a text, so that it can be brought back.

Whether they may is asked above, and the events are recorded there.
"""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from exchange.languages import queries
from exchange.languages.models import Correction, Passage, Proposal, Translation

from .corrections import recount
from .translations import published, shown_anew


def remove_translation(translation: Translation) -> Proposal | None:
    """Take the members' half of a text away; the one before it stands again, where there was one.

    The proposal that it was, which `restore_proposal` brings back; None where it is gone already or
    holds other words by now.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=translation.passage_id)
        now = Translation.objects.filter(
            pk=translation.pk, kind=Translation.Kind.MEMBER, body=translation.body
        ).first()
        if now is None:
            return None
        proposal = _proposal_of(now)
        before = queries.accepted(passage, now.language).exclude(pk=proposal.pk).first()
        if before is None:
            now.delete()
            shown_anew(passage)
        else:
            published(passage, before, pk=now.pk)
    return proposal


def remove_proposal(proposal: Proposal) -> Proposal | None:
    """Take an open one away, or the half that readers see where that is what it became.

    What `restore_proposal` brings back; None where it is neither, or holds other words by now.
    """
    rows = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN, body=proposal.body)
    if rows.update(state=Proposal.State.REMOVED, removed_from=Proposal.State.OPEN):
        return proposal
    half = queries.half_of(proposal)
    return remove_translation(half) if half else None


def restore_proposal(proposal: Proposal, *, translation_id: int = 0) -> bool:
    """Bring back what was removed: an open one waits again, an accepted one is the half that readers see.

    False where it was brought back before, or where its author has another one open meanwhile.
    `translation_id` is the id that the half had.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=proposal.passage_id)
        removed = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.REMOVED)
        before = removed.values_list("removed_from", flat=True).first()
        if before is None or not _put_back(removed, before):
            return False
        if before == Proposal.State.ACCEPTED:
            newest = queries.accepted(passage, proposal.language).first()
            if newest and newest.pk == proposal.pk:
                published(passage, newest, pk=translation_id)
    return True


def remove_correction(correction: Correction) -> bool:
    """Its words are kept, for nobody to see. False where it stands no longer."""
    now = timezone.now()
    with transaction.atomic():
        rows = Correction.objects.filter(pk=correction.pk, withdrawn_at=None)
        if not rows.update(withdrawn_at=now, removed_at=now):
            return False
        recount(correction.passage)
    return True


def restore_correction(correction: Correction) -> bool:
    """False where it was restored before, or its author offered another one meanwhile."""
    try:
        with transaction.atomic():
            rows = Correction.objects.filter(pk=correction.pk, removed_at__isnull=False)
            if not rows.update(withdrawn_at=None, removed_at=None):
                return False
            recount(correction.passage)
    except IntegrityError:
        return False
    return True


def move_texts(passages: Collection[int], scope: str) -> None:
    """Texts, what is within them, and why they were corrected, belong to another scope from now on,
    and are shown anew."""
    parts = Q(pk__in=passages) | Q(within__in=passages)
    reasons = Q(corrects__passage__in=passages) | Q(corrects__passage__within__in=passages)
    # Of a subquery, because an update cannot follow the way back from a correction.
    found = Passage.objects.filter(parts | reasons).values("pk")
    Passage.objects.filter(pk__in=found).update(scope=scope)
    Passage.objects.filter(pk__in=passages).update(rendition=F("rendition") + 1)


def _proposal_of(translation: Translation) -> Proposal:
    """What the half was made from, out of the history; made for one that has none."""
    passage = translation.passage
    fields = {"state": Proposal.State.REMOVED, "removed_from": Proposal.State.ACCEPTED}
    known = queries.accepted(passage, translation.language).filter(body=translation.body).first()
    if known is None:
        return Proposal.objects.create(
            passage=passage,
            language=translation.language,
            body=translation.body,
            source_version=translation.source_version,
            by=translation.by,
            accepted_at=translation.made_at,
            **fields,
        )
    Proposal.objects.filter(pk=known.pk).update(**fields)
    return known


def _put_back(removed: QuerySet[Proposal], state: str) -> bool:
    try:
        with transaction.atomic():
            return bool(removed.update(state=state, removed_from=""))
    except IntegrityError:
        return False
