"""The one inversion of the project: what follows the ledger is woken by this, after the commit."""

from django.dispatch import Signal

# Sent with `event_id`, once per event, in the process that recorded it; with 0 where something changed
# that is no event, as that a session ended. Only wakes: whoever follows the ledger reads it from the
# database, because this signal dies with its process.
event_recorded = Signal()
