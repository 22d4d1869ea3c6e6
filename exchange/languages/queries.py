from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from exchange.accounts.models import User
from exchange.accounts.names import skeleton

from . import mentions
from .models import FAMILIES, Correction, CorrectionMute, Passage, Proposal, Translation, family


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


def corrections(passage: Passage) -> QuerySet[Correction]:
    """What members offer to say better, in the order of the text and then of time."""
    found = passage.corrections.filter(withdrawn_at=None).select_related("by", "reason")
    return found.order_by("place", "created_at", "id")


def thanks_of(people: Iterable[int]) -> dict[int, int]:
    """How often authors gave thanks to people for corrections, by their ids. One query."""
    thanked = Correction.objects.filter(by__in=set(people), withdrawn_at=None)
    counted = thanked.exclude(thanked_at=None).values_list("by").annotate(times=Count("pk"))
    return dict(counted.order_by())


def muted_by(author: Any) -> QuerySet[User]:
    """From whom somebody takes no corrections."""
    muted = CorrectionMute.objects.filter(author=author).values("muted")
    return User.objects.filter(pk__in=muted).order_by("username")


def is_muted(author: Any, person: Any) -> bool:
    return CorrectionMute.objects.filter(author=author, muted=person).exists()


def who_muted(person: Any) -> QuerySet[CorrectionMute, dict[str, Any]]:
    """The authors who take no corrections from somebody, for a filter."""
    return CorrectionMute.objects.filter(muted=person).values("author")
