from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from exchange.accounts.models import User
from exchange.accounts.names import skeleton

from . import mentions
from .models import FAMILIES, Passage, Proposal, Term, Translation, TranslationJob, family


def mentioned(*texts: str) -> dict[str, str]:
    """The members whom texts call by name: `{as typed: username}`.

    One query, and none for texts that call nobody.
    """
    skeletons = {name: skeleton(name) for name in mentions.possible_names(*texts)}
    if not skeletons:
        return {}
    people = User.objects.filter(skeleton__in=set(skeletons.values()), is_active=True)
    usernames = dict(people.values_list("skeleton", "username"))
    return {
        name: usernames[found]
        for name, found in skeletons.items()
        if found in usernames and mentions.is_meant(name, usernames[found])
    }


def current(passage: Passage, language: str, kind: str) -> Translation | None:
    """The half of one kind in a language's family; `zh-hans` and `zh-hant` are one."""
    found = passage.translations.filter(kind=kind, language__startswith=language[:2])
    return found.first()


def open_proposals(passage: Passage, language: str) -> QuerySet[Proposal]:
    """Members' translations that wait to be accepted, of one language's family, oldest first."""
    found = passage.proposals.filter(state=Proposal.State.OPEN, language__startswith=language[:2])
    return found.order_by("id")


def best(translations: Iterable[Translation], wanted: str) -> Translation | None:
    """Of loaded halves the one that readers of a family get: the author's, a member's, a machine's."""
    order = list(Translation.Kind)
    ours = [half for half in translations if family(half.language) == wanted]
    return min(ours, key=lambda half: order.index(Translation.Kind(half.kind)), default=None)


def families_without(passage: Passage) -> list[str]:
    """The families whose readers need a translation: of a mixed text both, of an unknown one none."""
    if passage.language == "other":
        return []
    return [name for name in FAMILIES if name != family(passage.language)]


def spending(start: datetime) -> list[dict[str, Any]]:
    """Characters that engines were sent since then by whose texts they are, the most first.

    Rows of `{"name", "engine", "spent"}`; `name` is None for texts of people who left.
    """
    jobs = TranslationJob.objects.filter(claimed_at__gte=start, spent__gt=0)
    rows = jobs.values("engine", name=F("author__username")).annotate(spent=Sum("spent"))
    return list(rows.order_by("-spent")[:50])


def job_states(start: datetime) -> list[dict[str, Any]]:
    """How many translations wait now, and how those fared that ended since then, by reason."""
    recent = Q(state__in=TranslationJob.OPEN) | Q(ended_at__gte=start)
    rows = TranslationJob.objects.filter(recent).values("state", "reason")
    return list(rows.annotate(many=Count("pk")).order_by("state", "-many"))


def body_at(passage: Passage, version: int) -> str | None:
    """The original as it was at a version, None where nobody kept it."""
    if version == passage.version:
        return passage.body
    return passage.revisions.filter(version=version).values_list("body", flat=True).first()


def accepted(passage: Passage, language: str) -> QuerySet[Proposal]:
    """The history of its translation into one language's family, newest first."""
    found = passage.proposals.filter(
        state=Proposal.State.ACCEPTED, language__startswith=language[:2]
    )
    return found.select_related("by", "accepted_by").order_by("-accepted_at", "-id")


def accepted_of(member: Any, language: str) -> int:
    """How many of a member's translations into a language's family were accepted."""
    return Proposal.objects.filter(
        by=member, state=Proposal.State.ACCEPTED, language__startswith=language[:2]
    ).count()


def agreed_terms() -> QuerySet[Term]:
    """The glossary that stands beside texts: agreed and not taken out, with what explains them."""
    found = Term.objects.filter(agreed_at__isnull=False, withdrawn_at=None).select_related("note")
    return found.prefetch_related("note__translations").order_by("id")


def glossary_stamp() -> str:
    """Changes whenever a term that stands beside texts comes, goes, or is explained in other words."""
    agreed = Term.objects.filter(agreed_at__isnull=False, withdrawn_at=None)
    found = agreed.aggregate(n=Count("pk"), last=Max("agreed_at"), notes=Sum("note__rendition"))
    last = found["last"].timestamp() if found["last"] else 0
    return f"{found['n']}.{last}.{found['notes'] or 0}"
