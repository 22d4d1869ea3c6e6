"""Members' figures in the database: who has the voice, what statistics keep, what leaves at once."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings
from django.utils.translation import override

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries as reading
from exchange.boards.models import Board, Post, Thread
from exchange.figures import actions, labels, queries, tasks
from exchange.figures.models import Cell, Entry, Item, Question
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.moderation import actions as moderation
from tests.cast import open_thread, person, rent_of, reply

pytestmark = pytest.mark.django_db

ONE_BEDROOM = "bedrooms=1;utilities=no"
COLUMBUS = 4509177


@pytest.fixture
def pays(thread: Thread, items: dict[str, Item]) -> Callable[..., Post]:
    """`pays(tom, "1,150", year="2025")`: a post with a figure about a flat in Columbus."""

    def pays(author: User, amount: str, *, thread: Thread = thread, **changes: Any) -> Post:
        return reply(author, thread, entries=[rent_of(items, amount=amount, **changes)])

    return pays


def cell(items: dict[str, Item], city: int = COLUMBUS, country: str = "US") -> Cell:
    found = queries.cells(items["rent-flat"], ONE_BEDROOM)
    return next(cell for cell in found if (cell.country, cell.city) == (country, city))


def usd(items: dict[str, Item], city: int = COLUMBUS) -> dict[str, Any]:
    return cell(items, city).statistics["usd"]


def test_of_one_person_the_newest_figure_of_a_place_counts(
    pays: Callable[..., Post], items: dict[str, Item], tom: User, sam: User
) -> None:
    pays(tom, "1,200", year="2026")
    pays(tom, "900", year="2024")  # written later, of an earlier year
    pays(sam, "1,000")
    assert [(e.author.username, int(e.amount), e.voice) for e in Entry.objects.order_by("pk")] == [
        ("tom", 1200, True),
        ("tom", 900, False),
        ("sam", 1000, True),
    ]
    assert (cell(items).n, cell(items, 0).n) == (2, 2)
    assert usd(items)["low"] == 1000 and usd(items)["high"] == 1200


def test_an_earlier_figure_counts_again_when_the_newer_one_goes(
    pays: Callable[..., Post], items: dict[str, Item], tom: User
) -> None:
    pays(tom, "900", year="2024")
    newer = pays(tom, "1,200", year="2026")
    boards.delete(author=tom, post=reading.post(tom, newer.pk))
    assert [(int(e.amount), e.voice) for e in Entry.objects.all()] == [(900, True)]
    assert usd(items)["high"] == 900


def test_places_that_are_in_no_list_are_told_apart_by_name(
    pays: Callable[..., Post], items: dict[str, Item], tom: User
) -> None:
    for name in ("Smallville", "SMALLVILLE", "Otherville"):
        pays(tom, "800", city=name, country="US")
    assert [e.voice for e in Entry.objects.order_by("pk")] == [False, True, True]
    assert cell(items, 0).n == 2
    pays(tom, "800", city="", country="US", year="2025")
    nowhere = Entry.objects.latest("pk")
    assert queries.voice_of(nowhere) == nowhere


def test_different_bases_are_different_cells(
    pays: Callable[..., Post], items: dict[str, Item], tom: User, sam: User
) -> None:
    pays(tom, "1,000")
    pays(sam, "2,000", conditions={"bedrooms": "2", "utilities": "no"})
    assert cell(items).n == 1
    assert [c.n for c in queries.cells(items["rent-flat"], "bedrooms=2;utilities=no")] == [1, 1]


@pytest.mark.parametrize("act", ["hide", "delete", "move", "close", "exclude"])
def test_what_may_not_be_read_by_everybody_leaves_the_statistics_at_once(
    pays: Callable[..., Post],
    items: dict[str, Item],
    tom: User,
    sam: User,
    lin: User,
    rent: Board,
    members_board: Board,
    rules: dict[str, Any],
    act: str,
) -> None:
    post = reading.post(lin, pays(tom, "1,150").pk)
    other = open_thread(sam, rent)
    pays(sam, "950", thread=other)
    before = queries.stamp(items["rent-flat"], ONE_BEDROOM)
    assert usd(items)["high"] == 1150
    reason = {"moderator": lin, "rule": rules["spam"]}
    match act:
        case "hide":
            moderation.hide(post=post, **reason)
        case "delete":
            boards.delete(author=tom, post=post)
        case "move":
            moderation.move(thread=post.thread, board=members_board, **reason)
        case "close":
            Thread.objects.filter(pk=other.pk).update(board=members_board)
            moderation.open_board(by=lin, board=rent, access="members")
        case "exclude":
            actions.exclude(entry=Entry.objects.get(author=tom), rule="other")
    assert queries.stamp(items["rent-flat"], ONE_BEDROOM) != before
    assert usd(items)["high"] == 950


def test_what_is_readable_again_counts_again(
    pays: Callable[..., Post],
    items: dict[str, Item],
    tom: User,
    lin: User,
    members_board: Board,
    rent: Board,
    rules: dict[str, Any],
) -> None:
    post = reading.post(lin, pays(tom, "1,150").pk)
    reason = {"moderator": lin, "rule": rules["spam"]}
    moderation.move(thread=post.thread, board=members_board, **reason)
    assert queries.cells(items["rent-flat"], ONE_BEDROOM) == []
    moderation.move(thread=post.thread, board=rent, **reason)
    assert cell(items).n == 1


def test_a_hidden_post_stays_out_when_its_thread_moves(
    pays: Callable[..., Post],
    items: dict[str, Item],
    tom: User,
    lin: User,
    members_board: Board,
    rent: Board,
    rules: dict[str, Any],
) -> None:
    post = reading.post(lin, pays(tom, "1,150").pk)
    reason = {"moderator": lin, "rule": rules["spam"]}
    moderation.hide(post=post, **reason)
    moderation.move(thread=post.thread, board=members_board, **reason)
    moderation.move(thread=post.thread, board=rent, **reason)
    assert queries.cells(items["rent-flat"], ONE_BEDROOM) == []


def test_sample_figures_count_only_where_the_site_shows_samples(
    pays: Callable[..., Post], items: dict[str, Item], tom: User
) -> None:
    pays(tom, "1,150")
    pays(person("sampled", reads=["en"], is_sample=True), "5,000")
    with override_settings(DEMO=True):
        assert cell(items).n == 2
    with override_settings(DEMO=False):
        assert cell(items).n == 1 and usd(items)["high"] == 1150


def test_the_worker_computes_what_is_not_right_and_then_rests(
    pays: Callable[..., Post], items: dict[str, Item], tom: User, django_assert_num_queries: Any
) -> None:
    pays(tom, "1,150")
    assert tasks.work() == 2  # the city's cell and the country's
    assert tasks.work() == 0
    with django_assert_num_queries(1):
        assert len(queries.cells(items["rent-flat"], ONE_BEDROOM)) == 2


def test_reading_statistics_takes_a_fixed_number_of_queries(
    pays: Callable[..., Post], items: dict[str, Item], tom: User, django_assert_num_queries: Any
) -> None:
    for number, city in enumerate(["Columbus, OH", "Pittsburgh", "Seattle", "成都", "Chicago"]):
        pays(tom, str(1000 + number), city=city, sure="on")
    with django_assert_num_queries(2):  # the cells and their values
        queries.cells(items["rent-flat"], ONE_BEDROOM)


def test_a_cell_s_statistics_do_not_hang_on_those_computed_with_it(
    pays: Callable[..., Post],
    items: dict[str, Item],
    tom: User,
    sam: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "MOST_VALUES", 2)
    pays(tom, "800", city="Pittsburgh, PA", year="2020")
    pays(tom, "900")
    pays(sam, "1,000")
    assert tasks.work() == 3
    found = {c.city: c.n for c in queries.cells(items["rent-flat"], ONE_BEDROOM)}
    assert sorted(found.values()) == [1, 2, 2] and found[COLUMBUS] == 2


def test_years_and_conditions_narrow(
    pays: Callable[..., Post], items: dict[str, Item], tom: User, sam: User
) -> None:
    pays(tom, "900", year="2024")
    pays(
        tom,
        "1,200",
        year="2026",
        conditions={"bedrooms": "1", "utilities": "no", "furnished": "full"},
    )
    pays(sam, "1,000", year="2026")
    item = items["rent-flat"]
    in_2024 = queries.narrowed(item, ONE_BEDROOM, "usd", years=(2024, 2024))
    assert in_2024["US", COLUMBUS].points == (900,)
    furnished = queries.narrowed(item, ONE_BEDROOM, "usd", conditions={"furnished": "full"})
    assert furnished["US", 0].points == (1200,)
    years = queries.over_years(item, ONE_BEDROOM, "usd")
    assert {key: summary.points for key, summary in years.items()} == {
        ("US", 2024): (900,),
        ("US", 2026): (1000, 1200),
    }


def test_money_a_square_metre(pays: Callable[..., Post], items: dict[str, Item], tom: User) -> None:
    said = {
        "bedrooms": "1",
        "utilities": "no",
        "area": "50",
        "area_unit": "m2",
        "area_basis": "net",
    }
    pays(tom, "1,000", conditions=said)
    found = queries.narrowed(items["rent-flat"], ONE_BEDROOM, "usd_m2")
    assert found["US", COLUMBUS].points == (20,)


def test_an_income_gives_a_share_and_is_kept_to_its_author(
    pays: Callable[..., Post], items: dict[str, Item], tom: User
) -> None:
    pays(tom, "1,000", income="4,000")
    entry = Entry.objects.get()
    assert entry.share == 25 and not entry.shows_income
    assert cell(items).statistics["share"]["high"] == 25


def test_questions_are_asked_answered_and_settled_by_an_edit(
    pays: Callable[..., Post], items: dict[str, Item], tom: User, sam: User
) -> None:
    post = reading.post(tom, pays(tom, "1,150").pk)
    entry = Entry.objects.get()
    rendition = post.passage.rendition
    actions.ask(by=sam, entry=entry, reason="amount", note="Really?", scope=post.thread.scope)
    again = actions.ask(by=sam, entry=entry, reason="period", note="", scope=post.thread.scope)
    assert [q.pk for q in Question.objects.all()] == [again.pk]
    passage = Passage.objects.prefetch_related(queries.as_figures()).get(pk=post.passage_id)
    assert [shown.is_asked for shown in passage.figures] == [True]
    assert actions.answer(by=tom, question=again, scope=post.thread.scope)
    assert not actions.answer(by=tom, question=again, scope=post.thread.scope)
    post.passage.refresh_from_db()
    assert post.passage.rendition == rendition + 3  # each time the post is shown anew
    third = actions.ask(by=sam, entry=entry, reason="amount", note="", scope=post.thread.scope)
    boards.edit(
        author=tom,
        post=post,
        draft=Draft("Less now."),
        from_version=1,
        entries=[rent_of(items, amount="1,100")],
    )
    third.refresh_from_db()
    assert third.answer == "changed" and third.answered_at


def test_exclusion_is_done_once(pays: Callable[..., Post], tom: User) -> None:
    pays(tom, "1,150")
    entry = Entry.objects.get()
    assert actions.exclude(entry=entry, rule="other")
    assert not actions.exclude(entry=entry, rule="other")
    entry.refresh_from_db()
    assert (entry.voice, entry.excluded_for) == (False, "other")
    assert actions.include(entry=entry)
    assert not actions.include(entry=entry)
    entry.refresh_from_db()
    assert (entry.voice, entry.excluded_at, entry.excluded_for) == (True, None, "")


def test_a_currency_without_rates_is_kept_as_it_is(
    pays: Callable[..., Post], items: dict[str, Item], tom: User
) -> None:
    pays(tom, "15,000", currency="TWD", city="台北", sure="on")
    entry = Entry.objects.get()
    assert (entry.usd, entry.cny, entry.intl, entry.country) == (None, None, None, "TW")
    assert entry.voice


def test_a_worked_example(pays: Callable[..., Post], items: dict[str, Item], tom: User) -> None:
    """From what is typed to what is compared, with every number (seeds/figures/ has the sources).

    ¥3,500 a month in Chengdu, November 2025. The rate of 14 November 2025: 8.2655 yuan and
    1.1648 dollars a euro, so 7.0961 yuan a dollar. PPP factor of 2024: 3.5325 yuan an international
    dollar. Wage: 124,110 yuan in 2024 / (21.75 x 8 x 12 = 2,088 hours) = 59.44 yuan an hour.
    """
    pays(tom, "三千五", currency="CNY", city="成都", year="2025", month="11", income="14000")
    entry = Entry.objects.get()
    assert entry.amount == 3500 and entry.cny == 3500
    assert entry.intl == pytest.approx(3500 / 3.5325)
    assert entry.hours == pytest.approx(3500 / (124110 / 2088))
    assert entry.share == 25
    assert entry.usd == pytest.approx(3500 / (8.2655 / 1.1648))


def test_a_chip_s_answers_can_stand_alone_and_are_short(items: dict[str, Item]) -> None:
    school = {"degree": "bachelor", "sector": "public", "residence": "local", "price": "list"}
    fee = Entry(
        item=items["tuition"],
        amount=Decimal(9000),
        currency="USD",
        period="year",
        country="US",
        year=2025,
        conditions=school,
    )
    with override("en"):
        said = ["bachelor's degree", "public", "locals", "list price", "2025"]
        assert labels.chip(fee)[2:] == said
        fee.item, fee.conditions = Item(basis=["property_fee"]), {"property_fee": "yes"}
        assert labels.chip(fee)[2] == "Property management fee: included"
