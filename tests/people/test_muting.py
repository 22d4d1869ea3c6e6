"""Muting and blocking: what it keeps, for whom it is, and what pages make of it."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.boards import muting
from exchange.boards.models import Mute, Thread
from exchange.ledger.models import Event
from exchange.people import actions
from tests.cast import open_thread, person, reply
from tests.security.pages import page

pytestmark = pytest.mark.django_db
STUB = re.compile(r'<details class="stub">.*?</details>', re.DOTALL)


def html(browser: Any, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def thread_page(browser: Any, thread: Thread, language: str = "en") -> str:
    return html(browser, f"/{language}/threads/{thread.pk}/")


def stubs(shown: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>|\s+", " ", found).split("Show anyway")[0] for found in STUB.findall(shown)
    ]


def cost(browser: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


# What is kept


def test_a_form_mutes_a_person_and_another_one_takes_it_back(tom, mei, log_in) -> None:
    browser = log_in(tom)
    form = html(browser, "/en/people/mei/mute/")
    assert "Mute this person?" in form and 'value="DELETE"' not in form
    assert browser.post("/en/people/mei/mute/").url == "/en/people/mei/"
    mute = Mute.objects.get()
    assert (mute.by, mute.person, mute.kind, mute.blocks) == (tom, mei, "person", False)
    form = html(browser, "/en/people/mei/mute/")
    assert "Unmute this person?" in form and 'value="DELETE"' in form
    browser.post("/en/people/mei/mute/", {"_method": "DELETE"})
    assert not Mute.objects.exists()


def test_a_block_is_a_mute_that_counts_for_both_and_stays_one(tom, mei, log_in) -> None:
    browser = log_in(tom)
    for address in ("mute", "block", "mute"):
        assert browser.post(f"/en/people/mei/{address}/").status_code == 302
    assert [(mute.person, mute.blocks) for mute in Mute.objects.all()] == [(mei, True)]
    assert muting.blocked_between(tom, mei) and muting.blocked_between(mei, tom)
    assert "Unblock this person?" in html(browser, "/en/people/mei/mute/")
    browser.post("/en/people/mei/block/", {"_method": "DELETE"})
    assert not muting.blocked_between(mei, tom)


def test_threads_boards_and_words_can_be_muted_twice_to_the_same_end(
    tom, thread, rent, log_in
) -> None:
    browser = log_in(tom)
    for _ in range(2):
        browser.post(f"/en/threads/{thread.pk}/mute/")
        browser.post("/en/boards/rent/mute/")
        browser.post("/en/settings/mutes/", {"word": " 臺灣 "})
        browser.post("/en/settings/mutes/", {"word": "台湾"})
    found = list(Mute.objects.order_by("pk").values_list("kind", "thread", "board", "word"))
    assert found == [
        ("thread", thread.pk, None, ""),
        ("board", None, rent.pk, ""),
        ("word", None, None, "臺灣"),
    ]
    shown = html(browser, "/en/settings/mutes/")
    assert "臺灣" in shown and "one-bedroom" in shown
    for mute in Mute.objects.all():
        browser.post("/en/settings/mutes/", {"_method": "DELETE", "mute": str(mute.pk)})
    assert not Mute.objects.exists()


@pytest.mark.parametrize("word", ["", "   ", "\u200b", "。", "...", "，,", "x" * 61, "a\x01"])
def test_what_is_no_word_is_refused_and_kept_in_the_form(word, tom, log_in) -> None:
    response = log_in(tom).post("/zh-hans/settings/mutes/", {"word": word})
    assert response.status_code == 422 and not Mute.objects.exists()
    assert 'aria-invalid="true"' in response.content.decode()


@pytest.mark.parametrize("word", ["的", "a", "C++", "🐱", "x" * 60, "押一付三 房租"])
def test_one_character_is_a_word(word, tom, log_in) -> None:
    assert log_in(tom).post("/en/settings/mutes/", {"word": word}).status_code == 302
    assert Mute.objects.get().word == word


def test_nobody_mutes_themselves(tom, log_in) -> None:
    for address in ("mute", "block"):
        response = log_in(tom).post(f"/en/people/tom/{address}/")
        assert response.status_code == 403
        assert "You cannot mute or block yourself." in response.content.decode()
    assert not Mute.objects.exists()


def test_a_full_list_says_so(tom, mei, log_in, monkeypatch) -> None:
    monkeypatch.setitem(muting.MOST, Mute.Kind.WORD, 2)
    monkeypatch.setitem(muting.MOST, Mute.Kind.PERSON, 0)
    browser = log_in(tom)
    assert [
        browser.post("/en/settings/mutes/", {"word": word}).status_code
        for word in ("one", "two", "ONE", "three")
    ] == [302, 302, 302, 409]
    assert browser.post("/en/people/mei/mute/").status_code == 409
    assert sorted(Mute.objects.values_list("word", flat=True)) == ["one", "two"]


def test_the_ledger_hears_nothing_and_nobody_is_told(tom, mei, thread, log_in) -> None:
    before = Event.objects.count()
    browser = log_in(tom)
    browser.post("/en/people/mei/block/")
    browser.post(f"/en/threads/{thread.pk}/mute/")
    browser.post("/en/settings/mutes/", {"word": "rent"})
    assert Event.objects.count() == before
    hers = log_in(mei)
    for address in ("/en/people/tom/", f"/en/threads/{thread.pk}/", "/en/settings/mutes/", "/en/"):
        shown = html(hers, address)
        assert 'class="stub"' not in shown and "You blocked" not in shown


def test_another_s_mutes_are_neither_shown_nor_taken_back(tom, mei, sam, log_in) -> None:
    kept = [
        actions.mute_person(by=tom, person=sam),
        actions.mute_word(by=tom, word="canaryword"),
    ]
    browser = log_in(mei)
    for mute in kept:
        sent = {"_method": "DELETE", "mute": str(mute.pk)}
        assert browser.post("/en/settings/mutes/", sent).status_code == 404
    browser.post("/en/people/sam/mute/", {"_method": "DELETE"})
    assert Mute.objects.count() == 2
    shown = html(browser, "/en/settings/mutes/")
    assert "canaryword" not in shown and "/people/sam/" not in shown


@pytest.mark.parametrize("mute", ["", "0", "-1", "1.5", "9" * 30, "x", "１"])
def test_an_odd_number_takes_nothing_back(mute, tom, mei, log_in) -> None:
    actions.mute_person(by=tom, person=mei)
    sent = {"_method": "DELETE", "mute": mute}
    assert log_in(tom).post("/en/settings/mutes/", sent).status_code == 404
    assert Mute.objects.count() == 1


def test_a_thread_that_was_closed_to_its_muter_is_listed_without_its_title(
    tom, thread, rent, log_in
) -> None:
    actions.mute_thread(by=tom, thread=thread)
    rent.access = "moderators"
    rent.save()
    shown = html(log_in(tom), "/en/settings/mutes/")
    assert "one-bedroom" not in shown and "A thread that you cannot read any more." in shown


def test_all_of_it_goes_with_the_account(tom, mei) -> None:
    sam = person("sam")
    actions.mute_word(by=sam, word="Mutedzorp")
    actions.mute_person(by=sam, person=mei)
    actions.mute_person(by=tom, person=sam, blocks=True)
    sam.delete()
    assert not Mute.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_with_1_or_3_of_each(many, tom, rent, log_in) -> None:
    for number in range(many):
        other = person(f"walker {number}")
        actions.mute_person(by=tom, person=other)
        actions.mute_thread(by=tom, thread=open_thread(other, rent))
        actions.mute_word(by=tom, word=f"word {number}")
    actions.mute_board(by=tom, board=rent)
    # session, person, the mutes, their threads, roles (which boards are open)
    assert cost(log_in(tom), "/en/settings/mutes/") == 6


def test_what_somebody_muted_is_asked_once_and_of_a_stranger_not_at_all(
    tom, mei, nobody, django_assert_num_queries
) -> None:
    actions.mute_person(by=tom, person=mei)
    with django_assert_num_queries(1):
        assert muting.mutes_of(tom).people == {mei.pk} == muting.mutes_of(tom).people
    with django_assert_num_queries(0):
        assert muting.mutes_of(nobody) == muting.NOTHING
    actions.unmute(by=tom, person=mei)
    assert muting.mutes_of(tom).people == set()


def test_who_is_not_told_of_an_author(tom, mei, sam, lin, bo, thread, rent) -> None:
    actions.mute_person(by=mei, person=tom)
    actions.mute_thread(by=sam, thread=thread)
    actions.mute_board(by=lin, board=rent)
    actions.mute_person(by=tom, person=bo, blocks=True)
    other = person("other")
    actions.mute_person(by=tom, person=other)  # a mute is of one side
    people = [p.pk for p in (mei, sam, lin, bo, other)]
    assert muting.deaf_to(people, author=tom.pk, thread=thread) == set(people[:4])
    assert muting.deaf_to(people, author=tom.pk) == {mei.pk, bo.pk}


# What a thread's page makes of it


def test_a_muted_person_s_post_is_a_line_that_opens(tom, mei, thread, log_in) -> None:
    reply(mei, thread, "Mei says something."), reply(tom, thread, "Tom says something.")
    actions.mute_person(by=tom, person=mei)
    shown = thread_page(log_in(tom), thread)
    assert [" ".join(found.split()) for found in stubs(shown)] == [
        "#2 A post by mei , whom you muted"
    ]
    assert "Mei says something." in STUB.search(shown)[0]
    assert page(log_in(tom).get(f"/en/threads/{thread.pk}/")).lang == "en"
    assert "你已屏蔽此人" in thread_page(log_in(tom), thread, "zh-hans")
    actions.mute_person(by=tom, person=mei, blocks=True)
    assert "whom you blocked" in stubs(thread_page(log_in(tom), thread))[0]


def test_only_their_muter_sees_the_line_and_the_kept_post_is_the_same(
    tom, mei, sam, thread, log_in, client
) -> None:
    reply(mei, thread, "Mei says something.")
    before = thread_page(client, thread)
    actions.mute_person(by=tom, person=mei, blocks=True)
    muted = STUB.search(thread_page(log_in(tom), thread))[0]
    fragment = re.search(r"<article.*?</article>", muted, re.DOTALL)[0]
    assert fragment in before
    assert thread_page(client, thread) == before
    for other in (mei, sam):
        assert stubs(thread_page(log_in(other), thread)) == []


@pytest.mark.parametrize(
    ("word", "hidden"),
    [("面条", [2]), ("麵條", [2]), ("noodles", [3]), ("noodle", []), ("mei", [])],
)
def test_a_muted_word_takes_posts_with_it_in_either_half(
    word, hidden, tom, mei, sam, thread, log_in
) -> None:
    reply(mei, thread, "We cook on Sundays.", body_other="我们星期天吃面条。")
    reply(mei, thread, "Noodles, with tom.")
    actions.mute_word(by=sam, word=word)
    found = [int(re.search(r"#(\d+)", line)[1]) for line in stubs(thread_page(log_in(sam), thread))]
    assert found == hidden


def test_the_page_s_own_words_are_no_words_of_a_post(tom, mei, sam, thread, log_in) -> None:
    reply(mei, thread, "Short.")
    for word in ("Reply", "Report", "EN", "mei", "sample", "opening post"):
        actions.mute_word(by=sam, word=word)
    assert stubs(thread_page(log_in(sam), thread)) == []


def test_one_s_own_posts_stay(tom, thread, log_in) -> None:
    actions.mute_word(by=tom, word="earn")
    assert stubs(thread_page(log_in(tom), thread)) == []


def test_what_others_quote_of_a_muted_person_stays(tom, mei, sam, thread, log_in) -> None:
    first = reply(mei, thread, "Mei says something.")
    reply(sam, thread, f"> [mei #2](/posts/{first.pk}/)\n>\n> Mei says something.\n\nI agree.")
    actions.mute_person(by=tom, person=mei)
    shown = thread_page(log_in(tom), thread)
    assert len(stubs(shown)) == 1 and "I agree." in STUB.sub("", shown)


def test_a_thread_by_a_muted_person_can_be_read(tom, mei, thread, log_in) -> None:
    actions.mute_person(by=mei, person=tom)
    shown = thread_page(log_in(mei), thread)
    assert len(stubs(shown)) == 1 and "What do you pay for a one-bedroom?" in shown


def test_what_opens_a_pinned_thread_stays_whoever_wrote_it(tom, mei, thread, log_in) -> None:
    """The site's own account can be muted; the article that it pinned is there for everybody."""
    reply(tom, thread, "Another one.")
    Thread.objects.filter(pk=thread.pk).update(pinned_at=timezone.now())
    actions.mute_person(by=mei, person=tom)
    browser = log_in(mei)
    assert ["#2" in line for line in stubs(thread_page(browser, thread))] == [True]
    assert 'id="opening"' in html(browser, "/en/")
    assert "one-bedroom" in html(browser, "/en/boards/rent/")
    actions.mute_thread(by=mei, thread=thread)
    shown = html(browser, "/en/")
    assert 'id="opening"' not in shown and "1 thread not shown" in shown


