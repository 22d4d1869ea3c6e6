from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from .errors import form_page, refused

type View = Callable[..., HttpResponse]


def methods(*allowed: str) -> Callable[[View], View]:
    """Answer other methods with the 405 page in the reader's language. GET allows HEAD.

    Whoever reloads or shares what a POST showed, and its address has no page, is led to the form's:
    a view names it, and the place on it, as its `form_page`.
    """
    names = {*allowed, "HEAD"} if "GET" in allowed else set(allowed)

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in names:
                if request.method in ("GET", "HEAD") and hasattr(checked, "form_page"):
                    return redirect(form_page(request))
                response = refused(request, 405, back=form_page(request))
                response["Allow"] = ", ".join(sorted(names))
                return response
            return view(request, *args, **kwargs)

        return checked

    return decorate


def form_data(request: HttpRequest) -> QueryDict | None:
    """The form that was sent, None for a look. Django parses a POST only, and a DELETE has reasons too."""
    if request.method in ("GET", "HEAD"):
        return None
    return request.POST or QueryDict(request.body, encoding="utf-8")
