"""Members who tell moderators what a text says."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from exchange.boards.rules import Reader
from exchange.languages.models import family
from exchange.moderation.models import Case, ReaderRequest

# Of so many who are willing, so many are offered.
MOST_WILLING, MOST_OFFERED = 500, 20


def willing_readers(case: Case) -> list[Any]:
    """Who said in the settings that moderators may ask them, and reads the case's language: never who
    wrote it or reported it, and nobody who could look at the case anyway."""
    now = timezone.now()
    concerned = [case.author_id, case.post.author_id]
    concerned += case.flags.values_list("reporter", flat=True)
    people = (
        get_user_model()
        .objects.filter(Q(suspended_until=None) | Q(suspended_until__lt=now))
        .filter(reads_for_moderators=True, is_active=True, is_staff=False, moderates=None)
        .exclude(pk__in=[pk for pk in concerned if pk])
        .exclude(pk__in=case.readers.values("reader"))
    )
    found = people.order_by("pk")[:MOST_WILLING]
    return [one for one in found if _reads(one, case.language)][:MOST_OFFERED]


def readings_of(reader: Reader) -> QuerySet[ReaderRequest]:
    """The texts that somebody was asked about, while their cases are open; the latest first."""
    found = ReaderRequest.objects.filter(reader=reader, case__closed_at=None)
    return found.select_related("case__post", "words").order_by("-pk")


def reading_of(reader: Reader, request_id: int) -> ReaderRequest | None:
    return readings_of(reader).filter(pk=request_id).first()


def _reads(person: Any, language: str) -> bool:
    """Of what is in neither of the site's languages nobody said whether they read it."""
    wanted = family(language)
    return not wanted or wanted in {family(code) for code in person.reads}
