import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from exchange.figures import labels
from exchange.figures.models import Entry, Item
from exchange.web.templatetags.bilingual import html_lang, localised

register = template.Library()

_TAGS = re.compile(r"(<[^>]*>)")
# In code a token is only quoted, and in a link there is no room for another one.
_CLOSED = re.compile(r"<(/?)(?:code|pre|a)\b")
WORD_JOINER = "\u2060"
# Marks that may not begin a line, also not after a chip.
_CLOSING = "，。、；：？！）】》」』”’…,.;:?!)]}"


@register.simple_tag
def chips(html: str, entries: Sequence[Entry] | str, language: str) -> SafeString:
    """A text's HTML with the figures that it names in their places, in the text's own language.

    `html` is a rendered passage: safe already.
    """
    if not entries or isinstance(entries, str) or not labels.TOKEN.search(html):
        return mark_safe(html)  # noqa: S308 rendered and cleaned when it was written
    # In the text's language, but they lead to a page in the reader's.
    addresses = [_address(entry) for entry in entries]
    with translation.override(language if language in labels.LOCALES else None):
        drawn = {
            entry.position: _chip(entry, address)
            for entry, address in zip(entries, addresses, strict=True)
        }
    said = (_with_chips(part, drawn) if is_open else part for part, is_open in _parts(html))
    return mark_safe("".join(said))  # noqa: S308 ours and cleaned text


@register.simple_tag
def chips_left(html: str, entries: Sequence[Entry]) -> SafeString:
    """The figures that have no place in the text, in a line below it."""
    named = {
        int(found[1]) - 1
        for part, is_open in _parts(html)
        if is_open
        for found in labels.TOKEN.finditer(part)
    }
    left = [
        (entry, _chip(entry, _address(entry))) for entry in entries if entry.position not in named
    ]
    if not left:
        return mark_safe("")
    return format_html(
        '<ul class="figures" role="list" lang="{}">{}</ul>',
        html_lang(translation.get_language() or "en"),
        format_html_join(
            "", "<li>{} {}</li>", ((localised(entry.item.name), chip) for entry, chip in left)
        ),
    )


def _parts(html: str) -> Iterator[tuple[str, bool]]:
    """Its tags and texts, and whether a figure may stand there."""
    depth = 0
    for part in _TAGS.split(html):
        if mark := _CLOSED.match(part):
            depth += -1 if mark[1] else 1
        yield part, not depth and not part.startswith("<")


def _with_chips(text: str, drawn: Mapping[int, SafeString]) -> str:
    def chip(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if place not in drawn:
            return found[0]
        after = text[found.end() : found.end() + 1]
        return drawn[place] + (WORD_JOINER if after and after in _CLOSING else "")

    return labels.TOKEN.sub(chip, text)


def _chip(entry: Entry, address: str) -> SafeString:
    context = {"entry": entry, "address": address}
    return mark_safe(render_to_string("figures/_chip.html", context).strip())  # noqa: S308 our template


def _address(entry: Entry) -> str:
    """Where all is said about it; "" for one that is only previewed."""
    return reverse("figure", args=[entry.pk]) if entry.pk else ""


@register.filter
def parts(entry: Any) -> list[str]:
    """What a chip says, part by part."""
    return labels.chip(entry)


@register.filter
def amount(entry: Any) -> str:
    return labels.asked_back(entry.amount, entry.currency, entry.period, entry.unit)


@register.filter
def place(entry: Any) -> str:
    """`Chengdu, China`."""
    city, country = labels.city(entry), labels.country(entry.country)
    return (
        pgettext("a city and its country", "%(city)s, %(country)s")
        % {
            "city": city,
            "country": country,
        }
        if city
        else country
    )


@register.filter
def time_said(entry: Any) -> str:
    return labels.when(entry)


@register.filter
def had_in(entries: Sequence[Entry], version: int) -> list[Entry]:
    """Those that one version of a text had."""
    return [entry for entry in entries if entry.was_in(version)]


@register.filter
def asked_reason(code: str) -> str:
    """What somebody says looks off."""
    return labels.reason(code)


@register.filter
def compared_by(item: Item) -> str:
    """What an item's amounts are for once they are comparable: `/ month`."""
    return labels.per(item.period, item.unit)


@register.filter
def topic_name(topic: str) -> str:
    return str(labels.TOPIC_NAMES.get(topic, topic))


@register.filter
def by_topic(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Items under their topics, for a list to choose from."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.topic, []).append(item)
    return [(topic_name(topic), rows) for topic, rows in found.items()]
