"""What the ledger tells that people hear of.

A decision is only noted down here, as due some seconds later: so the queue never waits, and what a
killed process had noted is still there.
"""

from exchange.ledger.consumer import Consumer
from exchange.ledger.models import Event

from . import actions
from .audience import AT_ONCE, DECIDED


def consumer() -> Consumer:
    return Consumer("notifications", (*AT_ONCE, *DECIDED), handle)


def handle(event: Event) -> None:
    """Doing it twice does no more."""
    if event.verb in AT_ONCE:
        actions.tell(event)
    else:
        actions.expect(event)
