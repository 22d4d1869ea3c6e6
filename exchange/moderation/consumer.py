"""What the ledger tells the desk: new things to look at, and that some are gone."""

from django.db.models import Q

from exchange.accounts.actions import end_sessions
from exchange.boards.models import Post
from exchange.ledger.consumer import Consumer
from exchange.ledger.models import Event
from exchange.uploads.queries import waiting

from .actions import close_gone, open_case, route_anew
from .models import Case
from .targets import find

NEW = ("thread.opened", "post.created", "post.edited", "post.held", "picture.held")
# Said of a text: the event names what was said by its number alone.
ASIDE = {"translation.proposed": "proposal", "correction.offered": "correction"}
# What a text is written in may be another language now.
NAMED = ("post.edited", "passage.language_named")
GONE = ("post.deleted",)
OUT = ("person.suspended",)


def consumer() -> Consumer:
    verbs = dict.fromkeys((*NEW, *ASIDE, *NAMED, *GONE, *OUT))
    return Consumer("moderation", tuple(verbs), handle)


def handle(event: Event) -> None:
    """Doing it twice does no more."""
    if event.verb in NAMED:
        _route_anew(event)
    if event.verb in GONE:
        _close_gone(event)
    elif event.verb in OUT:
        end_sessions(event.target_id)
    elif event.verb == "picture.held":
        _look_at(f"picture.{event.data['upload']}", Case.Kind.HELD)
    elif event.verb == "post.held":
        _look_at(event.target, Case.Kind.HELD)
    elif kind := ASIDE.get(event.verb):
        if event.data.get("review"):
            _look_at(f"{kind}.{event.data[kind]}", Case.Kind.REVIEW)
    elif event.data.get("review") and not _is_looked_at(event):
        _look_at(event.target, Case.Kind.REVIEW)


def _is_looked_at(event: Event) -> bool:
    """Whoever looks at a picture of it that waits sees its words beside it."""
    return waiting().filter(passage=event.data.get("passage", 0)).exists()


def _look_at(name: str, kind: str) -> None:
    target = find(name)
    if target and target.post.deleted_at is None:
        open_case(target=target, kind=kind)


def _route_anew(event: Event) -> None:
    about = Q(passage=event.target_id) | Q(passage__parts=event.target_id)
    if event.verb == "post.edited":
        about = Q(pk=event.target_id)
    posts = Post.objects.filter(about, cases__isnull=False, cases__closed_at=None)
    for post in posts.distinct():
        route_anew(post=post)


def _close_gone(event: Event) -> None:
    """Its author took the words back, so nobody has to look at them any more, and what others said of
    them is gone too."""
    post = Post.objects.filter(pk=event.target_id).first()
    if post and post.deleted_at:
        close_gone(post=post)
