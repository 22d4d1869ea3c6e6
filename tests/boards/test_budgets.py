"""Query budgets of architecture.md section 5, as literal numbers."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import fill, open_thread, reply


def queries_of(client, address, **data) -> int:
    send = client.post if data else client.get
    with CaptureQueriesContext(connection) as captured:
        response = send(address, data) if data else send(address)
    assert response.status_code in (200, 302), response.content.decode()[:2000]
    return len([q for q in captured if not q["sql"].startswith(BOOKKEEPING)])


BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@pytest.fixture
def full_thread(thread, mei):
    fill(thread, mei, 29)
    return thread


@pytest.mark.parametrize("posts", [1, 30])
def test_a_thread_page_costs_a_stranger_the_same_with_1_or_30_posts(
    posts, thread, mei, client, log_in
):
    fill(thread, mei, posts - 1)
    address = f"/en/threads/{thread.pk}/"
    # cold: thread, posts, halves, attribution, their figures and pictures, all figures of the thread
    assert queries_of(client, address) == 7
    assert queries_of(client, address) == 2  # warm: thread, posts


@pytest.mark.parametrize("posts", [1, 30])
def test_a_thread_page_costs_a_member_the_same_with_1_or_30_posts(
    posts, thread, mei, log_in, rules
):
    fill(thread, mei, posts - 1)
    browser = log_in(mei)
    address = f"/zh-hans/threads/{thread.pk}/"
    # session, person, roles, what they muted, thread, posts, draft; cold also rules, halves, attribution,
    # figures, pictures, new notices
    assert queries_of(browser, address) == 14
    assert queries_of(browser, address) == 7


def test_a_late_page_costs_what_the_first_does(full_thread, client):
    address = f"/en/threads/{full_thread.pk}/"
    queries_of(client, address + "?page=2")
    assert queries_of(client, address + "?page=2") == 2


@pytest.mark.parametrize("threads", [1, 3])
def test_lists_cost_the_same_with_1_or_3_threads(threads, tom, rent, welcome, client):
    for _ in range(threads):
        open_thread(tom, rent)
    # boards, the pinned thread, threads, what figures there are; once the counts and the items
    assert queries_of(client, "/en/") == 6
    assert queries_of(client, "/en/") == 4
    assert queries_of(client, "/en/boards/rent/") == 3  # board, threads, once the counts
    assert queries_of(client, "/en/boards/rent/?only=zh") == 2


def test_a_reply_stays_within_its_budget(thread, mei, log_in):
    browser = log_in(mei)
    cost = queries_of(
        browser,
        f"/en/threads/{thread.pk}/posts/",
        body="我也付三分之一。",
        body_other="A third for me as well.",
        client_id=uuid4().hex,
    )
    # with the look for a draft to put away, at what is looked for, and whether its author is known
    assert cost == 16


def test_a_page_with_hidden_posts_costs_one_query_more_once(thread, mei, lin, rules, client):
    from exchange.moderation import actions

    for _ in range(3):
        actions.hide(moderator=lin, post=reply(mei, thread), rule=rules["spam"])
    address = f"/en/threads/{thread.pk}/"
    assert queries_of(client, address) == 9  # + the events with the reasons, + the rules
    assert queries_of(client, address) == 2


@pytest.mark.parametrize("entries", [1, 3])
def test_the_log_costs_the_same_with_1_or_3_entries(entries, thread, mei, lin, rules, client):
    from exchange.moderation import actions

    for _ in range(entries):
        actions.hide(moderator=lin, post=reply(mei, thread), rule=rules["spam"], note="广告")
    assert queries_of(client, "/en/moderation/log/") == 15
    assert queries_of(client, "/en/moderation/log/") == 14
