"""What a browser asks for beside pages: the app's manifest, and what it shows without a network."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .context import HTML_LANG
from .http import methods

# The light theme's paper and sheet (tokens.css).
PAPER, SHEET = "#faf8f4", "#fffefb"
ICONS = [
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("mask-512.png", 512, "maskable"),
]
DAY = 24 * 3600


@methods("GET")
def manifest(request: HttpRequest) -> HttpResponse:
    """Lets a phone keep the site among its apps, in the language of the page that named it."""
    language = get_language() or "en"
    response = JsonResponse(
        {
            "name": "Exchange · 交流",
            "short_name": "交流" if language != "en" else "Exchange",
            "description": _("Chinese and English readers talk in one thread."),
            "lang": HTML_LANG.get(language, "en"),
            "dir": "ltr",
            "id": "/",
            "start_url": reverse("front"),
            "scope": "/",
            "display": "minimal-ui",
            "background_color": PAPER,
            "theme_color": SHEET,
            "icons": [_icon(*icon) for icon in ICONS],
            "shortcuts": [
                {
                    "name": _("Start a thread"),
                    "url": reverse("new_thread"),
                    "icons": [_icon(*ICONS[0])],
                }
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
    patch_cache_control(response, public=True, max_age=DAY)
    return response


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"icons/{name}"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@methods("GET")
def favicon(request: HttpRequest) -> HttpResponse:
    """Feed readers and browsers ask for it by this name, whatever a page's own icon is."""
    response = HttpResponsePermanentRedirect(static("icons/icon-192.png"))
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@methods("GET")
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker for when there is no network; the same for everybody."""
    response = render(request, "web/offline.html")
    patch_cache_control(response, public=True, max_age=DAY)
    return response


@methods("GET")
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker serves only what stands below its own address."""
    pages = []
    for language in HTML_LANG:
        with override(language):
            pages.append(reverse("offline"))
    files = [static(f"css/{name}.css") for name in ("tokens", "base", "components", "thread")]
    context = {"pages": pages, "files": files}
    response = render(request, "web/sw.js", context, content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, public=True, no_cache=True)
    return response
