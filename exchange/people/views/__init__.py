"""A person's own settings and tools, and the page that others see of them."""

from .muting import block_person, mute_board, mute_person, mute_thread, mutes
from .profile import person
from .settings import names, reading_help, reading_view, settings

__all__ = [
    "block_person",
    "mute_board",
    "mute_person",
    "mute_thread",
    "mutes",
    "names",
    "person",
    "reading_help",
    "reading_view",
    "settings",
]
