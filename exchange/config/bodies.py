"""How much of what a browser sends is written down."""

from typing import Any

from django.conf import settings


def bounded(scope: Any, receive: Any) -> Any:
    """`receive`, for a body that Django writes to a file before anything looks at it.

    Of one that is longer than a form with files may be, or says so, the rest goes nowhere: it is still
    awaited, since browsers show no answer that comes before they have sent everything.
    """
    said = dict(scope["headers"]).get(b"content-length", b"0")
    is_short = said.isdigit() and len(said) <= 12 and int(said) <= settings.MOST_UPLOADED
    left = settings.MOST_UPLOADED if is_short else 0

    async def receive_bounded() -> Any:
        nonlocal left
        message = await receive()
        body = message.get("body", b"")
        kept, left = body[:left], max(0, left - len(body))
        return message | {"body": kept} if body else message

    return receive_bounded
