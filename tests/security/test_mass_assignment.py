"""Check 39: a form writes its own fields and no others, whatever else is sent along.

`make test` sends several of the others in each form, `make soak` each in one of its own.
"""

from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards.models import Moderator, Post, Thread
from exchange.figures.models import Entry, Item, Question
from exchange.ledger.models import Event
from exchange.moderation.models import Flag
from exchange.uploads.models import Upload
from tests.access.sendable import form
from tests.access.world import World, undone
from tests.cast import PASSWORD

from .selection import groups

IDS = count()
LONG_AGO = "2001-01-01T00:00:00Z"
# Named like columns of every table that a form could write to.
EXTRA: dict[str, str] = {
    "author": "8",
    "author_id": "8",
    "user": "8",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "is_sample": "on",
    "verified": "on",
    "primary": "on",
    "pinned_at": LONG_AGO,
    "locked_at": LONG_AGO,
    "hidden_at": LONG_AGO,
    "deleted_at": LONG_AGO,
    "created_at": LONG_AGO,
    "edited_at": LONG_AGO,
    "number": "999",
    "reply_count": "999",
    "last_number": "999",
    "id": "999999",
    "pk": "999999",
    "thread": "2",
    "thread_id": "2",
    "seed_key": "opening",
    "scope": "moderation",
    "html": "<script>alert(1)</script>",
    "language_source": "author",
    "source_version": "999",
    "kind": "machine",
    "silenced_until": "",
    "suspended_until": LONG_AGO,
    "reporter": "8",
    "closed_at": LONG_AGO,
    "skeleton": "admin",
    "date_joined": LONG_AGO,
    "public": "on",
    "verb": "staff.appointed",
    "client_hash": "x",
    "moderates": "1",
    "role": "staff",
    "access": "public",
    "voice": "on",
    "listed": "on",
    "excluded_at": LONG_AGO,
    "answered_at": LONG_AGO,
    "answer": "right",
    "entry": "1",
    "by": "8",
    "retired_at": LONG_AGO,
    "position": "0",
    "upload": "1",
    "upload_id": "1",
    "held_at": "",
    "released_at": LONG_AGO,
    "passage": "1",
    "owner": "8",
    "name": "0",
    "blocked": "on",
    "kept_for": "new",
    "made_at": LONG_AGO,
    "unused_since": LONG_AGO,
    "picture-0-owner": "8",
    "picture-0-passage": "1",
    "picture-0-name": "x",
    "picture-0-hidden_at": LONG_AGO,
}


SENT = groups(EXTRA, 7)


def stored(world: World) -> tuple[Any, ...]:
    """What the newest of everything says, without what is different each time anyway."""
    post = Post.objects.select_related("passage", "thread__title").latest("id")
    passage, title = post.passage, post.thread.title
    thread = post.thread
    return (
        *(post.author_id, post.number, post.hidden_at, post.deleted_at, post.edited_at),
        *(thread.author_id, thread.board_id, thread.pinned_at, thread.locked_at, thread.seed_key),
        *(thread.hidden_at, thread.deleted_at, thread.reply_count, thread.last_number),
        *(passage.language, passage.language_source, passage.html, passage.version),
        *(passage.scope == thread.scope, title.scope == thread.scope, title.language_source),
        *passage.translations.values_list("kind", "source_version"),
        post.created_at.year == timezone.now().year,
    )


@pytest.mark.parametrize("route", ["reply", "new_thread"])
def test_a_post_takes_nothing_but_its_own_fields(route: str, world: World) -> None:
    address = {
        "reply": f"/en/threads/{world.threads['public'].pk}/posts/",
        "new_thread": "/en/threads/new/",
    }[route]
    with undone():
        world.browser("author").post(address, form(route))
        plain = stored(world)
    for extra in SENT:
        with undone():
            response = world.browser("author").post(address, form(route) | extra)
            assert response.status_code == 302, extra
            assert stored(world) == plain, extra
            assert not Post.objects.filter(pk=999999).exists()


