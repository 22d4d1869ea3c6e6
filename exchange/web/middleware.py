from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from . import multipart
from .errors import refused

GetResponse = Callable[[HttpRequest], HttpResponse]
FORM = "application/x-www-form-urlencoded"
TEXT = ("text/", "application/json", "application/manifest+json", "application/atom+xml")
TOO_MUCH = _(
    "These files are too large together: a post can carry up to four, of at most 20 MB each. Your"
    " browser's Back button leads to the form with your text: choose fewer or smaller ones there."
)


class TextCompressed(GZipMiddleware):
    """Send text compressed: a page in two languages is a sixth of its size on the way.

    Pictures are compressed in their own way already. That a length gives nothing away (BREACH) is
    seen to by Django: a random number of bytes is added to each answer, and the token of a form is
    another one in each page.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)


def well_formed(get_response: GetResponse) -> GetResponse:
    """Refuse what is not UTF-8 or holds NUL before any code decodes it in its own way.

    Only the language is read from the address before. What is broken in it is taken out, so that
    the page that says so can link to the same in other languages.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        raw = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
        odd_path = "\x00" in request.path or "\ufffd" in request.path
        if not odd_path and is_text(raw):
            return get_response(request)
        request.META["QUERY_STRING"] = ""
        if odd_path:
            request.path = request.path_info = reverse("front")
        return refused(request, 400)

    return middleware


def is_text(percent_encoded: bytes) -> bool:
    """True for percent-encoded UTF-8 without NUL."""
    plain = unquote_to_bytes(percent_encoded)
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in plain


def readable_forms(get_response: GetResponse) -> GetResponse:
    """Refuse a form that is too big or not UTF-8 with a page, before any view reads it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.encoding:
            said, request.encoding = request.encoding, "utf-8"  # whatever an alias calls it
            if not is_utf8(said):
                return refused(request, 400)
        if request.method == "POST":
            if too_long(request):
                request.POST = QueryDict()  # or the page would look for words in it
                return refused(request, 413, reason=TOO_MUCH)
            request.multipart_parser_class = multipart.StrictParser  # type: ignore[assignment]  # a subclass
            try:
                if request.content_type == FORM and not is_utf8_form(request):
                    return refused(request, 400)
                request.POST  # noqa: B018 parsed here, where its errors have an answer
            except RequestDataTooBig:
                return refused(request, 413)
            except (SuspiciousOperation, BadRequest, MultiPartParserError):
                return refused(request, 400)
        return get_response(request)

    return middleware


def too_long(request: HttpRequest) -> bool:
    """Whether a form with files says that it is longer than four of them, before any of it is read."""
    said = request.META.get("CONTENT_LENGTH") or ""
    is_long = said.isascii() and said.isdecimal() and int(said[:12]) > settings.MOST_UPLOADED
    return is_long and request.content_type == multipart.FORM


class MethodOverride:
    """A form can only GET and POST: its field `_method=DELETE` undoes what the address names.

    It runs after the CSRF check, which looks for the form's token in a POST only.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> None:
        if request.method == "POST" and request.POST.get("_method", "").upper() == "DELETE":
            request.method = "DELETE"


def is_utf8_form(request: HttpRequest) -> bool:
    try:
        unquote_to_bytes(request.body).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def private_pages_are_not_kept(get_response: GetResponse) -> GetResponse:
    """What a logged-in person sees is kept by no cache, not even the browser's after log-out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
