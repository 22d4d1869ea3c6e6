"""A small site with something in every kind of place, and everybody who could look at it.

Each browser is made new around a kept session, so that one request cannot change the next one's
cookies; `undone` takes back what a request wrote.

The world is built once for all tests in a row that use it, in a transaction that stays open around
theirs; each gets its own copy of the objects. It costs ten times what most of these tests do.
"""

import functools
import pickle
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import transaction
from django.test.client import Client, ClientHandler
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.models import Board, Moderator, Post, Thread
from exchange.figures import actions as figures
from exchange.figures.models import Entry, Item, Question
from exchange.languages import actions as languages
from exchange.languages.actions import Draft, Wording, propose
from exchange.languages.models import Correction, Passage, Proposal, Term, Translation
from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from exchange.moderation.models import Appeal, Case, Decision, ReaderRequest
from exchange.moderation.targets import of_post
from exchange.safety import actions as safety
from exchange.safety.models import Edition, Watch
from exchange.uploads import actions as uploads
from exchange.uploads.models import Upload
from tests.cast import (
    figure_of,
    make_board,
    make_item,
    make_rules,
    person,
    picture,
    pictured,
    reply,
)

PEOPLE = "anonymous member author silenced suspended moderator elsewhere site staff".split()
# Nobody has this id, and it is as long as none of ours.
MISSING = 987654321

# Whose words not everybody may read.
CLOSED = ("hidden", "waits", "deleted", "members", "moderators")
TITLE = {place: f"Title{place}canary" for place in CLOSED}
BODY = {place: f"Body{place}canary and some more words." for place in CLOSED}
OTHER = {place: f"译文{place}金丝雀，还有几个字。" for place in CLOSED}
CORRECTED = {place: f"Corrected{place}canary, so to say." for place in CLOSED}
ASKED = {place: f"Asked{place}canary: a month or a quarter?" for place in CLOSED}
CAPTION = {place: f"Caption{place}canary of a cat" for place in (*CLOSED, "held")}
WATCHED = {place: f"Watched{place}canary" for place in ("active", "tried")}
PROPOSED = "付三分之一。"
FLOOD = "https://shop.example"
APPEALED = "Appealcanary: I think that this is wrong."
NOTE = "Notecanary: only moderators read this, in {}."


class Browser(Client):
    """Django's client without its record of every template and context, which costs more than pages do.

    A fault of the site is its 500 page here, not an exception.
    """

    def __init__(self, csrf: bool = False) -> None:
        super().__init__(enforce_csrf_checks=csrf)
        self.handler = handler(csrf)

    def request(self, **request: Any) -> Any:
        response = self.handler(self._base_environ(**request))
        self.cookies.update(response.cookies)
        return response


@functools.cache
def handler(csrf: bool) -> ClientHandler:
    """All browsers share the middleware: to load it takes as long as half a refusal."""
    made = ClientHandler(csrf)
    made.load_middleware()
    return made


@dataclass
class World:
    people: dict[str, User | None]
    boards: dict[str, Board]
    # By place: in each board, and in the public board one that is hidden, one that waits for a
    # moderator's look and one that is deleted.
    threads: dict[str, Thread]
    posts: dict[str, Post]
    cases: dict[str, Case]
    # The texts of those posts, by the same places.
    passages: dict[str, Passage]
    # A member's, of those texts.
    corrections: dict[str, Correction]
    # Members' translations of them.
    proposals: dict[str, Proposal]
    rules: dict[str, Any]
    # What things cost: "offered" and "retired".
    items: dict[str, Item]
    # The author's figures in those posts, and what a member asks about them.
    figures: dict[str, Entry] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    # The author's pictures in those posts, and one that waits for a moderator's look: "held".
    pictures: dict[str, Upload] = field(default_factory=dict)
    # A member's translations of the opening posts, which their author took.
    translations: dict[str, Translation] = field(default_factory=dict)
    # That somebody was "asked" what a text says.
    readings: dict[str, ReaderRequest] = field(default_factory=dict)
    # Words of the author's: "agreed", "proposed" and "withdrawn".
    terms: dict[str, Term] = field(default_factory=dict)
    # Entries of the public log, by where the post stands that they are about.
    entries: dict[str, Event] = field(default_factory=dict)
    # The first post of many by new accounts, by "public", where they are.
    bursts: dict[str, Post] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    # A decision about the author, and their appeal of another one: "concerned".
    decisions: dict[str, Decision] = field(default_factory=dict)
    appeals: dict[str, Appeal] = field(default_factory=dict)
    # The author's, on no text yet.
    unused: Upload = field(init=False)

    def browser(self, name: str, *, csrf: bool = False) -> Browser:
        client = Browser(csrf)
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


