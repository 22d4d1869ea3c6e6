"""One figure's page: what was said, each number of how it is compared, whether it counts, who may see it."""

from decimal import Decimal

import pytest

from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.figures import actions as figures
from exchange.figures import tasks
from exchange.figures.models import Entry
from exchange.languages.actions import Draft
from exchange.moderation import actions as moderation
from tests.cast import figure_of, make_item, open_thread, person, reply

AREA = (("area", "55"), ("area_basis", "gross"), ("area_unit", "m2"), ("bedrooms", "1"))


@pytest.fixture
def post(thread, mei, flat):
    entry = figure_of(flat, "10500", period="quarter", conditions=AREA, income=Decimal(12_500))
    return reply(mei, thread, "我付 [¥1]，不贵。", entries=[entry])


@pytest.fixture
def figure(post):
    return post.passage.entries.get()


def page(browser, figure, language="en") -> str:
    answer = browser.get(f"/{language}/figures/{figure.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_step_from_the_typed_amount_is_a_line_with_its_numbers(client, figure) -> None:
    """The rates are those of the European Central Bank of 14 November 2025: 1.1648 / 8.2655."""
    html = page(client, figure)
    for line in (
        "CN¥10,500 / quarter ÷ 3 = CN¥3,500 / month",
        "CN¥3,500 / month ÷ 7.0961 = $493.23 / month",
        "European Central Bank, November 14, 2025.",
        "CN¥3,500 / month ÷ 3.5325 = 990.8 international dollars",
        "World Bank, China 2024: CN¥3.53 bought what one dollar bought in the United States.",
        "CN¥3,500 / month ÷ CN¥59.44 / hour = 58.9 hours / month",
        "China: the mean wage of 2024, before tax.",
        "CN¥3,500 / month ÷ 55 m² = CN¥63.64 / month",
        "CN¥3,500 / month ÷ 592.02 sq ft = CN¥5.91 / month",
    ):
        assert line in html, line


def test_a_chinese_page_says_the_same_numbers_in_chinese(client, figure) -> None:
    html = page(client, figure, "zh-hans")
    for line in ("¥3,500 / 月 ÷ 7.0961 = US$493.23 / 月", "成都", "2025年11月14日", "28%"):
        assert line in html, line


def test_a_price_by_the_pound_becomes_one_by_the_kilogram(client, thread, tom) -> None:
    rice = make_item(
        "rice", topic="daily-life", period="each", periods=["each"], unit="kg", units=["kg", "lb"],
        conditions=[], basis=[],
    )  # fmt: skip
    given = {"period": "each", "unit": "lb", "currency": "USD", "country": "US", "city": 4509177}
    draft = figure_of(rice, "1.50", **given, conditions=())
    html = page(client, reply(tom, thread, "Rice", entries=[draft]).passage.entries.get())
    assert "$1.50 / lb × 2.2046 = $3.31 / kg" in html and "1 kg is 2.2046 lb." in html
    assert "$3.31 / kg × 7.0961 = CN¥23.47 / kg" in html
    assert "United States: the median wage of 2025, before tax." in html
    assert "An international dollar buys what a US dollar buys in the United States." in html


def test_without_a_rate_it_is_shown_unconverted_and_said_so(client, thread, mei, flat) -> None:
    draft = figure_of(flat, "300", year=1996, month=None)  # the euro's rates begin in 1999
    html = page(client, reply(mei, thread, "以前", entries=[draft]).passage.entries.get())
    assert "There is no exchange rate for this time: shown unconverted." in html


def test_an_income_is_never_on_the_page_unless_its_author_shows_it(
    client, post, figure, lin, log_in
) -> None:
    for browser in (client, log_in(lin), log_in(post.author)):
        html = page(browser, figure)
        assert "28% of a month’s income" in html and "12,500" not in html and "12500" not in html
    Entry.objects.filter(pk=figure.pk).update(shows_income=True)
    assert "CN¥3,500 ÷ CN¥12,500 = 28%" in page(client, figure)


def test_of_one_person_the_newest_counts_and_the_older_one_leads_to_it(
    client, thread, mei, figure, flat
) -> None:
    assert "It counts in the comparisons." in page(client, figure)
    newer = reply(mei, thread, "涨了", entries=[figure_of(flat, "3800", month=12)])
    found = newer.passage.entries.get()
    html = page(client, figure)
    assert "the newest does" in html and f'href="/en/figures/{found.pk}/"' in html
    assert "It counts in the comparisons." in page(client, found)


def test_a_figure_far_from_the_others_is_marked(client, thread, flat, figure) -> None:
    for number in range(6):
        entry = figure_of(flat, str(3000 + 100 * number))
        reply(person(f"p{number}", reads=["en"]), thread, "Mine", entries=[entry])
    far = reply(person("far", reads=["en"]), thread, "!", entries=[figure_of(flat, "90000")])
    assert "It stands far from the others" in page(client, far.passage.entries.get())
    assert "It stands far from the others" not in page(client, figure)


@pytest.mark.parametrize("demo", [True, False])
def test_a_sample_person_s_figure_counts_on_a_demonstration_alone(
    demo, client, thread, flat, settings
) -> None:
    settings.DEMO = demo
    sample = person("sample", reads=["en"], is_sample=True)
    html = page(client, reply(sample, thread, "x", entries=[figure_of(flat)]).passage.entries.get())
    assert ("It counts on this demonstration" in html) is demo
    assert ("does not count" in html) is not demo and ">sample<" in html


def test_the_former_figure_of_an_edited_post_is_kept_and_said_to_be_one(
    client, post, figure, mei, flat
) -> None:
    fresh = queries.post(mei, post.pk)
    boards.edit(
        author=mei,
        post=fresh,
        draft=Draft("我付 [¥1]。"),
        from_version=1,
        entries=[figure_of(flat, "3600", conditions=AREA)],
    )
    now = post.passage.entries.get(until=None)
    assert "this is what it said before" in page(client, figure)
    html = page(client, now)
    assert f'href="/en/figures/{figure.pk}/"' in html and "versions 1 to 1" in html
    history = client.get(f"/en/posts/{post.pk}/history/").content.decode()
    former, latest = history.find("10,500 / quarter"), history.find("3,600 / month")
    assert -1 < latest < former


def test_who_may_not_read_the_post_finds_no_figure(
    post, figure, mei, tom, lin, rules, log_in, client
) -> None:
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    for browser, status in [(client, 404), (log_in(tom), 404), (log_in(mei), 200)]:
        assert browser.get(f"/en/figures/{figure.pk}/").status_code == status
    assert "The post is hidden, so its figure does not count." in page(log_in(lin), figure)
    boards.delete(author=mei, post=post)
    assert log_in(lin).get(f"/en/figures/{figure.pk}/").status_code == 404


def test_figures_of_a_closed_board_are_for_who_may_read_it(
    members_board, tom, flat, log_in, client
) -> None:
    thread = open_thread(tom, members_board, entries=[figure_of(flat)])
    found = Entry.objects.get(passage__post__thread=thread)
    assert client.get(f"/en/figures/{found.pk}/").status_code == 404
    assert "its figures do not count" in page(log_in(tom), found)


def test_a_hidden_opening_post_s_title_is_not_on_the_page(
    thread, figure, tom, lin, rules, client, log_in
) -> None:
    moderation.hide(moderator=lin, post=thread.posts.get(number=1), rule=rules["spam"])
    assert "What do you pay" not in page(client, figure)
    assert "What do you pay" in page(log_in(lin), figure)


def test_a_chip_in_another_language_leads_to_a_page_in_the_reader_s(client, thread, figure) -> None:
    html = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert f'href="/en/figures/{figure.pk}/"><span class="part">¥10,500' in html


@pytest.mark.parametrize("questions", [1, 3])
def test_the_page_costs_the_same_queries_for_one_and_for_three_questions(
    questions, figure, client, django_assert_num_queries
) -> None:
    for number in range(questions):
        asker = person(f"q{number}", reads=["en"])
        figures.ask(by=asker, entry=figure, reason="amount", note="Really?", scope="thread.1")
    tasks.work()
    page(client, figure)
    with django_assert_num_queries(7):
        page(client, figure)
