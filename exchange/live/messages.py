"""What a client may say. Anything else ends its socket."""

import json
import re
from typing import NamedTuple

from django.conf import settings

from exchange.languages.models import FAMILIES

MOST_BYTES = 4096
SCOPE = re.compile(r"[a-z]{1,20}\.[1-9][0-9]{0,17}|front|moderation")
# Close codes of RFC 6455.
NO_TEXT, NOT_JSON, NOT_OURS, TOO_BIG = 1003, 1007, 1008, 1009


class Refused(Exception):
    def __init__(self, code: int) -> None:
        self.code = code


class Message(NamedTuple):
    act: str  # watch, unwatch, presence or typing
    scope: str
    language: str = ""
    here: bool = False
    family: str = ""


def decode(text: str | None) -> Message:
    """One of the four messages of docs/live.md.

    Raises Refused with the close code for everything else.
    """
    if text is None:
        raise Refused(NO_TEXT)
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise Refused(TOO_BIG)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(NOT_JSON) from None
    message = _message(content)
    if message is None or not SCOPE.fullmatch(message.scope):
        raise Refused(NOT_OURS)
    return message


def _message(content: object) -> Message | None:
    match content:
        case {"watch": str(scope), "language": str(language), **rest} if not rest:
            known = language in dict(settings.LANGUAGES)
            return Message("watch", scope, language) if known else None
        case {"unwatch": str(scope), **rest} if not rest:
            return Message("unwatch", scope)
        case {"presence": str(scope), "here": bool(here), **rest} if not rest:
            return Message("presence", scope, here=here)
        case {"typing": str(scope), "in": str(family), **rest} if not rest:
            known = family in ("", *FAMILIES)
            return Message("typing", scope, family=family) if known else None
    return None
