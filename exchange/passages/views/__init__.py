"""The pages that act on any passage: its language, its translations, its words."""

from .correction import correction, muted, one_correction, taking, thanks, waiting
from .gates import get_subject

__all__ = [
    "correction",
    "get_subject",
    "muted",
    "one_correction",
    "taking",
    "thanks",
    "waiting",
]
