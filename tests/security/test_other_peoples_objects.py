"""Check 28: what is not for a reader is nowhere: not by its id, not in a list, a quotation or a log.

The words of hidden, deleted and closed things hold a canary each (tests/access/world.py). The walk
over every address looks for them (tests/access/answers.py); here stands what it does not ask for.
"""

from itertools import product
from typing import Any

import pytest

from exchange.boards.models import Post
from exchange.moderation import actions as moderation
from tests.access.answers import CANARIES, FORBIDDEN, PLACES, READERS, STRANGERS
from tests.access.routes import Route, route, routes
from tests.access.sendable import form
from tests.access.world import (
    BODY,
    CAPTION,
    MISSING,
    NOTE,
    PEOPLE,
    TITLE,
    World,
    comparable,
    undone,
)
from tests.cast import picture, reply


def looks(world: World) -> list[str]:
    """What can be asked beside the addresses themselves, each of which tests/access looks at."""
    found = []
    ids = [(world.threads[p].pk, world.posts[p].pk) for p in ("public", *PLACES)]
    for (thread, _), (_, post) in product(ids, ids):
        found.append(f"/en/threads/{thread}/?quote={post}")
    for place in ("public", *PLACES):
        found.append(
            f"/en/threads/new/?board={world.boards[place].slug if place in world.boards else 'x'}"
        )
        found.append(f"/zh-hans/threads/{world.threads[place].pk}/")
        found.append(f"/en/threads/{world.threads[place].pk}/changes?since=1")
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("person", ["anonymous", "member", "author", "silenced", "elsewhere"])
def test_no_page_holds_a_word_that_is_not_for_its_reader(person: str, world: World) -> None:
    browser = world.browser(person)
    for address in looks(world):
        world.browser("staff").get(address)  # so that there is something kept for the next one
    for address in looks(world):
        shown = browser.get(address).content.decode(errors="replace")
        found = {word: place for word, place in FORBIDDEN[person].items() if word in shown}
        assert found == {}, address


def test_the_canaries_are_seen_by_those_who_may_read_them(world: World) -> None:
    """Or the test above would search for what is nowhere."""
    for place, readers in READERS.items():
        for person in readers:
            browser = world.browser(person)
            shown = browser.get(f"/en/threads/{world.threads[place].pk}/").content.decode(
                errors="replace"
            )
            assert [word for word in CANARIES[place] if word not in shown] == [], (place, person)
    address = f"/en/moderation/cases/{world.cases['public'].pk}/"
    case = world.browser("staff").get(address).content.decode(errors="replace")
    assert NOTE.format("public") in case


def test_there_are_four_hundred_such_looks(world: World) -> None:
    places = sum(len(each.places) for each in routes())
    assert len(looks(world)) * 5 + places * len(PEOPLE) >= 400


def tried(world: World, each: Route, person: str, method: str, address: str) -> tuple[Any, ...]:
    browser = world.browser(person)
    with undone():
        sent = {} if method == "GET" else form(each.name)
        response = getattr(browser, method.lower())(address, sent)
    ids = [int(part) for part in address.split("?", maxsplit=1)[0].split("/") if part.isdigit()]
    headers = {k: v for k, v in response.headers.items() if k not in ("Content-Length", "Vary")}
    return (
        response.status_code,
        headers,
        comparable(response.content.decode(errors="replace"), *ids, MISSING),
    )


def test_a_thread_cannot_quote_a_post_of_another_thread(world: World) -> None:
    here = world.threads["public"].pk
    for place, person in product(PLACES, ["member", "author", "staff"]):
        shown = []
        for asked in (world.posts[place].pk, MISSING):
            html = (
                world.browser(person)
                .get(f"/en/threads/{here}/?quote={asked}")
                .content.decode(errors="replace")
            )
            shown.append(comparable(html).replace(f"quote={asked}", "quote=ID"))
        assert shown[0] == shown[1], (place, person)


@pytest.mark.parametrize("place", ["hidden", "waits"])
def test_a_hidden_post_is_quoted_for_nobody(place: str, world: World) -> None:
    """Its author and moderators read it in its place; a quotation would put it before all."""
    thread, post = world.threads[place].pk, world.posts[place]
    for person in ("member", "author", "staff"):
        browser = world.browser(person)
        shown = browser.get(f"/en/threads/{thread}/?quote={post.pk}").content.decode(
            errors="replace"
        )
        assert f"&gt; {BODY[place][:12]}" not in shown


