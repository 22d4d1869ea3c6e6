"""What open pages are told of an event. The same frames go over sockets and into catching up."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q

from exchange.boards import fragments
from exchange.boards.models import Post
from exchange.languages.models import Passage
from exchange.ledger.models import Event

type Frame = dict[str, Any]
type Posts = Mapping[str, Post]
type Forms = Mapping[int, bytes]
type Builder = Callable[[Event, Posts, Forms], Frame]


def posts_of(events: Iterable[Event]) -> dict[str, Post]:
    """The posts that the frames of many events need, by the events' targets, in one query.

    What happened to a text, `passage.12`, shows on the post that it is the words of, or of whose
    pictures it speaks. A title has none.
    """
    shown = {event.target for event in events if BUILDERS.get(event.verb) is _post}
    ids = {kind: _numbers(shown, kind) for kind in ("post", "passage")}
    if not any(ids.values()):
        return {}
    parts = _parts(ids["passage"])
    wanted = Q(pk__in=ids["post"]) | Q(passage__in=ids["passage"] | set(parts.values()))
    posts = list(Post.objects.select_related("passage", "author", "thread").filter(wanted))
    by_text = {post.passage_id: post for post in posts}
    return (
        {post.target: post for post in posts}
        | {post.passage.target: post for post in posts}
        | {f"passage.{pk}": by_text[whole] for pk, whole in parts.items() if whole in by_text}
    )


def _parts(passage_ids: set[int]) -> dict[int, int]:
    """Of what is within a text which one that is, by ids."""
    if not passage_ids:
        return {}
    found = Passage.objects.filter(pk__in=passage_ids).values_list("pk", "within")
    return {pk: whole for pk, whole in found if whole}


def build(events: Iterable[Event], posts: Posts, language: str) -> list[Frame]:
    """Frames in the order of `events`, in one interface language; other verbs have none."""
    told = [event for event in events if event.verb in BUILDERS]
    shown = {event.target for event in told if BUILDERS[event.verb] is _post}
    # A post is sent as it is now, in the form that everybody may read, whatever the event said.
    found = {posts[target].pk: posts[target] for target in sorted(shown & posts.keys())}
    forms = fragments.public_forms(list(found.values()), language)
    return [
        BUILDERS[event.verb](event, posts, forms) for event in told if _has_target(event, posts)
    ]


def newest(events: Iterable[Event]) -> list[Event]:
    """Of several events of one thing only the last: its frame shows what all of them did."""
    last = {event.target: event for event in events if event.verb in BUILDERS}
    return sorted(last.values(), key=lambda event: event.id)


def _post(event: Event, posts: Posts, forms: Forms) -> Frame:
    post = posts[event.target]
    return {
        "event": event.id,
        "kind": "post",
        "scope": event.scope,
        "verb": event.verb,
        "number": post.number,
        "post": post.pk,
        "html": forms[post.pk].decode(),
    }


def _thread(event: Event, posts: Posts, forms: Forms) -> Frame:
    return {"event": event.id, "kind": "thread", "scope": event.scope, "verb": event.verb}


def _has_target(event: Event, posts: Posts) -> bool:
    return BUILDERS[event.verb] is not _post or event.target in posts


def _numbers(targets: Iterable[str], kind: str) -> set[int]:
    parts = [target.split(".") for target in targets]
    return {int(number) for found, number in parts if found == kind}


BUILDERS: dict[str, Builder] = {
    "post.created": _post,
    "post.edited": _post,
    "post.deleted": _post,
    "post.hidden": _post,
    "post.restored": _post,
    "picture.released": _post,
    "picture.hidden": _post,
    "picture.restored": _post,
    "translation.accepted": _post,
    "translation.made": _post,
    "passage.language_named": _post,
    "correction.offered": _post,
    "correction.withdrawn": _post,
    "thread.locked": _thread,
    "thread.unlocked": _thread,
    "thread.pinned": _thread,
    "thread.unpinned": _thread,
    "thread.moved": _thread,
}
