import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django import template
from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

register = template.Library()

HTML_LANG = {
    "en": "en",
    "zh-hans": "zh-Hans",
    "zh-hant": "zh-Hant",
    "zh": "zh-Hans",
    "mixed": "mul",
    "other": "und",
}
CHIPS = {"en": "EN", "zh-hans": "中", "zh-hant": "中", "mixed": "中 EN", "other": "…"}


# Each by its own name; what is no one language by the page's words.
LANGUAGE_NAMES = {
    "en": "English",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
    "mixed": gettext_lazy("both mixed"),
}


@register.filter
def language_name(language: str) -> str:
    return str(LANGUAGE_NAMES.get(language) or gettext("another language"))


@register.filter
def localised(texts: Mapping[str, str]) -> str:
    """The text in the page's language of `{"en": ..., "zh-hans": ..., "zh-hant": ...}`."""
    language = get_language() or "en"
    return texts.get(language) or texts.get("zh-hans" if language != "en" else "en") or ""


@register.filter
def other_language(texts: Mapping[str, str]) -> str:
    """The same text in the language that the page is not in."""
    return texts["zh-hans"] if (get_language() or "en") == "en" else texts["en"]


@register.filter
def html_lang(language: str) -> str:
    """The `lang` attribute of a text's language: `zh-Hans`, `mul` for mixed, `und` for unknown."""
    return HTML_LANG.get(language, "und")


@register.filter
def family(language: str) -> str:
    """`en`, or `zh` for both scripts: what somebody reads. A mixed text is read as the original."""
    return language[:2] if language[:2] in ("en", "zh") else "original"


@register.filter
def own_name(language: str) -> str:
    """What a reader of a language calls it; of mixed and unknown ones, what the page calls them."""
    return {"en": "English", "zh": "中文"}.get(family(language)) or pgettext(
        "halves of a text", "Original"
    )


@register.filter
def og_locale(html_lang: str) -> str:
    """The name that Open Graph has for a page's language."""
    return {"en": "en_US", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}.get(html_lang, "en_US")


@register.filter
def language_chip(language: str) -> str:
    return CHIPS.get(language, "…")


# (from, divisor, unit): Chinese counts in ten thousands and hundred millions.
ENGLISH_UNITS = ((1_000_000, 1_000_000, "M"), (1_000, 1_000, "k"))
CHINESE_UNITS = ((100_000_000, 100_000_000, "亿"), (10_000, 10_000, "万"))


@register.filter
def count(number: int) -> str:
    """A number as the page's language writes it when it is large: `12k`, `1.2万`. Rounded down."""
    chinese = (get_language() or "en") != "en"
    for least, divisor, unit in CHINESE_UNITS if chinese else ENGLISH_UNITS:
        if number >= least:
            whole, tenths = divmod(number * 10 // divisor, 10)
            sign = {"万": "萬", "亿": "億"}.get(unit, unit) if get_language() == "zh-hant" else unit
            return f"{whole}.{tenths}{sign}" if tenths and whole < 100 else f"{whole}{sign}"
    return str(number)


@register.simple_tag
@cache
def icon() -> str:
    """The site's icon as a `data:` address: one request less for who comes for the first time."""
    drawing = Path(finders.find("icons/exchange.svg") or "").read_text()
    return "data:image/svg+xml," + quote(re.sub(r"\s+", " ", drawing), safe=" =:/'")


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """An absolute time that a script makes local and relative; UTC is said where none runs."""
    utc = at.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{} UTC</time>',
        utc.isoformat(timespec="seconds"),
        date_format(utc, "DATETIME_FORMAT"),
    )
