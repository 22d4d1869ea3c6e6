"""What people will be told of a decision, shown before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

from exchange.boards.models import Thread
from exchange.moderation.notices import Notice, is_told, names_rule, notice, told_in
from exchange.safety.queries import rule
from exchange.web.errors import asks_for_json
from exchange.web.http import form_data
from exchange.web.templatetags.bilingual import html_lang, language_name


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who will be told of a decision by its verb; None is a former member, who hears nothing."""

    verb: str
    person: Any
    until: datetime | None = None
    for_now: bool = False


type Previews = Sequence[tuple[str, Notice]]


def asks_for_preview(request: HttpRequest) -> bool:
    """Whether a form was sent only to see the notices as they would be."""
    return "preview" in (form_data(request) or {})


def previews(told: Sequence[Told], reason: str, thread: Thread | None = None) -> dict[str, Any]:
    """What `moderation/_previews.html` shows: for each verb the notice once in every language that one of
    its people reads best, and in the page's. So of fifty posts there are two or three to read.

    `thread` is the one that all of it is about; without it the threads are left out of the words.
    """
    heard = [one for one in told if one.person is not None and is_told(one.verb)]
    wanted: dict[tuple[str, bool, str], datetime | None] = {}
    for verb, for_now in dict.fromkeys((one.verb, one.for_now) for one in heard):
        theirs = [one for one in heard if (one.verb, one.for_now) == (verb, for_now)]
        for language in [*(told_in(one.person) for one in theirs), get_language() or "en"]:
            wanted[verb, for_now, language] = theirs[0].until
    people = {one.person.pk: one.person for one in heard}
    return {
        "previews": [
            (
                language,
                notice(
                    verb,
                    rule=rule(reason),
                    language=language,
                    until=until,
                    thread_title=_title(thread, language),
                    for_now=for_now,
                ),
            )
            for (verb, for_now, language), until in wanted.items()
        ],
        "names_rule": any(names_rule(verb) for verb, _for_now, _language in wanted),
        "told_alone": next(iter(people.values())) if len(people) == 1 else None,
    }


def as_data(found: Previews) -> HttpResponse:
    """For js/told.js, which puts them in the place of those on the page."""
    notices = [
        {
            "language": html_lang(language),
            "name": language_name(language),
            "title": told.title,
            "body": told.body,
        }
        for language, told in found
    ]
    return JsonResponse({"notices": notices})


def wants_data(request: HttpRequest) -> bool:
    return asks_for_preview(request) and asks_for_json(request)


def _title(thread: Thread | None, language: str) -> str:
    """In a language where people wrote it in that, else as it was written; "" where it cannot be read."""
    if thread is None or thread.is_closed:
        return ""
    better = thread.title_reads_better(language)
    return (thread.title_other if better else None) or thread.title.body
