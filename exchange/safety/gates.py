"""What a moderator looks at before everybody sees it. Whoever asks brings the facts.

Words are never held here: they can be taken back within a minute, and are read by few until then. A
picture is seen by everybody who scrolls past it.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

# An account that was made to post one picture posts it at once. Who is still here on the third day
# came to talk.
NEWCOMER_AGE = timedelta(days=3)
# So many posts that stand were read by others, who could have reported them; an evening's talk.
NEWCOMER_POSTS = 3
# Two posts full of pictures. More of one person's would keep moderators from everybody else's.
MOST_WAITING = 8

TOO_MANY_WAIT = gettext_lazy(
    "So many of your pictures wait for a moderator's look that no more can be added just now. Please"
    " take the pictures out and send the text: they can be added to it later, by “Edit”."
)


class Answer(StrEnum):
    ALLOW = "allow"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a text in the reader's language, "" where all may see it at once."""

    answer: Answer
    reason: Any = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of somebody who sends pictures.

    `posts` counts those that everybody can read, up to NEWCOMER_POSTS; `waiting` the pictures that
    are held. `is_exempt`: moderators, staff, the sample people. `is_known`: a moderator looked at a
    picture of theirs before, and let it through.
    """

    age: timedelta
    posts: int = 0
    waiting: int = 0
    is_exempt: bool = False
    is_known: bool = False

    @property
    def is_newcomer(self) -> bool:
        return self.age < NEWCOMER_AGE or self.posts < NEWCOMER_POSTS


ALLOWED = Verdict(Answer.ALLOW)


def waits(count: int) -> Any:
    """What the author of `count` held pictures is told."""
    return ngettext_lazy(
        "Your picture waits for a moderator's look, as every newcomer's first ones do; your text is"
        " already there.",
        "Your pictures wait for a moderator's look, as every newcomer's first ones do; your text is"
        " already there.",
        count,
    )


def pictures(sender: Sender, count: int) -> Verdict:
    """What happens to `count` more pictures of somebody. The same in every language."""
    if not count or sender.is_exempt or sender.is_known or not sender.is_newcomer:
        return ALLOWED
    if sender.waiting + count > MOST_WAITING:
        return Verdict(Answer.REFUSE, TOO_MANY_WAIT)
    return Verdict(Answer.HOLD, waits(count))
