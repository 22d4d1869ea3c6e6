"""The rows of issue 2's "Bad input, and what it gets", in English and in Chinese.

Always: an answer in the reader's language that says why, the typed text on it, nothing half-saved.
What the checks of tests/security/ hold in full (client ids, edit conflicts, sizes, encodings) is not
repeated here.
"""

from typing import Any

import pytest

from exchange.boards.models import Post, Thread
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from tests.cast import PASSWORD
from tests.security.pages import Page, keeps, page

from .world import World

HTML_LANG = {"en": "en", "zh-hans": "zh-Hans"}
TYPED = "Words that nobody may lose. 谁也不能弄丢的话。"
both_languages = pytest.mark.parametrize("language", ["en", "zh-hans"])


def rows() -> tuple[int, ...]:
    return (
        Post.objects.count(),
        Thread.objects.count(),
        Passage.objects.count(),
        Event.objects.count(),
    )


def refused(world: World, person: str, address: str, data: dict[str, Any], status: int) -> Page:
    """The page that a refused form gets; nothing is written."""
    before = rows()
    response = world.browser(person).post(address, data)
    assert (response.status_code, rows()) == (status, before)
    shown = page(response)
    assert shown.lang == HTML_LANG[address.split("/")[1]]
    return shown


def says_why(shown: Page, language: str) -> bool:
    """An error, next to its field or above all, that is in the reader's language."""
    chinese = any("\u4e00" <= char <= "\u9fff" for char in shown.text)
    alert = any(attrs.get("role") == "alert" for _, attrs in shown.elements)
    return alert and (language == "en" or chinese)


def reply_address(world: World, language: str, place: str = "public") -> str:
    return f"/{language}/threads/{world.threads[place].pk}/posts/"


# Text


BLANK = {
    "empty": "",
    "spaces": "   \n\t ",
    "full-width spaces": "\u3000\u3000",
    "zero-width only": "\u200b\u200d\ufeff",
    "marks only": "\u0301\u0308",
    "fillers only": "\u3164\u115f\u2800",
}


@both_languages
@pytest.mark.parametrize("blank", list(BLANK))
def test_a_blank_text_is_refused(blank: str, language: str, world: World) -> None:
    data = {"body": BLANK[blank], "body_other": TYPED}
    shown = refused(world, "author", reply_address(world, language), data, 422)
    assert says_why(shown, language) and shown.value("body_other") == TYPED


@both_languages
@pytest.mark.parametrize("field", ["title", "body"])
def test_a_thread_without_a_title_or_a_text_is_refused(field, language, world: World) -> None:
    data = {"board": "rent", "title": TYPED, "body": TYPED} | {field: "\u200b"}
    shown = refused(world, "author", f"/{language}/threads/new/", data, 422)
    kept = "body" if field == "title" else "title"
    assert says_why(shown, language) and shown.value(kept) == TYPED


LIMITS = [
    *(("a" * 20_000, 302), ("a" * 20_001, 422), ("租" * 10_000, 302), ("租" * 10_001, 422)),
    *(
        ("租" * 9_999 + "ab", 302),
        ("租" * 9_999 + "abc", 422),
        ("Ａ" * 10_001, 422),
        ("😀" * 10_000, 302),
    ),
]


@pytest.mark.parametrize(("text", "status"), LIMITS, ids=range(len(LIMITS)))
def test_a_chinese_character_counts_as_two_letters(text: str, status: int, world: World) -> None:
    response = world.browser("author").post(reply_address(world, "en"), {"body": text})
    assert response.status_code == status
    assert status == 302 or keeps(response, text)


