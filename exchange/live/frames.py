"""What open pages are told of an event. The same frames go over sockets and into catching up."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language

from exchange.boards import fragments, queries, rules
from exchange.boards.models import Board, Post, Thread
from exchange.figures.models import Entry
from exchange.languages.models import Passage
from exchange.ledger.models import Event

type Frame = dict[str, Any]
type Forms = Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Things:
    """What events are about, as it is now: posts by the events' targets, threads by their scopes.

    `at` is the highest id of an event that was known before they were loaded. Of two frames of a thing
    the one with the lower is never the newer one; the ids of their events do not say it, because ids may
    be committed out of order.
    """

    at: int
    posts: Mapping[str, Post] = field(default_factory=dict)
    threads: Mapping[str, Thread] = field(default_factory=dict)


type Builder = Callable[[Event, Things, Forms], Frame]


def things_of(events: Iterable[Event], at: int) -> Things:
    """What the frames of many events need, in two or three queries. `at`: the highest id of an event, of
    whatever scope, that is known by now."""
    events = list(events)
    posts = _posts_of(events)
    changed = {event.scope for event in events if BUILDERS.get(event.verb) is _thread}
    changed |= {post.thread.scope for post in posts.values() if post.is_opening}
    changed |= {event.scope for event in events if _may_be_of_a_title(event, posts)}
    return Things(at, posts, _threads_of(changed))


def _posts_of(events: Iterable[Event]) -> Mapping[str, Post]:
    """By the events' targets, in one query.

    What happened to a text, `passage.12`, shows on the post that it is the words of, or of whose
    pictures it speaks. A title's shows on its thread.
    """
    shown = {_shown(event) for event in events if BUILDERS.get(event.verb) is _post}
    ids = {kind: _numbers(shown, kind) for kind in ("post", "passage")}
    if not any(ids.values()):
        return {}
    parts = _parts(ids["passage"])
    wanted = Q(pk__in=ids["post"]) | Q(passage__in=ids["passage"] | set(parts.values()))
    rows = Post.objects.select_related("passage", "author", "thread").filter(wanted)
    posts = list(rows.annotate(draws=Exists(_FIGURES)))
    by_text = {post.passage_id: post for post in posts}
    return (
        {post.target: post for post in posts}
        | {post.passage.target: post for post in posts}
        | {f"passage.{pk}": by_text[whole] for pk, whole in parts.items() if whole in by_text}
    )


# Whether any post of a post's thread ever had a figure.
_FIGURES = Entry.objects.filter(passage__post__thread=OuterRef("thread"))


def _threads_of(scopes: Collection[str]) -> dict[str, Thread]:
    if not scopes:
        return {}
    found = queries.with_title(Thread.objects).select_related("merged_into__board")
    return {thread.scope: thread for thread in found.filter(pk__in=_numbers(scopes, "thread"))}


def _parts(passage_ids: set[int]) -> dict[int, int]:
    """Of what is within a text which one that is, by ids."""
    if not passage_ids:
        return {}
    found = Passage.objects.filter(pk__in=passage_ids).values_list("pk", "within")
    return {pk: whole for pk, whole in found if whole}


def build(events: Iterable[Event], things: Things, language: str) -> list[Frame]:
    """Frames in the order of `events`, in one interface language; other verbs have none."""
    told = [event for event in events if event.verb in BUILDERS]
    posts = things.posts
    shown = {_shown(event) for event in told if BUILDERS[event.verb] is _post}
    # A post is sent as it is now, in the form that everybody may read, whatever the event said.
    found = {posts[target].pk: posts[target] for target in sorted(shown & posts.keys())}
    forms = fragments.public_forms(list(found.values()), language)
    with translation.override(language):
        return [
            frame
            for event in told
            if _has_target(event, things)
            for frame in _frames(event, things, forms)
        ]


def _frames(event: Event, things: Things, forms: Forms) -> list[Frame]:
    """Of an event one; of what an opening post comes to also that its thread opens or closes, and the title,
    which is edited with it: also after another event, where a page is told of the last one alone."""
    if _is_of_the_title(event, things):
        return [_title(event, things)]
    frames = [BUILDERS[event.verb](event, things, forms)]
    post = things.posts.get(_shown(event))
    if BUILDERS[event.verb] is not _post or post is None or not post.is_opening:
        return frames
    if event.verb in OPENS_OR_CLOSES:
        frames.append(_thread(event, things, forms))
    if event.target == post.target and not things.threads[event.scope].is_closed:
        frames.append(_title(event, things))
    return frames


def newest(events: Iterable[Event]) -> list[Event]:
    """Of several events of one thing only the last: its frame shows what all of them did."""
    last = {_shown(event): event for event in events if event.verb in BUILDERS}
    return sorted(last.values(), key=lambda event: event.id)


def _post(event: Event, things: Things, forms: Forms) -> Frame:
    post = things.posts[_shown(event)]
    return _frame("post", event, things) | {
        "number": post.number,
        "post": post.pk,
        "html": forms[post.pk].decode(),
    }


def _thread(event: Event, things: Things, forms: Forms) -> Frame:
    """Which board it stands on, its states, and why it takes no replies, the same for all readers."""
    thread = things.threads[event.scope]
    refusal = rules.closed_to_all(thread)
    into = thread.merged_into
    if into and into.board.access != Board.Access.PUBLIC and into.board_id != thread.board_id:
        into = None
    context = {"thread": thread, "refusal": refusal, "merged_into": into}
    return _frame("thread", event, things) | {
        "closed": bool(refusal),
        "states": _part("boards/_states.html", context),
        "refusal": _part("boards/_refusal.html", context) if refusal else "",
    }


def _title(event: Event, things: Things) -> Frame:
    """A thread's heading, and its words for the tab. Not of a closed thread: not everybody may read that."""
    thread, language = things.threads[event.scope], get_language() or "en"
    turned = thread.title_reads_better(language)
    return _frame("title", event, things) | {
        "html": _part("boards/_heading.html", {"thread": thread, "language": language}),
        "title": thread.title_other if turned else thread.title.body,
    }