def test_an_edit_takes_nothing_but_its_own_fields(world: World) -> None:
    post = world.posts["public"]
    address, data = f"/en/posts/{post.pk}/edit/", form("edit")

    def edited(extra: dict[str, str]) -> tuple[Any, ...]:
        with undone():
            response = world.browser("author").post(address, data | extra)
            assert response.status_code == 302, extra
            now = Post.objects.select_related("passage", "thread").get(pk=post.pk)
            return (
                *(now.author_id, now.thread_id, now.number, now.hidden_at, now.created_at),
                *(now.deleted_at, now.passage.html, now.passage.version, now.passage.scope),
                *(now.thread.pinned_at, now.thread.locked_at, now.thread.board_id),
                now.edited_at.year,
            )

    plain = edited({})
    assert [extra for extra in SENT if edited(extra) != plain] == []
    # The title belongs to the opening post: a reply's form does not reach it.
    with undone():
        world.browser("author").post(address, data | {"title": "Not mine to change"})
        assert Thread.objects.get(pk=post.thread_id).title.version == 1


@pytest.mark.parametrize("act", ["flag", "hiding", "lock", "pin", "move"])
def test_an_act_takes_nothing_but_its_reason(act: str, world: World) -> None:
    post, staff = world.posts["public"], world.people["staff"]
    noun = f"posts/{post.pk}" if act in ("flag", "hiding") else f"threads/{post.thread_id}"
    stamps = {
        "hiding": "hidden_at",
        "lock": "locked_at",
        "pin": "pinned_at",
        "move": "",
        "flag": "",
    }

    def happened(extra: dict[str, str]) -> tuple[Any, ...]:
        with undone():
            response = world.browser("staff").post(f"/en/{noun}/{act}/", form(act) | extra)
            assert response.status_code == 302, extra
            event, flag = Event.objects.latest("id"), Flag.objects.latest("id")
            thread = Thread.objects.get(pk=post.thread_id)
            now = Post.objects.get(pk=post.pk)
            stamp = {
                n: bool(getattr(now if n == "hidden_at" else thread, n))
                for n in stamps.values()
                if n
            }
            return (
                *(
                    event.verb,
                    event.actor_id,
                    event.scope,
                    event.target,
                    event.public,
                    event.reason,
                ),
                *(sorted(stamp.items()), flag.reporter_id, bool(flag.closed_at), now.author_id),
                thread.board_id,
            )

    plain = happened({})
    assert plain[1] == staff.pk
    changed = [extra for extra in SENT if happened(extra) != plain]
    assert changed == []


@pytest.mark.parametrize("act", ["hiding", "release"])
def test_an_act_on_a_picture_touches_that_picture_and_nothing_else(act: str, world: World) -> None:
    upload = world.pictures["held"]
    address = f"/en/posts/{world.posts['held'].pk}/pictures/{upload.pk}/{act}/"

    def happened(extra: dict[str, str]) -> tuple[Any, ...]:
        with undone():
            response = world.browser("staff").post(address, form("picture_hiding") | extra)
            assert response.status_code == 302, extra
            event, now = Event.objects.latest("id"), Upload.objects.get(pk=upload.pk)
            others = Upload.objects.exclude(pk=upload.pk).order_by("pk")
            return (
                *(
                    event.verb,
                    event.actor_id,
                    event.scope,
                    event.target,
                    event.reason,
                    event.public,
                ),
                *(bool(now.held_at), bool(now.hidden_at), now.owner_id, now.passage_id),
                *(now.position, now.name == upload.name, now.created_at == upload.created_at),
                list(others.values_list("pk", "name", "held_at", "hidden_at", "passage")),
            )

    plain = happened({})
    assert [extra for extra in SENT if happened(extra) != plain] == []


