"""Opening, replying, editing, deleting; and what the composer asks for meanwhile."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django_htmx.http import HttpResponseClientRedirect

from exchange.boards import actions, fragments, gallery, rules
from exchange.boards.forms import (
    POST_LIMIT,
    EditForm,
    OpeningEditForm,
    ReplyForm,
    ThreadForm,
)
from exchange.boards.models import POSTS_PER_PAGE, Post, Thread
from exchange.figures import forms as figures
from exchange.figures.actions import drawn
from exchange.languages import text
from exchange.languages.actions import Conflict, preview
from exchange.languages.script import detect, own_words
from exchange.safety import gates
from exchange.safety.views import later, looked_up
from exchange.safety.views import reason as why_wait
from exchange.uploads import forms as pictures
from exchange.uploads.queries import waiting
from exchange.uploads.receiving import FIELD
from exchange.web.errors import form_page, log_in_first, refused
from exchange.web.http import is_look, methods
from exchange.web.pagination import paginate

from .drafts import edit_initial, resumed, unsent
from .gates import get_post, get_thread, post_address
from .limits import too_often


@methods("GET", "POST")
def reply(request: HttpRequest, thread_id: int) -> HttpResponse:
    found = get_thread(request, thread_id)
    if is_look(request):  # somebody reloads or shares what the form showed
        return redirect(form_page(request))
    return _reply(request, found) if request.user.is_authenticated else log_in_first(request)


reply.form_page = "thread#reply"  # type: ignore[attr-defined]  # where log-in brings the text back to


def _reply(request: HttpRequest, found: Thread) -> HttpResponse:
    refusal = rules.can_reply(request.user, found)
    form = _form(request, ReplyForm, refusal, reader=request.user)
    if not form.is_bound:
        return _reply_again(request, found, form, 200, refusal)
    if not form.is_valid():
        return _reply_again(request, found, form, 422, refusal)
    if "preview" in request.POST:
        return _reply_again(request, found, form, 200, refusal, preview=_preview(form))
    if refusal is None and (wait := too_often(request, "reply")):
        return later(_reply_again(request, found, form, 429, why_wait(wait)), wait)
    return _send_reply(request, found, form)


def _send_reply(request: HttpRequest, found: Thread, form: ReplyForm) -> HttpResponse:
    try:
        post = actions.reply(
            author=request.user,
            thread=found,
            **form.carried(),
            client_id=form.cleaned_data["client_id"],
        )
    except actions.SentBefore as before:
        return _reply_again(request, found, form, 409, before=before.post)
    except actions.Refused as refusal:
        return _reply_again(request, found, form, refusal.status, refusal.reason)
    in_place = request.htmx and request.POST.get("page") == str(post.page)  # type: ignore[attr-defined]  # the middleware's
    if not in_place:
        _say_what_waits(request, form, post)
    return _replied(request, found, post)


@methods("GET", "POST")
def new_thread(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _open_thread(request)
    initial = {"board": request.GET.get("board", ""), "client_id": uuid4().hex}
    initial |= unsent(request, "new")
    form = ThreadForm(initial=initial, reader=request.user)
    return render(request, "boards/new_thread.html", {"form": form})


@methods("GET", "POST")
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    found = get_post(request, post_id)
    if not request.user.is_authenticated:
        return log_in_first(request)
    if refusal := rules.can_edit(request.user, found):
        return refused(request, 403, reason=refusal, back=post_address(found))
    form_class = OpeningEditForm if found.is_opening else EditForm
    if request.method == "POST":
        return _save_edit(request, found, _form(request, form_class, post=found))
    initial = resumed(edit_initial(found), unsent(request, found.target))
    form = form_class(initial=initial, post=found)
    return render(request, "boards/edit.html", {"form": form, "post": found})


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


@csrf_exempt  # it keeps nothing and tells nothing of anybody: strangers' pages hold no token
@methods("POST")
@looked_up("language_found")
def language_found(request: HttpRequest) -> HttpResponse:
    """What a text looks written in, for the chip beside the field that it is typed into."""
    looks = {}
    for name in ("body", "body_other"):
        typed = text.normalise(request.POST.get(name, "")[:POST_LIMIT])
        looks[name] = "" if text.is_blank(typed) else detect(own_words(typed)).language
    return JsonResponse(looks)


def _open_thread(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = _form(request, ThreadForm, rules.can_write(request.user), reader=request.user)
    return _send_thread(request, form)


def _send_thread(request: HttpRequest, form: ThreadForm) -> HttpResponse:
    if not form.is_bound:
        return _new_thread_again(request, form, 200)
    if not form.is_valid():
        return _new_thread_again(request, form, 422)
    if "preview" in request.POST:
        return _new_thread_again(request, form, 200, {"preview": _preview(form)})
    if wait := too_often(request, "thread"):
        again = _new_thread_again(request, form, 429, {"refusal": why_wait(wait)})
        return later(again, wait)
    return _opened(request, form)


def _opened(request: HttpRequest, form: ThreadForm) -> HttpResponse:
    try:
        found = actions.open_thread(
            author=request.user,
            board=form.cleaned_data["board"],
            title=form.title_draft(),
            **form.carried(),
            client_id=form.cleaned_data["client_id"],
        )
    except actions.SentBefore as before:
        return _new_thread_again(request, form, 409, {"before": before.post})
    except actions.Refused as refusal:
        return _new_thread_again(request, form, refusal.status, {"refusal": refusal.reason})
    _say_what_waits(request, form, found.posts.get(number=1))
    return redirect("thread", thread_id=found.pk)


def _say_what_waits(request: HttpRequest, form: Any, post: Post) -> None:
    """To the author, of a page that is loaded anew: on one that is not, the post itself says so."""
    if post.state == "held":
        messages.info(request, gates.POST_WAITS)
    elif form.carried()["pictures"] and (
        count := waiting().filter(passage=post.passage_id).count()
    ):
        messages.info(request, gates.waits(count))


def _new_thread_again(
    request: HttpRequest, form: ThreadForm, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    _fresh_id(form, status)
    context = {"form": form, "composer": "compose"} | (context or {})
    return _form_again(request, "boards/new_thread.html", context, status)


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
    _fresh_id(form, status)
    context = {"form": form, "thread": thread, "refusal": refusal, "before": before}
    context |= {"preview": preview, "composer": "reply"}
    return _form_again(request, "boards/reply.html", context, status)


def _fresh_id(form: Any, status: int) -> None:
    """What is sent next is meant as a post of its own; not what only has to wait, which may be the
    second try of what was sent already."""
    if status != 429:
        (form.data if form.is_bound else form.initial)["client_id"] = uuid4().hex


def _form_again(
    request: HttpRequest, template: str, context: dict[str, Any], status: int
) -> HttpResponse:
    """The page of a form, or where htmx asked the part of it that changes.

    `composer` in the context is the form's id: the page's language switch takes its words along.
    """
    if request.htmx:  # type: ignore[attr-defined]  # the middleware's
        if "preview" in request.POST:
            template = "boards/_preview.html"
        elif template == "boards/reply.html":  # the other forms are sent whole
            template = "boards/_reply_form.html"
        if figures.is_step(request.POST) or pictures.is_step(request.POST):
            package = "figures" if figures.is_step(request.POST) else "uploads"
            template = f"{package}/_composer.html"
            context["form_address"] = request.path
    return render(request, template, context, status=status)


def _form(request: HttpRequest, kind: Any, refusal: Any = None, **named: Any) -> Any:
    """The form that was sent, with the pictures that came as its files; unbound after a step.

    Of files from somebody who may not send it nothing is kept.
    """
    files = [] if refusal else request.FILES.getlist(FIELD)
    posted = pictures.with_files(request.user, request.POST, files)
    named["problems"] = posted.problems
    for part in (figures, pictures):
        if part.is_step(posted.data):
            return kind(initial=part.stepped(posted.data), **named)
    return kind(posted.data, **named)


def _preview(form: Any) -> dict[str, Any]:
    """The words of a form as the post would show them, with its figures and pictures."""
    said, language = form.draft(), get_language() or "en"
    passage, half = preview(said)
    shown = fragments.words(passage, [half] if half else [], language)
    pictures = gallery.shown(
        form.pictures.previewed(said),
        author=form.reader.username,
        post_id=None,
        language=language,
        private=True,
    )
    return shown | {"entries": drawn(form.figures.drafts()), "pictures": pictures}


def _replied(request: HttpRequest, thread: Thread, post: Post) -> HttpResponse:
    """Where scripts sent the reply from the page that it stands on, it goes there in place."""
    if not request.htmx:  # type: ignore[attr-defined]  # the middleware's
        return redirect(post_address(post))
    if request.POST.get("page") != str(post.page):
        return HttpResponseClientRedirect(post_address(post))
    # The thread's own count is of before this post, which may begin a page.
    page = paginate(str(post.page), rows=max(thread.last_number, post.number), size=POSTS_PER_PAGE)
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
    context = {"form": form, "post": post, "composer": "compose"}
    if not form.is_bound:
        return _form_again(request, "boards/edit.html", context, 200)
    if not form.is_valid():
        return _form_again(request, "boards/edit.html", context, 422)
    if "preview" in request.POST:
        context |= {"preview": _preview(form)}
        return _form_again(request, "boards/edit.html", context, 200)
    if wait := too_often(request, "edit"):
        context |= {"refusal": why_wait(wait)}
        return later(_form_again(request, "boards/edit.html", context, 429), wait)
    return _send_edit(request, post, form, context)


def _send_edit(
    request: HttpRequest, post: Post, form: Any, context: dict[str, Any]
) -> HttpResponse:
    titled = isinstance(form, OpeningEditForm)
    try:
        actions.edit(
            author=request.user,
            post=post,
            **form.carried(),
            from_version=form.cleaned_data["version"],
            title=form.title_draft() if titled else None,
            title_from_version=form.cleaned_data["title_version"] if titled else 0,
            may_wait=form.cleaned_data["may_wait"],
        )
    except actions.WouldWait as asked:
        context |= {"would_wait": [rules.WOULD_WAIT, asked.reason]}
        return _form_again(request, "boards/edit.html", context, 422)
    except (actions.Refused, Conflict) as error:
        return _not_edited(request, context, error)
    _say_what_waits(request, form, post)
    return redirect(post_address(post))


def _not_edited(
    request: HttpRequest, context: dict[str, Any], error: actions.Refused | Conflict
) -> HttpResponse:
    """Another tab was quicker: with the post, or with one of the pictures."""
    if isinstance(error, Conflict):
        # Sending again from this page replaces the newer version, now knowingly.
        newest = get_post(request, context["post"].pk)
        versions = {"version": newest.passage.version, "title_version": _title_version(newest)}
        context["form"].data |= versions
        context |= {"post": newest, "newest": edit_initial(newest)}
        standing = type(context["form"])(initial=context["newest"], post=newest)
        context["newest_pictures"] = standing.pictures.rows
        return render(request, "boards/edit.html", context, status=409)
    if rules.can_edit(request.user, get_post(request, context["post"].pk)):
        return refused(request, 403, reason=error.reason)
    context |= {"refusal": error.reason}
    return _form_again(request, "boards/edit.html", context, error.status)


def _title_version(post: Post) -> int:
    return post.thread.title.version
