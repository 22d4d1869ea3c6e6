"""What members make of each other's words: translations, requests for them, and in which language they are.

Who may do it is asked above, where a passage is known to be a post's, a title's or a term's.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from exchange.languages import queries, render
from exchange.languages.models import (
    Agreement,
    Passage,
    Proposal,
    Translation,
    TranslationRequest,
    family,
)
from exchange.ledger.actions import record

from .writing import Conflict, in_families, show_whole_anew

# As many members as this make a translation the current one where neither the author nor a trusted
# reader says so.
ENOUGH_TO_TRANSLATE = 3
# Two readers who agree may correct what a text was taken for.
ENOUGH_TO_NAME_LANGUAGE = 2


class Closed(Exception):
    """The proposal was accepted or withdrawn, or holds other words than were looked at."""


def propose(
    *,
    by: Any,
    passage: Passage,
    language: str,
    body: str,
    from_version: int,
    told: Mapping[str, int | str] | None = None,
) -> Proposal:
    """A member's translation, or their repair of the current one; their open one is replaced.

    `told` goes along with the event. Raises Conflict where the passage changed since `from_version`:
    they translated other words.
    """
    with transaction.atomic():
        _still(passage, from_version)
        current = queries.current(passage, language, Translation.Kind.MEMBER)
        theirs = queries.open_proposals(passage, language).filter(by=by)
        proposal = theirs.select_for_update().first() or Proposal(passage=passage, by=by)
        if (proposal.body, proposal.source_version) != (body, from_version):
            if proposal.pk:  # whoever agreed with other words, or about others, is asked anew
                Agreement.objects.filter(subject=proposal.subject).delete()
            proposal.created_at = timezone.now()
        proposal.language, proposal.body, proposal.source_version = language, body, from_version
        proposal.began_from = current.body if current else ""
        proposal.save()
        _record("translation.proposed", by, passage, proposal=proposal.pk, **(told or {}))
    return proposal


def withdraw(*, by: Any, proposal: Proposal) -> bool:
    """Whoever proposed it takes it back, or who keeps order takes it away.

    False where it was accepted or withdrawn before, or holds other words by now.
    """
    with transaction.atomic():
        if not _move(proposal, Proposal.State.WITHDRAWN):
            return False
        Agreement.objects.filter(subject=proposal.subject).delete()
        _record("translation.withdrawn", by, proposal.passage, proposal=proposal.pk)
    return True


def accept(*, by: Any, proposal: Proposal) -> bool:
    """Make a proposal the member's translation that readers see.

    False where it is no longer open or holds other words by now. Raises Conflict where the original
    changed since: it has to be looked at again.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=proposal.passage_id)
        if passage.version != proposal.source_version:
            raise Conflict
        if not _move(proposal, Proposal.State.ACCEPTED, accepted_by=by, accepted_at=timezone.now()):
            return False
        published(passage, proposal)
        Agreement.objects.filter(subject=proposal.subject).delete()
        passage.requests.filter(language__startswith=proposal.language[:2]).delete()
        _record("translation.accepted", by, passage, proposal=proposal.pk)
    return True


def agree(*, by: Any, proposal: Proposal) -> bool:
    """Somebody finds a proposal good; enough of them accept it. True where it is accepted now.

    Raises Closed where it is no longer open or holds other words by now, Conflict as `accept`.
    """
    with transaction.atomic():
        if not _open(proposal).select_for_update().exists():
            raise Closed
        _agree(proposal.subject, by)
        if Agreement.objects.filter(subject=proposal.subject).count() < ENOUGH_TO_TRANSLATE:
            return False
        return accept(by=by, proposal=proposal)


def ask_for_translation(*, by: Any, passage: Passage, language: str) -> bool:
    """A reader's one tap. False where they asked before."""
    with transaction.atomic():
        _, fresh = TranslationRequest.objects.get_or_create(
            passage=passage, language=language, by=by
        )
        if fresh:
            _record("translation.asked", by, passage, language=language)
    return fresh


