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
from .writing import Conflict, Draft, erase, in_families, is_learning, preview, rewrite, write

__all__ = [
    "ENOUGH_TO_TRANSLATE",
    "Closed",
    "Conflict",
    "Draft",
    "accept",
    "agree",
    "ask_for_translation",
    "erase",
    "in_families",
    "is_learning",
    "name_language",
    "preview",
    "propose",
    "put_by_machine",
    "rewrite",
    "shown_anew",
    "withdraw",
    "write",
]