def test_a_page_tells_its_scripts_whom_and_what_to_put_behind_a_line(
    tom, mei, sam, lin, thread, log_in
) -> None:
    browser = log_in(tom)
    assert "data-muted" not in thread_page(browser, thread)
    actions.mute_person(by=tom, person=mei), actions.mute_word(by=tom, word="台湾")
    actions.mute_person(by=tom, person=sam, blocks=True)
    actions.mute_person(by=lin, person=tom, blocks=True)  # nobody learns that they were blocked
    said = re.search(r'data-muted="([^"]*)"', thread_page(browser, thread))[1]
    assert json.loads(unescape(said)) == {
        "people": [mei.pk],
        "blocked": [sam.pk],
        "words": sorted({"台湾", "臺灣", "台灣"}),
        "names": ["mei", "sam"],
    }


@pytest.mark.parametrize("posts", [1, 3])
def test_a_thread_page_with_muted_posts_costs_no_more(posts, tom, mei, thread, log_in) -> None:
    for number in range(posts):
        reply(mei, thread, f"Reply {number} about noodles.")
    actions.mute_person(by=tom, person=mei), actions.mute_word(by=tom, word="noodles")
    browser = log_in(tom)
    thread_page(browser, thread)
    # session, person, roles, what they muted, thread, posts, draft
    assert cost(browser, f"/en/threads/{thread.pk}/") == 7