def test_a_question_about_a_figure_takes_nothing_but_its_own_fields(world: World) -> None:
    entry = world.figures["public"]

    def asked(extra: dict[str, str]) -> tuple[Any, ...]:
        with undone():
            address = f"/en/figures/{entry.pk}/question/"
            response = world.browser("member").post(address, form("figure_question") | extra)
            assert response.status_code == 302, extra
            made = Question.objects.latest("id")
            now = Entry.objects.get(pk=entry.pk)
            return (
                *(made.entry_id, made.by_id, made.reason, made.answered_at, made.answer),
                *(made.note.scope, made.note.html, made.created_at.year),
                *(now.author_id, now.voice, now.listed, now.excluded_at, now.position),
            )

    plain = asked({})
    assert plain[:2] == (entry.pk, world.people["member"].pk)
    assert [extra for extra in SENT if asked(extra) != plain] == []


def test_an_item_takes_nothing_but_its_own_fields(world: World) -> None:
    def made(extra: dict[str, str]) -> tuple[Any, ...]:
        with undone():
            response = world.browser("site").post(
                "/en/compare/items/new/", form("new_item") | extra
            )
            assert response.status_code == 302, extra
            item = Item.objects.get(slug="rent-garage")
            return item.by_id, item.position, item.retired_at, item.version, item.name, item.basis

    plain = made({})
    assert [extra for extra in SENT if made(extra) != plain] == []


def test_a_sign_up_takes_nothing_but_its_own_fields(world: World) -> None:
    def made(extra: dict[str, str]) -> tuple[Any, ...]:
        with undone():
            response = world.browser("anonymous").post(
                "/en/accounts/signup/", form("account_signup") | extra
            )
            assert response.status_code == 302, extra
            user = User.objects.get(username="Neu新人")
            address = EmailAddress.objects.get(user=user)
            return (
                *(user.is_staff, user.is_active, user.is_sample, user.skeleton, user.email),
                *(user.silenced_until, user.suspended_until, user.reads, user.learning),
                *(address.verified, address.email, Moderator.objects.filter(user=user).exists()),
                user.date_joined.year,
            )

    plain = made({})
    assert plain[:3] == (False, True, False) and plain[9] is False
    assert [extra for extra in SENT if made(extra) != plain] == []


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/en/accounts/login/", {"login": "sam@example.org", "password": PASSWORD}),
        ("/en/accounts/password/change/", form("account_change_password")),
        ("/en/accounts/email/", form("account_email")),
        ("/en/accounts/password/reset/", form("account_reset_password")),
        ("/en/accounts/logout/", {}),
    ],
)
def test_the_account_pages_change_no_other_column(address, data, world: World) -> None:
    person = "anonymous" if "login" in address or "reset" in address else "member"
    columns = (
        "is_staff",
        "is_active",
        "is_sample",
        "silenced_until",
        "suspended_until",
        "skeleton",
    )

    def people() -> list[Any]:
        verified = list(
            EmailAddress.objects.order_by("id").values_list("user", "email", "verified")
        )
        return [list(User.objects.order_by("id").values_list("id", "username", *columns)), verified]

    with undone():
        world.browser(person).post(address, data)
        plain = people()
    for extra in SENT:
        with undone():
            response = world.browser(person).post(address, data | extra)
            assert response.status_code < 500
            assert people() == plain, extra


def test_the_fields_also_go_unheard_behind_the_address(world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/?{urlencode(EXTRA)}"
    world.browser("author").post(address, {"body": "Words."} | EXTRA)
    post = Post.objects.latest("id")
    assert (post.author_id, post.thread_id) == (
        world.people["author"].pk,
        world.threads["public"].pk,
    )
    assert post.hidden_at is None and post.passage.html == "<p>Words.</p>\n"


def test_there_are_four_hundred_posts() -> None:
    assert set().union(*SENT) == set(EXTRA)
    assert len(EXTRA) >= 20 and len(EXTRA) * (2 + 1 + 5 + 1 + 5) >= 400
