"""The pages of moderators, and of who tells them something."""

from .acts import hiding, lock, move, pin
from .desk import close_flag, desk, log, waiting_pictures
from .pictures import picture_hiding, picture_release
from .reports import flag

__all__ = [
    "close_flag",
    "desk",
    "flag",
    "hiding",
    "lock",
    "log",
    "move",
    "picture_hiding",
    "picture_release",
    "pin",
    "waiting_pictures",
]
