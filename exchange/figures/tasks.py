"""What goes on beside the pages: statistics are ready before somebody asks for them."""

from itertools import groupby

from . import queries


def work() -> int:
    """Compute what is not right any more. The number of cells that were."""
    found = queries.stale()
    for _, cells in groupby(found, key=lambda cell: (cell.item_id, cell.basis)):
        queries.refresh(list(cells))
    return len(found)