@both_languages
@pytest.mark.parametrize("field", ["title", "title_other", "body", "body_other"])
def test_an_over_long_text_is_refused_with_its_length_and_kept(field, language, world) -> None:
    limit = 160 if field.startswith("title") else 20_000
    long = "租" * (limit // 2 + 7)
    data = {"board": "rent", "title": "Rent", "body": "Words."} | {field: long}
    shown = refused(world, "author", f"/{language}/threads/new/", data, 422)
    assert says_why(shown, language) and shown.value(field) == long
    assert str(limit + 14) in shown.text.replace(",", "")


@both_languages
def test_control_characters_are_taken_out_and_the_author_looks_again(language, world) -> None:
    typed = {"body": f"a\x00b\x07c\x1b[31m {TYPED}"}
    shown = refused(world, "author", reply_address(world, language), typed, 422)
    assert says_why(shown, language) and shown.value("body") == f"abc[31m {TYPED}"
    again = {"body": shown.value("body")}
    assert world.browser("author").post(reply_address(world, language), again).status_code == 302


@both_languages
def test_lone_surrogates_are_refused_as_what_they_are(language: str, world: World) -> None:
    """They cannot be written in UTF-8; what a broken program sends instead is not text."""
    before = rows()
    response = world.browser("author").post(
        reply_address(world, language),
        b"body=Kept+%ED%A0%80+words",
        content_type="application/x-www-form-urlencoded",
    )
    assert (response.status_code, rows()) == (400, before)
    shown = page(response)
    assert shown.lang == HTML_LANG[language]
    assert any(text.startswith("Kept") and text.endswith("words") for text in shown.kept)


@both_languages
@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u2067"])
def test_a_title_cannot_turn_its_neighbours_round(mark: str, language: str, world: World) -> None:
    data = {"board": "rent", "title": f"Rent {mark}tner", "body": TYPED}
    shown = refused(world, "author", f"/{language}/threads/new/", data, 422)
    assert says_why(shown, language) and shown.value("body") == TYPED


@both_languages
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I pay a third.", "And I pay a half."),
        ("我付三分之一。", "我付一半。"),
        ("我付一半。", "我們付一半。"),
    ],
)
def test_two_halves_in_one_language_are_asked_about(first, second, language, world) -> None:
    data = {"body": first, "body_other": second}
    shown = refused(world, "author", reply_address(world, language), data, 422)
    assert says_why(shown, language)
    assert (shown.value("body"), shown.value("body_other")) == (first, second)
    assert "same_language" in shown.values
    meant = data | {"same_language": "on"}
    assert world.browser("author").post(reply_address(world, language), meant).status_code == 302


# Places


@both_languages
@pytest.mark.parametrize("slug", ["nowhere", "", "RENT", "rent x", "members-only%00", "back-room"])
def test_a_thread_for_a_board_that_is_not_there_or_not_open_is_refused(
    slug: str, language: str, world: World
) -> None:
    data = {"board": slug, "title": "Rent", "body": TYPED}
    shown = refused(world, "author", f"/{language}/threads/new/", data, 422)
    assert says_why(shown, language) and shown.value("body") == TYPED


PAGES = ["0", "2", "99", "abc", "-1", "1.5", "1e3", "９", "9" * 30, "", "00000000099", " 1"]


@both_languages
@pytest.mark.parametrize("address", ["boards/rent/", "", "threads/{}/"])
def test_a_page_that_is_not_there_says_so(address: str, language: str, world: World) -> None:
    there = f"/{language}/{address.format(world.threads['public'].pk)}"
    for number in PAGES:
        response = world.browser("anonymous").get(there, {"page": number})
        first = number == ""  # nothing asked is the first page
        assert response.status_code == (200 if first else 404), (number, response.status_code)
        assert page(response).lang == HTML_LANG[language]


@both_languages
def test_a_place_in_the_log_that_is_not_there_says_so(language: str, world: World) -> None:
    closed = world.entries["members"].pk
    for place in [*(number for number in PAGES if number not in ("", "2", "99")), closed]:
        response = world.browser("anonymous").get(f"/{language}/moderation/log/", {"before": place})
        assert response.status_code == 404, place
        assert page(response).lang == HTML_LANG[language]


@both_languages
@pytest.mark.parametrize("state", ["locked", "hidden", "waits", "deleted", "missing", "silenced"])
def test_a_reply_that_cannot_be_takes_nothing_and_keeps_the_text(state, language, world) -> None:
    place = state if state in ("hidden", "waits", "deleted") else "public"
    address = reply_address(world, language, place)
    if state == "locked":
        reason = {"moderator": world.people["site"], "rule": world.rules["spam"]}
        moderation.lock(thread=world.threads["public"], **reason)
    if state == "missing":
        address = f"/{language}/threads/987654321/posts/"
    person = "silenced" if state == "silenced" else "member"
    shown = refused(world, person, address, {"body": TYPED}, 404 if state == "missing" else 403)
    assert TYPED in shown.kept


