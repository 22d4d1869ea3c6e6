"""Check 44 without a browser: wherever a member's words are shown, they are words.

Every page is read with an HTML parser. Outside the words there is nothing that the same page does
not hold with harmless words in their place; inside a post only the checked-in elements stand.
"""

import json
from typing import Any

from django.core.cache import cache

from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.languages.models import Passage
from exchange.languages.text import normalise
from exchange.moderation import actions as moderation
from tests.access.world import World, session_of
from tests.cast import open_thread, person, reply
from tests.languages.test_xss import BREAKOUTS, FORMS, SCRIPTS

from .pages import Page
from .selection import WHOLE
from .vectors import (
    BREAKOUTS_OF_ALL,
    CALLS,
    IN_A_POST,
    PRINTABLE,
    SHORT,
    TEMPLATES,
    VECTORS,
    faults,
    parsed,
)


def skeleton(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page and the names of their attributes."""
    return [(tag, tuple(attrs)) for tag, attrs in parsed(html).elements]


# Whose translation it is, as the site says below the words.
BY_SAM = (
    '<p class="source" aria-hidden="true" lang="en">translated by '
    '<bdi class="name" translate="no">sam</bdi></p>'
)


def inside_posts(html: str) -> list[str]:
    """Elements in the words of posts that are not on the list."""
    found = []
    for part in html.split('<div class="half')[1:]:
        words = part.partition(">")[2].partition("</div>")[0].replace(BY_SAM, "")
        found += [tag for tag, _ in Page(words).elements if tag not in IN_A_POST]
    return found


def test_there_are_a_few_hundred_vectors_and_the_judge_sees_what_they_do() -> None:
    assert len(TEMPLATES) * len(CALLS) + len(FORMS) * len(SCRIPTS) + len(BREAKOUTS) >= 400
    assert len(SHORT) >= (200 if WHOLE else 70)
    bad = '<p onclick=x><a href="javascript:x">x</a><img src=x><p data-hx-get=/x style=x><script>x</script>'
    assert len(faults(bad)) == 7


def test_no_vector_gets_through_in_a_post(world: World) -> None:
    """As a body and as its other half, on the page of a stranger, its author and a moderator."""
    thread = world.threads["public"]
    for vector in PRINTABLE:
        reply(
            world.people["author"], thread, normalise(vector), body_other=f"另：{normalise(vector)}"
        )
    pages = Thread.objects.get(pk=thread.pk).last_number // 20 + 1
    for number in range(1, pages + 1):
        for who in ("anonymous", "author", "staff")[: 3 if number < 4 else 1]:
            html = (
                world.browser(who).get(f"/en/threads/{thread.pk}/?page={number}").content.decode()
            )
            assert html.count("<article") >= 1
            assert (faults(html), inside_posts(html)) == ([], []), (number, who)


def test_no_vector_gets_through_in_changes(world: World) -> None:
    thread = world.threads["public"]
    for vector in PRINTABLE[::3]:
        reply(world.people["author"], thread, normalise(vector))
    answer = world.browser("anonymous").get(f"/en/threads/{thread.pk}/changes?since=0")
    assert answer["Content-Type"].startswith("application/json")
    frames = json.loads(answer.content).get("frames", [])
    assert len(frames) > 10
    for frame in frames:
        assert faults(frame.get("html", "")) == []


def assert_only_words(look: Any, vectors: list[str]) -> None:
    """`look` gives the page that shows a text: for no text has it another element or attribute."""
    plain = skeleton(look("Harmless (words), but no name"))
    for vector in (*BREAKOUTS_OF_ALL, *vectors):
        html = look(vector)
        assert skeleton(html) == plain, vector
        assert faults(html) == [], vector


def test_a_title_is_only_words_on_every_page_that_shows_it(world: World) -> None:
    thread, staff = world.threads["public"], world.browser("staff")
    addresses = [
        "/en/boards/rent/",
        "/zh-hans/",
        f"/en/threads/{thread.pk}/",
        f"/en/threads/{thread.pk}/lock/",
        f"/en/threads/{thread.pk}/move/",
    ]
    other = thread.title.translations.get()
    for number, address in enumerate(addresses):

        def look(text: str, address: str = address) -> str:
            thread.title.body = other.body = text
            thread.title.save(update_fields=["body"])
            other.save(update_fields=["body"])
            return staff.get(address).content.decode()

        assert_only_words(look, SHORT[number::10])


def test_a_name_is_only_words_even_if_one_slipped_past_the_rules(world: World) -> None:
    post, author = world.posts["public"], world.people["author"]
    browser = world.browser("author")
    addresses = [f"/en/threads/{post.thread_id}/", "/en/", f"/en/posts/{post.pk}/history/"]
    addresses += [f"/en/posts/{post.pk}/edit/", f"/en/threads/{post.thread_id}/?quote={post.pk}"]
    for number, address in enumerate(addresses):

        def look(text: str, address: str = address) -> str:
            User.objects.filter(pk=author.pk).update(username=text[:30])
            cache.clear()
            return browser.get(address).content.decode()

        assert_only_words(look, [v for v in SHORT if len(v) <= 30][number::5])


def test_a_note_is_only_words_in_the_log_and_on_the_desk(world: World) -> None:
    post, staff = world.posts["public"], world.browser("staff")
    moderation.hide(
        moderator=world.people["site"],
        post=world.posts["members"],
        rule=world.rules["spam"],
        note="x",
    )
    flag = world.cases["public"].flags.get().note
    note = Passage.objects.latest("id")

    def look(text: str, address: str = "/en/moderation/log/") -> str:
        Passage.objects.filter(pk__in=[note.pk, flag.pk, post.passage_id]).update(body=text)
        return staff.get(address).content.decode()

    assert_only_words(look, PRINTABLE[::5])
    assert_only_words(lambda text: look(text, "/en/moderation/"), PRINTABLE[1::5])


def test_words_are_only_words_in_every_form_that_shows_them_again(world: World) -> None:
    """The refused reply and thread, the edit form, the report's and the moderator's page, the deletion."""
    post, thread = world.posts["public"], world.threads["public"]

    def stored(address: str, who: str) -> Any:
        def look(text: str) -> str:
            Passage.objects.filter(pk=post.passage_id).update(body=text)
            return world.browser(who).get(address).content.decode()

        return look

    def sent(address: str, who: str, field: str, **rest: str) -> Any:
        def look(text: str) -> str:
            cache.clear()  # the counts of allauth's limits
            return world.browser(who).post(address, rest | {field: text}).content.decode()

        return look

    reply_to, new = f"/en/threads/{thread.pk}/posts/", "/zh-hans/threads/new/"
    looks = [
        stored(f"/en/posts/{post.pk}/edit/", "author"),
        stored(f"/en/posts/{post.pk}/deletion/", "author"),
        stored(f"/en/posts/{post.pk}/flag/", "member"),
        stored(f"/en/posts/{post.pk}/hiding/", "staff"),
        sent(reply_to, "author", "body", language="x"),
        sent(reply_to, "author", "body_other", language="x", body="y"),
        sent(reply_to, "author", "language", body="y", body_other="另"),
        sent(reply_to, "silenced", "body"),
        sent(reply_to, "anonymous", "body"),
        sent(reply_to, "anonymous", "odd", body="y"),
        sent(new, "author", "title", board="x", body="y"),
        sent(new, "author", "title_other", board="x", body="y", title="z"),
        sent(new, "author", "board", body="y", title="z"),
        sent(f"/en/posts/{post.pk}/flag/", "member", "note", reason="x"),
        sent(f"/en/posts/{post.pk}/hiding/", "staff", "note", reason="x"),
        sent(f"/en/threads/{thread.pk}/move/", "staff", "note", reason="x", board="rent"),
        sent(
            "/en/accounts/login/", "anonymous", "kept.body", kept_path=f"/en/threads/{thread.pk}/"
        ),
        sent("/en/accounts/signup/", "anonymous", "username", email="x"),
        sent("/en/accounts/signup/", "anonymous", "kept.title", kept_only="1", kept_path="/en/"),
    ]
    for number, look in enumerate(looks):
        assert_only_words(look, PRINTABLE[number::28])


def test_words_are_only_words_on_the_pages_of_conflict_and_of_a_used_id(world: World) -> None:
    post, thread = world.posts["public"], world.threads["public"]
    browser = world.browser("author")
    browser.post(f"/en/threads/{thread.pk}/posts/", {"body": "First.", "client_id": "used"})

    def conflict(text: str) -> str:
        data = {"body": text, "version": "9"}
        return browser.post(f"/en/posts/{post.pk}/edit/", data).content.decode()

    def used(text: str) -> str:
        data = {"body": text, "client_id": "used"}
        return browser.post(f"/en/threads/{thread.pk}/posts/", data).content.decode()

    assert_only_words(conflict, PRINTABLE[::8])
    assert_only_words(used, PRINTABLE[2::8])


def test_words_are_only_words_when_a_form_is_refused_for_its_token(world: World) -> None:
    sam = session_of(world.people["member"])

    def look(name: str) -> Any:
        def shown(text: str) -> str:
            browser = world.browser("anonymous", csrf=True)
            browser.cookies["sessionid"] = sam
            return browser.post("/en/threads/new/", {name: text}).content.decode()

        return shown

    for name in ("body", "title", "odd"):
        assert_only_words(look(name), VECTORS[::9])
    assert (
        faults(world.browser("anonymous").get("/en/<script>alert(1)</script>/").content.decode())
        == []
    )


def test_an_address_is_only_an_address_wherever_it_is_shown(world: World) -> None:
    for vector in SHORT[::6]:
        for address in ("/en/", "/en/threads/new/", "/en/accounts/login/", "/en/nothing/"):
            html = world.browser("anonymous").get(
                address, {"page": vector, "next": vector, "board": vector}
            )
            assert faults(html.content.decode()) == [], (address, vector)


def test_a_quotation_is_prefilled_as_words_and_quotes_nothing_that_runs(world: World) -> None:
    thread = open_thread(person("quoter"), world.boards["public"])
    browser = world.browser("author")
    for vector in PRINTABLE[::10]:
        post = reply(world.people["author"], thread, normalise(vector))
        html = browser.get(f"/en/threads/{thread.pk}/?quote={post.pk}").content.decode()
        assert faults(html) == []
        quoted = Page(html).value("body")
        answer = reply(world.people["member"], thread, normalise(f"{quoted}\n\nyes"))
        assert faults(Post.objects.get(pk=answer.pk).passage.html) == []