def test_a_post_that_is_hidden_while_its_thread_is_open_leaves_no_word(world: World) -> None:
    """Also not in the summary that search engines show, nor in the kept copies of fragments."""
    author, thread = world.people["author"], world.threads["public"]
    secret = reply(author, thread, "Secretcanary words.", body_other="秘密金丝雀的话。")
    address = f"/en/threads/{thread.pk}/"
    stranger = world.browser("anonymous")
    assert "Secretcanary" in stranger.get(address).content.decode(errors="replace")
    moderation.hide(moderator=world.people["site"], post=secret, rule=world.rules["spam"])
    for look in (address, f"{address}?quote={secret.pk}", f"{address}changes?since=0", "/en/"):
        shown = stranger.get(look).content.decode(errors="replace")
        assert "Secretcanary" not in shown and "秘密金丝雀" not in shown, look
    assert "Secretcanary" in world.browser("author").get(address).content.decode(errors="replace")
    assert "Secretcanary" not in stranger.get(address).content.decode(errors="replace")


def test_the_summary_of_a_page_skips_what_is_hidden(world: World) -> None:
    thread = world.threads["hidden"]
    reply_after = Post.objects.filter(thread=thread).count()
    shown = world.browser("staff").get(f"/en/threads/{thread.pk}/").content.decode(errors="replace")
    description = shown.partition('name="description" content="')[2].partition('"')[0]
    assert reply_after == 2 and "canary" not in description


def test_history_of_a_hidden_post_is_like_that_of_none_to_a_stranger(world: World) -> None:
    history = route("history")
    for person in STRANGERS["hidden"]:
        hidden = tried(world, history, person, "GET", history.at(world, "hidden"))
        missing = tried(world, history, person, "GET", history.at(world, "missing"))
        assert (hidden[0], missing[0]) == (404, 404)


def test_the_log_is_silent_about_closed_boards(world: World) -> None:
    """An act in a board, an opening of it, a moderator of it: for who may not see the board, nothing."""
    lin, rules = world.people["site"], world.rules
    for place in ("members", "moderators"):
        thread, board = world.threads[place], world.boards[place]
        reason = {"moderator": lin, "rule": rules["spam"]}
        moderation.lock(thread=thread, note=f"Logcanary {place}", **reason)
        moderation.hide(post=world.posts[place], note=f"Logcanary {place}", **reason)
        moderation.appoint(by=lin, person=world.people["member"], role="moderator", board=board)
        moderation.dismiss(by=lin, person=world.people["member"], role="moderator", board=board)
    names = {"members": ("members-only", "Members-Only"), "moderators": ("back-room", "Back-Room")}
    for place in ("members", "moderators"):
        for person in STRANGERS[place]:
            shown = (
                world.browser(person).get("/en/moderation/log/").content.decode(errors="replace")
            )
            words = [f"Logcanary {place}", f"/threads/{world.threads[place].pk}/", *names[place]]
            assert [word for word in words if word in shown] == [], (place, person)


def test_a_thread_that_was_moved_away_takes_its_words_with_it(world: World) -> None:
    """Page, kept fragments, changes, log, lists: for who cannot follow it, it is gone."""
    thread = world.threads["members"]
    member = world.browser("member")
    assert member.get(f"/en/threads/{thread.pk}/").status_code == 200
    moderation.move(
        moderator=world.people["site"],
        thread=thread,
        board=world.boards["moderators"],
        rule=world.rules["off-topic"],
    )
    for look in (f"/en/threads/{thread.pk}/", f"/en/threads/{thread.pk}/changes?since=0"):
        assert member.get(look).status_code == 404
    for look in ("/en/", "/en/boards/members-only/", "/en/moderation/log/"):
        shown = member.get(look).content.decode(errors="replace")
        assert TITLE["members"] not in shown and f"/threads/{thread.pk}/" not in shown, look


def test_the_desk_shows_a_moderator_the_own_boards_only(world: World) -> None:
    shown = world.browser("elsewhere").get("/en/moderation/").content.decode(errors="replace")
    assert f"/cases/{world.cases['elsewhere'].pk}/" in shown
    for place in ("public", "members", "moderators"):
        assert f"/cases/{world.cases[place].pk}/" not in shown


