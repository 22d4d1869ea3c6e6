"""What goes on beside the pages: statistics are ready before somebody asks for them."""

from . import queries


def work() -> int:
    """Compute and keep what is not right any more. The number of cells that were not."""
    return queries.refresh()
