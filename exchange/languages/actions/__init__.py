"""Every write about words: what members wrote, and what members and machines make of it."""

from .translations import (
    ENOUGH_TO_TRANSLATE,
    Closed,
    accept,
    agree,
    ask_for_translation,
    name_language,
    propose,
    put_by_machine,
    shown_anew,
    withdraw,
)
from .words import ListIsFull, drop_word, keep_word
from .writing import Conflict, Draft, erase, in_families, is_learning, preview, rewrite, write

__all__ = [
    "ENOUGH_TO_TRANSLATE",
    "Closed",
    "Conflict",
    "Draft",
    "ListIsFull",
    "accept",
    "agree",
    "ask_for_translation",
    "drop_word",
    "erase",
    "in_families",
    "is_learning",
    "keep_word",
    "name_language",
    "preview",
    "propose",
    "put_by_machine",
    "rewrite",
    "shown_anew",
    "withdraw",
    "write",
]
