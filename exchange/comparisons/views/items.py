"""What can be compared: moderators of the site add items and change them."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.views import decide, reason_of
from exchange.comparisons.editing import ItemForm, item_fields
from exchange.figures import actions, queries
from exchange.figures.labels import TOPIC_NAMES
from exchange.figures.models import TOPICS, Item
from exchange.languages.actions import Conflict
from exchange.web import kept
from exchange.web.errors import refused
from exchange.web.http import is_look, methods

from .gates import get_item, site_only


@methods("GET")
def items(request: HttpRequest) -> HttpResponse:
    """All of them by topic, retired ones too."""
    site_only(request)
    found = sorted(Item.objects.all(), key=lambda item: TOPICS.index(item.topic))
    topics = [
        (TOPIC_NAMES[topic], list(rows)) for topic, rows in groupby(found, lambda item: item.topic)
    ]
    return render(request, "comparisons/items.html", {"topics": topics})


@methods("GET", "POST")
def new_item(request: HttpRequest) -> HttpResponse:
    site_only(request)
    if is_look(request):
        return _page(request, ItemForm(initial=kept.take(request, request.path)))
    return _save(request, ItemForm(request.POST), Item())


@methods("GET", "POST")
def edit_item(request: HttpRequest, item_id: int) -> HttpResponse:
    item = get_item(request, item_id)
    fixed = queries.has_figures(item)
    if is_look(request):
        initial = item_fields(item) | kept.take(request, request.path)
        return _page(request, ItemForm(item=item, fixed=fixed, initial=initial), item)
    return _save(request, ItemForm(request.POST, item=item, fixed=fixed), item)


@methods("GET", "POST", "DELETE")
def retirement(request: HttpRequest, item_id: int) -> HttpResponse:
    """GET is the form; after POST an item is offered no longer, after DELETE again."""
    item = get_item(request, item_id)
    on = request.method != "DELETE"

    def act(form: Any) -> bool:
        reason = reason_of(form)
        return actions.retire_item(
            by=request.user, item=item, on=on, rule=reason["rule"].code, note=reason["note"]
        )

    return decide(
        request,
        {"item": item, "noun": "retirement", "undo": item.retired_at is not None},
        act,
        reverse("items"),
        template="comparisons/act.html",
    )


def _save(request: HttpRequest, form: ItemForm, item: Item) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, item)
    try:
        actions.save_item(
            by=request.user,
            item=item,
            from_version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
    except IntegrityError:  # another was quicker with this slug
        form.add_error("slug", _("There is an item with this short name already."))
        return _page(request, form, item)
    except Conflict:
        reason = _("Your words are below. Open the item to see what it says now.")
        title = _("This item was changed meanwhile")
        return refused(request, 409, title=title, reason=reason, back=request.path)
    messages.success(request, _("The item is saved."))
    return redirect("items")


def _page(request: HttpRequest, form: ItemForm, item: Item | None = None) -> HttpResponse:
    context = {"form": form, "item": item if item and item.pk else None}
    status = 422 if form.is_bound else 200
    return render(request, "comparisons/item_form.html", context, status=status)
