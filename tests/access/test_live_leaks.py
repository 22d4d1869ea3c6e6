"""Check 29: nobody is told by a socket what the same person could not read in a page."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from exchange.boards.models import Post
from exchange.ledger.models import Event
from exchange.live import frames, lists, scopes

from .world import PEOPLE, World

# Whoever is suspended has no socket: tests/live/test_no_longer.py.
WATCHERS = [name for name in PEOPLE if name != "suspended"]
LANGUAGES = ("en", "zh-hans", "zh-hant")
# Words that stand in one place alone (world.py).
CANARY = re.compile(
    r"(?:Opening)?(?:Title|Body|Corrected|Asked|Caption|Watched|Note|Appeal)\w*canary"
)
OTHER = re.compile(r"译文\w*?金丝雀")


def canaries(text: str) -> set[str]:
    return {*CANARY.findall(text), *OTHER.findall(text)}


def reader(world: World, name: str):
    return world.people[name] or AnonymousUser()


@pytest.mark.parametrize("name", WATCHERS)
def test_a_scope_is_open_to_those_to_whom_its_page_is(world: World, name: str) -> None:
    browser, person = world.browser(name), reader(world, name)
    pages = {thread.scope: f"/en/threads/{thread.pk}/" for thread in world.threads.values()}
    pages |= {f"board.{board.pk}": f"/en/boards/{board.slug}/" for board in world.boards.values()}
    pages |= {"front": "/en/", "moderation": "/en/moderation/"}
    opens = {scope: browser.get(page).status_code == 200 for scope, page in pages.items()}
    assert {scope: scopes.ask(person, scope) is not None for scope in pages} == opens
    own = [f"user.{user.pk}" for user in world.people.values() if user]
    assert [scope for scope in own if scopes.ask(person, scope)] == [
        scope for scope in own if scope == f"user.{person.pk}"
    ]


def every_event(world: World) -> list[Event]:
    """Each kind of event that open threads are told of, of everything that it could be about."""
    made = []
    for thread in world.threads.values():
        posts = Post.objects.filter(thread=thread).select_related("passage")
        targets = [t for post in posts for t in (post.target, post.passage.target)]
        targets += [thread.title.target]
        for verb in frames.BUILDERS:
            fields = {"verb": verb, "scope": thread.scope}
            made += [Event(**fields, target=t) for t in (*targets, thread.scope)]
    return Event.objects.bulk_create(made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_frame_of_any_event_says_what_its_watchers_cannot_read(
    world: World, language: str
) -> None:
    events = every_event(world)
    built = frames.build(events, frames.things_of(events, at=0), language)
    assert {frame["verb"] for frame in built if "verb" in frame} == {
        verb for verb, make in frames.BUILDERS.items() if make is not frames._desk
    }
    said: dict[str, set[str]] = {}
    for frame in built:
        said.setdefault(frame["scope"], set()).update(canaries(str(frame)))
    for name in WATCHERS:
        browser, person = world.browser(name), reader(world, name)
        for thread in world.threads.values():
            if scopes.ask(person, thread.scope):
                page = browser.get(f"/{language}/threads/{thread.pk}/").content.decode()
                assert said[thread.scope] - canaries(page) == set(), (name, thread.scope)


def test_lists_are_told_of_no_thread_that_does_not_stand_in_them(world: World) -> None:
    verbs = sorted(lists.NEWS)
    scopes_of = [thread.scope for thread in world.threads.values()]
    told = lists.told(
        Event.objects.bulk_create(
            Event(verb=verb, scope=scope, target=scope) for verb in verbs for scope in scopes_of
        )
    )
    assert {frame["kind"] for frame in told} == {"rows"}
    for name in WATCHERS:
        browser, person = world.browser(name), reader(world, name)
        for frame in told:
            if scopes.ask(person, frame["scope"]):
                page = browser.get(f"/en/threads/{frame['thread']}/")
                assert page.status_code == 200, (name, frame)


def test_the_desk_is_told_nothing_but_that_it_changed(world: World) -> None:
    verbs = [verb for verb, make in frames.BUILDERS.items() if make is frames._desk]
    events = Event.objects.bulk_create(
        Event(verb=verb, scope="moderation", target="case.1") for verb in verbs
    )
    for frame in frames.build(events, frames.things_of(events, at=0), "en"):
        assert frame.keys() == {"event", "kind", "scope"}
