"""Checks 18 and 43: whatever is typed into any field, it is stored as typed or comes back with a reason.

"As typed" is the documented normal form: `languages.text.normalise`, in one line for a title, and
NFKC for a name.
"""

from itertools import count
from typing import Any

import pytest

from exchange.accounts import names
from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.languages import text
from exchange.languages.models import Passage
from exchange.moderation.models import Flag
from tests.access.world import World, undone
from tests.cast import PASSWORD

from .pages import page
from .strings import STRINGS

IDS = count()


def printable(typed: str) -> str:
    """What a form shows again of a text: it took out what nobody can see or store."""
    return text.normalise(text.without_unprintable(text.normalise(typed)))


def one_line(typed: str) -> str:
    return " ".join(text.normalise(typed).split())


def body_is_fine(typed: str, *, limit: int = 20_000) -> bool:
    plain = text.normalise(typed)
    return not text.unprintable(plain) and text.weighted_length(plain) <= limit


def words_of(passage: Passage) -> tuple[str, str]:
    other = passage.translations.filter(kind="author").first()
    return passage.body, other.body if other else ""


def assert_shown_again(response: Any, field: str, typed: str) -> None:
    shown = page(response)
    assert printable(shown.value(field)) == printable(typed), (field, shown.value(field))
    assert 'role="alert"' in response.content.decode()  # the reason


def faults_of(check: Any) -> dict[str, str]:
    """What fails for which string: one run tells about all of them."""
    faults = {}
    for typed in STRINGS:
        try:
            with undone():
                check(typed)
        except AssertionError as error:
            faults[typed[:40].encode("unicode_escape").decode()] = str(error)[:300]
    return faults


def test_there_are_enough_strings_and_no_two_alike() -> None:
    assert len(STRINGS) >= 300 and len(set(STRINGS)) == len(STRINGS)