def put_by_machine(
    *, passage: Passage, language: str, body: str, version: int, engine: str
) -> bool:
    """Keep a machine's half. False where the passage is at another version by now."""
    with transaction.atomic():
        try:
            _still(passage, version)
        except Conflict:
            return False
        Translation.objects.update_or_create(
            passage=passage,
            language=language,
            kind=Translation.Kind.MACHINE,
            defaults={
                "body": body,
                "html": _html(passage, body, language),
                "source_version": version,
                "engine": engine,
                "made_at": timezone.now(),
            },
        )
        shown_anew(passage)
        _record("translation.made", None, passage, language=language)
    return True


def name_language(
    *, by: Any, passage: Passage, language: str, counts_as: str = Passage.Source.READERS
) -> bool:
    """A reader says which language a text is in. True where that changed what it is taken for.

    The word of its author or of a moderator (`counts_as`) counts at once, others' once two agree
    about the same version. Who changes their mind has said only the last.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=passage.pk)
        about = f"language.{passage.pk}.{passage.version}."
        Agreement.objects.filter(subject__startswith=about, by=by).delete()
        if passage.language == language:
            return False
        _agree(f"{about}{language}", by)
        said = Agreement.objects.filter(subject=f"{about}{language}").count()
        if counts_as == Passage.Source.READERS and said < ENOUGH_TO_NAME_LANGUAGE:
            return False
        was, passage.language = passage.language, language
        passage.language_source = counts_as
        passage.html = _html(passage, passage.body, language)
        # A machine translated it out of a language that it is not in.
        passage.translations.filter(kind=Translation.Kind.MACHINE).delete()
        passage.save(update_fields=["language", "language_source", "html"])
        if family(language):  # nobody needs it in the language that it is in
            passage.requests.filter(language__startswith=family(language)).delete()
        shown_anew(passage)
        Agreement.objects.filter(subject__startswith=f"language.{passage.pk}.").delete()
        _record("passage.language_named", by, passage, was=was, language=language)
    return True


def shown_anew(passage: Passage) -> None:
    """Count what readers see of a passage, and in which families people wrote it, once more."""
    people = passage.translations.exclude(kind=Translation.Kind.MACHINE)
    passage.human_in = in_families(passage.language, *(half.readers for half in people))
    Passage.objects.filter(pk=passage.pk).update(
        human_in=passage.human_in, rendition=F("rendition") + 1
    )
    show_whole_anew(passage)


def published(passage: Passage, proposal: Proposal, *, pk: int = 0) -> None:
    """Make an accepted proposal the half that readers see; `pk` is the id that it had before."""
    members = passage.translations.filter(
        kind=Translation.Kind.MEMBER, language__startswith=proposal.language[:2]
    )
    members.exclude(language=proposal.language).delete()  # the same in the other script
    fields = {
        "body": proposal.body,
        "html": _html(passage, proposal.body, proposal.language),
        "source_version": proposal.source_version,
        "by_id": proposal.by_id,
        "made_at": timezone.now(),
    }
    Translation.objects.update_or_create(
        passage=passage,
        language=proposal.language,
        kind=Translation.Kind.MEMBER,
        defaults=fields,
        create_defaults=fields | ({"pk": pk} if pk else {}),
    )
    shown_anew(passage)


def _html(passage: Passage, body: str, language: str) -> str:
    """Rendered like the passage itself: a title, which has no markup, stays plain."""
    if not passage.html:
        return ""
    return render.render(body, language, queries.mentioned(body))


def _move(proposal: Proposal, state: str, **fields: Any) -> bool:
    """Out of the open state, by a conditional update: of two at once, one does it."""
    moved = bool(_open(proposal).update(state=state, **fields))
    if moved:
        proposal.state = state
    return moved


def _open(proposal: Proposal) -> QuerySet[Proposal]:
    """The row, if it is still open and holds the words that were looked at."""
    return Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN, body=proposal.body)


def _agree(subject: str, by: Any) -> None:
    try:
        with transaction.atomic():
            Agreement.objects.create(subject=subject, by=by)
    except IntegrityError:
        pass  # they said so before


def _still(passage: Passage, version: int) -> None:
    """Nobody changes the passage from here to the commit. Raises Conflict where somebody did before."""
    if not Passage.objects.select_for_update().filter(pk=passage.pk, version=version).exists():
        raise Conflict


def _record(verb: str, actor: Any, passage: Passage, **data: Any) -> None:
    record(verb, actor=actor, scope=passage.scope, target=passage.target, **data)
