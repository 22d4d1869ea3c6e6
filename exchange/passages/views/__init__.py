"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .language import passage_language
from .translations import proposal, translation, translation_request
from .wanted import translations_wanted

__all__ = [
    "get_subject",
    "passage_language",
    "proposal",
    "translation",
    "translation_request",
    "translations_wanted",
]
