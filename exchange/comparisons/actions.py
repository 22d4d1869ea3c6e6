"""The one write about a figure that says something in words of its own."""

from typing import Any

from exchange.boards import screening
from exchange.boards.actions import Refused, let_through
from exchange.boards.models import Post
from exchange.figures import actions as figures
from exchange.figures.models import Entry, Question
from exchange.languages.actions import Draft

__all__ = ["Refused", "ask"]


def ask(*, by: Any, entry: Entry, post: Post, reason: str, note: str) -> Question | None:
    """As figures.actions.ask. Raises Refused, of words that the figure's text itself does not say."""
    there = Draft(post.passage.body, language=post.passage.language)
    let_through(screening.of_aside(by, [Draft(note)], before=[there]))
    return figures.ask(by=by, entry=entry, reason=reason, note=note, scope=post.thread.scope)