# What lists make of it


@pytest.fixture
def threads(tom, mei, rent, welcome) -> dict[str, Thread]:
    return {
        "plain": open_thread(tom, rent, "Plain title", title_other=""),
        "hers": open_thread(mei, rent, "Title of hers", title_other=""),
        "muted": open_thread(tom, rent, "Loud title", title_other=""),
        "elsewhere": open_thread(tom, welcome, "Title elsewhere", title_other=""),
        "wordy": open_thread(tom, rent, "About noodles", title_other="关于面条"),
    }


def listed(browser: Any, address: str, threads: dict[str, Thread]) -> set[str]:
    shown = html(browser, address)
    return {name for name, thread in threads.items() if thread.title.body in shown}


def test_lists_leave_out_what_was_muted_and_say_how_much(
    threads, sam, mei, welcome, log_in, client
) -> None:
    actions.mute_person(by=sam, person=mei)
    actions.mute_thread(by=sam, thread=threads["muted"])
    actions.mute_board(by=sam, board=welcome)
    actions.mute_word(by=sam, word="麵條")
    browser = log_in(sam)
    assert listed(browser, "/en/", threads) == {"plain"}
    assert listed(browser, "/en/boards/rent/", threads) == {"plain"}
    # A board's own page stays as it is, but for what was muted otherwise.
    assert listed(browser, "/en/boards/welcome/", threads) == {"elsewhere"}
    said = html(browser, "/en/")
    assert "4 threads not shown" in said and 'href="?muted=shown"' in said
    assert "3 threads not shown" in html(browser, "/en/boards/rent/")
    assert "有 4 个主题" in html(browser, "/zh-hans/")
    assert listed(browser, "/en/?muted=shown", threads) == set(threads)
    shown = html(browser, "/en/?muted=shown")
    assert shown.count('<span class="badge plain">muted</span>') == 4
    assert "4 threads here are marked as muted" in shown
    assert listed(client, "/en/", threads) == listed(log_in(mei), "/en/", threads) == set(threads)
    assert "not shown" not in html(client, "/en/")