def test_a_reply_is_stored_as_typed_or_shown_again(world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"

    def check(typed: str) -> None:
        data = {"body": typed, "body_other": typed, "same_language": "on"}
        response = world.browser("author").post(address, data)
        if not body_is_fine(typed) or text.is_blank(typed):
            assert response.status_code == 422
            return assert_shown_again(response, "body", typed)
        assert response.status_code == 302, response.status_code
        stored = words_of(Post.objects.latest("id").passage)
        assert stored == (text.normalise(typed), text.normalise(typed))
        return None

    assert faults_of(check) == {}


def test_a_reply_can_be_read_by_its_author_and_by_strangers(world: World) -> None:
    """Drawing a page and the form that edits the post works with every string in it."""
    thread = world.threads["public"]

    def check(typed: str) -> None:
        if not body_is_fine(typed) or text.is_blank(typed):
            return
        author = world.browser("author")
        author.post(f"/en/threads/{thread.pk}/posts/", {"body": typed})
        post = Post.objects.latest("id")
        assert world.browser("anonymous").get(f"/zh-hans/threads/{thread.pk}/").status_code == 200
        form = page(author.get(f"/en/posts/{post.pk}/edit/"))
        assert text.normalise(form.value("body")) == text.normalise(typed)
        assert author.get(f"/en/threads/{thread.pk}/?quote={post.pk}").status_code == 200

    assert faults_of(check) == {}


def test_a_title_is_stored_as_one_line_or_shown_again(world: World) -> None:
    def check(typed: str) -> None:
        data = {"board": "rent", "title": typed, "title_other": "另一半", "body": "Words."}
        response = world.browser("author").post("/en/threads/new/", {**data, "same_language": "on"})
        if response.status_code == 422:
            return assert_shown_again(response, "title", one_line(typed))
        assert response.status_code == 302, response.status_code
        stored = words_of(Thread.objects.latest("id").title)[0]
        assert stored == one_line(typed) and len(stored.splitlines()) == 1
        assert not text.has_direction_override(stored) and not text.is_blank(stored)
        return None

    assert faults_of(check) == {}


def test_the_other_half_of_a_title_is_stored_as_one_line_or_shown_again(world: World) -> None:
    def check(typed: str) -> None:
        data = {"board": "rent", "title": "Rent", "title_other": typed, "body": "Words."}
        response = world.browser("author").post("/en/threads/new/", {**data, "same_language": "on"})
        if response.status_code == 422:
            return assert_shown_again(response, "title_other", one_line(typed))
        assert response.status_code == 302, response.status_code
        stored = words_of(Thread.objects.latest("id").title)[1]
        assert stored == ("" if text.is_blank(typed) else one_line(typed))
        return None

    assert faults_of(check) == {}


def test_an_edit_is_stored_as_typed_or_shown_again(world: World) -> None:
    post = world.posts["public"]

    def check(typed: str) -> None:
        data = {"body": typed, "version": "1"}
        response = world.browser("author").post(f"/en/posts/{post.pk}/edit/", data)
        if not body_is_fine(typed) or text.is_blank(typed):
            assert response.status_code == 422
            return assert_shown_again(response, "body", typed)
        assert response.status_code == 302, response.status_code
        assert words_of(Passage.objects.get(pk=post.passage_id)) == (text.normalise(typed), "")
        return None

    assert faults_of(check) == {}


@pytest.mark.parametrize("act", ["flag", "hiding"])
def test_a_note_is_stored_as_typed_or_shown_again(act: str, world: World) -> None:
    post = world.posts["members"]
    person = {"flag": "staff", "hiding": "staff"}[act]

    def check(typed: str) -> None:
        data = {"reason": "hate", "note": typed}
        response = world.browser(person).post(f"/en/posts/{post.pk}/{act}/", data)
        if not body_is_fine(typed, limit=1000):
            assert response.status_code == 422, response.status_code
            return assert_shown_again(response, "note", typed)
        assert response.status_code == 302, response.status_code
        if text.is_blank(typed):
            return None
        note = Passage.objects.latest("id")
        assert note.body == text.normalise(typed)
        where = "/en/moderation/" if act == "flag" else "/en/moderation/log/"
        assert world.browser("staff").get(where).status_code == 200
        return None

    assert faults_of(check) == {}
    assert Flag.objects.filter(note__body="\x00").count() == 0


def test_a_name_is_stored_normalised_or_shown_again_with_the_reason(world: World) -> None:
    def check(typed: str) -> None:
        data = {"email": f"n{next(IDS)}@example.org", "username": typed, "password1": PASSWORD}
        response = world.browser("anonymous").post("/en/accounts/signup/", data)
        assert response.status_code in (200, 302, 422), response.status_code
        if response.status_code == 302:
            assert User.objects.latest("id").username == names.normalise(typed)
            assert names.ALLOWED.fullmatch(names.normalise(typed))
            return
        shown = page(response).value("username")
        assert names.normalise(printable(shown)) == names.normalise(printable(typed)), shown
        assert not User.objects.filter(email=data["email"]).exists()

    assert faults_of(check) == {}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/en/accounts/signup/", "email"),
        ("/en/accounts/login/", "login"),
        ("/en/accounts/login/", "password"),
        ("/en/accounts/password/reset/", "email"),
    ],
)
def test_the_account_pages_answer_whatever_is_typed(address, field, world: World) -> None:
    fields = {
        "signup": {"username": "Neu新人", "password1": PASSWORD},
        "login": {"login": "sam@example.org", "password": PASSWORD},
        "reset": {},
    }[address.split("/")[-2]]
    people = User.objects.count()

    def check(typed: str) -> None:
        response = world.browser("anonymous").post(address, fields | {field: typed})
        assert response.status_code in (200, 302, 422), response.status_code
        assert User.objects.count() == people

    assert faults_of(check) == {}


@pytest.mark.parametrize("field", ["client_id", "language", "used_translator", "same_language"])
def test_the_small_fields_of_a_reply_take_or_refuse_anything(field: str, world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"

    def check(typed: str) -> None:
        response = world.browser("author").post(address, {"body": "Kept words.", field: typed})
        assert response.status_code in (302, 422), response.status_code
        if response.status_code == 422:
            assert_shown_again(response, "body", "Kept words.")

    assert faults_of(check) == {}


QUERIES = [
    ("/en/", "page"),
    ("/en/boards/rent/", "page"),
    ("/en/threads/{thread}/", "page"),
    ("/en/threads/{thread}/", "quote"),
    ("/en/threads/{thread}/changes", "since"),
    ("/en/threads/new/", "board"),
    ("/en/moderation/log/", "page"),
    ("/en/accounts/login/", "next"),
]


@pytest.mark.parametrize(("address", "name"), QUERIES)
def test_a_query_takes_or_refuses_anything(address: str, name: str, world: World) -> None:
    there = address.format(thread=world.threads["public"].pk)

    def check(typed: str) -> None:
        response = world.browser("anonymous").get(there, {name: typed})
        assert response.status_code in (200, 400, 404), response.status_code

    assert faults_of(check) == {}


@pytest.mark.parametrize("field", ["reason", "board"])
def test_a_choice_takes_nothing_but_its_choices(field: str, world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/move/"
    data = {"reason": "spam", "board": "welcome", "note": "Kept words."}

    def check(typed: str) -> None:
        response = world.browser("staff").post(address, data | {field: typed})
        assert response.status_code == 422, response.status_code
        assert page(response).value("note") == "Kept words."

    assert faults_of(check) == {}