def session_of(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block writes is taken back, and the cache is empty after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


def everybody(boards_there: dict[str, Board]) -> dict[str, User | None]:
    later = timezone.now() + timedelta(days=3)
    people: dict[str, User | None] = {
        "anonymous": None,
        "member": person("sam", newcomer=True, reads=["en"]),
        "author": person("tom", reads=["en"], learning=["zh-hans"]),
        "silenced": person("wen", reads=["zh-hans"], silenced_until=later),
        "suspended": person("bo", reads=["en"], suspended_until=later),
        "moderator": person("ada", reads=["en"]),
        "elsewhere": person("eva", reads=["en"]),
        "site": person("lin", reads=["zh-hans", "en"]),
        "staff": person("dana", reads=["en"], is_staff=True),
    }
    for place in ("public", "members", "moderators"):
        Moderator.objects.create(user=people["moderator"], board=boards_there[place])
    for user in filter(None, people.values()):  # as a sign-up leaves it
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    Moderator.objects.create(user=people["elsewhere"], board=boards_there["elsewhere"])
    Moderator.objects.create(user=people["site"], board=None)
    return people


def build() -> World:
    places = {
        "public": make_board("rent"),
        "members": make_board("members-only", "members", 3),
        "moderators": make_board("back-room", "moderators", 4),
        "elsewhere": make_board("welcome", position=2),
    }
    people = everybody(places)
    items = {"offered": make_item(), "retired": make_item("rent-room", retired_at=timezone.now())}
    made = World(people, places, {}, {}, {}, {}, {}, {}, make_rules(), items)
    for place, board in places.items():
        furnish(made, place, board)
    for place in ("hidden", "waits", "deleted"):
        furnish(made, place, places["public"])
    hold_back(made)
    keep_waiting(made)
    take_away(made)
    flood(made)
    made.watches = watches_of(made)
    made.unused = picture(people["author"], "#0a0")
    made.terms = words_of(made)
    made.entries = {place: entry_of(made, place) for place in ("public", "members", "moderators")}
    Edition.objects.create(number=1, rules=[])
    made.sessions = {name: session_of(user) for name, user in people.items() if user}
    return made


class Kept:
    """The world that stands in this process's database now, if one does."""

    def __init__(self) -> None:
        self.around: transaction.Atomic | None = None
        self.world = b""

    def stand(self, blocker: Any) -> None:
        if self.around:
            return
        self.blocker = blocker
        with blocker.unblock():
            self.around = transaction.atomic()
            self.around.__enter__()
            self.world = pickle.dumps(build())

    def fall(self) -> None:
        if not self.around:
            return
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)
        self.around = None


kept = Kept()


@pytest.fixture(scope="class")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> bytes:
    """Of a wider scope than `db`, so that it stands before the test's own transaction begins."""
    kept.stand(django_db_blocker)
    return kept.world


