"""What the gates (safety/gates.py) say of words before they are written: the facts are gathered here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils import timezone

from exchange.figures.actions import EntryDraft
from exchange.languages.actions import Draft
from exchange.languages.models import Translation, family
from exchange.languages.render import bare_links, read
from exchange.safety import gates
from exchange.safety.models import Switch
from exchange.safety.queries import filters, is_on, rule
from exchange.safety.watching import Entry, Filters
from exchange.uploads.actions import PictureDraft
from exchange.web.templatetags.bilingual import localised

from . import queries
from .models import Post

# What readers see may be written otherwise, and lead elsewhere: entities, links, backslashes. Without
# one of these a link is an address in plain sight.
_MARKED = re.compile(r"[&<\[\\]")


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one of its views. `family` is the one that it is in, "" for none or both; `links` are
    the addresses that it is shown with."""

    text: str
    family: str = ""
    links: tuple[str, ...] = ()


def of_new(
    author: Any,
    drafts: Iterable[Draft | None],
    entries: Sequence[EntryDraft] = (),
    pictures: Sequence[PictureDraft] = (),
) -> gates.Verdict:
    """Of a post that is to be: its title's halves, its own, its captions, its places."""
    looked_for = filters()
    texts = _said(drafts, entries, pictures, looked_for)
    return gates.words(
        queries.sender(author),
        hits=_hits(looked_for, texts, author),
        links=len(_sites(texts)),
        holds_all=is_on(Switch.HOLD_ALL),
    )


def of_edit(
    author: Any,
    post: Post,
    drafts: Iterable[Draft | None],
    entries: Sequence[EntryDraft] = (),
    pictures: Sequence[PictureDraft] = (),
) -> gates.Verdict:
    """What an edit adds: what stood there before was let through, or looked at, already."""
    looked_for = filters()
    texts = _said(drafts, entries, pictures, looked_for)
    hits, sites = _hits(looked_for, texts, author), _sites(texts)
    sender, holds_all = queries.sender(author), is_on(Switch.HOLD_ALL)
    if not (hits or sites or holds_all or not sender.is_trusted):
        return gates.ALLOWED
    before = _standing(post)
    if {one.text for one in texts} <= {one.text for one in before}:
        return gates.ALLOWED
    # Many edits are no burst.
    return gates.words(
        replace(sender, lately=0),
        hits=_without(hits, looked_for, before, author),
        links=len(sites - _sites(before)),
        holds_all=holds_all,
    )


def of_aside(
    author: Any, drafts: Iterable[Draft | None], before: Iterable[Draft] = ()
) -> gates.Verdict:
    """Of what is no post and cannot wait: a translation, a correction, a word, a question. What stands
    in the texts `before`, which it is about, is no news."""
    looked_for = filters()
    texts = _said(drafts, (), (), looked_for)
    hits, sites = _hits(looked_for, texts, author), _sites(texts)
    holds_all = is_on(Switch.HOLD_ALL)
    if not (hits or sites or holds_all):
        return gates.ALLOWED
    said = _said(before, (), (), looked_for)
    return gates.aside(
        queries.sender(author),
        hits=_without(hits, looked_for, said, author),
        links=len(sites - _sites(said)),
        holds_all=holds_all,
    )


def catches(looked_for: Filters, post: Post) -> bool:
    """Whether something that may be looked for stands in a post, loaded with its halves and title."""
    passages = [post.passage, *([post.thread.title] if post.is_opening else [])]
    texts = [(one.body, one.language) for one in passages]
    texts += [
        (half.body, half.language)
        for one in passages
        for half in one.translations.all()
        if half.kind == Translation.Kind.AUTHOR
    ]
    return any(
        looked_for.hits(view.text, view.family)
        for text, language in texts
        for view in views(text, family(language))
    )


