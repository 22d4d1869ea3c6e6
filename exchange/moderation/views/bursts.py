"""Waves of posts by new accounts, each acted on in one decision."""

from collections.abc import Container, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.boards.models import Post
from exchange.boards.queries import know_roles
from exchange.boards.views import reason_of
from exchange.moderation import actions, rules
from exchange.moderation.forms import BurstForm
from exchange.moderation.models import Case, Decision
from exchange.moderation.queries import bursts as queries
from exchange.moderation.queries.bursts import WINDOWS, Burst
from exchange.web.errors import refused
from exchange.web.http import form_data, methods

from .checks import site_moderators_only
from .deciding import number_of, overtaken_page
from .previewing import Told, as_data, asks_for_preview, previews, wants_data


@methods("GET")
def bursts(request: HttpRequest) -> HttpResponse:
    site_moderators_only(request)
    hours = _hours(request)
    context = {"bursts": queries.bursts(hours), "hours": hours, "windows": WINDOWS}
    return render(request, "moderation/bursts.html", context)


@methods("GET", "POST")
def burst(request: HttpRequest, burst_id: int) -> HttpResponse:
    """All of one wave, as a form: what is ticked is hidden, for one reason."""
    site_moderators_only(request)
    hours = _hours(request)
    data = form_data(request)
    found = queries.burst(hours, burst_id)
    if found is None:
        if data is None or not Post.objects.filter(pk=burst_id).exists():
            raise Http404(_("There is no such wave of posts, or it is over already."))
        why = _("Somebody else has dealt with these posts meanwhile. Nothing was changed.")
        return refused(request, 409, reason=why, back=_list(hours))
    holders = queries.holders(request.user, found.posts)
    form = _form(request, found, holders)
    if wants_data(request):
        return as_data(_notices(request, form, found)["previews"])
    if form.is_valid() and not _may_silence(request, form, found):
        form.add_error("silence", rules.NOT_READ)
    if not form.is_valid():
        context = _notices(request, form, found) | {"burst": found, "form": form, "hours": hours}
        context |= {"most": queries.MOST_IN_ONE, "several": True}
        unread = _unread(request, found.posts)
        context["rows"] = [
            (member, holders.get(member.post.pk), member.post.pk in unread)
            for member in found.members
        ]
        status = 422 if form.is_bound else 200
        return render(request, "moderation/burst.html", context, status=status)
    chosen = _chosen(form, found)
    know_roles(post.author for post in chosen if post.author)
    for post in chosen:
        if refusal := rules.can_judge(request.user, post.author):
            return refused(request, 403, reason=refusal)
    return _act(request, form, chosen, hours)


def _form(request: HttpRequest, found: Burst, holders: Container[int]) -> BurstForm:
    """With what nobody else works on ticked; with what was ticked where only the notices are asked for."""
    data = form_data(request)
    posts = [post.pk for post in found.posts]
    if data is not None and asks_for_preview(request):
        sent = {number_of(pk) for pk in data.getlist("posts")}
        ticked = [pk for pk in posts if pk in sent]
        return BurstForm(posts=posts, ticked=ticked, typed=dict(data.items()))
    return BurstForm(data, posts=posts, ticked=[pk for pk in posts if pk not in holders])


def _notices(request: HttpRequest, form: BurstForm, found: Burst) -> dict[str, Any]:
    posts = [post for post in found.posts if post.pk in form.chosen]
    unread = _unread(request, posts)
    told = [Told("post.hidden", post.author, for_now=post.pk in unread) for post in posts]
    if form.days:
        until = timezone.now() + timedelta(days=form.days)
        told += [Told("person.silenced", post.author, until) for post in posts]
    return previews(told, str(form["reason"].value() or ""))


def _act(request: HttpRequest, form: BurstForm, posts: Sequence[Post], hours: int) -> HttpResponse:
    days = form.cleaned_data["silence"]

    def act() -> Decision | None:
        return actions.end_burst(
            moderator=request.user,
            posts=posts,
            silenced_for=timedelta(days=days) if days else None,
            unread=_unread(request, posts),
            **reason_of(form),
        )

    cases = Case.objects.filter(post__in=[post.pk for post in posts])
    try:
        decision = actions.settle_open(moderator=request.user, cases=cases, act=act)
    except actions.Overtaken as overtaken:
        return overtaken_page(request, overtaken, {})
    if decision is None:
        messages.info(request, _("This was done already. Nothing changed."))
    else:
        count = int(decision.event.data["posts"])
        said = ngettext("%(count)s post was hidden.", "%(count)s posts were hidden.", count)
        # The page adds the button that takes it back.
        messages.success(request, said % {"count": count}, extra_tags=f"undo.{decision.pk}")
    return redirect(_list(hours))


def _may_silence(request: HttpRequest, form: BurstForm, found: Burst) -> bool:
    """Nobody is kept from posting for words that this moderator cannot read."""
    return not (form.cleaned_data["silence"] and _unread(request, _chosen(form, found)))


def _unread(request: HttpRequest, posts: Sequence[Post]) -> set[int]:
    """Those with words that this moderator cannot judge."""
    moderator: Any = request.user
    return {
        post.pk
        for post in posts
        for language in [post.passage.language]
        if language and not rules.reads(moderator, language)
    }


def _chosen(form: BurstForm, found: Burst) -> list[Post]:
    chosen = set(form.cleaned_data["posts"])
    return [post for post in found.posts if post.pk in chosen]


def _hours(request: HttpRequest) -> int:
    sent = (form_data(request) or request.GET).get("hours", "")
    return int(sent) if sent in map(str, WINDOWS) else WINDOWS[-1]


def _list(hours: int) -> str:
    return reverse("bursts", query={"hours": hours})
