from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from exchange.boards.models import Post, Thread
from exchange.comparisons import fragments
from exchange.comparisons.choice import TOPICS

register = template.Library()


@register.simple_tag
def thread_chart(thread: Thread) -> SafeString:
    """The figures of a thread's posts in one drawing, where there are two that can be compared."""
    return fragments.of_thread(thread)


@register.simple_tag
def with_cards(posts: list[tuple[Post, SafeString]]) -> list[tuple[Post, SafeString]]:
    """A page's posts, with a chart card below each address of a comparison that stands alone."""
    htmls = fragments.with_cards([html for _, html in posts])
    return [
        (post, mark_safe(html))  # noqa: S308 our templates
        for (post, _), html in zip(posts, htmls, strict=True)
    ]


@register.inclusion_tag("comparisons/_tiles.html")
def topic_tiles() -> dict[str, Any]:
    """The four topics at a glance."""
    cards = fragments.topic_cards()
    return {"cards": [(topic, cards[topic]) for topic in TOPICS]}
