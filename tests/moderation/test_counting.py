"""No count that is shown tells of one person."""

import pytest

from exchange.moderation.counting import OTHERS, grouped, in_order, median, share


def shown(cells):
    return [(cell.key, cell.count) for cell in cells]


def test_small_counts_are_one_group():
    assert shown(grouped({"spam": 9, "hate": 1, "scam": 2})) == [("spam", 9), (OTHERS, 3)]


def test_a_group_that_is_too_small_itself_takes_in_the_next_one():
    counts = {"spam": 9, "hate": 4, "scam": 1}
    assert shown(grouped(counts)) == [("spam", 9), (OTHERS, 5)]


def test_of_very_few_altogether_it_is_said_that_there_are_some():
    assert shown(grouped({"spam": 2})) == [(OTHERS, None)]
    assert grouped({"spam": 0}) == []


def test_months_stay_in_order_and_do_not_tell_one_from_two():
    counts = [("2026-01", 5), ("2026-02", 1), ("2026-03", 0), ("2026-04", 9)]
    assert [count for _key, count in shown(in_order(counts))] == [5, None, 0, 9]


def test_bars_are_as_long_as_their_counts():
    assert [cell.bar for cell in grouped({"spam": 8, "hate": 4})] == [100, 50]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 2, None), (1, 10, None), (9, 10, None), (0, 10, 0), (10, 10, 100), (3, 12, 25)],
)
def test_a_share_is_said_where_nobody_stands_out(part, whole, said):
    assert share(part, whole) == said


def test_the_median_is_of_three_at_least():
    assert median([1.0, 2.0]) is None
    assert median([5.0, 1.0, 3.0]) == 3.0
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5
