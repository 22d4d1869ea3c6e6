"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .glossary import agreement, edit_term, glossary, new_term, term, term_withdrawal
from .language import passage_language
from .machine import machine_translation
from .translations import proposal, translation, translation_request
from .wanted import translations_wanted

__all__ = [
    "agreement",
    "edit_term",
    "get_subject",
    "glossary",
    "machine_translation",
    "new_term",
    "passage_language",
    "proposal",
    "term",
    "term_withdrawal",
    "translation",
    "translation_request",
    "translations_wanted",
]
