"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .language import passage_language
from .machine import machine_translation
from .translations import proposal, translation, translation_request
from .wanted import translations_wanted

__all__ = [
    "get_subject",
    "machine_translation",
    "passage_language",
    "proposal",
    "translation",
    "translation_request",
    "translations_wanted",
]
