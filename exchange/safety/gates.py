"""What a moderator looks at before everybody sees it. Whoever asks brings the facts.

A newcomer's plain words are shown at once, and looked at soon after: few read them until then. What
spam is made of waits: pictures, links, many posts within minutes. Nobody's nationality or language is
among the facts.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

# An account that was made to post one picture posts it at once. Who is still here on the third day
# came to talk.
NEWCOMER_AGE = timedelta(days=3)
# So many posts that stand were read by others, who could have reported them; an evening's talk.
NEWCOMER_POSTS = 3
# Who reads a lot first knows the tone here: a day and so much reading are as good as three days.
READ_ENOUGH = 90  # minutes, of which an hour a day is counted
READER_AGE = timedelta(days=1)
# A lively newcomer answers once a minute; who posts faster than that is copying.
BURST_POSTS = 5
BURST_WITHIN = timedelta(minutes=5)
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


class Why(StrEnum):
    """Why words wait, as the ledger keeps it."""

    LINK = "link"
    BURST = "burst"
    FILTER = "filter"
    ALL = "all"


# To the author of a new post that waits, above the page.
POST_WAITS = gettext_lazy(
    "Your post waits for a moderator's look. Until then only you and the moderators see it."
)
# What the author of words that wait is told, and the moderators.
WHY_HELD: dict[str, Any] = {
    Why.LINK: gettext_lazy("A newcomer's first links wait for a moderator's look."),
    Why.BURST: gettext_lazy("Many posts within a few minutes wait for a moderator's look."),
    Why.FILTER: gettext_lazy("Something in it may be against the house rules."),
    Why.ALL: gettext_lazy("At the moment a moderator looks at every post before it is shown."),
}
MINUTE, HOUR = 60, 3600  # seconds

# Where nothing can wait.
CANNOT_WAIT: dict[str, Any] = {
    Why.LINK: gettext_lazy(
        "A newcomer's first links wait for a moderator's look, and only posts can wait. Please leave"
        " the address out; nothing was sent."
    ),
    Why.FILTER: gettext_lazy(
        "Something in your text may be against the house rules and would have to wait for a moderator's"
        " look, and only posts can wait. Please change it; nothing was sent."
    ),
    Why.ALL: gettext_lazy(
        "At the moment a moderator looks at everything before it is shown, and only posts can wait."
        " Please keep your words and send them later; nothing was sent."
    ),
}

REFUSED = gettext_lazy(
    "There is something in your text that is not possible here, by this house rule: %(rule)s. Please"
    " change it; nothing was sent."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is a text in the reader's language, "" where all may see it at once.

    Of words: `why` they wait, `review` where they are shown and looked at soon after, `rule` and
    `watch` (a code and an id) where something that is looked for was found in them.
    """

    answer: Answer
    reason: Any = ""
    why: str = ""
    review: bool = False
    rule: str = ""
    watch: int = 0

    @property
    def holds(self) -> bool:
        return self.answer == Answer.HOLD

    @property
    def refuses(self) -> bool:
        return self.answer == Answer.REFUSE

    @property
    def told(self) -> dict[str, int | str]:
        """For the event of the post: ids and codes alone."""
        found: dict[str, int | str] = {"why": str(self.why), "watch": self.watch}
        found |= {"review": 1} if self.review else {}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of somebody who posts.

    `posts` counts those that everybody can read, up to NEWCOMER_POSTS; `waiting` the pictures that
    are held; `lately` the posts within BURST_WITHIN; `minutes_read` how long threads were open before
    them. `is_exempt`: moderators, staff, the sample people. `is_known`: a moderator looked at
    something of theirs that waited, and let it through. `is_moderator`: what is looked for in
    everybody's words is not looked for in theirs, who quote and explain it.
    """

    age: timedelta
    posts: int = 0
    waiting: int = 0
    lately: int = 0
    minutes_read: int = 0
    is_exempt: bool = False
    is_known: bool = False
    is_moderator: bool = False

    @property
    def is_newcomer(self) -> bool:
        if self.posts < NEWCOMER_POSTS:
            return True
        has_read = self.age >= READER_AGE and self.minutes_read >= READ_ENOUGH
        return self.age < NEWCOMER_AGE and not has_read

    @property
    def is_trusted(self) -> bool:
        return self.is_exempt or self.is_known or not self.is_newcomer


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that is looked for and was found: what shall happen, and by which rule."""

    watch: int
    kind: str  # as in models.Watch.Kind
    rule: str
    rule_name: Any = ""


