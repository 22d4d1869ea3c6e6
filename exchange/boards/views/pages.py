"""Reading: lists, threads, and what stands around a post."""

import hashlib
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.boards import cards, fragments, muting, queries, rules
from exchange.boards.forms import (
    ReplyForm,
)
from exchange.boards.models import POSTS_PER_PAGE, Board, Post, Thread
from exchange.figures import queries as figures
from exchange.languages import text
from exchange.languages.models import Translation
from exchange.safety.views import looked_up
from exchange.web.context import in_language
from exchange.web.http import methods
from exchange.web.pagination import NoSuchPage, Page, numbered, paginate

from .drafts import unsent
from .gates import get_board, get_post, get_thread, post_address

CARD_AGE = 24 * 3600


@methods("GET")
def front(request: HttpRequest) -> HttpResponse:
    threads = queries.threads(request.user)
    narrowed = request.GET.get("only")  # then the pinned thread is a row like the others
    context = {
        "boards": queries.boards(request.user),
        "opening": None if narrowed else queries.pinned(threads),
        "counts": queries.counts(request.user),
    }
    return _thread_list(request, "boards/front.html", threads, context)


@methods("GET")
def board(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_board(request, slug)
    threads = queries.threads(request.user).filter(board=found)
    context = {"board": found, "counts": queries.counts(request.user, found)}
    context["mutes"] = muting.mutes_of(request.user)
    return _thread_list(request, "boards/board.html", threads, context)


@methods("GET")
def thread(request: HttpRequest, thread_id: int, slug: str = "") -> HttpResponse:
    found = get_thread(request, thread_id)
    page = _page(request, found.last_number)
    form = ReplyForm(initial=_reply_initial(request, found, page), reader=request.user)
    return render(
        request,
        "boards/thread.html",
        _thread_context(request, found, page) | {"form": form},
    )


@methods("GET")
@looked_up("image")
def card(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The picture of a link to a thread. A hidden or deleted one shows no words of its title."""
    found = get_thread(request, thread_id)
    titles, board = fragments.card_words(found, get_language() or "en")
    site = urlsplit(settings.SITE_URL).netloc
    # By all that is drawn, so that the tag changes exactly when the picture does.
    words = repr((cards.FORM, titles, board, site)).encode()
    key = f"card.{hashlib.md5(words, usedforsecurity=False).hexdigest()}"
    image = cache.get(key)
    if image is None:
        image = cards.draw(titles, board=board, site=site)
        cache.set(key, image, fragments.KEPT)
    response = HttpResponse(image, content_type="image/png")
    public = found.board.access == Board.Access.PUBLIC
    patch_cache_control(response, public=public, private=not public, max_age=CARD_AGE)
    response["ETag"] = f'"{key}"'
    return get_conditional_response(request, response["ETag"], response=response) or response


@methods("GET")
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The permanent address: wherever the post is now."""
    return redirect(post_address(get_post(request, post_id)))


@methods("GET")
def history(request: HttpRequest, post_id: int) -> HttpResponse:
    found = get_post(request, post_id)
    if not queries.may_read_words(request.user, found):
        raise Http404
    context = {
        "post": found,
        "revisions": found.passage.revisions.select_related("by").order_by("-version"),
        "figures": figures.ever(found.passage_id),
        "title_revisions": found.thread.title.revisions.order_by("-version")
        if found.is_opening
        else [],
    }
    return render(request, "boards/history.html", context)


def _page(request: HttpRequest, rows: int) -> Page:
    try:
        return paginate(request.GET.get("page"), rows=rows, size=POSTS_PER_PAGE)
    except NoSuchPage as missing:
        raise Http404(
            _("There is no such page: the last one is page %(last)s.") % {"last": missing.last}
        ) from None


def _thread_context(request: HttpRequest, thread: Thread, page: Page) -> dict[str, Any]:
    posts = queries.posts(thread, page.first_row, page.last_row)
    for post in posts:
        post.thread = thread
    moved = queries.moved(request.user, thread, page.first_row, page.last_row)
    for post in posts:
        post.moved_before = [left for left in moved if left.number < post.number]
        moved = moved[len(post.moved_before) :]
    shown = fragments.shown(request.user, posts, get_language() or "en")
    muting.mark(request.user, thread, shown)
    return {
        "thread": thread,
        "page": page,
        "moved_last": moved,
        "merged_into": _merged_into(request, thread),
        "posts": shown,
        "is_muted": thread.pk in muting.mutes_of(request.user).threads,
        "muted_for_scripts": muting.for_scripts(request.user),
        "refusal": rules.can_reply(request.user, thread),
        "moderates": queries.roles(request.user).moderates(thread.board_id),
        "presence_on": thread.board.presence,
        "title_readable": queries.may_read_title(request.user, thread),
        **_known_by(thread, numbered(reverse("thread", args=[thread.pk]), page.number)),
        "summary": "" if thread.is_closed else fragments.summary(posts, get_language() or "en"),
    }


def _merged_into(request: HttpRequest, thread: Thread) -> Thread | None:
    """Where a thread's posts went. None also where that is not open to the reader."""
    if thread.merged_into_id is None:
        return None
    try:
        return queries.thread(request.user, thread.merged_into_id)
    except Thread.DoesNotExist:
        return None


def _known_by(thread: Thread, address: str) -> dict[str, Any]:
    """For search engines: the languages that people wrote its title in, and the page to be known by.

    A page in a language that only a machine wrote it in is none of its own.
    """
    language = get_language() or "en"
    written_in = [] if thread.is_closed else thread.title.human_in.split()
    family = language.partition("-")[0]
    by_machine = (
        bool(written_in)
        and family not in written_in
        and thread.title_other_kind == Translation.Kind.MACHINE
        and (thread.title_other_language or "").startswith(family)
    )
    canonical = in_language(address, thread.title.language) if by_machine else address
    return {"written_in": written_in, "by_machine": by_machine, "canonical": canonical}


def _thread_list(
    request: HttpRequest, template: str, threads: Any, context: dict[str, Any]
) -> HttpResponse:
    """A page of threads. One row more than shown tells that there is a next page."""
    only = request.GET.get("only") or "all"
    if only not in context["counts"]:
        raise Http404(_("A list cannot be narrowed to that."))
    threads = queries.only(threads, only)
    asked = request.GET.get("page") or "1"
    size = queries.THREADS_PER_PAGE
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) < 10_000):
        raise Http404(_("There is no such page."))
    number = int(asked[:9])
    rows = list(queries.read_now(threads)[(number - 1) * size : number * size + 1])
    if not rows and number > 1:
        raise Http404(_("There is no such page: the list ends before it."))
    context |= _left_out(request, rows[:size], context)
    context |= {
        "muted_for_scripts": muting.for_lists(request.user, context.get("board")),
        "only": only,
        # Of the same query: nothing comes between the two.
        "since": getattr(rows[0], "since", None) if rows else None,
        "number": number,
        # Of a narrowed list the whole one is the page to be known by.
        "canonical": numbered(request.path, number if only == "all" else 1),
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(rows) > size else None,
    }
    return render(request, template, context)


