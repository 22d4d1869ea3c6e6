"""What goes on beside the pages: statistics are ready before somebody asks for them."""

from . import queries


def work() -> int:
    """Compute what is not right any more. The number of cells that were."""
    return queries.bring_up_to_date(queries.stale())
