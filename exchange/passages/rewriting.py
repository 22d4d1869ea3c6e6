"""The halves of a text as a page shows them, and as they are in another Chinese script.

A conversion is for the eye: nothing of it is saved, and each character stays at its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from exchange.boards.presenting import halves_shown
from exchange.languages.annotate import text_of
from exchange.languages.conversion import convert_html
from exchange.languages.models import BY_TRUST, Passage, Translation
from exchange.languages.render import sanitise
from exchange.languages.script import han_script
from exchange.web.templatetags.bilingual import family

# What a reader can ask for, and the `lang` of the result.
SCRIPTS = {"hans": "zh-hans", "hant": "zh-hant", "tw": "zh-hant", "hk": "zh-hant"}


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a text on a page. `selector` finds its elements in a document, in order; what stands
    in them under `.source` or `small` is the page's. `translation` is None for the original."""

    selector: str
    language: str
    html: str
    translation: Translation | None = None


def halves(passage: Passage, kind: str) -> list[Half]:
    """Those that a thread's page shows: the original, and what readers of another language get."""
    if kind in ("title", "reason"):
        return _of_plain_text(passage)
    found = halves_shown(passage, list(passage.translations.all()))
    at = f'[data-passage="{passage.pk}"] .half'
    original = Half(f"{at}.original", passage.language, passage.html)
    if len(found) > 1:
        return [
            original,
            *(_half(f'{at}.other[data-family="{family(h.language)}"]', h) for h in found),
        ]
    return [original, *(_half(f"{at}.other", half) for half in found)]


def _half(selector: str, half: Translation) -> Half:
    return Half(selector, half.language, half.html, half)


def _of_plain_text(passage: Passage) -> list[Half]:
    """A title is no Markdown, nor is the reason of a correction; the other half is the most trusted."""
    at = f'[data-passage="{passage.pk}"]'
    original = Half(f"{at}.original", passage.language, _as_html(passage.body))
    best = passage.translations.order_by(BY_TRUST, "id").first()
    if best is None:
        return [original]
    return [original, Half(f"{at}.other", best.language, _as_html(best.body), best)]


def _as_html(text: str) -> str:
    return escape(text, quote=False)


def in_script(half: Half, to: str) -> Half:
    """The half in one of SCRIPTS, and itself where it is in that script already or has no Chinese."""
    if not _changes(half, to):
        return half
    converted = "".join(map(_as_wide, half.html, convert_html(half.html, to)))
    if converted == half.html:
        return half
    language = half.language if half.language == "mixed" else SCRIPTS[to]
    old, new = ("zh-Hant", "zh-Hans") if to == "hans" else ("zh-Hans", "zh-Hant")
    marked = converted.replace(f'<span lang="{old}">', f'<span lang="{new}">')
    return replace(half, language=language, html=sanitise(marked))


def _changes(half: Half, to: str) -> bool:
    if half.language == "mixed":
        return han_script(half.html, "zh-hans") != SCRIPTS[to]
    return half.language.startswith("zh") and half.language != SCRIPTS[to]


def _as_wide(before: str, after: str) -> str:
    """A browser counts what lies beyond U+FFFF as two: such a place would move all behind it."""
    return after if (before > "\uffff") == (after > "\uffff") else before


def rewritten(shown: Sequence[Half], to: str) -> list[dict[str, Any]]:
    """For the script: the converted text of each half that changes, as long as what it stands for."""
    return [
        {"selector": half.selector, "text": text_of(new.html), "language": SCRIPTS[to]}
        for half in shown
        if (new := in_script(half, to)) is not half
    ]