def test_an_empty_list_says_why(thread, sam, log_in) -> None:
    actions.mute_thread(by=sam, thread=thread)
    for address in ("/en/", "/en/boards/rent/"):
        shown = html(log_in(sam), address)
        assert "All threads of this page are among what you muted." in shown
        assert "No threads here yet" not in shown


def test_one_s_own_threads_are_left_out_only_where_they_were_muted_themselves(
    threads, tom, rent, log_in
) -> None:
    actions.mute_word(by=tom, word="noodles")
    assert "wordy" in listed(log_in(tom), "/en/", threads)
    actions.mute_thread(by=tom, thread=threads["wordy"])
    assert "wordy" not in listed(log_in(tom), "/en/", threads)


def test_pages_of_a_list_stay_the_same_for_everybody(threads, sam, log_in, monkeypatch) -> None:
    from exchange.boards import queries

    monkeypatch.setattr(queries, "THREADS_PER_PAGE", 2)
    actions.mute_thread(by=sam, thread=threads["wordy"])
    browser = log_in(sam)
    assert listed(browser, "/en/", threads) == {"elsewhere"}
    assert 'href="?page=2"' in html(browser, "/en/")
    assert listed(browser, "/en/?page=2", threads) == {"muted", "hers"}
    assert 'href="?muted=shown&amp;page=2"' in html(browser, "/en/?muted=shown")


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_costs_one_query_more_for_members(many, sam, mei, rent, log_in) -> None:
    for _ in range(many):
        actions.mute_thread(by=sam, thread=open_thread(mei, rent))
    browser = log_in(sam)
    html(browser, "/en/"), html(browser, "/en/boards/rent/")
    # session, person, roles, what they muted; boards, the pinned thread, threads, figures
    assert cost(browser, "/en/") == 8
    assert cost(browser, "/en/boards/rent/") == 6


