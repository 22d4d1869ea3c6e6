"""Every write about words: what members wrote, and what members and machines make of it."""

from .glossary import (
    ENOUGH_FOR_A_TERM,
    SameWording,
    Wording,
    agree_no_longer,
    agree_with_term,
    keep_own_terms,
    propose_term,
    rewrite_term,
    take_back_term,
    withdraw_term,
)
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
    "ENOUGH_FOR_A_TERM",
    "Conflict",
    "Draft",
    "SameWording",
    "Wording",
    "accept",
    "agree",
    "agree_no_longer",
    "agree_with_term",
    "ask_for_translation",
    "erase",
    "in_families",
    "is_learning",
    "keep_own_terms",
    "name_language",
    "preview",
    "propose",
    "propose_term",
    "put_by_machine",
    "rewrite",
    "rewrite_term",
    "shown_anew",
    "take_back_term",
    "withdraw",
    "withdraw_term",
    "write",
]