def _desk(event: Event, things: Things, forms: Forms) -> Frame:
    """Not what it was: moderators of one board hear nothing of the others'."""
    return {"event": event.id, "kind": "desk", "scope": event.scope}


def _frame(kind: str, event: Event, things: Things) -> Frame:
    frame = {"event": event.id, "at": things.at, "kind": kind, "scope": event.scope}
    return frame | {"verb": event.verb}


def _part(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context).strip()


def _has_target(event: Event, things: Things) -> bool:
    """A post that stands in another thread by now is shown to those who look at that one."""
    builder = BUILDERS[event.verb]
    if builder is _thread:
        return event.scope in things.threads
    if builder is _desk:
        return True
    post = things.posts.get(_shown(event))
    if post is None:
        return _is_of_the_title(event, things)
    return post.thread.scope == event.scope


def _may_be_of_a_title(event: Event, posts: Mapping[str, Post]) -> bool:
    """What happened to a text in a thread that is in none of its posts."""
    shown = _shown(event)
    return (
        BUILDERS.get(event.verb) is _post
        and shown.startswith("passage.")
        and shown not in posts
        and event.scope.startswith("thread.")
    )


def _is_of_the_title(event: Event, things: Things) -> bool:
    thread = things.threads.get(event.scope)
    if thread is None or thread.is_closed:
        return False
    return _may_be_of_a_title(event, things.posts) and thread.title.target == _shown(event)


def _shown(event: Event) -> str:
    """What is drawn anew: of what was made of a text, or stands in it, the text."""
    kind = event.target.partition(".")[0]
    if kind in ("post", "passage", "thread"):
        return event.target
    return f"passage.{event.data.get('passage', 0)}"


def _numbers(targets: Iterable[str], kind: str) -> set[int]:
    parts = [target.split(".") for target in targets]
    return {int(number) for found, number in parts if found == kind}


# After these an opening post is there, or is not, and with it its thread.
OPENS_OR_CLOSES = {
    *("post.held", "post.released", "post.deleted", "post.hidden", "post.restored"),
    *("post.erased", "post.erasing_dropped"),
}
BUILDERS: dict[str, Builder] = {
    "post.created": _post,
    "post.held": _post,
    "post.released": _post,
    "post.edited": _post,
    "post.deleted": _post,
    "post.hidden": _post,
    "post.restored": _post,
    "post.erased": _post,
    "post.erasing_dropped": _post,
    "post.moved": _post,
    "picture.held": _post,
    "picture.released": _post,
    "picture.hidden": _post,
    "picture.restored": _post,
    "translation.accepted": _post,
    "translation.made": _post,
    "passage.language_named": _post,
    "translation.removed": _post,
    "translation.restored": _post,
    "correction.offered": _post,
    "correction.withdrawn": _post,
    "correction.removed": _post,
    "correction.restored": _post,
    "correction.taken": _post,
    "figure.asked": _post,
    "figure.answered": _post,
    "figure.excluded": _post,
    "figure.included": _post,
    "question.taken_back": _post,
    "question.removed": _post,
    "thread.locked": _thread,
    "thread.unlocked": _thread,
    "thread.pinned": _thread,
    "thread.unpinned": _thread,
    "thread.moved": _thread,
    "thread.split": _thread,
    "thread.merged": _thread,
    "thread.parted": _thread,
    "flag.raised": _desk,
    "case.opened": _desk,
    "case.closed": _desk,
    "case.reopened": _desk,
}
