"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .language import passage_language
from .machine import machine_translation
from .reading import reading
from .scripts import script_view, scripts
from .translations import proposal, translation, translation_request
from .wanted import translations_wanted
from .words import export, words

__all__ = [
    "export",
    "get_subject",
    "machine_translation",
    "passage_language",
    "proposal",
    "reading",
    "script_view",
    "scripts",
    "translation",
    "translation_request",
    "translations_wanted",
    "words",
]
