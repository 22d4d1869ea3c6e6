import pytest

from exchange.languages.actions import jobs
from exchange.languages.models import TranslationJob
from tests.cast import person, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db):
    return person("dana", reads=["en"], is_staff=True)


def test_staff_see_what_was_spent_and_on_whose_texts(thread, mei, staff, log_in):
    post = reply(mei, thread, "房租太贵了，押一付三。")
    jobs.queue(passage=post.passage, author=mei)
    jobs.finish(job=jobs.claim(engine="test engine"), body="Too expensive.", spent=1234)
    page = log_in(staff).get("/en/translations/machine/").content.decode()
    for words in ("1,234 of 500,000", ">mei</bdi>", "test engine", "translated"):
        assert words in page, words


def test_they_see_why_there_is_none_in_their_language(thread, mei, staff, log_in):
    post = reply(mei, thread, "房租太贵了，押一付三。")
    jobs.queue(passage=post.passage, author=mei)
    jobs.refuse(job=jobs.claim(engine="test engine"), reason="repeated", spent=5)
    page = log_in(staff).get("/zh-hans/translations/machine/").content.decode()
    assert "质量不足，没有显示" in page and "同样的词不断重复" in page


@pytest.mark.parametrize("reason", ["repeated", "unchanged", "length", "markup", "empty"])
def test_every_reason_of_a_refusal_has_words(reason):
    from exchange.languages.engines import REASONS
    from exchange.passages.views import machine

    assert set(REASONS) <= set(machine.REASONS) and machine.REASONS[reason]
    assert set(TranslationJob.State) == set(machine.STATES)


def test_nobody_else_is_told_that_the_page_exists(mei, lin, log_in):
    for somebody in (mei, lin, None):
        assert log_in(somebody).get("/en/translations/machine/").status_code == 404


@pytest.mark.parametrize("texts", [1, 3])
def test_it_costs_the_same_with_1_or_3_texts(
    texts, thread, mei, staff, log_in, django_assert_num_queries
):
    for number in range(texts):
        post = reply(mei, thread, f"房租太贵了，押一付三，第{number}次。")
        jobs.queue(passage=post.passage, author=mei)
        jobs.finish(job=jobs.claim(engine="test engine"), body="Too expensive.", spent=10)
    browser = log_in(staff)
    with django_assert_num_queries(6):  # session, person, roles, spending, states, new notices
        browser.get("/en/translations/machine/")