@pytest.fixture
def world(kept_world: bytes, db: None) -> World:
    return pickle.loads(kept_world)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Tests that do not know of the world find an empty database, as everywhere."""
    try:
        return (yield)
    finally:
        if "world" not in getattr(nextitem, "fixturenames", ()):
            kept.fall()


def furnish(world: World, place: str, board: Board) -> None:
    """A thread, a reply with both halves in it, and a report of the reply."""
    author, member = world.people["author"], world.people["member"]
    title = Draft(TITLE.get(place, f"What do you pay in {place}?"), OTHER.get(place, "付多少？"))
    words = Draft(f"Opening{BODY.get(place, ' words of a public thread.')}")
    # Not by a view: its author may not see the moderators' board, where somebody moved it to.
    thread = boards.open_thread(author=author, board=board, title=title, draft=words)
    post = reply(
        author,
        thread,
        BODY.get(place, f"A third of what I earn, in {place}."),
        body_other=OTHER.get(place, "三分之一。"),
        wants_correction=True,
        entries=[figure_of(world.items["offered"])],
        pictures=[pictured(picture(author), CAPTION.get(place, "My cat"))],
    )
    world.pictures[place] = post.passage.uploads.get()
    world.threads[place], world.posts[place] = thread, post
    world.passages[place] = post.passage
    world.proposals[place] = propose(
        by=member, passage=post.passage, language="zh-hans", body=PROPOSED, from_version=1
    )
    opening = thread.posts.get(number=1).passage
    half = propose(by=member, passage=opening, language="zh-hans", body="开场白。", from_version=1)
    languages.accept(by=author, proposal=half)
    world.translations[place] = opening.translations.get(kind=Translation.Kind.MEMBER)
    world.corrections[place] = languages.offer(
        by=member,
        passage=post.passage,
        place=0,
        corrected=CORRECTED.get(place, "A third of what I make."),
        reason=CORRECTED.get(place, "我们这样说。"),
        from_version=1,
    )
    world.figures[place] = post.passage.entries.get()
    world.questions[place] = figures.ask(
        by=member,
        entry=world.figures[place],
        reason="period",
        note=ASKED.get(place, "一个月，还是一个季度？"),
        scope=thread.scope,
    )
    world.cases[place] = moderation.report(
        reporter=member,
        target=of_post(post),
        rule=world.rules["spam"],
        note=NOTE.format(place),
    ).case


def hold_back(world: World) -> None:
    """A reply in public of which the picture waits."""
    author = world.people["author"]
    drafts = [pictured(picture(author, "#036"), CAPTION["held"])]
    post = reply(author, world.threads["public"], "Here is a cat.", pictures=drafts)
    upload = post.passage.uploads.get()
    uploads.hold(upload=upload)
    world.posts["held"], world.pictures["held"] = post, upload


def entry_of(world: World, place: str) -> Event:
    """The entry of an act that left the thread as it was."""
    thread, rule = world.threads[place], world.rules["other"]
    act = {"moderator": world.people["site"], "thread": thread, "rule": rule}
    moderation.pin(**act)
    return moderation.unpin(**act, note=f"Unpinned in {place}.").event


def flood(world: World) -> None:
    """Three new accounts, and a link that all of them post."""
    posts = [
        reply(person(name, newcomer=True), world.threads["public"], f"{FLOOD} {name}")
        for name in ("ivy", "jun", "kai")
    ]
    world.bursts["public"] = posts[0]


def keep_waiting(world: World) -> None:
    """A post and its thread that everybody could read until its author changed them."""
    for there in (world.posts["waits"], world.threads["waits"].posts.get(number=1)):
        post = queries.post(world.people["author"], there.pk)
        boards.hold(post=post)
        record("post.held", actor=post.author, scope=post.thread.scope, target=post.target)


def watches_of(world: World) -> dict[str, Watch]:
    """What is looked for: "active", and "tried"."""
    site, rule = world.people["site"], world.rules["spam"]
    made = {
        place: safety.add_watch(
            by=site, sort="word", kind="hold", text=WATCHED[place], language="", rule=rule
        )
        for place in WATCHED
    }
    safety.activate(by=site, watch=made["active"])
    return made


def words_of(world: World) -> dict[str, Term]:
    author, site = world.people["author"], world.people["site"]
    words = {"agreed": "押金", "proposed": "中介费", "withdrawn": "撤回的词"}
    made = {
        place: languages.propose_term(
            by=author,
            wording=Wording((f"{place} word",), (zh,)),
            note=Draft(f"What {place} means.", f"“{zh}”是什么意思。", "en"),
        )
        for place, zh in words.items()
    }
    languages.agree_with_term(by=site, term=made["agreed"], moderates=True)
    languages.withdraw_term(by=site, term=made["withdrawn"], rule=world.rules["spam"])
    return made


def take_away(world: World) -> None:
    reason = {"moderator": world.people["site"], "rule": world.rules["spam"]}
    world.decisions["concerned"] = moderation.hide(post=world.posts["hidden"], **reason)
    asked = moderation.ask(
        moderator=reason["moderator"], case=world.cases["public"], reader=world.people["silenced"]
    )
    assert asked
    world.readings["asked"] = asked
    appealed = moderation.hide(post=world.threads["hidden"].posts.get(number=1), **reason)
    world.appeals["concerned"] = moderation.appeal(
        by=world.people["author"], decision=appealed, words=APPEALED
    )
    boards.delete(author=world.people["author"], post=world.posts["deleted"])
    opening = world.threads["deleted"].posts.get(number=1)
    boards.delete(author=world.people["author"], post=opening)


TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
CLIENT_ID = re.compile(r'(name="client_id" value=")[0-9a-f]{32}')

# The same on every page, and full of numbers that may look like an id.
ICON = re.compile(r"data:image/svg\+xml,[^\"]*")


def comparable(html: str, *names: object) -> str:
    """A page without what differs at every look: tokens, and the ids or names it was asked by."""
    plain = CLIENT_ID.sub(r"\1", TOKEN.sub(r"\1", ICON.sub("", html)))
    for name in names:
        plain = plain.replace(f"/figure.{name}/", "/ID/")
        plain = plain.replace(f"/{name}/", "/ID/").replace(f"/{name}", "/ID")
    return plain
