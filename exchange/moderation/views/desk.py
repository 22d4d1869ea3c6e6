"""What waits for moderators, and what everybody can read of what they did."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.gallery import Shown
from exchange.boards.models import Post
from exchange.boards.queries import roles
from exchange.moderation import actions, queries
from exchange.uploads.models import Upload
from exchange.web.http import methods
from exchange.web.pagination import NoSuchPage, Page, numbered, paginate

from .checks import moderators_only
from .showing import shown


@methods("GET")
def desk(request: HttpRequest) -> HttpResponse:
    """Open reports, and the first of the pictures that wait. For others there is no such page."""
    moderators_only(request)
    flags = queries.open_flags(request.user)
    page = _page(request, flags.count(), queries.FLAGS_PER_PAGE)
    waiting = queries.waiting_pictures(request.user)
    context = {
        "flags": [
            (flag, shown(flag.post, [flag.upload])[0] if flag.upload else None)
            for flag in flags[page.first_row - 1 : page.last_row]
        ],
        "page": page,
        "canonical": numbered(request.path, page.number),
        "site": roles(request.user).site,
        "waiting": _waiting(waiting[: queries.PICTURES_ON_DESK]) if page.number == 1 else [],
        "waiting_count": waiting.count(),
    }
    return render(request, "moderation/desk.html", context)


@methods("GET")
def waiting_pictures(request: HttpRequest) -> HttpResponse:
    moderators_only(request)
    found = queries.waiting_pictures(request.user)
    count = found.count()
    page = _page(request, count, queries.PICTURES_PER_PAGE)
    context = {
        "waiting": _waiting(found[page.first_row - 1 : page.last_row]),
        "place": "pictures",
        "waiting_count": count,
        "page": page,
        "canonical": numbered(request.path, page.number),
    }
    return render(request, "moderation/pictures.html", context)


@methods("POST")
def close_flag(request: HttpRequest, flag_id: int) -> HttpResponse:
    moderators_only(request)
    found = queries.open_flags(request.user).filter(pk=flag_id).first()
    if found is None:
        raise Http404(_("This report is closed already."))
    actions.close_flag(moderator=request.user, flag=found)
    return redirect("desk")


@methods("GET")
def log(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("page") or "1"
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) < 100_000):
        raise Http404(_("There is no such page."))
    number, size = int(asked[:9]), queries.ENTRIES_PER_PAGE
    entries = queries.entries(request.user, (number - 1) * size, size + 1)
    if not entries and number > 1:
        raise Http404(_("There is no such page: the log begins after it."))
    context: dict[str, Any] = {
        "entries": entries[:size],
        "number": number,
        "canonical": numbered(request.path, number),
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(entries) > size else None,
    }
    return render(request, "moderation/log.html", context)


def _waiting(uploads: Iterable[Upload]) -> list[tuple[Post, Shown]]:
    posts = [(upload.passage.post, upload) for upload in uploads if upload.passage]
    return [(post, shown(post, [upload])[0]) for post, upload in posts]


def _page(request: HttpRequest, rows: int, size: int) -> Page:
    try:
        return paginate(request.GET.get("page"), rows=rows, size=size)
    except NoSuchPage as missing:
        raise Http404(
            _("There is no such page: the last one is page %(last)s.") % {"last": missing.last}
        ) from None