def test_heads_lead_to_muting_and_back(thread, sam, log_in, client) -> None:
    browser = log_in(sam)
    assert "Mute this thread" in thread_page(browser, thread)
    assert "Mute this board" in html(browser, "/en/boards/rent/")
    browser.post(f"/en/threads/{thread.pk}/mute/"), browser.post("/en/boards/rent/mute/")
    assert "Show this thread in lists again" in thread_page(browser, thread)
    assert "Show on the front page again" in html(browser, "/en/boards/rent/")
    assert "Mute this" not in thread_page(client, thread) + html(client, "/en/boards/rent/")


# Calling by name


def test_neither_side_of_a_block_is_offered_the_other_s_name(tom, mei, sam, thread, log_in) -> None:
    reply(mei, thread), reply(sam, thread)

    def offered(who: Any, **asked: Any) -> list[str]:
        return log_in(who).get("/en/people/names/", asked).json()["names"]

    assert offered(tom, q="m") == ["mei"] and offered(mei, q="to") == ["tom"]
    actions.mute_person(by=tom, person=mei)
    assert offered(tom, q="m") == ["mei"]  # whoever is only muted can be called
    actions.mute_person(by=tom, person=mei, blocks=True)
    assert offered(tom, q="m") == offered(mei, q="to") == []
    assert offered(tom, thread=thread.pk) == ["sam"]
    assert offered(mei, thread=thread.pk) == ["sam"]


# Moderation


def test_moderation_pages_show_everything(tom, lin, thread, rules, log_in) -> None:
    from exchange.moderation import actions as moderation
    from exchange.moderation.targets import of_post

    post = reply(tom, thread, "Noodles at half price.")
    moderation.report(reporter=tom, target=of_post(post), rule=rules["spam"], note="")
    actions.mute_person(by=lin, person=tom, blocks=True)
    actions.mute_word(by=lin, word="noodles")
    browser = log_in(lin)
    for address in ("/en/moderation/", "/en/moderation/log/"):
        assert "stub" not in html(browser, address)
    assert "Noodles at half price." in html(browser, "/en/moderation/")
    assert browser.post(f"/en/posts/{post.pk}/hiding/", {"reason": "spam"}).status_code == 302
    post.refresh_from_db()
    assert post.hidden_at


def test_a_moderator_can_be_muted_like_anybody(tom, lin, thread, log_in) -> None:
    reply(lin, thread, "A word from Lin.")
    assert log_in(tom).post("/en/people/lin/block/").status_code == 302
    assert len(stubs(thread_page(log_in(tom), thread))) == 1
