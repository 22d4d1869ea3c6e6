from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from .errors import form_page, refused

type View = Callable[..., HttpResponse]


def methods(*allowed: str) -> Callable[[View], View]:
    """Answer other methods with the 405 page in the reader's language. GET allows HEAD."""
    names = {*allowed, "HEAD"} if "GET" in allowed else set(allowed)

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in names:
                response = refused(request, 405, back=form_page(request))
                response["Allow"] = ", ".join(sorted(names))
                return response
            return view(request, *args, **kwargs)

        return checked

    return decorate


def is_look(request: HttpRequest) -> bool:
    """True for a visit, which changes nothing: also of an address that was only meant for a form."""
    return request.method in ("GET", "HEAD")


def form_data(request: HttpRequest) -> QueryDict | None:
    """The form that was sent, None for a look. Django parses a POST only, and a DELETE has reasons too."""
    if is_look(request):
        return None
    if request.POST or request.content_type == "multipart/form-data":
        return request.POST  # an empty one was read to its end: its body is gone
    return QueryDict(request.body, encoding="utf-8")
