"""What moderators look at: anything that a member wrote, seen the same way whatever it is.

A target is named as the ledger names it. All of them are a post, or stand under one:

- `post.7`: a post, both halves of it;
- `picture.7`: a picture of a post, with its caption and description;
- `translation.7`: the members' half of a text, as it was accepted;
- `proposal.7`: a member's translation as it was proposed, whether or not it was accepted since;
- `correction.7`: a better way to say a sentence;
- `figure.7`: a cost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from exchange.boards.models import Post
from exchange.figures.models import Entry
from exchange.languages.models import Correction, Passage, Proposal, Translation
from exchange.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class Target:
    """`thing` is the row itself, `text` its own words (a post's are its passage's), `version` a number
    that is another one once they are others. `author` is None for who is no longer a member."""

    name: str
    kind: str
    thing: Any
    post: Post
    author: Any
    text: str
    language: str
    version: int

    @property
    def passage(self) -> Passage:
        """The text that it is, or that it is about."""
        if self.kind in ("translation", "proposal", "correction"):
            about: Passage = self.thing.passage
            return about
        return self.post.passage

    @property
    def is_shown(self) -> bool:
        """Whether everybody can see it."""
        if self.post.state != "shown":
            return False
        if self.kind == "picture":
            return bool(self.thing.state == "shown")
        if self.kind == "correction":
            return self.thing.withdrawn_at is None
        if self.kind == "proposal":
            return self.thing.state in (Proposal.State.OPEN, Proposal.State.ACCEPTED)
        return self.kind != "figure" or self.thing.until is None

    @property
    def waits(self) -> bool:
        """Whether it is shown to nobody before a moderator looked at it. What is hidden waits for no
        look, and nothing that is deleted does."""
        if self.post.state in ("hidden", "deleted"):
            return False
        return self.kind in ("post", "picture") and bool(self.thing.state == "held")


def find(name: str) -> Target | None:
    """What a name stands for, whoever may see it; None where it is gone."""
    return find_many([name]).get(name)


def find_many(names: Iterable[str]) -> dict[str, Target]:
    """By their names, those that are there: in at most two queries for each kind."""
    wanted: dict[str, set[int]] = {}
    for name in names:
        kind, _, number = name.partition(".")
        if number.isascii() and number.isdecimal() and len(number) < 19:
            wanted.setdefault(kind, set()).add(int(number))
    found: dict[str, Target] = {}
    for kind, ids in wanted.items():
        if kind in FINDERS:
            found |= {target.name: target for target in FINDERS[kind](ids)}
    return found


def names_of(post: Post) -> set[str]:
    """Those of a post, loaded with its thread, and of all that stands under it."""
    texts = [post.passage_id, *post.passage.parts.values_list("pk", flat=True)]
    texts += [post.thread.title_id] if post.is_opening else []
    of_texts: dict[str, Any] = {
        "translation": Translation,
        "proposal": Proposal,
        "correction": Correction,
        "figure": Entry,
        "picture": Upload,
    }
    found = {post.target}
    for kind, rows in of_texts.items():
        ids = rows.objects.filter(passage__in=texts).values_list("pk", flat=True)
        found |= {f"{kind}.{pk}" for pk in ids}
    return found


def of_post(post: Post) -> Target:
    passage = post.passage
    return Target(
        post.target,
        "post",
        post,
        post,
        post.author,
        passage.body,
        passage.language,
        passage.version,
    )


def of_picture(upload: Upload, post: Post) -> Target:
    said = [text for text in (upload.caption, upload.description) if text and text.body]
    return Target(
        f"picture.{upload.pk}",
        "picture",
        upload,
        post,
        post.author,
        "\n".join(text.body for text in said),
        said[0].language if said else post.passage.language,
        fingerprint(*(text.body for text in said)),
    )


def fingerprint(*words: str) -> int:
    """A version for what counts none: another number once the words are others."""
    return crc32("\0".join(words).encode()) & 0x7FFFFFFF


def _posts(ids: set[int]) -> Iterable[Target]:
    return [of_post(post) for post in _whole(Post.objects.filter(pk__in=ids))]


def _pictures(ids: set[int]) -> Iterable[Target]:
    found = Upload.objects.filter(pk__in=ids).select_related("caption", "description")
    posts = _by_text({upload.passage_id for upload in found if upload.passage_id})
    return [of_picture(up, posts[up.passage_id]) for up in found if up.passage_id in posts]


def _translations(ids: set[int]) -> Iterable[Target]:
    found = Translation.objects.filter(pk__in=ids, kind=Translation.Kind.MEMBER)
    return _about_texts("translation", found)


def _proposals(ids: set[int]) -> Iterable[Target]:
    return _about_texts("proposal", Proposal.objects.filter(pk__in=ids))


def _about_texts(kind: str, rows: Any) -> Iterable[Target]:
    """Of what members made of a text: its post is the one that the text, or its whole, is."""
    found = list(rows.select_related("passage__within", "by"))
    posts = _by_text({row.passage.within_id or row.passage_id for row in found})
    titles = _by_title({row.passage_id for row in found})
    for row in found:
        post = posts.get(row.passage.within_id or row.passage_id) or titles.get(row.passage_id)
        if post:
            version = fingerprint(row.body)
            yield Target(
                f"{kind}.{row.pk}", kind, row, post, row.by, row.body, row.language, version
            )


def _corrections(ids: set[int]) -> Iterable[Target]:
    found = Correction.objects.filter(pk__in=ids)
    rows = list(found.select_related("passage__within", "by", "reason"))
    posts = _by_text({row.passage.within_id or row.passage_id for row in rows})
    for row in rows:
        if post := posts.get(row.passage.within_id or row.passage_id):
            said = [row.corrected, *([row.reason.body] if row.reason else [])]
            yield Target(
                f"correction.{row.pk}",
                "correction",
                row,
                post,
                row.by,
                "\n".join(said),
                row.passage.language,
                fingerprint(*said),
            )


def _figures(ids: set[int]) -> Iterable[Target]:
    found = Entry.objects.filter(pk__in=ids).select_related("passage", "author", "item")
    posts = _by_text({entry.passage_id for entry in found})
    for entry in found:
        if post := posts.get(entry.passage_id):
            said = f"{entry.amount} {entry.currency} {entry.period} {entry.city_name}"
            language = entry.passage.language
            version = fingerprint(said)
            yield Target(entry.target, "figure", entry, post, entry.author, "", language, version)


def _by_text(passage_ids: set[int]) -> dict[int, Post]:
    posts = _whole(Post.objects.filter(passage__in=passage_ids)) if passage_ids else []
    return {post.passage_id: post for post in posts}


def _by_title(passage_ids: set[int]) -> dict[int, Post]:
    """The opening posts of the threads with these titles."""
    found = Post.objects.filter(thread__title__in=passage_ids, number=1)
    return {post.thread.title_id: post for post in _whole(found)} if passage_ids else {}


def _whole(posts: Any) -> list[Post]:
    return list(
        posts.select_related(
            "passage", "author", "thread__board", "thread__title", "thread__author"
        )
    )


FINDERS = {
    "post": _posts,
    "picture": _pictures,
    "translation": _translations,
    "proposal": _proposals,
    "correction": _corrections,
    "figure": _figures,
}
