"""Every write about words: what members wrote, and what members and machines make of it."""

from .corrections import SentenceGone, mute, offer, take, taken_over, thank, unmute
from .corrections import withdraw as withdraw_correction
from .translations import (
    accept,
    agree,
    ask_for_translation,
    name_language,
    propose,
    put_by_machine,
    shown_anew,
    withdraw,
)
from .writing import Conflict, Draft, erase, in_families, is_learning, preview, rewrite, write

__all__ = [
    "Conflict",
    "Draft",
    "SentenceGone",
    "accept",
    "agree",
    "ask_for_translation",
    "erase",
    "in_families",
    "is_learning",
    "mute",
    "name_language",
    "offer",
    "preview",
    "propose",
    "put_by_machine",
    "rewrite",
    "shown_anew",
    "take",
    "taken_over",
    "thank",
    "unmute",
    "withdraw",
    "withdraw_correction",
    "write",
]
