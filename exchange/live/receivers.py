from typing import Any

from .bell import bell
from .hub import hub


def ring(*, event_id: int, **kwargs: Any) -> None:
    """Wake this process's hub and, where processes share a Redis, everybody else's."""
    hub.ring()
    bell.ring(event_id)
