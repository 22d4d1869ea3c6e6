from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django_htmx.http import HttpResponseClientRedirect

from exchange.languages import text
from exchange.languages.actions import Conflict, preview
from exchange.languages.render import plain
from exchange.languages.script import detect
from exchange.web import kept
from exchange.web.errors import log_in_first, refused
from exchange.web.http import methods
from exchange.web.pagination import NoSuchPage, Page, paginate

from . import actions, fragments, queries, rules
from .forms import POST_LIMIT, DraftForm, EditForm, OpeningEditForm, ReplyForm, ThreadForm
from .models import POSTS_PER_PAGE, Board, Post, SavedDraft, Thread


@methods("GET")
def front(request: HttpRequest) -> HttpResponse:
    threads = queries.threads(request.user)
    context = {
        "boards": queries.boards(request.user),
        "opening": threads.filter(pinned_at__isnull=False).first(),
    }
    return _thread_list(request, "boards/front.html", threads, context)


@methods("GET")
def board(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_board(request, slug)
    threads = queries.threads(request.user).filter(board=found)
    return _thread_list(request, "boards/board.html", threads, {"board": found})


@methods("GET")
def thread(request: HttpRequest, thread_id: int, slug: str = "") -> HttpResponse:
    found = get_thread(request, thread_id)
    page = _page(request, found.last_number)
    form = ReplyForm(initial=_reply_initial(request, found, page))
    return render(
        request,
        "boards/thread.html",
        _thread_context(request, found, page) | {"form": form},
    )


@methods("POST")
def reply(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = get_thread(request, thread_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _reply_again(request, found, form, 422, rules.can_reply(request.user, found))
    if "preview" in request.POST:
        return _reply_again(request, found, form, 200, preview=_preview(form))
    try:
        post = actions.reply(
            author=request.user,
            thread=found,
            draft=form.draft(),
            client_id=form.cleaned_data["client_id"],
        )
    except actions.SentBefore as before:
        return _reply_again(request, found, form, 409, before=before.post)
    except actions.Refused as refusal:
        return _reply_again(request, found, form, 403, refusal.reason)
    return _replied(request, found, post)


reply.form_page = "thread"  # type: ignore[attr-defined]  # where log-in brings the text back to


@methods("GET", "POST")
def new_thread(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _open_thread(request)
    draft = _draft_initial(queries.draft(request.user, "new"))
    initial = {"board": request.GET.get("board", ""), "client_id": uuid4().hex} | draft
    if request.user.is_authenticated:
        initial |= kept.take(request, request.path)
    form = ThreadForm(initial=initial, reader=request.user)
    return render(request, "boards/new_thread.html", {"form": form})


@methods("GET")
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The permanent address: wherever the post is now."""
    return redirect(post_address(get_post(request, post_id)))


@methods("GET", "POST")
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    found = get_post(request, post_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if refusal := rules.can_edit(request.user, found):
        return refused(request, 403, reason=refusal, back=post_address(found))
    form_class = OpeningEditForm if found.is_opening else EditForm
    if request.method == "POST":
        return _save_edit(request, found, form_class(request.POST))
    draft = _draft_initial(queries.draft(request.user, found.target))
    typed = draft | kept.take(request, request.path)
    form = form_class(initial=_edit_initial(found) | typed)
    return render(request, "boards/edit.html", {"form": form, "post": found})


@methods("GET")
def history(request: HttpRequest, post_id: int) -> HttpResponse:
    found = get_post(request, post_id)
    if not queries.may_read_words(request.user, found):
        raise Http404
    context = {
        "post": found,
        "revisions": found.passage.revisions.select_related("by").order_by("-version"),
        "title_revisions": found.thread.title.revisions.order_by("-version")
        if found.is_opening
        else [],
    }
    return render(request, "boards/history.html", context)


@methods("GET", "POST")
def deletion(request: HttpRequest, post_id: int) -> HttpResponse:
    found = get_post(request, post_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if refusal := rules.can_delete(request.user, found):
        return refused(request, 403, reason=refusal, back=post_address(found))
    if request.method != "POST":
        return render(request, "boards/deletion.html", {"post": found})
    actions.delete(author=request.user, post=found)
    return redirect(post_address(found))


@methods("GET")
def drafts(request: HttpRequest) -> HttpResponse:
    """What this person has not sent yet, wherever it was typed."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    return render(request, "boards/drafts.html", {"drafts": queries.drafts(request.user)})


@methods("POST", "DELETE")
def reply_draft(request: HttpRequest, thread_id: int) -> HttpResponse:
    if request.method == "DELETE":
        return _discard(request, f"thread.{thread_id}")
    return _draft(request, get_thread(request, thread_id).scope)


@methods("POST", "DELETE")
def edit_draft(request: HttpRequest, post_id: int) -> HttpResponse:
    if request.method == "DELETE":
        return _discard(request, f"post.{post_id}")
    found = get_post(request, post_id)
    if request.user.is_authenticated and found.author_id != request.user.pk:
        return refused(request, 403, reason=rules.NOT_YOURS, back=post_address(found))
    return _draft(request, found.target)


@methods("POST", "DELETE")
def new_thread_draft(request: HttpRequest) -> HttpResponse:
    return _discard(request, "new") if request.method == "DELETE" else _draft(request, "new")


reply_draft.form_page = "thread"  # type: ignore[attr-defined]
edit_draft.form_page = "edit"  # type: ignore[attr-defined]
new_thread_draft.form_page = "new_thread"  # type: ignore[attr-defined]


@csrf_exempt  # it keeps nothing and tells nothing of anybody: strangers' pages hold no token
@methods("POST")
def language_found(request: HttpRequest) -> HttpResponse:
    """What a text looks written in, for the chip beside the field that it is typed into."""
    looks = {}
    for name in ("body", "body_other"):
        typed = text.normalise(request.POST.get(name, "")[:POST_LIMIT])
        looks[name] = "" if text.is_blank(typed) else detect(typed).language
    return JsonResponse(looks)


def get_board(request: HttpRequest, slug: str) -> Board:
    try:
        return queries.board(request.user, slug)
    except Board.DoesNotExist:
        raise Http404(_("There is no such board, or it is not open to you.")) from None


def get_thread(request: HttpRequest, thread_id: int) -> Thread:
    try:
        return queries.thread(request.user, thread_id)
    except Thread.DoesNotExist:
        raise Http404(_("There is no such thread, or it is not open to you.")) from None


def get_post(request: HttpRequest, post_id: int) -> Post:
    try:
        return queries.post(request.user, post_id)
    except Post.DoesNotExist:
        raise Http404(_("There is no such post, or it is not open to you.")) from None


def post_address(post: Post) -> str:
    address = reverse("thread", args=[post.thread_id])
    page = f"?page={post.page}" if post.page > 1 else ""
    return f"{address}{page}#post-{post.number}"


def _discard(request: HttpRequest, place: str) -> HttpResponse:
    """Also where the thread is no longer open to its author: the words are theirs."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    actions.drop_draft(author=request.user, place=place)
    return HttpResponse(status=204) if _asks_for_json(request) else redirect("drafts")


def _asks_for_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _draft(request: HttpRequest, place: str) -> HttpResponse:
    """Save the draft of a place; scripts are answered in JSON, people with a page."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = DraftForm(request.POST)
    if not form.is_valid():
        too_long = form.has_error("__all__", "max_length")
        return refused(request, 413 if too_long else 400)
    try:
        kept_draft = actions.keep_draft(
            author=request.user,
            place=place,
            fields=form.cleaned_data["fields"],
            from_version=form.cleaned_data["draft_version"] or 0,
        )
    except actions.NewerDraft as newer:
        return _draft_conflict(request, newer.draft, form.cleaned_data["fields"])
    if _asks_for_json(request):
        return JsonResponse({"version": kept_draft.version})
    messages.success(request, _("Your draft is saved."))
    return redirect("drafts")


def _draft_conflict(
    request: HttpRequest, newer: SavedDraft, fields: dict[str, str]
) -> HttpResponse:
    """Two devices wrote: both texts are shown, and the reader says which stays."""
    if _asks_for_json(request):
        return JsonResponse({"version": newer.version, "fields": newer.fields}, status=409)
    context = {"newer": newer, "fields": fields, "address": request.path}
    return render(request, "boards/draft_conflict.html", context, status=409)


def _open_thread(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = ThreadForm(request.POST, reader=request.user)
    if not form.is_valid():
        return _new_thread_again(request, form, 422)
    if "preview" in request.POST:
        return _new_thread_again(request, form, 200, {"preview": _preview(form)})
    try:
        found = actions.open_thread(
            author=request.user,
            board=form.cleaned_data["board"],
            title=form.title_draft(),
            draft=form.draft(),
            client_id=form.cleaned_data["client_id"],
        )
    except actions.SentBefore as before:
        return _new_thread_again(request, form, 409, {"before": before.post})
    except actions.Refused as refusal:
        return _new_thread_again(request, form, 403, {"refusal": refusal.reason})
    return redirect("thread", thread_id=found.pk)


def _new_thread_again(
    request: HttpRequest, form: ThreadForm, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    # A fresh id: what is sent next is meant as a thread of its own.
    form.data["client_id"] = uuid4().hex
    return _form_again(request, "boards/new_thread.html", {"form": form} | (context or {}), status)


def _reply_again(
    request: HttpRequest,
    thread: Thread,
    form: ReplyForm,
    status: int,
    refusal: Any = None,
    before: Post | None = None,
    preview: Any = None,
) -> HttpResponse:
    """The reply form on a page of its own, with what was typed and why it was not taken."""
    form.data["client_id"] = uuid4().hex
    context = {"form": form, "thread": thread, "refusal": refusal, "before": before}
    return _form_again(request, "boards/reply.html", context | {"preview": preview}, status)


def _form_again(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """The page of a form, or where htmx asked the part of it that changes."""
    if request.htmx:  # type: ignore[attr-defined]
        previewed = "preview" in request.POST
        template = "boards/_preview.html" if previewed else "boards/_reply_form.html"
    return render(request, template, context, status=status)


def _preview(form: Any) -> dict[str, Any]:
    """The words of a form as the post would show them."""
    passage, half = preview(form.draft())
    return fragments.words(passage, half, get_language() or "en")


def _replied(request: HttpRequest, thread: Thread, post: Post) -> HttpResponse:
    """Where scripts sent the reply from the page that it stands on, it goes there in place."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(post_address(post))
    if request.POST.get("page") != str(post.page):
        return HttpResponseClientRedirect(post_address(post))
    page = _page(request, post.page * POSTS_PER_PAGE)
    post.thread = thread
    context = {
        "thread": thread,
        "page": page,
        "post": post,
        "html": fragments.shown(request.user, [post], get_language() or "en")[0][1],
        "form": ReplyForm(initial={"client_id": uuid4().hex, "page": post.page}),
    }
    return render(request, "boards/_replied.html", context)


def _save_edit(request: HttpRequest, post: Post, form: Any) -> HttpResponse:
    context = {"form": form, "post": post}
    if not form.is_valid():
        return render(request, "boards/edit.html", context, status=422)
    if "preview" in request.POST:
        context |= {"preview": _preview(form)}
        return _form_again(request, "boards/edit.html", context, 200)
    titled = isinstance(form, OpeningEditForm)
    try:
        actions.edit(
            author=request.user,
            post=post,
            draft=form.draft(),
            from_version=form.cleaned_data["version"],
            title=form.title_draft() if titled else None,
            title_from_version=form.cleaned_data["title_version"] if titled else 0,
        )
    except actions.Refused as refusal:
        return refused(request, 403, reason=refusal.reason)
    except Conflict:
        # Sending again from this page replaces the newer version, now knowingly.
        newest = get_post(request, post.pk)
        form.data |= {"version": newest.passage.version, "title_version": _title_version(newest)}
        context = {"form": form, "post": newest, "newest": _edit_initial(newest)}
        return render(request, "boards/edit.html", context, status=409)
    return redirect(post_address(post))


def _edit_initial(post: Post) -> dict[str, Any]:
    queries.halves([post])
    passage = post.passage
    other = next((t for t in passage.translations.all() if t.kind == "author"), None)
    initial = {
        "body": passage.body,
        "body_other": other.body if other else "",
        "language": passage.language if passage.language_source == "author" else "",
        "used_translator": passage.used_translator,
        "version": passage.version,
    }
    if post.is_opening:
        title = post.thread.title
        title_other = title.translations.filter(kind="author").first()
        initial |= {
            "title": title.body,
            "title_other": title_other.body if title_other else "",
            "title_version": title.version,
        }
    return initial


def _title_version(post: Post) -> int:
    return post.thread.title.version


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
    return {
        "thread": thread,
        "page": page,
        "posts": fragments.shown(request.user, posts, get_language() or "en"),
        "refusal": rules.can_reply(request.user, thread),
        "moderates": queries.roles(request.user).moderates(thread.board_id),
        "summary": _summary(posts),
    }


def _summary(posts: list[Post]) -> str:
    """The first words of the page's first readable post, for search engines and link cards."""
    shown = next((post for post in posts if post.state == "shown"), None)
    return text.excerpt(plain(shown.passage.body), 160) if shown else ""


def _thread_list(
    request: HttpRequest, template: str, threads: Any, context: dict[str, Any]
) -> HttpResponse:
    """A page of threads. One row more than shown tells that there is a next page."""
    asked = request.GET.get("page") or "1"
    size = queries.THREADS_PER_PAGE
    if not (asked.isascii() and asked.isdecimal() and 1 <= int(asked[:9]) < 10_000):
        raise Http404(_("There is no such page."))
    number = int(asked[:9])
    rows = list(threads[(number - 1) * size : number * size + 1])
    if not rows and number > 1:
        raise Http404(_("There is no such page: the list ends before it."))
    context |= {
        "threads": rows[:size],
        "number": number,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(rows) > size else None,
    }
    return render(request, template, context)


def _reply_initial(request: HttpRequest, thread: Thread, page: Page) -> dict[str, Any]:
    if not request.user.is_authenticated:
        return {}
    initial: dict[str, Any] = {"client_id": uuid4().hex, "page": page.number}
    initial |= _draft_initial(queries.draft(request.user, thread.scope))
    if quoted := _quotation(request, thread):
        typed = initial.get("body", "")
        initial["body"] = f"{typed.rstrip()}\n\n{quoted}" if typed else quoted
    return initial | kept.take(request, request.path)


def _draft_initial(draft: SavedDraft | None) -> dict[str, Any]:
    if not draft:
        return {}
    return {**draft.fields, "draft_version": draft.version, "draft_saved_at": draft.saved_at}


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
