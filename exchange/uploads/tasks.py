"""What goes on beside the pages: what nobody uses is taken away."""

from . import actions


def work() -> int:
    """The number of uploads and files that are gone now."""
    return actions.collect()
