"""What the libraries that log people in and out tell, so that open pages hear of it."""

from typing import Any

from .actions import touch


def session_ended(*, user: Any, request: Any = None, **kwargs: Any) -> None:
    """Somebody logged out, or has another password, with which all other sessions ended.

    Of a suspended person, whom a look at any page logs out, the ledger has told already. Who logs out
    is told of just before the session goes: the middleware says it once more when it is gone.
    """
    if user is not None and user.pk and not user.is_suspended:
        touch([user.pk])
        if request is not None:
            request.session_ended_of = user.pk
