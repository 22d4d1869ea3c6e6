"""What open pages are told of an event. The same frames go over sockets and into catching up."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from exchange.boards import fragments
from exchange.boards.models import Post
from exchange.ledger.models import Event

type Frame = dict[str, Any]
type Posts = Mapping[int, Post]
type Forms = Mapping[int, bytes]
type Builder = Callable[[Event, Posts, Forms], Frame]


def posts_of(events: Iterable[Event]) -> dict[int, Post]:
    """The posts that the frames of many events need, by id, in one query."""
    ids = {event.target_id for event in events if BUILDERS.get(event.verb) is _post}
    if not ids:
        return {}
    return Post.objects.select_related("passage", "author", "thread").in_bulk(ids)


def build(events: Iterable[Event], posts: Posts, language: str) -> list[Frame]:
    """Frames in the order of `events`, in one interface language; other verbs have none."""
    told = [event for event in events if event.verb in BUILDERS]
    ids = {event.target_id for event in told if BUILDERS[event.verb] is _post}
    # A post is sent as it is now, in the form that everybody may read, whatever the event said.
    forms = fragments.public_forms([posts[i] for i in sorted(ids & posts.keys())], language)
    return [
        BUILDERS[event.verb](event, posts, forms) for event in told if _has_target(event, posts)
    ]


def newest(events: Iterable[Event]) -> list[Event]:
    """Of several events of one thing only the last: its frame shows what all of them did."""
    last = {event.target: event for event in events if event.verb in BUILDERS}
    return sorted(last.values(), key=lambda event: event.id)


def _post(event: Event, posts: Posts, forms: Forms) -> Frame:
    post = posts[event.target_id]
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
    return BUILDERS[event.verb] is not _post or event.target_id in posts


BUILDERS: dict[str, Builder] = {
    "post.created": _post,
    "post.edited": _post,
    "post.deleted": _post,
    "post.hidden": _post,
    "post.restored": _post,
    "thread.locked": _thread,
    "thread.unlocked": _thread,
    "thread.pinned": _thread,
    "thread.unpinned": _thread,
    "thread.moved": _thread,
}
