"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject
from .machine import machine_translation

__all__ = ["get_subject", "machine_translation"]
