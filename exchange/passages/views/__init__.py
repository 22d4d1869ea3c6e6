"""The pages that act on any passage: its language, its translations, its words."""

from .correction import correction, muted, one_correction, taking, thanks, waiting
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
    "correction",
    "edit_term",
    "export",
    "get_subject",
    "glossary",
    "machine_translation",
    "muted",
    "new_term",
    "one_correction",
    "passage_language",
    "proposal",
    "reading",
    "script_view",
    "scripts",
    "taking",
    "term",
    "term_withdrawal",
    "thanks",
    "translation",
    "translation_request",
    "translations_wanted",
    "waiting",
    "words",
]
