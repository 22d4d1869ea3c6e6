"""Text that a form could not take yet: it travels through the log-in page and comes back.

The fields go as hidden inputs `kept.<name>` beside `kept_path`, the address of the form that they
belong to, one input for each value. Log-in puts them in the session, and the form's page takes them
out again, once.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme

PATH = "kept_path"
PREFIX = "kept."
SESSION_KEY = "kept"
# What never stands in a page again nor in a session: any field whose name has one of these in it.
SECRETS = ("password", "code", "token", "secret")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 a field's name
# Far above what a post can hold; more would be read from the session at each request.
MOST_CHARACTERS = 1_000_000
LONGEST_PATH = 2_000  # Django refuses to redirect to much longer ones

# The values of each field, as a form sends them.
type Fields = dict[str, list[str]]


def fields(data: MultiValueDict[str, str]) -> Fields:
    """What can be shown and sent again: what was filled in, without secrets and `next`."""
    filled = {name: [value for value in values if value] for name, values in data.lists()}
    return {
        name: values
        for name, values in filled.items()
        if values and name != "next" and not is_secret(name)
    }


def is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRETS)


def has_secrets(data: MultiValueDict[str, str]) -> bool:
    """Whether `fields` leaves out what the form cannot be sent again without."""
    return any(is_secret(name) for name in data if name != TOKEN)


def carried(data: MultiValueDict[str, str]) -> tuple[str, Fields]:
    """(address of the form's page, its fields) that a log-in or sign-up form carries.

    The address is empty where there is none or it leads elsewhere.
    """
    inner = {
        name.removeprefix(PREFIX): values
        for name, values in data.lists()
        if name.startswith(PREFIX) and not is_secret(name)
    }
    path = data.get(PATH) or ""
    return (path if is_own_path(path) else ""), inner


def is_own_path(address: str) -> bool:
    """Whether a redirect to it stays here: a path, neither `//host` nor `/\\host`."""
    return (
        address.startswith("/")
        and len(address) <= LONGEST_PATH
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def store(request: HttpRequest, address: str, kept: Mapping[str, list[str]]) -> None:
    """The form is known by its path; `address` may also say on which page and where it stands.

    The forms that take something out again have one value for each name: the last, as everywhere.
    """
    last = {name: values[-1] for name, values in kept.items() if values}
    size = sum(map(len, last.values()))
    if last and size <= MOST_CHARACTERS and is_own_path(address):
        path = address.partition("#")[0].partition("?")[0]
        request.session[SESSION_KEY] = {"path": path, "fields": last}


def take(request: HttpRequest, path: str) -> dict[str, Any]:
    """What was typed for the form at `path` before the log-in; empty at the second call.

    With it comes `came_back`, for the form to say that these words are there, not yet sent.
    """
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != path:
        return {}
    del request.session[SESSION_KEY]
    return {**kept["fields"], "came_back": True}
