"""Figures in the composer: added and taken away without scripts, read, asked back, kept, shown."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import queries
from exchange.boards.models import Post, SavedDraft, Thread
from exchange.figures.models import Entry, Item

pytestmark = pytest.mark.django_db

RENT = {
    "item": "rent-flat",
    "amount": "1,150",
    "currency": "USD",
    "period": "month",
    "city": "Columbus, OH",
    "year": "2026",
    "month": "5",
    "bedrooms": "1",
    "utilities": "no",
    "area": "600",
    "area_unit": "sqft",
    "area_basis": "unknown",
}
WORDS = {"body": "I pay [¥1], all in.", "body_other": "我付[¥1]，全包。", "client_id": "c"}


def row(number: int = 0, **changes: str) -> dict[str, str]:
    return {f"figure-{number}-{name}": value for name, value in (RENT | changes).items()}


def errors(html: str) -> str:
    return " ".join(re.findall(r'<ul class="errors".*?</ul>', html, re.DOTALL))


@pytest.fixture
def browser(log_in: Callable[..., Client], tom: User) -> Client:
    return log_in(tom)


def send(browser: Client, thread: Thread, language: str = "en", **fields: str) -> Any:
    return browser.post(f"/{language}/threads/{thread.pk}/posts/", WORDS | fields)


def page(browser: Client, thread: Thread, language: str = "en") -> str:
    return browser.get(f"/{language}/threads/{thread.pk}/").content.decode()


def chips(html: str) -> list[str]:
    return [
        " · ".join(re.findall(r'class="part[^"]*">([^<]*)', chip))
        for chip in re.findall(r'<a class="figure.*?</a>', html, re.DOTALL)
    ]


def test_a_figure_is_added_without_scripts(
    browser: Client, thread: Thread, items: dict[str, Item]
) -> None:
    first = send(browser, thread, figure_add="1")
    assert first.status_code == 200
    assert 'name="figure_item"' in first.content.decode()
    second = send(browser, thread, figure_add="1", figure_item="rent-flat").content.decode()
    assert 'name="figure-0-amount"' in second
    assert items["rent-flat"].question["en"] in second.replace("&#x27;", "'")
    assert "I pay [¥1], all in." in second
    third = send(browser, thread, figure_add="1", figure_item="ambulance", **row()).content.decode()
    assert 'value="1,150"' in third and 'name="figure-1-amount"' in third
    gone = send(browser, thread, figure_drop="0", **row(), **row(1, amount="2")).content.decode()
    assert 'name="figure-0-amount"' not in gone and 'name="figure-1-amount"' in gone
    assert Post.objects.count() == 1


def test_scripts_get_the_rows_alone(browser: Client, thread: Thread, items: Any) -> None:
    response = browser.post(
        f"/en/threads/{thread.pk}/posts/",
        WORDS | {"figure_add": "1", "figure_item": "rent-flat"},
        headers={"HX-Request": "true"},
    )
    assert response.content.decode().lstrip().startswith('<fieldset class="add-figures"')


def test_a_figure_stands_in_the_text_in_the_text_s_own_language(
    browser: Client, thread: Thread, items: Any
) -> None:
    assert send(browser, thread, **row()).status_code == 302
    entry = Entry.objects.get()
    assert (entry.amount, entry.currency, entry.period, entry.country) == (
        1150,
        "USD",
        "month",
        "US",
    )
    assert entry.basis == "bedrooms=1;utilities=no" and entry.city == 4509177
    assert entry.usd == 1150 and 7_000 < entry.cny < 9_000 and entry.voice
    assert entry.area == pytest.approx(55.74, abs=0.01)
    html = page(browser, thread)
    assert chips(html) == [
        "$1,150 / month · Columbus · 1 bedroom · without utilities · 600 sq ft · 2026",
        "US$1,150 / 月 · 哥伦布 · 一居室 · 不含水电燃气 · 600 平方英尺 · 2026",
    ]
    assert "</a>⁠," in html and "</a>⁠，" in html  # no line begins with a mark


def test_a_figure_that_the_text_does_not_name_stands_below_it(
    browser: Client, thread: Thread, items: Any
) -> None:
    send(browser, thread, body="So much.", body_other="", **row())
    html = page(browser, thread)
    assert html.count('class="figure"') == 1
    assert "Rent, whole flat or house" in html[html.index('class="figures"') :]


def test_a_token_in_code_or_without_its_figure_is_what_it_is(
    browser: Client, thread: Thread, items: Any
) -> None:
    send(browser, thread, body="Write `[¥1]` for [¥1], never [¥2].", body_other="", **row())
    html = page(browser, thread)
    assert "<code>[¥1]</code>" in html and "[¥2]" in html
    assert html.count('class="figure"') == 1


def test_the_preview_shows_chips_and_reads_the_amount_back(
    browser: Client, thread: Thread, items: Any
) -> None:
    html = send(browser, thread, preview="1", **row(amount="１１５０")).content.decode()
    assert "$1,150" in html and "We read: $1,150 / month" in html
    assert Entry.objects.count() == 0


def test_figures_come_back_in_the_form_of_an_edit(
    browser: Client, thread: Thread, items: Any
) -> None:
    send(browser, thread, **row())
    post = Post.objects.get(number=2)
    html = browser.get(f"/zh-hans/posts/{post.pk}/edit/").content.decode()
    assert 'name="figure-0-amount" value="1150"' in html
    assert 'value="哥伦布"' in html


def test_an_edit_changes_takes_and_keeps_figures(
    browser: Client, thread: Thread, items: Any
) -> None:
    send(browser, thread, **row(), **row(1, item="rent-room", amount="700", room="own"))
    post = Post.objects.get(number=2)
    kept, room = Entry.objects.order_by("position")
    fields = WORDS | {"version": "1"} | row(amount="1200") | row(1, amount="1150")
    assert browser.post(f"/en/posts/{post.pk}/edit/", fields).status_code == 302
    now = Entry.objects.filter(until=None).order_by("position")
    assert [(e.position, int(e.amount)) for e in now] == [(0, 1200), (1, 1150)]
    assert now[1].pk == kept.pk and now[1].since == 1
    room.refresh_from_db()
    assert (room.until, room.voice) == (1, False)


def test_a_draft_keeps_its_figures(browser: Client, thread: Thread, items: Any) -> None:
    address = f"/en/threads/{thread.pk}/draft/"
    fields = {"body": "", "draft_version": "0"} | row(amount="三千")
    assert browser.post(address, fields, headers={"accept": "application/json"}).status_code == 200
    assert SavedDraft.objects.get().fields["figure-0-amount"] == "三千"
    assert 'name="figure-0-amount" value="三千"' in page(browser, thread)


def test_the_same_words_with_another_figure_are_another_post(
    browser: Client, thread: Thread, items: Any
) -> None:
    assert send(browser, thread, **row()).status_code == 302
    assert send(browser, thread, **row()).status_code == 302
    assert send(browser, thread, **row(amount="1,160")).status_code == 409
    assert Entry.objects.count() == 1


BAD = [
    ({"amount": ""}, "How much is it?"),
    ({"amount": "0"}, "more than zero"),
    ({"amount": "-5"}, "more than zero"),
    ({"amount": "NaN"}, "cannot read this amount"),
    ({"amount": "Infinity"}, "cannot read this amount"),
    ({"amount": "1e5"}, "cannot read this amount"),
    ({"amount": "9" * 40}, "more than we can compare"),
    ({"currency": ""}, "In which currency?"),
    ({"period": "fortnight"}, "For how long"),
    ({"city": "Nowhereville"}, "which country"),
    ({"city": "", "country": "XX"}, "choose a country"),
    ({"year": "2999"}, "in the future"),
    ({"year": "1979"}, "from 1980 on"),
    ({"year": "soon"}, "Of which year"),
    ({"month": "13"}, "choose a month"),
    ({"bedrooms": ""}, "cannot be compared.<"),
    ({"utilities": ""}, "cannot be compared. “Not known” is an answer too."),
    ({"bedrooms": "hundred"}, "one of the answers"),
    ({"bedrooms": "any"}, "one of the answers"),
    ({"area_basis": ""}, "built area"),
    ({"area": "large"}, "type a number"),
    ({"household": "many"}, "How many people"),
    ({"amount": "$2 per sq ft"}, "For how long"),
    ({"item": "tuition-credit", "amount": "$500 a month"}, "the price of one credit"),
    ({"item": "rice", "amount": "$5 a gallon"}, "the price of one kg"),
    ({"area": "600 sq ft", "area_unit": "m2"}, "type a number"),
    ({"income": "lots"}, "cannot read this amount"),
    ({"income": "¥14000"}, "in the currency of the amount"),
    ({"income": "120000 a year"}, "what you earn a month"),
    ({"income": "3000-5000"}, "can be read in another way"),
    ({"income": "0.001"}, "more than zero"),
    ({"income": "999999999999.999"}, "more than we can compare"),
    ({"amount": "0.00001", "sure": "on"}, "more than zero"),
]


@pytest.mark.parametrize(("typed", "said"), BAD, ids=lambda value: str(value)[:40])
def test_what_cannot_be_taken_is_said_and_kept(
    browser: Client, thread: Thread, items: Any, typed: dict[str, str], said: str
) -> None:
    response = send(browser, thread, **row(**typed))
    html = response.content.decode()
    assert response.status_code == 422
    assert said in errors(html)
    assert ("I pay [¥1], all in." in html and "Columbus" in html) or "city" in typed
    assert Entry.objects.count() == 0


ASKED = [
    ({"amount": "120,000"}, "$120,000 / month? That is unusual."),
    ({"currency": "CNY"}, "mostly pay in US dollars"),
    ({"amount": "1.150"}, "can also be read as"),
]


@pytest.mark.parametrize(("typed", "said"), ASKED, ids=lambda value: str(value)[:40])
def test_what_may_be_meant_otherwise_is_asked_once(
    browser: Client, thread: Thread, items: Any, typed: dict[str, str], said: str
) -> None:
    response = send(browser, thread, **row(**typed))
    assert response.status_code == 422
    assert said in errors(response.content.decode())
    assert send(browser, thread, **row(sure="on", **typed)).status_code == 302
    assert Entry.objects.count() == 1


def test_a_ninth_figure_is_refused(browser: Client, thread: Thread, items: Any) -> None:
    eight = {name: value for number in range(8) for name, value in row(number).items()}
    response = send(browser, thread, **eight, **row(8))
    assert response.status_code == 422
    assert "up to eight figures" in response.content.decode()
    full = send(browser, thread, figure_add="1", figure_item="rent-flat", **eight).content.decode()
    assert 'name="figure_item"' not in full and "up to eight figures" in full


def test_a_hidden_post_s_figures_leave_the_page_and_the_statistics(
    browser: Client, thread: Thread, items: Any, lin: User, rules: Any
) -> None:
    from exchange.moderation import actions as moderation

    send(browser, thread, **row())
    post = queries.post(lin, Post.objects.get(number=2).pk)
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert "1,150" not in page(Client(), thread)
    assert not Entry.objects.filter(voice=True).exists()
    moderation.restore(moderator=lin, post=post, rule=rules["spam"])
    assert Entry.objects.filter(voice=True).count() == 1
    assert "1,150" in page(Client(), thread)


def test_a_deleted_post_leaves_no_figure(browser: Client, thread: Thread, items: Any) -> None:
    send(browser, thread, **row())
    post = Post.objects.get(number=2)
    browser.post(f"/en/posts/{post.pk}/deletion/")
    assert Entry.objects.count() == 0
    assert "1,150" not in page(browser, thread)


def test_a_summary_says_no_tokens(browser: Client, thread: Thread, items: Any) -> None:
    browser.post(
        f"/en/posts/{thread.posts.get(number=1).pk}/edit/",
        WORDS | row() | {"version": "1", "title": "Rent?", "title_version": "1"},
    )
    described = re.search(r'name="description" content="([^"]*)"', page(browser, thread))
    assert described and "[¥1]" not in described[1]


def test_an_edit_leaves_a_figure_in_the_smaller_of_two_cities_of_one_name(
    browser: Client, thread: Thread, items: Any
) -> None:
    send(browser, thread, **row(city="Columbus, GA"))
    post = Post.objects.latest("pk")
    form = browser.get(f"/en/posts/{post.pk}/edit/").content.decode()
    city = re.search(r'name="figure-0-city" value="([^"]*)"', form)
    assert city and city[1] == "Columbus, GA"


@pytest.mark.parametrize(
    ("item", "amount", "unit", "conditions"),
    [
        ("lesson", "200元/小时", "hour", {"lesson": "one"}),
        ("lesson", "$40 an hour", "hour", {"lesson": "one"}),
        (
            "tuition-credit",
            "每学分500美元",
            "credit",
            {"degree": "bachelor", "sector": "public", "residence": "local", "price": "list"},
        ),
    ],
)
def test_an_hour_or_a_credit_may_stand_beside_the_amount(
    browser: Client,
    thread: Thread,
    items: Any,
    item: str,
    amount: str,
    unit: str,
    conditions: dict[str, str],
) -> None:
    typed = row(item=item, amount=amount, period="", city="", country="US", sure="on", **conditions)
    assert send(browser, thread, **typed).status_code == 302
    assert (Entry.objects.get().period, Entry.objects.get().unit) == ("each", unit)
