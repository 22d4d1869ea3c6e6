"""The queue of what waits for moderators. For others there is no such page."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from exchange.boards.queries import roles
from exchange.moderation import queries
from exchange.moderation.models import Case
from exchange.safety.queries import rules
from exchange.web.http import methods
from exchange.web.templatetags.bilingual import localised

from .checks import moderators_only
from .deciding import number_of

KINDS = {
    Case.Kind.REPORTED: pgettext_lazy("a case", "reported"),
    Case.Kind.HELD: pgettext_lazy("a case", "waiting to be shown"),
    Case.Kind.REVIEW: pgettext_lazy("a case", "a newcomer's first"),
}
AGES = {
    "hour": pgettext_lazy("a case", "older than an hour"),
    "day": pgettext_lazy("a case", "older than a day"),
    "week": pgettext_lazy("a case", "older than a week"),
}
LANGUAGES = {
    "": pgettext_lazy("the desk", "mine"),
    "zh": pgettext_lazy("the desk", "Chinese"),
    "en": pgettext_lazy("the desk", "English"),
    "mixed": pgettext_lazy("the desk", "both mixed"),
    "other": pgettext_lazy("the desk", "another language"),
    queries.ALL: pgettext_lazy("the desk", "all"),
}

type Option = tuple[str, Any]


@methods("GET")
def desk(request: HttpRequest) -> HttpResponse:
    """Open cases, the most urgent first: 30 of them, behind the place that `?after=` names."""
    moderators_only(request)
    filters = queries.Filters.of(request.GET)
    found = queries.queue(request.user, filters)
    start = _place(request)
    cases = queries.as_rows(queries.after(found, *start) if start else found)
    page = list(cases[: queries.CASES_PER_PAGE + 1])
    rows = queries.rows(request.user, page[: queries.CASES_PER_PAGE], get_language() or "en")
    context = {
        "rows": [(row, KINDS[Case.Kind(row.case.kind)]) for row in rows],
        "filters": filters,
        "fields": _fields(request, filters),
        "elsewhere": queries.elsewhere(request.user, filters),
        "everywhere": queries.Filters(**(asdict(filters) | {"language": queries.ALL})).query,
        "site": roles(request.user).site,
        "next": _place_of(rows[-1].case) if len(page) > queries.CASES_PER_PAGE else "",
        "behind": bool(start),
    }
    return render(request, "moderation/desk.html", context | _count(request, filters))


@methods("GET")
def desk_count(request: HttpRequest) -> HttpResponse:
    """How many wait now, for a desk that is open and was told that something changed."""
    moderators_only(request)
    context = _count(request, queries.Filters.of(request.GET))
    return render(request, "moderation/_count.html", context)


def _count(request: HttpRequest, filters: queries.Filters) -> dict[str, Any]:
    count = queries.counted(queries.queue(request.user, filters))
    return {"count": count, "most": queries.MOST_COUNTED}


def _fields(request: HttpRequest, filters: queries.Filters) -> list[dict[str, Any]]:
    """The form of filters: its menus, each with its name, label, options and what is chosen."""
    boards = [(board.slug, localised(board.name)) for board in queries.boards_of(request.user)]
    reasons = [(rule.code, localised(rule.name)) for rule in rules()]
    menus: list[tuple[str, Any, list[Option]]] = [
        ("language", _("Language"), list(LANGUAGES.items())),
        ("board", _("Board"), [("", _("all")), *boards]),
        ("rule", _("Rule"), [("", _("all")), *reasons]),
        ("kind", _("Why it is here"), [("", _("all")), *KINDS.items()]),
        ("age", _("Age"), [("", _("any")), *AGES.items()]),
    ]
    chosen = asdict(filters)
    return [
        {"name": name, "label": label, "options": options, "chosen": chosen[name]}
        for name, label, options in menus
    ]


def _place(request: HttpRequest) -> tuple[int, int] | None:
    """`?after=<score>.<id>`."""
    asked = request.GET.get("after", "")
    if not asked:
        return None
    score, dot, case_id = asked.partition(".")
    if not dot or not number_of(case_id) or not (score == "0" or number_of(score)):
        raise Http404(_("There is no such page."))
    return number_of(score), number_of(case_id)


def _place_of(case: Case) -> str:
    return f"{case.score}.{case.pk}"
