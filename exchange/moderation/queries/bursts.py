"""Waves: many new accounts that post the same link, or nearly the same words, within some days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from exchange.boards.models import Post
from exchange.languages.models import Passage, Translation
from exchange.moderation.models import Case
from exchange.safety import likeness
from exchange.safety.gates import NEWCOMER_AGE
from exchange.safety.likeness import Written

# Hours to look back: an evening's wave, a weekend's.
WINDOWS = (24, 48, 72)
# Of the newest posts of newcomers so many are looked at: more than a thousand new people write.
MOST_POSTS = 2_000
# One person with two accounts is no wave, and two friends may share a link.
FEWEST_ACCOUNTS = 3
# The whole of a wave is one page and one decision; of a larger one the rest comes after it.
MOST_IN_ONE = 200
SAMPLES = 3
_LEADS_TO = re.compile(r'href="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Member:
    """A post of a wave. `half` is what its author wrote in the other language."""

    post: Post
    half: Translation | None
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class Burst:
    """Posts that belong together, oldest first. `id` is the oldest one's: it is the same tomorrow."""

    members: list[Member]

    @property
    def id(self) -> int:
        return self.members[0].post.pk

    @property
    def posts(self) -> list[Post]:
        return [member.post for member in self.members]

    @property
    def accounts(self) -> list[Any]:
        return list({post.author_id: post.author for post in self.posts}.values())

    @property
    def began(self) -> datetime:
        return self.members[0].post.created_at

    @property
    def ended(self) -> datetime:
        return self.members[-1].post.created_at

    @property
    def link(self) -> str:
        """What most of them link to; "" where fewer than half do."""
        counted: dict[str, int] = {}
        for member in self.members:
            for link in member.links:
                counted[link] = counted.get(link, 0) + 1
        most = max(counted, key=lambda link: (counted[link], link), default="")
        return most if most and 2 * counted[most] >= len(self.members) else ""

    @property
    def samples(self) -> list[Member]:
        """Some of the texts, each of another account and in other words."""
        found: dict[str, Member] = {}
        seen: set[int] = set()
        for member in self.members:
            if member.post.author_id not in seen:
                seen.add(member.post.author_id)
                found.setdefault(member.post.passage.body, member)
        return list(found.values())[:SAMPLES]


def bursts(hours: int) -> list[Burst]:
    """The waves of the last so many hours, the largest first. Two queries, however many there are."""
    posts = _newcomers_posts(hours)
    halves = _other_halves(posts)
    texts: list[Written] = []
    by_id: dict[int, Member] = {}
    for post in posts:
        half = halves.get(post.passage_id)
        text = likeness.look_at(post.pk, _read(post.passage, half), own_host=settings.SITE_HOST)
        texts.append(text)
        by_id[post.pk] = Member(post, half, text.links)
    found = [Burst([by_id[text.key] for text in wave]) for wave in likeness.waves(texts)]
    large = [burst for burst in found if len(burst.accounts) >= FEWEST_ACCOUNTS]
    return sorted(large, key=lambda burst: (-len(burst.accounts), -len(burst.members), burst.id))


def burst(hours: int, burst_id: int) -> Burst | None:
    """The wave that this post is in, cut after MOST_IN_ONE. None where it is in none any more."""
    for found in bursts(hours):
        if any(post.pk == burst_id for post in found.posts):
            return Burst(found.members[:MOST_IN_ONE])
    return None


def holders(moderator: Any, posts: Iterable[Post]) -> dict[int, Any]:
    """By the post, which other moderator works on a case of it now."""
    open_ones = Case.objects.filter(post__in=[post.pk for post in posts], closed_at=None)
    taken = open_ones.exclude(claimed_by=None).exclude(claimed_by=moderator.pk)
    return {
        case.post_id: case.claimed_by
        for case in taken.select_related("claimed_by")
        if case.is_claimed
    }


def _read(passage: Passage, half: Translation | None) -> str:
    """The words of both halves, and where their links lead, however those were typed."""
    written = [one for one in (passage, half) if one]
    links = [unescape(link) for one in written for link in _LEADS_TO.findall(one.html)]
    return "\n".join([*(one.body for one in written), *links])


def _newcomers_posts(hours: int) -> list[Post]:
    """Oldest first; those that wait for a look are among them, those that are gone are not."""
    since = timezone.now() - timedelta(hours=hours)
    found = (
        Post.objects.filter(created_at__gte=since, deleted_at=None, hidden_at=None)
        # Whoever was new when it was written. The first bound lets the database find the few accounts.
        .filter(author__date_joined__gte=since - NEWCOMER_AGE, author__is_sample=False)
        .filter(created_at__lt=F("author__date_joined") + NEWCOMER_AGE)
        .exclude(author__is_staff=True)
        .select_related("passage", "author", "thread__board", "thread__title")
        .order_by("-id")[:MOST_POSTS]
    )
    return list(found)[::-1]


def _other_halves(posts: Iterable[Post]) -> dict[int, Translation]:
    """By the passage, what authors themselves wrote in the other language."""
    passages = [post.passage_id for post in posts]
    halves = Translation.objects.filter(passage__in=passages, kind=Translation.Kind.AUTHOR)
    return {half.passage_id: half for half in halves}
