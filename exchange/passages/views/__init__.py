"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .reading import reading
from .scripts import script_view, scripts
from .words import export, words

__all__ = ["export", "get_subject", "reading", "script_view", "scripts", "words"]
