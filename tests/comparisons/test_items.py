"""What can be compared is kept by moderators of the site, without a deployment."""

import pytest

from exchange.figures import actions
from exchange.figures.forms import Figures
from exchange.figures.models import Item
from exchange.languages.actions import Conflict
from exchange.ledger.models import Event
from tests.access.sendable import ITEM
from tests.cast import figure_of, make_item, reply

NEW = "/en/compare/items/new/"


def address(item, noun="edit") -> str:
    return f"/en/compare/items/{item.pk}/{noun}/"


def test_a_new_item_can_be_chosen_at_once_and_has_traditional_words(lin, log_in, client) -> None:
    assert log_in(lin).post(NEW, ITEM).status_code == 302
    made = Item.objects.get()
    assert made.name == {"en": "Rent of a garage", "zh-hans": "车库租金", "zh-hant": "車庫租金"}
    assert (made.period, made.periods, made.unit, made.units) == (
        "month",
        ["month", "year"],
        "",
        [],
    )
    assert (made.conditions, made.basis, made.by) == (["bedrooms", "utilities"], [], lin)
    assert made in Figures(None, {}).choices
    log = client.get("/en/moderation/log/").content.decode()
    assert "added an item to the comparisons" in log and "Rent of a garage" in log


def test_the_list_has_all_by_topic_with_the_retired_ones_marked(lin, log_in, flat) -> None:
    make_item("coffee", topic="daily-life", name={"en": "Coffee", "zh-hans": "咖啡"})
    actions.retire_item(by=lin, item=flat, on=False, rule="other")  # it was on offer: nothing
    assert actions.retire_item(by=lin, item=flat, on=True, rule="other")
    html = log_in(lin).get("/en/compare/items/").content.decode()
    assert html.index(flat.name["en"]) < html.index("retired") < html.index("Coffee")
    assert "咖啡" in html


def test_retiring_has_a_reason_in_the_public_log_and_can_be_undone(
    lin, flat, rules, log_in, client
) -> None:
    browser = log_in(lin)
    assert browser.post(address(flat, "retirement"), {"note": "why"}).status_code == 422
    browser.post(address(flat, "retirement"), {"reason": "other", "note": "没人用"})
    assert flat not in Figures(None, {}).choices
    log = client.get("/en/moderation/log/").content.decode()
    assert "took an item out of the comparisons" in log and "没人用" in log and "Rule other" in log
    browser.post(address(flat, "retirement"), {"reason": "other", "_method": "DELETE"})
    assert flat in Figures(None, {}).choices


def test_a_retired_item_s_figures_stay(thread, mei, lin, flat, client) -> None:
    found = reply(mei, thread, "我付", entries=[figure_of(flat)]).passage.entries.get()
    actions.retire_item(by=lin, item=flat, on=True, rule="other")
    assert client.get(f"/en/figures/{found.pk}/").status_code == 200


def test_what_stored_figures_hang_on_stays_once_there_are_any(
    thread, mei, lin, flat, log_in
) -> None:
    changed = ITEM | {"period": "year", "basis": ["utilities"]}
    reply(mei, thread, "我付", entries=[figure_of(flat)])
    html = log_in(lin).get(address(flat)).content.decode()
    assert "There are figures of this item already" in html
    assert log_in(lin).post(address(flat), changed).status_code == 302
    now = Item.objects.get()
    assert (now.slug, now.period, now.basis) == ("rent-flat", "month", ["bedrooms"])
    assert now.name["en"] == "Rent of a garage" and now.version == 2


def test_a_new_name_is_in_posts_that_name_it(thread, mei, lin, flat, log_in, client) -> None:
    reply(mei, thread, "我付", entries=[figure_of(flat)])
    place = f"/en/threads/{thread.pk}/"
    assert flat.name["en"] in client.get(place).content.decode()
    log_in(lin).post(address(flat), ITEM)
    assert "Rent of a garage" in client.get(place).content.decode()


def test_of_two_editors_one_is_told_that_it_was_changed_meanwhile(lin, flat, log_in) -> None:
    browser = log_in(lin)
    assert browser.post(address(flat), ITEM).status_code == 302
    answer = browser.post(address(flat), ITEM | {"name_en": "Second thoughts"})
    assert answer.status_code == 409
    with pytest.raises(Conflict):
        actions.save_item(by=lin, item=flat, from_version=1, slug="rent-flat")
    assert Item.objects.get().name["en"] == "Rent of a garage"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"slug": ""}, "This field is required."),
        ({"slug": "Miete in €"}, "Enter a valid “slug”"),
        ({"slug": "rent-flat"}, "There is an item with this short name already."),
        ({"topic": "cars"}, "cars is not one of the available choices"),
        ({"name_zh": ""}, "Please write something."),
        ({"name_en": "x" * 81}, "This is too long"),
        ({"period": "credit"}, "credit is not one of the available choices"),
        ({"periods": ["hour"]}, "hour is not one of the available choices"),
        ({"period": "each"}, "Please choose what the amount is for."),
        (
            {"period": "each", "unit": "kg", "units": ["kg", "L"]},
            "These units do not convert into each other.",
        ),
        ({"conditions": ["nonsense"]}, "nonsense is not one of the available choices"),
        ({"basis": ["furnished"]}, "What has to be the same has to be asked."),
        ({"basis": ["area"], "conditions": ["area"]}, "area is not one of the available choices"),
        ({"usual_low": "nan"}, "Enter a number."),
        ({"usual_high": "inf"}, "Enter a number."),
        ({"usual_low": "0"}, "greater than or equal to 0.0001"),
        ({"usual_low": "3000"}, "This has to be more than the least."),
    ],
)
def test_bad_input_keeps_what_was_typed(fields, message, lin, flat, log_in) -> None:
    answer = log_in(lin).post(NEW, ITEM | {"question_en": "Kept words?"} | fields)
    html = answer.content.decode()
    assert answer.status_code == 422 and message in html and "Kept words?" in html
    assert Item.objects.count() == 1


def test_a_unit_s_price_takes_its_own_unit_along(lin, log_in) -> None:
    fields = ITEM | {"period": "each", "unit": "kg", "units": ["lb", "jin"], "topic": "daily-life"}
    assert log_in(lin).post(NEW, fields).status_code == 302
    made = Item.objects.get()
    assert (made.periods, made.unit, made.units) == (["each"], "kg", ["kg", "lb", "jin"])


def test_others_find_no_such_pages(tom, board_moderator, flat, log_in, client) -> None:
    for browser in (client, log_in(tom), log_in(board_moderator)):
        for place in ("/en/compare/items/", NEW, address(flat), address(flat, "retirement")):
            assert browser.get(place).status_code == 404
            assert browser.post(place, ITEM).status_code in (404, 405)
    assert not Event.objects.filter(target__startswith="item.").exists()


def test_the_desk_leads_a_moderator_of_the_site_there(lin, board_moderator, log_in) -> None:
    for person, leads in [(lin, True), (board_moderator, False)]:
        html = log_in(person).get("/en/moderation/").content.decode()
        assert ('href="/en/compare/items/"' in html) is leads
