from dataclasses import dataclass
from typing import Any

from django import template

from exchange.languages.models import FAMILIES, family
from exchange.languages.queries import Entry
from exchange.languages.script import han_script, html_lang

register = template.Library()


@dataclass(frozen=True, slots=True)
class Side:
    """A term in one language: its agreed wording, the other forms, and the note where there is one."""

    lang: str
    wording: str
    forms: tuple[str, ...]
    pinyin: str
    note: Any


@register.filter
def sides(entry: Entry, language: str) -> list[Side]:
    """Both, the one in the page's language first."""
    first = family(language) or "en"
    return [_side(entry, name) for name in sorted(FAMILIES, key=lambda name: name != first)]


@register.filter
def note_in(entry: Entry, language: str) -> Any:
    """The note in the page's language where there is one, else the other: `language`, `body`, `html`."""
    return entry.note(language)


def _side(entry: Entry, name: str) -> Side:
    wordings: tuple[str, ...] = getattr(entry, name)
    chinese = name == "zh"
    return Side(
        lang=html_lang(han_script("".join(wordings))) if chinese else "en",
        wording=wordings[0],
        forms=wordings[1:],
        pinyin=entry.pinyin if chinese else "",
        note=entry.notes.get(name),
    )