def _left_out(
    request: HttpRequest, threads: list[Thread], context: dict[str, Any]
) -> dict[str, Any]:
    """The threads of a page without those that its reader muted, or with `?muted=shown` all of them.

    How many that were is said on the page. The pages are the same for everybody: one of them may be
    short for this reader, and no thread moves to another one.
    """
    muted = muting.left_out(request.user, threads, context.get("board"))
    if request.GET.get("muted") == "shown":
        for thread in threads:
            thread.muted = thread.pk in muted
        return {"threads": threads, "left_out": len(muted), "shows_muted": True}
    found: dict[str, Any] = {"left_out": len(muted)}
    found["threads"] = [thread for thread in threads if thread.pk not in muted]
    opening = context.get("opening")
    if opening and opening.pk in muting.left_out(request.user, [opening]):
        found["opening"] = None
    return found


def _reply_initial(request: HttpRequest, thread: Thread, page: Page) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {"page": page.number}
    initial: dict[str, Any] = {"client_id": uuid4().hex, "page": page.number, "body": ""}
    initial |= unsent(request, thread.scope)
    if quoted := _quotation(request, thread):
        typed = initial.get("body", "")
        initial["quoted"] = quoted  # for words that only the device has
        if text.normalise(quoted) not in text.normalise(typed):
            initial["body"] = f"{typed.rstrip()}\n\n{quoted}" if typed else quoted
    return initial


def _quotation(request: HttpRequest, thread: Thread) -> str:
    """The post named by `?quote=<id>` as a Markdown quotation, if its words can be read here."""
    asked = request.GET.get("quote", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return ""
    post = Post.objects.select_related("author", "passage").filter(pk=asked, thread=thread).first()
    if not post or post.state != "shown":
        return ""
    return quotation(post)


def quotation(post: Post) -> str:
    """The post's first words as a Markdown quotation that names and links their author.

    The link leaves the language out of the address: it is completed for whoever follows it.
    """
    lines = text.excerpt(post.passage.body, 600).splitlines()
    source = f"[{post.author.username} #{post.number}](/posts/{post.pk}/)"
    return "\n".join([f"> {source}", ">", *(f"> {line}" for line in lines), "", ""])
