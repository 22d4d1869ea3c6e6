"""Check 65: each kind of act has its limit; past it, 429 says when it goes on and keeps the words."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from exchange.accounts.models import User
from exchange.boards.models import Post
from exchange.languages.models import Passage
from exchange.ledger.models import Bucket, Event
from exchange.moderation import actions as moderation
from exchange.safety import actions
from exchange.safety.actions import know
from exchange.safety.limits import FROM_YOUR_NETWORK, LIMITS, LOOKUPS, prefix
from tests.access.sendable import REASON, TERM, TITLES, WORDS
from tests.cast import figure_of, person, reply

from .clock import Clock
from .pages import keeps, page
from .parallel import shared_database, together

LANGUAGES = ["en", "zh-hans"]
SAID = {"en": "You can go on in", "zh-hans": "后可以继续。"}
TYPED = "A third of what I earn. 三分之一。"
# Where each act is sent, and with what; {} stands for numbers of the place that `places` makes.
ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "thread": ("threads/new/", {"board": "rent", **TITLES, "body": TYPED, "client_id": "a"}),
    "reply": ("threads/{thread}/posts/", {"body": TYPED, "client_id": "b"}),
    "edit": ("posts/{mine}/edit/", {"body": TYPED, "version": "1"}),
    "report": ("posts/{post}/flag/", REASON | {"note": TYPED}),
    "appeal": ("moderation/decisions/{decision}/appeal/", {"body": TYPED}),
    "translation": ("passages/{passage}/translation/", {"version": "1", "body": "我付三分之一。"}),
    "translation_request": ("passages/{passage}/translation/request/", {}),
    "correction": (
        "passages/{passage}/correction/",
        {"sentence": "0", "version": "1", "corrected": "I pay a third.", "why": TYPED},
    ),
    "term": ("glossary/new/", TERM),
    "question": ("figures/{figure}/question/", {"reason": "amount", "note": TYPED}),
    "opinion": ("passages/{passage}/language/", {"language": "mixed"}),
    "word": ("words/", {"word": "押金"}),
    "mute": ("settings/mutes/", {"word": "押金"}),
    "draft": ("threads/{thread}/draft/", {"body": TYPED, "draft_version": "0"}),
}
LOOKED_UP = {
    "language_found": ("compose/language/", WORDS),
    "figure_reading": ("figures/reading/", {"figure-0-amount": "3500"}),
    "places": ("figures/places/?q=Che", None),
    "names": ("people/names/?q=m", None),
    "reading": ("passages/{passage}/reading/", None),
    "script": ("passages/{passage}/script/", None),
    "file": ("words/export/", None),
    "image": ("threads/{thread}/card.png", None),
}


@pytest.fixture(autouse=True)
def _limits_as_people_meet_them(settings: Any) -> None:
    settings.LIMITS = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def eva(db: None) -> User:
    return person("eva", reads=["en", "zh-hans"], date_joined=timezone.now() - timedelta(days=9))


@pytest.fixture
def places(thread, tom, eva, lin, flat, rules) -> dict[str, int]:
    other = reply(tom, thread, "I pay [¥1] there. It is fine.", entries=[figure_of(flat)])
    Passage.objects.filter(pk=other.passage_id).update(wants_correction=True)
    hidden = moderation.hide(moderator=lin, post=reply(eva, thread, "Hidden."), rule=rules["spam"])
    return {
        "decision": hidden.pk,
        "thread": thread.pk,
        "post": other.pk,
        "mine": reply(eva, thread, "Mine.").pk,
        "passage": other.passage_id,
        "figure": other.passage.entries.get().pk,
    }


def use_up(act: str, user: User) -> None:
    """As many as a member may; each is allowed."""
    count = partial(actions.count_act, act, account=str(user.pk), address="", newcomer=False)
    assert [count() for _ in range(LIMITS[act].account.many)].count(None) == LIMITS[
        act
    ].account.many


def send(browser: Client, language: str, place: tuple[str, Any], numbers: dict[str, int]) -> Any:
    address = f"/{language}/{place[0].format(**numbers)}"
    return browser.get(address) if place[1] is None else browser.post(address, dict(place[1]))


def words_of(form: dict[str, str]) -> Iterator[str]:
    yield from (form[name] for name in ("body", "note", "why", "corrected", "en") if name in form)


def test_the_walk_knows_every_row_of_the_table() -> None:
    assert (set(ACTS), set(LOOKED_UP)) == (set(LIMITS), set(LOOKUPS))
    assert len(ACTS) + len(LOOKED_UP) >= 15


@pytest.mark.parametrize("act", ACTS)
def test_one_more_act_is_told_when_it_goes_on_and_then_it_does(
    act, places, eva, log_in, clock
) -> None:
    browser = log_in(eva)
    use_up(act, eva)
    before = Event.objects.count()
    for language in LANGUAGES:
        answer = send(browser, language, ACTS[act], places)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= LIMITS[act].account.within.total_seconds()
        with override(language):
            assert str(LIMITS[act].what) in page(answer).text
        assert SAID[language] in page(answer).text
        assert page(answer).lang == {"en": "en", "zh-hans": "zh-Hans"}[language]
        assert all(keeps(answer, words) for words in words_of(ACTS[act][1]))
    assert Event.objects.count() == before
    clock.forward(int(answer["Retry-After"]))
    assert send(browser, "en", ACTS[act], places).status_code in (200, 302)
    who = {"account": str(eva.pk), "address": "", "newcomer": False}
    assert actions.count_act(act, **who) is not None  # what went through was counted


@pytest.mark.parametrize("act", LOOKED_UP)
def test_one_more_lookup_is_told_when_it_goes_on_and_then_it_does(
    act, places, eva, log_in, clock
) -> None:
    browser = log_in(eva)
    for _ in range(LOOKUPS[act].account.many - 1):
        assert actions.count_lookup(act, account=str(eva.pk), address="") is None
    assert send(browser, "en", LOOKED_UP[act], places).status_code == 200
    for language in LANGUAGES:
        answer = send(browser, language, LOOKED_UP[act], places)
        assert (answer.status_code, answer["Retry-After"]) == (429, "60")
        assert answer["Cache-Control"] == "no-store"
        assert SAID[language] in page(answer).text
    clock.forward(60)
    assert send(browser, "en", LOOKED_UP[act], places).status_code == 200


@pytest.mark.parametrize("name", ["figures.csv", "figures.json"])
def test_files_of_figures_are_limited_for_strangers(name, places, items, client, clock) -> None:
    many = LOOKUPS["file"].address.many
    codes = [client.get(f"/en/compare/rent/{name}").status_code for _ in range(many + 1)]
    assert set(codes[:-1]) <= {200, 404} and codes[-1] == 429
    answer = client.get(f"/zh-hans/compare/rent/{name}", headers={"accept": "application/json"})
    with override("zh-hans"):
        assert answer.json()["message"].startswith(str(FROM_YOUR_NETWORK))


def test_a_newcomer_s_seventh_reply_waits_five_seconds(thread, sam, log_in, clock) -> None:
    browser, address = log_in(sam), f"/en/threads/{thread.pk}/posts/"
    for number in range(6):
        assert browser.post(address, {"body": f"Number {number}."}).status_code == 302
    answer = browser.post(address, {"body": TYPED, "client_id": "seventh"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "5")
    assert "You can go on in 5 seconds." in page(answer).text
    assert page(answer).value("body") == TYPED
    # It may be the second try of what was sent already, so it stays the same post.
    assert page(answer).value("client_id") == "seventh"
    assert Post.objects.count() == 7
    clock.forward(5)
    assert browser.post(address, {"body": TYPED, "client_id": "seventh"}).status_code == 302
    assert browser.post(address, {"body": "And more."}).status_code == 429


def test_in_place_the_form_comes_back_with_the_words(thread, eva, log_in, clock) -> None:
    use_up("reply", eva)
    answer = log_in(eva).post(
        f"/zh-hans/threads/{thread.pk}/posts/", {"body": TYPED}, headers={"hx-request": "true"}
    )
    assert answer.status_code == 429
    assert answer.content.decode().lstrip().startswith('<form id="reply"')
    assert keeps(answer, TYPED) and "2秒后可以继续。" in page(answer).text
    shown = log_in(eva).get(f"/en/threads/{thread.pk}/").content.decode()
    assert '"4(03|09|22|29)","swap":true' in shown


@pytest.mark.parametrize(("act", "language"), [("draft", "en"), ("translation_request", "zh-hans")])
def test_scripts_are_answered_in_json(act, language, places, eva, log_in, clock) -> None:
    use_up(act, eva)
    address = f"/{language}/{ACTS[act][0].format(**places)}"
    answer = log_in(eva).post(address, ACTS[act][1], headers={"accept": "application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/json")
    said = answer.json()
    assert str(said["seconds"]) == answer["Retry-After"]
    assert SAID[language] in said["message"] == said["said"]


def test_what_was_refused_can_be_sent_again_from_the_page(places, eva, log_in, clock) -> None:
    use_up("report", eva)
    browser = log_in(eva, csrf=True)
    address = f"/en/posts/{places['post']}/flag/"
    token = page(browser.get(address)).value("csrfmiddlewaretoken")
    sent = {**ACTS["report"][1], "csrfmiddlewaretoken": token}
    shown = page(browser.post(address, sent))
    clock.forward(180)
    again = {name: values[0] for name, values in shown.values.items()}
    assert again["note"] == TYPED
    assert browser.post(address, again).status_code == 302


def test_moderators_and_staff_clean_up_as_fast_as_they_can(
    lin, staff, board_moderator, thread, log_in, clock
) -> None:
    for user in (lin, staff, board_moderator):
        use_up("reply", user)
        sent = log_in(user).post(f"/en/threads/{thread.pk}/posts/", {"body": "Please stop."})
        assert sent.status_code == 302


def test_a_sample_person_is_another_one_at_each_address(thread, log_in, clock) -> None:
    sample = person("demo", is_sample=True, date_joined=timezone.now() - timedelta(days=9))
    browser, address = log_in(sample), f"/en/threads/{thread.pk}/posts/"
    first = [browser.post(address, {"body": f"{n}"}).status_code for n in range(31)]
    assert (first[29], first[30]) == (302, 429)
    other = browser.post(address, {"body": "Me too."}, REMOTE_ADDR="192.0.2.9")
    assert other.status_code == 302


def test_a_refusal_for_another_reason_costs_nothing(thread, eva, log_in, clock) -> None:
    browser, address = log_in(eva), f"/en/threads/{thread.pk}/posts/"
    assert browser.post(address, {"body": ""}).status_code == 422
    assert browser.post(address, {"body": TYPED, "preview": "1"}).status_code == 200
    assert not Bucket.objects.exists()
    assert browser.post(address, {"body": TYPED}).status_code == 302
    assert Bucket.objects.count() == 1


def test_a_thread_s_page_costs_no_query_and_a_reply_one(
    thread, eva, log_in, clock, settings
) -> None:
    know(eva.pk)  # whom the gates ask nothing more about, however much she writes
    browser, costs = log_in(eva), {}
    for on in (*[False] * 4, False, True, False, True):  # the first posts of anybody cost more
        settings.LIMITS = on
        with CaptureQueriesContext(connection) as looked:
            browser.get(f"/en/threads/{thread.pk}/")
        with CaptureQueriesContext(connection) as wrote:
            browser.post(f"/en/threads/{thread.pk}/posts/", {"body": TYPED})
        costs[on] = (len(looked), len(wrote))
    assert costs[True] == (costs[False][0], costs[False][1] + 1)


# Where somebody comes from


def place(client: Client, **meta: str) -> int:
    return client.get("/en/figures/places/?q=Che", **meta).status_code


def test_the_addresses_of_one_ipv6_line_are_one(client, db, clock) -> None:
    for number in range(LOOKUPS["places"].address.many):
        address = f"2001:db8:1:2:{number:x}::{number:x}"
        home = prefix(address)
        assert actions.count_lookup("places", account="", address=home) is None
    assert place(client, REMOTE_ADDR="2001:db8:1:2:ffff::1") == 429
    assert place(client, REMOTE_ADDR="2001:db8:1:3:ffff::1") == 200


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_header_makes_nobody_another(proxies, client, db, clock, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    real = "192.0.2.7"
    for _ in range(LOOKUPS["places"].address.many):
        assert actions.count_lookup("places", account="", address=real) is None
    for forged in ("198.51.100.1", "198.51.100.2", "::1", "<b>", "127.0.0.1, 10.0.0.1"):
        behind = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"{forged}, {real}"}
        direct = {"REMOTE_ADDR": real, "HTTP_X_FORWARDED_FOR": forged}
        assert place(client, **(behind if proxies else direct)) == 429
        for header in ("HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP"):
            assert place(client, **(behind if proxies else direct), **{header: forged}) == 429


def test_an_address_that_cannot_be_told_is_no_fault(client, db, clock, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert place(client, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.7") == 200


# At once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["report", "thread"])
def test_of_twice_as_many_at_once_no_more_go_through(act, tmp_path: Path, clock) -> None:
    many = LIMITS[act].account.many
    one = partial(actions.count_act, act, account="7", address="", newcomer=False)
    with shared_database(tmp_path):
        found = together([one] * (2 * many))
    assert found.count(None) == many
