"""The page that everybody sees of a person."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Moderator, Post
from exchange.languages.actions import Draft
from exchange.moderation import actions as moderation
from exchange.people import actions, queries
from tests.cast import open_thread, person, reply

pytestmark = pytest.mark.django_db


def html(browser: Any, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def facts(shown: str) -> dict[str, str]:
    found = re.findall(
        r"<dt>(.*?)</dt><dd>(.*?)</dd>", shown.split("</dl>", maxsplit=1)[0], re.DOTALL
    )
    return {name: " ".join(re.sub("<[^>]+>", "", said).split()) for name, said in found}


def test_it_says_what_somebody_reads_and_learns_and_since_when_they_are_here(mei, client) -> None:
    User.objects.filter(pk=mei.pk).update(date_joined=datetime(2025, 1, 14, tzinfo=UTC))
    assert facts(html(client, "/en/people/mei/")) == {
        "Reads": "简体中文",
        "Learning": "English",
        "Member since": "January 2025",
        "Posts": "0",
    }
    assert facts(html(client, "/zh-hans/people/mei/"))["加入时间"] == "2025年1月"


def test_an_address_of_mail_is_never_on_it(mei, staff, log_in, client) -> None:
    for browser in (client, log_in(mei), log_in(staff)):
        assert mei.email not in html(browser, "/en/people/mei/")


@pytest.mark.parametrize("name", ["陈美", "Mary Ann", "O'Neil", "a_b.c", "Zoë", "阿·买"])
def test_every_name_has_an_address(name, client) -> None:
    person(name)
    assert name.replace("'", "&#x27;") in html(client, f"/en/people/{quote(name)}/")


@pytest.mark.parametrize("asked", ["MEI", "mEi", "ｍｅｉ", "m e i", "Méi"])
def test_a_look_alike_leads_to_the_name_itself(asked, mei, client) -> None:
    response = client.get(f"/en/people/{quote(asked)}/")
    assert (response.status_code, response.url) == (302, "/en/people/mei/")


@pytest.mark.parametrize("asked", ["nobody", "%", "..", "''", "x" * 300, "0", "\u200b"])
def test_nobody_of_that_name_is_a_404(asked, mei, client, log_in) -> None:
    for address in ("", "mute/", "block/"):
        assert log_in(mei).get(f"/en/people/{quote(asked)}/{address}").status_code == 404


def test_it_says_what_somebody_keeps_order_on_as_far_as_the_reader_may_see_it(
    lin, staff, board_moderator, moderators_board, client, log_in
) -> None:
    Moderator.objects.create(user=board_moderator, board=moderators_board)
    assert facts(html(client, "/en/people/lin/"))["Keeps order"] == "moderator of the site"
    assert facts(html(client, "/en/people/dana/"))["Keeps order"] == "staff of this site"
    assert facts(html(client, "/en/people/ada/"))["Keeps order"] == "Rent"
    assert facts(html(log_in(lin), "/en/people/ada/"))["Keeps order"] == "Rent Back-Room"


def test_a_sample_person_is_marked(client) -> None:
    person("invented", is_sample=True)
    assert '<span class="badge plain">sample</span>' in html(client, "/en/people/invented/")


def test_it_says_neutrally_that_an_account_is_suspended_or_closed(bo, client) -> None:
    assert "This account is suspended at the moment." in html(client, "/en/people/bo/")
    person("gone", is_active=False)
    assert "This account is closed." in html(client, "/en/people/gone/")


def test_posts_stand_newest_first_in_the_reader_s_language(mei, thread, rent, client) -> None:
    reply(mei, thread, "我付三分之一。", body_other="I pay a third.")
    reply(mei, thread, "Only in English.")
    shown = html(client, "/en/people/mei/")
    assert shown.index("Only in English.") < shown.index("I pay a third.")
    assert "我付三分之一。" not in shown and "What do you pay for a one-bedroom?" in shown
    shown = html(client, "/zh-hans/people/mei/")
    assert "我付三分之一。" in shown and "你们租一室一厅要多少钱？" in shown
    assert "Only in English." in shown and facts(shown)["帖子"] == "2"


def test_only_what_its_reader_may_read_is_on_it(
    mei, tom, lin, rules, rent, members_board, moderators_board, client, log_in
) -> None:
    public = open_thread(tom, rent)
    shown = reply(mei, public, "Shown to all.")
    hidden, deleted = reply(mei, public, "Hidden words."), reply(mei, public, "Deleted words.")
    moderation.hide(moderator=lin, post=hidden, rule=rules["spam"])
    boards.delete(author=mei, post=deleted)
    reply(mei, open_thread(tom, members_board, "Members title"), "For members.")
    reply(mei, open_thread(lin, moderators_board, "Moderators title"), "For moderators.")

    def read(browser: Any) -> set[str]:
        said = html(browser, "/en/people/mei/")
        words = ("Shown to all.", "Hidden words.", "Deleted words.", "For members.")
        found = {word for word in (*words, "For moderators.") if word in said}
        assert facts(said)["Posts"] == str(len(found))
        return found

    assert read(client) == {"Shown to all."}
    assert read(log_in(tom)) == {"Shown to all.", "For members."}
    assert read(log_in(lin)) == {"Shown to all.", "For members.", "For moderators."}
    moderation.hide(moderator=lin, post=public.posts.get(number=1), rule=rules["spam"])
    said = html(client, "/en/people/mei/")
    assert "one-bedroom" not in said and "Hidden thread" in said and f"/posts/{shown.pk}/" in said


@pytest.mark.parametrize("posts", [1, 3])
def test_it_costs_the_same_with_1_or_3_posts(posts, mei, tom, thread, client, log_in) -> None:
    for number in range(posts):
        reply(mei, thread, f"第{number}条。", body_other=f"Number {number}.")

    def cost(browser: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            html(browser, "/en/people/mei/")
        return len(captured)

    # the person, their posts, the halves, the threads, what they keep order on, the count
    assert cost(client) == 6
    # and session, oneself, roles, what one muted
    assert cost(log_in(tom)) == 11


def test_older_posts_are_a_page_further_on_and_each_stands_on_one(
    mei, thread, client, monkeypatch
) -> None:
    monkeypatch.setattr(queries, "POSTS_PER_PAGE", 2)
    for number in range(5):
        reply(mei, thread, f"Number {number}.")
    address, seen = "/en/people/mei/", []
    for _ in range(3):
        shown = html(client, address)
        seen += re.findall(r"Number \d\.", shown)
        older = re.search(r'rel="next" href="(\?before=\d+)"', shown)
        address = f"/en/people/mei/{older[1]}" if older else ""
    assert seen == [f"Number {number}." for number in (4, 3, 2, 1, 0)] and not address
    assert "No older posts." in html(client, "/en/people/mei/?before=1")
    other = reply(person("other"), thread)
    assert "No older posts." in html(client, f"/en/people/mei/?before={other.pk}")


def test_posts_stand_by_their_time_whatever_their_number(mei, thread, client, monkeypatch) -> None:
    monkeypatch.setattr(queries, "POSTS_PER_PAGE", 1)
    late, early = reply(mei, thread, "Late words."), reply(mei, thread, "Early words.")
    Post.objects.filter(pk=early.pk).update(created_at=timezone.now() - timedelta(days=3))
    assert "Late words." in html(client, "/en/people/mei/")
    assert "Early words." in html(client, f"/en/people/mei/?before={late.pk}")


def test_what_somebody_quotes_is_not_shown_as_theirs(mei, thread, client) -> None:
    reply(mei, thread, "> [tom #1](/posts/1/)\n>\n> I pay a third.\n\nSo do I.")
    shown = html(client, "/en/people/mei/")
    assert "So do I." in shown and "I pay a third." not in shown


@pytest.mark.parametrize("before", ["x", "-1", "1.0", "9" * 19, "１", " "])
def test_an_odd_place_in_the_list_is_a_404(before, mei, client) -> None:
    assert client.get("/en/people/mei/", {"before": before}).status_code == 404


def test_search_engines_keep_it_only_where_there_is_something_to_read(mei, thread, client) -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in html(client, "/en/people/mei/")
    post = reply(mei, thread)
    assert noindex not in html(client, "/en/people/mei/")
    assert noindex in html(client, f"/en/people/mei/?before={post.pk + 1}")
    assert 'hreflang="zh-Hans"' in html(client, "/en/people/mei/")


def test_names_on_posts_and_in_lists_lead_to_it(tom, thread, client) -> None:
    link = 'class="name" href="/en/people/tom/"'
    assert link in html(client, f"/en/threads/{thread.pk}/")
    assert link in html(client, "/en/") and link in html(client, "/en/boards/rent/")
    assert 'href="/zh-hans/people/tom/"' in html(client, f"/zh-hans/threads/{thread.pk}/")


def test_others_can_mute_and_block_there_and_strangers_and_oneself_cannot(
    tom, mei, log_in, client
) -> None:
    assert "/people/mei/block/" in html(log_in(tom), "/en/people/mei/")
    for browser in (client, log_in(mei)):
        assert "/people/mei/block/" not in html(browser, "/en/people/mei/")


def test_a_muted_person_s_posts_are_folded_away(tom, mei, thread, log_in) -> None:
    reply(mei, thread, "Mei says something.")
    browser = log_in(tom)
    assert "folded away" not in html(browser, "/en/people/mei/")
    actions.mute_person(by=tom, person=mei)
    shown = html(browser, "/en/people/mei/")
    assert "You muted this person" in shown and "Unmute" in shown
    actions.mute_person(by=tom, person=mei, blocks=True)
    assert "You blocked this person" in html(browser, "/en/people/mei/")


def test_a_row_with_a_muted_word_keeps_its_words(tom, mei, sam, thread, log_in) -> None:
    reply(mei, thread, "We eat noodles.")
    actions.mute_word(by=sam, word="noodles")
    shown = html(log_in(sam), "/en/people/mei/")
    assert "We eat noodles." not in shown and "A post with a word that you muted" in shown


def test_a_person_who_came_today_has_a_page(client) -> None:
    person("fresh", newcomer=True, date_joined=timezone.now() - timedelta(minutes=1))
    assert "No posts that you can read." in html(client, "/en/people/fresh/")


def test_staff_find_roles_and_moderators_the_record_on_the_page_of_a_person(
    mei, tom, lin, staff, thread, rules, log_in
) -> None:
    moderation.hide(moderator=lin, post=reply(mei, thread), rule=rules["spam"])
    pages = {person: html(log_in(person), "/en/people/mei/") for person in (tom, mei, lin, staff)}
    assert [("/people/mei/roles/" in pages[one]) for one in (tom, mei, lin, staff)] == [
        *(False, False, False, True)
    ]
    for one in (lin, staff):
        assert "/people/mei/suspension/" in pages[one] and "hid a post" in pages[one]
    for one in (tom, mei):
        assert "/people/mei/suspension/" not in pages[one] and "hid a post" not in pages[one]


def test_a_board_s_moderator_reads_no_record_of_boards_that_are_closed_to_them(
    mei, lin, board_moderator, moderators_board, rules, log_in
) -> None:
    closed = boards.open_thread(
        author=mei, board=moderators_board, title=Draft("Closed"), draft=Draft("Closed words")
    )
    moderation.hide(moderator=lin, post=closed.posts.get(), rule=rules["spam"])
    assert "hid a post" in html(log_in(lin), "/en/people/mei/")
    assert "hid a post" not in html(log_in(board_moderator), "/en/people/mei/")