@both_languages
@pytest.mark.parametrize("act", ["edit", "deletion"])
def test_another_persons_post_is_not_for_changing(act: str, language: str, world: World) -> None:
    post = world.posts["public"]
    data = {"body": TYPED, "version": "1"}
    for person in ("member", "moderator", "staff"):
        shown = refused(world, person, f"/{language}/posts/{post.pk}/{act}/", data, 403)
        assert TYPED in shown.kept


@both_languages
@pytest.mark.parametrize("place", ["members", "moderators"])
def test_a_board_that_is_not_open_is_not_there(place: str, language: str, world: World) -> None:
    board = world.boards[place]
    for address in (f"boards/{board.slug}/", f"threads/{world.threads[place].pk}/"):
        response = world.browser("anonymous").get(f"/{language}/{address}")
        assert response.status_code == 404 and page(response).lang == HTML_LANG[language]
    shown = refused(world, "anonymous", reply_address(world, language, place), {"body": TYPED}, 404)
    assert TYPED in shown.kept


@both_languages
def test_a_visit_to_an_address_for_forms_is_told_so(language: str, world: World) -> None:
    case = world.cases["public"].pk
    response = world.browser("staff").get(f"/{language}/moderation/cases/{case}/claim/")
    assert response.status_code == 405 and "POST" in response["Allow"]
    assert page(response).lang == HTML_LANG[language]


@both_languages
def test_a_form_without_its_token_comes_back_whole(language: str, world: World) -> None:
    before = rows()
    browser = world.browser("author", csrf=True)
    response = browser.post(reply_address(world, language), {"body": TYPED, "language": "mixed"})
    shown = page(response)
    assert (response.status_code, rows(), shown.lang) == (403, before, HTML_LANG[language])
    assert (shown.value("body"), shown.value("language")) == (TYPED, "mixed")


# Before the log-in


@both_languages
@pytest.mark.parametrize("entrance", ["login", "signup"])
@pytest.mark.parametrize("place", ["reply", "new thread"])
def test_what_a_stranger_wrote_waits_for_them_behind_the_log_in(
    place: str, entrance: str, language: str, world: World
) -> None:
    thread = world.threads["public"]
    form = f"/{language}/threads/" + (f"{thread.pk}/" if place == "reply" else "new/")
    address = f"{form}posts/" if place == "reply" else form
    typed = {"body": TYPED, "body_other": "Ja.", "language": "en", "used_translator": "on"}
    typed |= {} if place == "reply" else {"title": "Mein Titel", "board": "rent"}
    before, browser = rows(), world.browser("anonymous", csrf=True)
    asked = page(browser.post(address, typed))
    assert (rows(), asked.lang) == (before, HTML_LANG[language])
    carried = {name: asked.value(name) for name in asked.values}
    assert {name: carried[f"kept.{name}"] for name in typed} == typed
    person = {"login": "sam@example.org", "password": PASSWORD}
    if entrance == "signup":
        person = {"email": "neu@example.org", "username": "Neu新人", "password1": PASSWORD}
    sent = {
        name: carried[name] for name in carried if name not in ("login", "password", "kept_only")
    }
    answer = browser.post(f"/{language}/accounts/{entrance}/", sent | person)
    assert answer.status_code == 302 and answer["Location"].split("#")[0] == form
    back = page(browser.get(form))
    assert (back.value("body"), back.value("body_other")) == (TYPED, "Ja.")
    assert place == "reply" or back.value("title") == "Mein Titel"
    assert rows() == before
    final = {name: back.value(name) for name in (*typed, "client_id", "csrfmiddlewaretoken")}
    assert (
        browser.post(address, final | {"board": "rent", "same_language": "on"}).status_code == 302
    )
    assert Post.objects.latest("id").passage.body == TYPED


@both_languages
def test_a_wrong_password_keeps_the_text_for_the_next_try(language: str, world: World) -> None:
    kept = {"kept_path": reply_address(world, language).removesuffix("posts/"), "kept.body": TYPED}
    wrong = {"login": "sam@example.org", "password": "not it"}
    shown = page(world.browser("anonymous").post(f"/{language}/accounts/login/", kept | wrong))
    assert shown.lang == HTML_LANG[language]
    assert (shown.value("kept.body"), shown.value("kept_path")) == (TYPED, kept["kept_path"])
