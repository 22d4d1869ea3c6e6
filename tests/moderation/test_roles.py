"""Who keeps order: appointed by the staff, in public."""

import pytest
from django.core.management import CommandError, call_command

from exchange.boards.models import Moderator
from exchange.ledger.models import Event
from exchange.moderation import actions
from tests.cast import person


def address(who) -> str:
    return f"/en/people/{who.username}/roles/"


ROLE = {"role": "moderator", "board": "", "duty_from": "0", "duty_until": "0"}


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_staff_appoints_with_languages_and_hours(mei, staff, rent, log_in) -> None:
    sent = ROLE | {"board": "rent", "reads": ["zh", "en"], "duty_from": "18", "duty_until": "22"}
    assert log_in(staff).post(address(mei), sent).status_code == 302
    made = Moderator.objects.get(user=mei)
    assert (made.board, made.reads, made.duty_from, made.duty_until) == (rent, ["en", "zh"], 18, 22)
    event = Event.objects.get()
    assert (event.verb, event.public, event.actor_id) == ("moderator.appointed", True, staff.pk)
    assert event.data == {"board": rent.pk} and event.target == f"user.{mei.pk}"
    log_in(staff).post(address(mei), sent)
    assert verbs() == ["moderator.appointed"]


def test_languages_and_hours_are_changed_in_public(mei, staff, log_in) -> None:
    log_in(staff).post(address(mei), ROLE)
    log_in(staff).post(address(mei), ROLE | {"reads": ["zh"]})
    assert Moderator.objects.get(user=mei).reads == ["zh"]
    assert verbs() == ["moderator.appointed", "moderator.changed"]
    html = log_in(staff).get(address(mei)).content.decode()
    assert "中文" in html and "the whole site" in html


def test_staff_is_appointed_and_dismissed(mei, staff, log_in) -> None:
    log_in(staff).post(address(mei), ROLE | {"role": "staff"})
    mei.refresh_from_db()
    assert mei.is_staff
    log_in(staff).post(address(mei), {"_method": "DELETE", "role": "staff"})
    mei.refresh_from_db()
    assert not mei.is_staff and verbs() == ["staff.appointed", "staff.dismissed"]


def test_the_last_of_the_staff_stays(staff, log_in) -> None:
    gone = {"_method": "DELETE", "role": "staff"}
    assert log_in(staff).post(address(staff), gone).status_code == 403
    with pytest.raises(actions.LastOfStaff):
        actions.dismiss(by=None, person=staff, role="staff")
    with pytest.raises(CommandError, match="last one"):
        call_command("appoint", staff.username, "staff", dismiss=True)
    staff.refresh_from_db()
    assert staff.is_staff and not Event.objects.exists()
    person("second", is_staff=True)
    assert log_in(staff).post(address(staff), gone).status_code == 302


def test_who_is_suspended_does_not_count_as_staff(staff, bo) -> None:
    type(bo).objects.filter(pk=bo.pk).update(is_staff=True)
    with pytest.raises(actions.LastOfStaff):
        actions.dismiss(by=None, person=staff, role="staff")


def test_a_moderator_resigns(lin, log_in) -> None:
    browser = log_in(lin)
    html = browser.get(address(lin)).content.decode()
    assert "Resign" in html and "Appoint" not in html
    assert browser.post(address(lin), ROLE).status_code == 403
    gone = {"_method": "DELETE", "role": "moderator", "board": ""}
    assert browser.post(address(lin), gone).status_code == 302
    assert not Moderator.objects.exists() and verbs() == ["moderator.dismissed"]


def test_nobody_else_sees_the_page(mei, lin, tom, client, log_in) -> None:
    assert client.get(address(mei)).status_code == 403
    for browser in (log_in(tom), log_in(mei), log_in(lin)):
        assert browser.get(address(mei)).status_code == 404
        assert browser.post(address(mei), ROLE).status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"role": "king"},
        {"board": "no-such-board"},
        {"role": "staff", "board": "rent"},
        {"duty_from": "24"},
        {"reads": ["fr"]},
    ],
)
def test_a_bad_form_is_shown_again(changed, mei, staff, rent, log_in) -> None:
    assert log_in(staff).post(address(mei), ROLE | changed).status_code == 422
    assert not Moderator.objects.exists()


def test_what_is_no_role_cannot_be_taken_away(mei, staff, log_in) -> None:
    browser = log_in(staff)
    assert browser.post(address(mei), {"_method": "DELETE", "role": "king"}).status_code == 422
    sent = {"_method": "DELETE", "role": "moderator", "board": "nowhere"}
    assert browser.post(address(mei), sent).status_code == 422
