"""Machine translation: engines behind one protocol, none by default, and all of them distrusted."""

from .body import MOST_CHARACTERS, Outcome, translate_body, translate_spans
from .choice import chosen
from .protocol import (
    Broken,
    EngineError,
    Health,
    OutOfQuota,
    Translator,
    Unavailable,
    Unsupported,
)
from .verdict import REASONS

__all__ = [
    "MOST_CHARACTERS",
    "REASONS",
    "Broken",
    "EngineError",
    "Health",
    "OutOfQuota",
    "Outcome",
    "Translator",
    "Unavailable",
    "Unsupported",
    "chosen",
    "translate_body",
    "translate_spans",
]
