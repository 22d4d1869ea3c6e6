"""Moderators take a figure out of the comparisons, and in again, with a reason that all can read."""

import pytest

from exchange.figures import queries
from exchange.figures.models import Entry
from exchange.ledger.models import Event
from tests.cast import figure_of, reply


@pytest.fixture
def figure(thread, mei, flat):
    text = "I pay [¥1] there, and it is fine."
    return reply(mei, thread, text, entries=[figure_of(flat)]).passage.entries.get()


def send(browser, figure, **fields):
    return browser.post(f"/en/figures/{figure.pk}/exclusion/", fields)


def counted(figure) -> int:
    return sum(cell.n for cell in queries.cells(figure.item, figure.basis) if cell.city)


def test_it_leaves_the_statistics_at_once_and_the_author_is_told(
    figure, thread, board_moderator, mei, rules, log_in, client
) -> None:
    assert counted(figure) == 1
    sent = send(log_in(board_moderator), figure, reason="mistranslation", note="单位不对")
    assert sent.status_code == 302 and counted(figure) == 0
    for browser in (client, log_in(mei)):
        html = browser.get(f"/en/figures/{figure.pk}/").content.decode()
        assert "A moderator took this figure out of the comparisons." in html
        assert "Rule mistranslation" in html and "单位不对" in html
        chip = browser.get(f"/en/threads/{thread.pk}/").content.decode()
        assert '<a class="figure out"' in chip and "not in the comparisons" in chip


def test_it_is_taken_in_again(figure, lin, rules, log_in, client) -> None:
    send(log_in(lin), figure, reason="spam")
    assert (
        "Take a figure into the comparisons again"
        in log_in(lin).get(f"/en/figures/{figure.pk}/exclusion/").content.decode()
    )
    assert send(log_in(lin), figure, reason="other", _method="DELETE").status_code == 302
    assert counted(figure) == 1
    assert "It counts" in client.get(f"/en/figures/{figure.pk}/").content.decode()


def test_the_public_log_says_it_in_words_with_a_link(figure, lin, rules, log_in, client) -> None:
    send(log_in(lin), figure, reason="spam", note="See the rules.")
    send(log_in(lin), figure, reason="other", _method="DELETE")
    for language, out, back in [
        ("en", "took a figure out of the comparisons", "took a figure into the comparisons again"),
        ("zh-hans", "把一笔账移出对账", "把一笔账重新算进对账"),
    ]:
        html = client.get(f"/{language}/moderation/log/").content.decode()
        assert out in html and back in html and "lin" in html
        assert f'href="/{language}/figures/{figure.pk}/"' in html


def test_only_moderators_of_the_post_s_board(figure, tom, mei, rules, log_in, client) -> None:
    for browser in (client, log_in(tom), log_in(mei)):
        assert send(browser, figure, reason="spam").status_code == 403
        assert browser.get(f"/en/figures/{figure.pk}/exclusion/").status_code == 403
    assert not Event.objects.filter(verb="figure.excluded").exists()


@pytest.mark.parametrize("fields", [{}, {"reason": "nonsense"}])
def test_without_one_of_the_rules_nothing_happens(fields, figure, lin, rules, log_in) -> None:
    answer = send(log_in(lin), figure, note="kept note", **fields)
    assert answer.status_code == 422 and "kept note" in answer.content.decode()
    assert Entry.objects.get().excluded_at is None


def test_the_second_time_is_said_to_be_done_already(figure, lin, rules, log_in) -> None:
    for _twice in range(2):
        send(log_in(lin), figure, reason="spam")
    assert Event.objects.filter(verb="figure.excluded").count() == 1


def test_the_older_figure_speaks_while_the_newer_one_is_out(
    figure, thread, mei, lin, flat, rules, log_in
) -> None:
    newer = reply(mei, thread, "涨了", entries=[figure_of(flat, "3800", month=12)])
    found = newer.passage.entries.get()
    assert [e.pk for e in Entry.objects.filter(voice=True)] == [found.pk]
    send(log_in(lin), found, reason="spam")
    assert [e.pk for e in Entry.objects.filter(voice=True)] == [figure.pk]
