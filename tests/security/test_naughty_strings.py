"""Checks 18 and 43: whatever is typed into any field, it is stored as typed or comes back with a reason.

"As typed" is the documented normal form: `languages.text.normalise`, in one line for a title, and
NFKC for a name. `make test` types a selection that has every kind of string, `make soak` all of them.
"""

from itertools import count
from typing import Any

import pytest

from exchange.accounts import names
from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.languages import text
from exchange.languages.models import Passage
from tests.access.world import World, undone
from tests.cast import PASSWORD, reply

from .pages import page
from .selection import some
from .strings import STRINGS, TYPED, kinds

IDS = count()
# Where the same form stands behind another address, or nothing is stored: every third of them.
FEWER = TYPED[::3]


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
    fold = one_line if field.startswith("title") else text.normalise
    assert fold(printable(shown.value(field))) == fold(printable(typed)), (field, fold)
    assert 'role="alert"' in response.content.decode()  # the reason


def faults_of(check: Any, strings: list[str] = TYPED) -> dict[str, str]:
    """What fails for which string: one run tells about all of them."""
    faults = {}
    for typed in strings:
        try:
            with undone():
                check(typed)
        except AssertionError as error:
            faults[typed[:40].encode("unicode_escape").decode()] = str(error)[:300]
    return faults


def test_there_are_enough_strings_and_no_two_alike() -> None:
    assert len(STRINGS) >= 300 and len(set(STRINGS)) == len(STRINGS)
    assert set(TYPED) <= set(STRINGS)
    assert set[object]().union(*map(kinds, TYPED)) == set[object]().union(*map(kinds, STRINGS))


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


