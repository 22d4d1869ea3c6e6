"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .glossary import agreement, edit_term, glossary, new_term, term, term_withdrawal
from .machine import machine_translation

__all__ = [
    "agreement",
    "edit_term",
    "get_subject",
    "glossary",
    "machine_translation",
    "new_term",
    "term",
    "term_withdrawal",
]
