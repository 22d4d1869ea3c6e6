from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy

from .errors import form_page

# How each language names itself, and the one-character form that fits a phone's header.
SWITCH = [("en", "English", "EN"), ("zh-hans", "简体中文", "简"), ("zh-hant", "繁體中文", "繁")]
VIEWS = {
    "original": pgettext_lazy("halves of a text", "Original"),
    "mine": pgettext_lazy("halves of a text", "My language"),
    "both": pgettext_lazy("halves of a text", "Both"),
}
FAMILIES = ("en", "zh")
HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


def in_language(address: str, code: str) -> str:
    """The same page in another language: every page stands under its language's prefix.

    Without a code, the address that leads each reader to the page in their own language.
    """
    _, prefix, rest = [*address.split("/", 2), ""][:3]
    start = f"/{code}/" if code else "/"
    return start + rest if prefix in HTML_LANG else start


def asked_view(request: HttpRequest) -> str:
    """`?view=`: one of VIEWS, or a language's family to read the halves in that language."""
    try:
        asked = request.GET.get("view", "")
    except (BadRequest, SuspiciousOperation):
        return ""  # an address that cannot be read is refused with a page of its own
    return asked if asked in VIEWS or asked in FAMILIES else ""


def reading(request: HttpRequest, language: str) -> dict[str, Any]:
    """How this reader wants pages: which halves of texts, in which languages, and in which colours.

    A stranger's choice stays in their browser, so that one page serves all strangers: `early.js`
    fills in what is empty here. `?view=` is for browsers without scripts.
    """
    user = getattr(request, "user", None)
    asked = asked_view(request)
    view = "mine" if asked in FAMILIES else asked or getattr(user, "view", "")
    reads = [asked] if asked in FAMILIES else getattr(user, "reads", None) or [language]
    return {
        "view": view,
        "query": f"&view={asked}" if asked else "",
        "choices": [
            {"code": code, "name": name, "current": code == (view or "both")}
            for code, name in VIEWS.items()
        ],
        "reads": " ".join(sorted({code.partition("-")[0] for code in reads})),
        "theme": getattr(user, "theme", ""),
        # What a member never changed is left to the device, like a stranger's choice.
        "machine": "" if getattr(user, "machine", True) else "off",
        "help": getattr(user, "help", ""),
        "zhuyin": "on" if getattr(user, "zhuyin", False) else "",
        "script": getattr(user, "script", ""),
        "saver": getattr(user, "saver", "").replace("device", ""),
    }


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page's shell needs: the language, its alternates and the site's address."""
    language = get_language() or "en"
    # After a form was sent its own address may take forms only: the switch leads to its page.
    here = request.get_full_path() if request.method in ("GET", "HEAD") else form_page(request)
    return {
        "language": language,
        "html_lang": HTML_LANG.get(language, "en"),
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
        "reading": reading(request, language),
        # The address that the page is known by; a view with pages or other names of it says its own.
        "canonical": here.partition("?")[0].partition("#")[0],
        "alternates": [
            {
                "code": code,
                "html_lang": HTML_LANG[code],
                "family": code.partition("-")[0],
                "name": name,
                "short": short,
                "url": in_language(here, code),
                "again": in_language(request.path, code),
                "current": code == language,
            }
            for code, name, short in SWITCH
        ],
    }
