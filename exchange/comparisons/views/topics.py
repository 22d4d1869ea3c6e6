"""The topics: all of them, one with its filters, two cities beside each other, and the picture."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.comparisons import fragments, presenting, queries
from exchange.comparisons.choice import BOARDS, TOPICS
from exchange.comparisons.forms import Asked, form, pair, read
from exchange.safety.views import looked_up
from exchange.web.http import methods


@methods("GET")
def compare(request: HttpRequest) -> HttpResponse:
    """Each topic's item with most voices, small."""
    cards = fragments.topic_cards()
    return render(
        request, "comparisons/index.html", {"cards": [(topic, cards[topic]) for topic in TOPICS]}
    )


@methods("GET")
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    found = asked(request, topic)
    context: dict[str, Any] = {"topic": topic, "asked": found, "choice": found.choice}
    context["compose"] = f"{reverse('new_thread')}?board={BOARDS[topic]}"
    if found.choice:
        choice = found.choice
        result = fragments.result(choice, found.references)
        context |= {
            "result": result,
            "form": form(found, result.cities),
            "about": presenting.about(choice),
            "references": presenting.references(choice, found.references),
            "switch": presenting.switch(choice),
            # What narrows the page makes none of its own.
            "canonical": f"{request.path}?{choice.query}" if request.GET else request.path,
            "is_narrowed": choice.is_narrowed or choice.cities or choice.show != "both",
        }
    return render(request, "comparisons/topic.html", context)


@methods("GET")
def head_to_head(request: HttpRequest, topic: str) -> HttpResponse:
    items = _items(topic)
    offered = queries.cities(items)
    places, said = pair(request.GET, offered)
    currency = presenting.currency(request.GET.get("money", ""), get_language() or "en")
    context: dict[str, Any] = {
        "topic": topic,
        "said": said,
        "currency": currency,
        "options": presenting.city_options(offered, places),
        "compose": f"{reverse('new_thread')}?board={BOARDS[topic]}",
    }
    if places:
        found = queries.head_to_head(items, places, currency.lower())
        context |= presenting.head_to_head(found, places, currency)
    return render(request, "comparisons/head_to_head.html", context)


@methods("GET")
@looked_up("image")
def chart(request: HttpRequest, topic: str) -> HttpResponse:
    """The picture of a link to the page with the same filters."""
    found = asked(request, topic)
    if found.said:
        raise Http404(found.said[0])
    tag, image = "card", None
    if found.choice:
        tag, image = fragments.picture(found.choice, found.references, settings.SITE_HOST)
    if image is None:
        image = Path(finders.find("icons/card.png") or "").read_bytes()
    response = HttpResponse(image, content_type="image/png")
    # Asked for again each time: a figure that is gone is in no picture.
    patch_cache_control(response, public=True, no_cache=True)
    response["ETag"] = f'"{tag}"'
    return get_conditional_response(request, response["ETag"], response=response) or response


def asked(request: HttpRequest, topic: str) -> Asked:
    items = _items(topic)
    found = read(
        request.GET,
        items=items,
        voices=queries.counted(items),
        references=queries.references,
        language=get_language() or "en",
    )
    choice = found.choice and queries.of_one_area(found.choice, found.references)
    return found._replace(choice=choice)


def _items(topic: str) -> list[Any]:
    if topic not in BOARDS:
        raise Http404(_("There is no such topic of comparisons."))
    return queries.items(topic)