def test_a_report_of_another_board_cannot_be_closed_by_its_id(world: World) -> None:
    closing = route("case_decision")
    for place in ("public", "members", "moderators", "missing"):
        answer = tried(world, closing, "elsewhere", "POST", closing.at(world, place))
        assert answer == tried(world, closing, "elsewhere", "POST", closing.at(world, "missing"))
        assert answer[0] == 404


def test_what_was_typed_before_the_log_in_comes_back_to_that_person_only(world: World) -> None:
    """The kept text stands in one session: another one's form at the same address is empty."""
    address = f"/en/threads/{world.threads['public'].pk}/"
    browser = world.browser("anonymous")
    data = {"login": "tom@example.org", "password": "duck-soup-2025", "kept_path": address}
    browser.post("/en/accounts/login/", data | {"kept.body": "Typedcanary", "next": address})
    for person in ("member", "staff", "anonymous"):
        assert "Typedcanary" not in world.browser(person).get(address).content.decode(
            errors="replace"
        )
    assert "Typedcanary" in browser.get(address).content.decode(errors="replace")
    assert "Typedcanary" not in browser.get(address).content.decode(errors="replace")


def test_a_picture_is_found_under_its_own_post_only(world: World) -> None:
    """Somebody else's upload, or one of a hidden post, put behind the address of another post."""
    for person, place in product(("anonymous", "member", "author", "staff"), world.pictures):
        if place == "deleted":
            continue
        for noun, here in product(("picture", "picture_hiding"), ("public", "members")):
            if here != place:
                post, upload = world.posts[here].pk, world.pictures[place].pk
                address = route(noun).address(post_id=post, upload_id=upload)
                assert world.browser(person).get(address).status_code == 404, address


@pytest.mark.parametrize("place", ["held", "waits", "hidden", "members", "moderators"])
def test_nobody_is_told_the_address_of_a_picture_that_is_not_for_them(
    place: str, world: World
) -> None:
    """Also not by its page, its caption's pages, a report of it or the frames of its thread."""
    upload, post = world.pictures[place], world.posts[place]
    upload.refresh_from_db()
    readers = READERS["hidden" if place == "held" else place]
    caption = upload.caption_id
    addresses = [
        f"/en/threads/{post.thread_id}/",
        f"/en/threads/{post.thread_id}/changes?since=0",
        f"/en/posts/{post.pk}/pictures/{upload.pk}/",
        f"/en/posts/{post.pk}/flag/?picture={upload.pk}",
        *(f"/en/passages/{caption}/{noun}/" for noun in ("translation", "reading", "language")),
        f"/en/passages/script/?to=hant&ids={caption}",
        "/en/moderation/",
        "/en/moderation/pictures/",
    ]
    world.browser("staff").get(addresses[0])  # so that there is something kept
    for person in sorted(set(PEOPLE) - readers):
        for address in addresses:
            shown = world.browser(person).get(address).content.decode(errors="replace")
            assert upload.name not in shown and CAPTION[place] not in shown, (person, address)


@pytest.mark.parametrize("person", ["member", "author"])
def test_a_form_takes_no_upload_that_stands_elsewhere_or_is_somebody_elses(
    person: str, world: World
) -> None:
    address = f"/en/threads/{world.threads['public'].pk}/posts/"
    theirs = picture(world.people["site"])
    for upload in (theirs, world.pictures["public"], world.pictures["held"]):
        before = (upload.passage_id, upload.owner_id)
        sent = form("reply") | {"picture-0-id": str(upload.pk), "client_id": f"p{upload.pk}"}
        response = world.browser(person).post(address, sent)
        assert response.status_code in (403, 422), response.status_code
        assert upload.name not in response.content.decode()
        upload.refresh_from_db()
        assert (upload.passage_id, upload.owner_id) == before


def test_a_report_is_of_no_picture_of_another_post(world: World) -> None:
    address = f"/en/posts/{world.posts['public'].pk}/flag/"
    for place in ("held", "hidden", "members", "elsewhere"):
        sent = form("flag") | {"about": str(world.pictures[place].pk)}
        assert world.browser("silenced").post(address, sent).status_code == 422, place