def test_what_is_said_of_a_picture_is_stored_as_typed_or_shown_again(world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    names = ("caption", "caption_other", "description", "description_other")

    def check(typed: str) -> None:
        said = {f"picture-0-{name}": typed for name in names}
        data = {"body": "Look.", "picture-0-id": str(world.unused.pk), **said}
        response = world.browser("author").post(address, data)
        if not body_is_fine(typed, limit=500):
            assert response.status_code == 422
            for name in said:
                assert_shown_again(response, name, typed)
            return
        assert response.status_code == 302, response.status_code
        shown = Post.objects.latest("id").passage.uploads.get()
        for passage in (shown.caption, shown.description):
            stored = words_of(passage) if passage else ("", "")
            assert stored == (("", "") if text.is_blank(typed) else (text.normalise(typed),) * 2)

    assert faults_of(check, FEWER) == {}


def test_what_was_stored_can_be_read_quoted_and_edited_again(world: World) -> None:
    """Drawing the pages of a post works with every string in it, and changes none."""
    thread, author = world.threads["public"], world.people["author"]
    fine = [s for s in TYPED if body_is_fine(s) and not text.is_blank(s)]
    posts = [reply(author, thread, text.normalise(typed), body_other="译文") for typed in fine]
    browser, stranger = world.browser("author"), world.browser("anonymous")
    for number in range(1, posts[-1].page + 1):
        shown = stranger.get(f"/zh-hans/threads/{thread.pk}/?page={number}")
        assert shown.content.decode().count("<article ") > 1
    for typed, post in list(zip(fine, posts, strict=True))[::2]:
        form = page(browser.get(f"/en/posts/{post.pk}/edit/"))
        assert text.normalise(form.value("body")) == text.normalise(typed)
    for post in posts[::6]:
        assert browser.get(f"/en/threads/{thread.pk}/?page=99&quote={post.pk}").status_code == 404
        quoting = page(browser.get(f"/en/threads/{thread.pk}/?quote={post.pk}"))
        assert quoting.value("body").startswith(f"> [tom #{post.number}](")


def test_both_halves_of_a_title_are_stored_as_one_line_or_shown_again(world: World) -> None:
    def check(typed: str) -> None:
        data = {"board": "rent", "title": typed, "title_other": typed, "body": "Words."}
        response = world.browser("author").post("/en/threads/new/", {**data, "same_language": "on"})
        if response.status_code == 422:
            assert_shown_again(response, "title", typed)
            return assert_shown_again(response, "title_other", typed)
        assert response.status_code == 302, response.status_code
        stored = words_of(Thread.objects.latest("id").title)
        assert stored == (one_line(typed), one_line(typed))
        assert len(stored[0].splitlines()) == 1 and not text.has_direction_override(stored[0])
        return None

    assert faults_of(check) == {}


def test_the_other_half_of_a_title_may_be_left_blank_in_any_way(world: World) -> None:
    def check(typed: str) -> None:
        data = {"board": "rent", "title": "Rent", "title_other": typed, "body": "Words."}
        response = world.browser("author").post("/en/threads/new/", data)
        assert response.status_code == 302, response.status_code
        assert words_of(Thread.objects.latest("id").title) == ("Rent", "")

    blank = [s for s in STRINGS if text.is_blank(s) and body_is_fine(s)]
    blank = [s for s in blank if not text.has_direction_override(s)]
    assert len(blank) >= 20
    assert faults_of(check, some(blank, 2)) == {}


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

    assert faults_of(check, FEWER) == {}


@pytest.mark.parametrize("act", ["flag", "hiding"])
def test_a_note_is_stored_as_typed_or_shown_again(act: str, world: World) -> None:
    post = world.posts["members"]

    def check(typed: str) -> None:
        data = {"reason": "hate", "note": typed}
        response = world.browser("staff").post(f"/en/posts/{post.pk}/{act}/", data)
        if not body_is_fine(typed, limit=1000):
            assert response.status_code == 422, response.status_code
            return assert_shown_again(response, "note", typed)
        assert response.status_code == 302, response.status_code
        if text.is_blank(typed):
            return None
        note = Passage.objects.latest("id")
        assert note.body == text.normalise(typed)
        if next(IDS) % 5 == 0:
            where = "/en/moderation/" if act == "flag" else "/en/moderation/log/"
            assert world.browser("staff").get(where).status_code == 200
        return None

    # Both acts write their note with the same form.
    assert faults_of(check, TYPED if act == "flag" else FEWER) == {}


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

    assert faults_of(check, FEWER) == {}


@pytest.mark.parametrize("field", ["client_id", "language", "used_translator", "same_language"])
def test_the_small_fields_of_a_reply_take_or_refuse_anything(field: str, world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"

    def check(typed: str) -> None:
        response = world.browser("author").post(address, {"body": "Kept words.", field: typed})
        assert response.status_code in (302, 422), response.status_code
        if response.status_code == 422:
            assert_shown_again(response, "body", "Kept words.")

    assert faults_of(check, FEWER) == {}


QUERIES = [
    ("/en/", "page"),
    ("/en/threads/{thread}/", "page"),
    ("/en/threads/{thread}/", "quote"),
    ("/en/threads/{thread}/changes", "since"),
    ("/en/threads/new/", "board"),
    ("/en/moderation/log/", "page"),
    ("/en/accounts/login/", "next"),
]


def test_a_query_takes_or_refuses_anything(world: World) -> None:
    def check(typed: str) -> None:
        for address, name in QUERIES:
            there = address.format(thread=world.threads["public"].pk)
            response = world.browser("anonymous").get(there, {name: typed})
            assert response.status_code in (200, 400, 404), (there, response.status_code)

    assert faults_of(check, FEWER) == {}


@pytest.mark.parametrize("field", ["reason", "board"])
def test_a_choice_takes_nothing_but_its_choices(field: str, world: World) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/move/"
    data = {"reason": "spam", "board": "welcome", "note": "Kept words."}

    def check(typed: str) -> None:
        response = world.browser("staff").post(address, data | {field: typed})
        assert response.status_code == 422, response.status_code
        assert page(response).value("note") == "Kept words."

    assert faults_of(check, FEWER) == {}
