"""How many acts of a kind within which time: the one table of it.

Each row is a bucket: after a rest so many acts go through at once, and from then on one more in each
`within / many`. So N are always allowed, and nobody waits longer than `within`.

Counted elsewhere, with the same answer (429, Retry-After, what was typed kept):

- uploads: uploads.limits.MOST_IN_HALF_AN_HOUR, by their own rows;
- log-in, sign-up, forgotten password, mails that confirm an address: allauth's ACCOUNT_RATE_LIMITS,
  whose answer is `handler429`.

Never limited: taking back what is one's own (deleting, withdrawing, discarding), and reading pages.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from .gates import NEWCOMER_AGE

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# One line of a home or an office has 2**64 addresses of IPv6 to choose from.
IPV6_PREFIX = 64

FROM_YOUR_NETWORK = _("A lot came from your network in a short time.")


@dataclass(frozen=True, slots=True)
class Rate:
    """`many` at once, and as many again in each `within`."""

    many: int
    within: timedelta

    @property
    def cost(self) -> int:
        """Microseconds until one more is allowed."""
        return self.within // timedelta(microseconds=1) // self.many

    @property
    def room(self) -> int:
        """Microseconds that a full bucket holds."""
        return self.cost * self.many


@dataclass(frozen=True, slots=True)
class Limit:
    """One kind of act. `what` tells the person what was too much.

    `account` counts one member's; `newcomer` one whose account is younger than NEWCOMER_AGE. At one
    address `address` counts what all newcomers do together (or strangers, of what they may ask for):
    new accounts cost nothing, addresses do. Who has been here longer is not counted by address, for
    a school or a dormitory has one.
    """

    what: Any
    account: Rate
    newcomer: Rate
    address: Rate


LIMITS = {
    # More than the most eager member has questions in a day, and a newcomer in an evening.
    "thread": Limit(
        _("You opened many threads in a short time."),
        account=Rate(15, HOUR),
        newcomer=Rate(5, HOUR),
        address=Rate(20, HOUR),
    ),
    # A lively evening is two replies a minute. A program that posts is stopped after six.
    "reply": Limit(
        _("You sent many replies in a short time."),
        account=Rate(30, MINUTE),
        newcomer=Rate(6, 30 * SECOND),
        address=Rate(60, 5 * MINUTE),
    ),
    "edit": Limit(
        _("You saved many edits in a short time."),
        account=Rate(60, 10 * MINUTE),
        newcomer=Rate(20, 10 * MINUTE),
        address=Rate(120, 10 * MINUTE),
    ),
    # Each is read by a volunteer, who has three minutes for it.
    "report": Limit(
        _("You sent many reports in a short time."),
        account=Rate(20, HOUR),
        newcomer=Rate(10, HOUR),
        address=Rate(40, HOUR),
    ),
    # One for each decision, and each is read by a volunteer: more than anybody was ever hidden.
    "appeal": Limit(
        _("You sent many appeals in a short time."),
        account=Rate(10, HOUR),
        newcomer=Rate(5, HOUR),
        address=Rate(20, HOUR),
    ),
    # Faster than anybody translates, slower than pasting from a machine.
    "translation": Limit(
        _("You proposed many translations in a short time."),
        account=Rate(30, 10 * MINUTE),
        newcomer=Rate(10, 10 * MINUTE),
        address=Rate(60, 10 * MINUTE),
    ),
    "translation_request": Limit(
        _("You asked for many translations in a short time."),
        account=Rate(30, HOUR),
        newcomer=Rate(10, HOUR),
        address=Rate(60, HOUR),
    ),
    # A long post has forty sentences.
    "correction": Limit(
        _("You proposed many corrections in a short time."),
        account=Rate(60, HOUR),
        newcomer=Rate(20, HOUR),
        address=Rate(120, HOUR),
    ),
    "term": Limit(
        _("You proposed or changed many words in a short time."),
        account=Rate(20, HOUR),
        newcomer=Rate(5, HOUR),
        address=Rate(40, HOUR),
    ),
    "question": Limit(
        _("You asked about many figures in a short time."),
        account=Rate(20, HOUR),
        newcomer=Rate(10, HOUR),
        address=Rate(40, HOUR),
    ),
    # Agreements, thanks, opinions on a text's language: one tap each.
    "opinion": Limit(
        _("You gave many opinions in a short time."),
        account=Rate(120, 10 * MINUTE),
        newcomer=Rate(40, 10 * MINUTE),
        address=Rate(240, 10 * MINUTE),
    ),
    "word": Limit(
        _("You kept many words in a short time."),
        account=Rate(120, 10 * MINUTE),
        newcomer=Rate(60, 10 * MINUTE),
        address=Rate(480, 10 * MINUTE),
    ),
    # Whoever is beset by many at once mutes them one by one.
    "mute": Limit(
        _("You muted a lot in a short time."),
        account=Rate(120, 10 * MINUTE),
        newcomer=Rate(60, 10 * MINUTE),
        address=Rate(240, 10 * MINUTE),
    ),
    # A script saves some seconds after each pause, in each open page.
    "draft": Limit(
        _("Your drafts were saved very often in a short time."),
        account=Rate(300, 5 * MINUTE),
        newcomer=Rate(300, 5 * MINUTE),
        address=Rate(1500, 5 * MINUTE),
    ),
}
"""Writes. They are counted in the database: exactly, over all processes, also after a restart."""

SEARCHED = _("You looked up a lot in a short time.")
FETCHED = _("You downloaded many files in a short time.")


def _lookup(what: Any, many: int, together: int) -> Limit:
    return Limit(what, Rate(many, MINUTE), Rate(many, MINUTE), Rate(together, MINUTE))


LOOKUPS = {
    # While somebody types: two a second. A class of thirty writes behind one address.
    "language_found": _lookup(SEARCHED, 120, 600),
    "figure_reading": _lookup(SEARCHED, 120, 600),
    "places": _lookup(SEARCHED, 120, 600),
    "names": _lookup(SEARCHED, 120, 600),
    # One a tap on a post; a page of them in another script is one.
    "reading": _lookup(SEARCHED, 120, 300),
    "script": _lookup(SEARCHED, 120, 300),
    # A person clicks; a program that wants them all comes back tomorrow.
    "file": _lookup(FETCHED, 20, 60),
    # Drawn anew where nobody asked before: each costs a tenth of a second.
    "image": _lookup(FETCHED, 60, 120),
}
"""What is only looked at, and counted in the cache: nearly exactly, and forgotten with it."""

# Answers to the question at sign-up from one address, in a time of attack: a class in a school gets
# through in an hour, and whoever knows all the answers gets no further than that.
SIGN_UP_QUESTIONS = Rate(20, HOUR)


@dataclass(frozen=True, slots=True)
class Wait:
    """What was too much, and after how many whole seconds it goes on."""

    what: Any
    seconds: int


def is_newcomer(joined: datetime, now: datetime) -> bool:
    """By age alone: it is asked at each write, and must cost no query."""
    return now - joined < NEWCOMER_AGE


def prefix(address: str) -> str:
    """What one line of a home shares: an IPv4 address whole, of IPv6 the network. "" for what is none."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, IPV6_PREFIX), strict=False))
    return str(found)