ALLOWED = Verdict(Answer.ALLOW)


def usually(wait: timedelta | None) -> Any:
    """How long it takes until a moderator has looked, a sentence. None: nobody knows yet."""
    seconds = wait.total_seconds() if wait is not None else -1
    if seconds < 0:
        return gettext_lazy("A moderator sees it at the next visit.")
    if seconds <= 10 * MINUTE:
        return gettext_lazy("That usually takes a few minutes.")
    if seconds <= 50 * MINUTE:
        minutes = 10 * ceil(seconds / (10 * MINUTE))
        return ngettext_lazy(
            "That usually takes about %(count)d minute.",
            "That usually takes about %(count)d minutes.",
            minutes,
        ) % {"count": minutes}
    if seconds <= 20 * HOUR:
        hours = ceil(seconds / HOUR)
        return ngettext_lazy(
            "That usually takes about %(count)d hour.",
            "That usually takes about %(count)d hours.",
            hours,
        ) % {"count": hours}
    return gettext_lazy("That usually takes a day or more.")


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
    if not count or sender.is_trusted:
        return ALLOWED
    if sender.waiting + count > MOST_WAITING:
        return Verdict(Answer.REFUSE, TOO_MANY_WAIT)
    return Verdict(Answer.HOLD, waits(count))


def words(
    sender: Sender, *, hits: Sequence[Hit] = (), links: int = 0, holds_all: bool = False
) -> Verdict:
    """What happens to words of somebody. The same in every language.

    `hits` are of what they did not say before, `links` those to other sites that were not there.
    """
    if refused := _first(hits, "refuse"):
        reason = str(REFUSED) % {"rule": refused.rule_name}
        return Verdict(Answer.REFUSE, reason, rule=refused.rule, watch=refused.watch)
    held, is_new = _first(hits, "hold"), not sender.is_trusted
    for why, is_so in (
        (Why.FILTER, held is not None),
        (Why.ALL, holds_all and not sender.is_moderator),
        (Why.LINK, is_new and links > 0),
        (Why.BURST, is_new and sender.lately >= BURST_POSTS),
    ):
        if is_so:
            return _held(why, held)
    if flagged := _first(hits, "flag"):
        return Verdict(Answer.ALLOW, review=True, rule=flagged.rule, watch=flagged.watch)
    is_first = is_new and sender.posts < NEWCOMER_POSTS
    return Verdict(Answer.ALLOW, review=True) if is_first else ALLOWED


def aside(
    sender: Sender, *, hits: Sequence[Hit] = (), links: int = 0, holds_all: bool = False
) -> Verdict:
    """As `words`, of what cannot wait: what would have to is refused. In a time of attack those whom
    moderators know go on."""
    holds_all = holds_all and not sender.is_trusted
    verdict = words(replace(sender, lately=0), hits=hits, links=links, holds_all=holds_all)
    if verdict.holds:
        return replace(verdict, answer=Answer.REFUSE, reason=CANNOT_WAIT[verdict.why])
    return verdict if verdict.watch else ALLOWED


def _held(why: Why, hit: Hit | None) -> Verdict:
    rule, watch = (hit.rule, hit.watch) if hit else ("", 0)
    return Verdict(Answer.HOLD, WHY_HELD[why], why=why, rule=rule, watch=watch)


def _first(hits: Sequence[Hit], kind: str) -> Hit | None:
    return next((hit for hit in hits if hit.kind == kind), None)


# Also where the page makes no link of it, in a title: readers can copy it.
_SITE = re.compile(
    r"https?://(\[[0-9a-f:.]+\]|[^\s/?#\\()<>\[\]\"'，。、；：！？]+)"
    r"|(?<![a-z0-9.@-])(www\.[\w-]+\.[\w.-]+)",
    re.IGNORECASE,
)
_HOST = re.compile(r"https?://([^/?#\\]*)", re.IGNORECASE)


def sites(text: str, links: Iterable[str] = (), own_host: str = "") -> set[str]:
    """The hosts of other sites that a text leads to, in small letters: of what looks like an address in
    it, and of its `links` as browsers are given them."""
    found = {_host(match[1] or match[2]) for match in _SITE.finditer(text)}
    found |= {_host(match[1]) for link in links if (match := _HOST.match(link))}
    return found - {own_host.lower()}


def _host(address: str) -> str:
    """In normal form, without whom it names before an `@` and the end of a sentence."""
    host = unicodedata.normalize("NFKC", address).lower().rpartition("@")[2]
    return host.rstrip(".,:;!*_~")
