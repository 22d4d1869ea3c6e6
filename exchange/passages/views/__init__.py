"""The pages that act on any passage: its language, its translations, its words."""

from .gates import get_subject

__all__ = ["get_subject"]
