"""Text that a form could not take yet: it travels through the log-in page and comes back.

The fields go as hidden inputs `kept.<name>` beside `kept_path`, the address of the form that they
belong to. Log-in puts them in the session, and the form's page takes them out again, once.
"""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

PATH = "kept_path"
PREFIX = "kept."
SESSION_KEY = "kept"
# What no form page needs back: tokens and passwords.
DROPPED = {"csrfmiddlewaretoken", "password", "password1", "next"}
# Far above what a post can hold; more would be read from the session at each request.
MOST_CHARACTERS = 1_000_000
MOST_LAYERS = 5
LONGEST_PATH = 2_000  # Django refuses to redirect to much longer ones


def fields(data: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in data.items() if name not in DROPPED and value}


def carried(data: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """(address of the form's page, its fields) that a log-in or sign-up form carries.

    The address is empty where there is none or it leads elsewhere. A log-in form whose token was
    stale has been kept like any other form: it is unpacked again.
    """
    for _ in range(MOST_LAYERS):
        inner = {
            name.removeprefix(PREFIX): value
            for name, value in data.items()
            if name.startswith(PREFIX)
        }
        if PATH not in inner:
            break
        data = inner
    path = data.get(PATH, "")
    return (path if is_own_path(path) else ""), inner


def is_own_path(address: str) -> bool:
    """Whether a redirect to it stays here: a path, neither `//host` nor `/\\host`."""
    return (
        address.startswith("/")
        and len(address) <= LONGEST_PATH
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def store(request: HttpRequest, path: str, kept: Mapping[str, str]) -> None:
    size = sum(map(len, kept.values()))
    if kept and size <= MOST_CHARACTERS and is_own_path(path):
        request.session[SESSION_KEY] = {"path": path, "fields": dict(kept)}


def take(request: HttpRequest, path: str) -> dict[str, str]:
    """What was typed for the form at `path` before the log-in; empty at the second call."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != path:
        return {}
    del request.session[SESSION_KEY]
    return dict(kept["fields"])