# A trial: as far back as a moderator remembers, and as many posts as a page can wait for.
TRIED_BACK = timedelta(days=30)
MOST_TRIED = 5_000
LONGEST_TRIAL = 2.0  # seconds
MOST_SHOWN = 20
AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Trial:
    """What would have been caught: `count` of the latest `looked_at` posts, the first few as `posts`.
    `whole` is false where there were more than a trial has time for."""

    posts: list[Post]
    count: int
    looked_at: int
    whole: bool


def trial(entry: Entry) -> Trial:
    """Of the posts that everybody reads, the latest first, whatever language they are in."""
    looked_for, until = Filters([entry]), monotonic() + LONGEST_TRIAL
    recent = Post.objects.filter(created_at__gt=timezone.now() - TRIED_BACK, **Post.SHOWN)
    recent = recent.select_related("passage", "author", "thread__board", "thread__title")
    halves = ("passage__translations", "thread__title__translations")
    caught: list[Post] = []
    looked_at = count = 0
    while looked_at < MOST_TRIED and monotonic() < until:
        rows = recent.order_by("-pk").prefetch_related(*halves)[looked_at : looked_at + AT_ONCE]
        found = [post for post in rows if catches(looked_for, post)]
        looked_at, count = looked_at + len(rows), count + len(found)
        caught += found[: MOST_SHOWN - len(caught)]
        if len(rows) < AT_ONCE:
            return Trial(caught, count, looked_at, whole=True)
    return Trial(caught, count, looked_at, whole=False)


def _said(
    drafts: Iterable[Draft | None],
    entries: Sequence[EntryDraft],
    pictures: Sequence[PictureDraft],
    looked_for: Filters,
) -> list[Said]:
    """Languages are found out only where something is looked for."""
    named = [*drafts, *(each for one in pictures for each in (one.caption, one.description))]
    found: list[Said] = []
    for draft in filter(None, named):
        own, other = ("", "") if looked_for.is_empty else (draft.found, draft.found_other)
        found += views(draft.body, family(own)) + views(draft.body_other, family(other))
    return found + [Said(entry.city_name) for entry in entries if entry.city_name]


def views(text: str, name: str) -> list[Said]:
    """As it is typed, and where that may be another thing as it is read and where its links lead."""
    if not text:
        return []
    if not _MARKED.search(text):
        return [Said(text, name, bare_links(text))]
    words, links = read(text)
    found = [Said(text, name, links)]
    if words != text:
        found.append(Said(words, name))
    if hidden := [link for link in links if link not in text]:
        found.append(Said("\n".join(hidden)))
    return found


def _hits(found: Filters, texts: Iterable[Said], author: Any) -> list[gates.Hit]:
    if found.is_empty or queries.roles(author).any:
        return []
    entries = {hit.id: hit for one in texts for hit in found.hits(one.text, one.family)}
    return [
        gates.Hit(entry.id, entry.kind, entry.rule, localised(named.name) if named else "")
        for entry in entries.values()
        for named in [rule(entry.rule)]
    ]


def _without(
    hits: list[gates.Hit], found: Filters, before: Iterable[Said], author: Any
) -> list[gates.Hit]:
    """Those of what did not stand there before."""
    known = {hit.watch for hit in _hits(found, before, author)} if hits else set()
    return [hit for hit in hits if hit.watch not in known]


def _sites(texts: Iterable[Said]) -> set[str]:
    own = settings.SITE_HOST
    return {site for one in texts for site in gates.sites(one.text, one.links, own)}


def _standing(post: Post) -> list[Said]:
    """What a post and its title say now, in their authors' halves and captions."""
    passages = [post.passage, *([post.thread.title] if post.is_opening else [])]
    passages += list(post.passage.parts.all())
    halves = Translation.objects.filter(passage__in=passages, kind=Translation.Kind.AUTHOR)
    found = [each for one in passages for each in views(one.body, family(one.language))]
    found += [each for half in halves for each in views(half.body, family(half.language))]
    cities = post.passage.entries.filter(until=None).values_list("city_name", flat=True)
    return found + [Said(city) for city in cities if city]
