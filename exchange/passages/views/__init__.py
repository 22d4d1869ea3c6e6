"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .glossary import agreement, edit_term, glossary, new_term, term, term_withdrawal
from .language import passage_language
from .machine import machine_translation
from .reading import reading
from .scripts import script_view, scripts
from .translations import proposal, translation, translation_request
from .wanted import translations_wanted
from .words import export, words

__all__ = [
    "agreement",
    "edit_term",
    "export",
    "get_subject",
    "glossary",
    "machine_translation",
    "new_term",
    "passage_language",
    "proposal",
    "reading",
    "script_view",
    "scripts",
    "term",
    "term_withdrawal",
    "translation",
    "translation_request",
    "translations_wanted",
    "words",
]
