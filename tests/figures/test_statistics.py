"""Medians, quartiles and values that stand apart, against tables worked out by hand."""

from itertools import pairwise
from math import inf, log, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.figures.statistics import MOST_POINTS, Summary, Value, bounds, summarise, voices


def said(*amounts: float) -> list[Value]:
    """Each by another person in one city, a day after the one before."""
    return [Value(amount, n, "Chengdu", 1000 + n, n) for n, amount in enumerate(amounts)]


# Amounts; n, median, lower and upper quartile, low, high, those that stand apart.
TABLE = [
    ([], (0, None, None, None, None, None, ())),
    ([3500], (1, None, None, None, 3500, 3500, ())),
    ([3500, 3000], (2, None, None, None, 3000, 3500, ())),
    ([3500, 3000, 4100], (3, 3500, None, None, 3000, 4100, ())),
    ([3500, 3000, 4100, 3700], (4, 3600, None, None, 3000, 4100, ())),
    ([4500, 3000, 3800, 3200, 3500], (5, 3500, 3200, 3800, 3000, 4500, ())),
    # Quartiles at ranks 1 + 5/4 and 1 + 15/4 of 6: a quarter of the way from 20 to 30, three of 40 to 50.
    ([10, 20, 30, 40, 50, 60], (6, 35, 22.5, 47.5, 10, 60, ())),
    # At ranks 2.75 and 6.25 of 8.
    ([1, 2, 3, 4, 5, 6, 7, 8], (8, 4.5, 2.75, 6.25, 1, 8, ())),
    # Ties.
    ([6, 6, 6, 8, 8], (5, 6, 6, 8, 6, 8, ())),
    ([5, 5, 5, 5, 5], (5, 5, 5, 5, 5, 5, ())),
    # The middle of the logs is ln 1249; the deviations are .04 .04 .114 .127 .222 1.97, their median .121.
    # 3.5 x 1.4826 x .121 = .626 is less than ln 2, so more than twice 1249 stands apart.
    ([1000, 1100, 1200, 1300, 1400, 9000], (5, 1200, 1100, 1300, 1000, 1400, (9000,))),
    ([1000, 1100, 1200, 1300, 1400, 2400], (6, 1250, 1125, 1375, 1000, 2400, ())),
    # Deviations 0 0 ln2 ln2 ln4 ln4 ln40; 3.5 x 1.4826 x ln 2 = 3.597, so 400 x 36.48 = 14,592 is the end.
    ([100, 200, 400, 400, 800, 1600, 16000], (6, 400, 250, 700, 100, 1600, (16000,))),
    ([100, 200, 400, 400, 800, 1600, 14000], (7, 400, 300, 1200, 100, 14000, ())),
    # Too cheap counts as too dear does: 400 / 36.48 = 10.97.
    ([100, 200, 400, 400, 800, 1600, 10], (6, 400, 250, 700, 100, 1600, (10,))),
    # A median absolute deviation of 0.
    ([500, 500, 500, 500, 999], (5, 500, 500, 500, 500, 999, ())),
    ([500, 500, 500, 500, 1000], (5, 500, 500, 500, 500, 1000, ())),
    ([500, 500, 500, 500, 1001], (4, 500, None, None, 500, 500, (1001,))),
    ([500, 500, 500, 500, 250], (5, 500, 500, 500, 250, 500, ())),
    ([500, 500, 500, 500, 249], (4, 500, None, None, 500, 500, (249,))),
    ([3, 3, 3, 4, 4, 30, 31], (5, 3, 3, 4, 3, 4, (30, 31))),
    # Of fewer than five none can be told apart.
    ([100, 100, 100, 100000], (4, 100, None, None, 100, 100000, ())),
]


@pytest.mark.parametrize(("amounts", "expected"), TABLE, ids=str)
def test_summaries(amounts: list[float], expected: tuple[object, ...]) -> None:
    found = summarise(said(*amounts))
    assert found[:7] == expected
    assert found.few == (found.n < 3)


def test_the_bounds_are_those_of_the_formula() -> None:
    low, high = bounds([100, 200, 400, 400, 800, 1600, 16000])
    # 3.5 x 1.4826 x MAD, which is ln 2 here, on both sides of ln 400
    assert log(high / 400) == pytest.approx(3.5 * 1.4826 * log(2), rel=1e-6)
    assert log(400 / low) == pytest.approx(3.5 * 1.4826 * log(2), rel=1e-6)
    assert bounds([1, 2, 3, 4]) == (0, inf)


def test_the_newest_of_a_person_counts_once_in_a_city() -> None:
    old, new = Value(3000, 1, "Chengdu", 900, 11), Value(3600, 1, "Chengdu", 950, 12)
    elsewhere, other = Value(900, 1, "Columbus", 940, 13), Value(3300, 2, "Chengdu", 800, 5)
    assert voices([new, other, old, elsewhere]) == [elsewhere, other, new]


def test_the_newest_is_of_the_latest_date_and_then_the_last_posted() -> None:
    latest = Value(3600, 1, "Chengdu", 950, 11)
    assert voices([latest, Value(3000, 1, "Chengdu", 700, 12)]) == [latest]
    corrected = Value(3000, 1, "Chengdu", 950, 12)
    assert voices([corrected, latest]) == [corrected]


def test_the_age_is_that_of_what_is_counted() -> None:
    values = [*said(500, 500, 500, 500), Value(90000, 9, "Chengdu", 1, 9)]
    found = summarise(values)
    assert (found.since, found.until) == (1000, 1003)
    assert summarise([]) == Summary(0, None, None, None, None, None, (), (), None, None, True)


@pytest.mark.parametrize("amount", [0.0, -5.0, nan, inf, -inf])
def test_what_has_no_logarithm_is_passed_over(amount: float) -> None:
    assert summarise(said(3500, 3000, 4100, amount)) == summarise(said(3500, 3000, 4100))


def test_points_are_thinned_evenly_and_keep_both_ends() -> None:
    found = summarise(said(*range(10_000, 20_000)))
    assert found.n == 10_000
    assert len(found.points) == MOST_POINTS
    assert (found.points[0], found.points[-1]) == (10_000, 19_999)
    gaps = {after - before for before, after in pairwise(found.points)}
    assert gaps == {25, 26}  # 9,999 / 399
    assert len(summarise(said(*range(1000, 1000 + MOST_POINTS))).points) == MOST_POINTS


# Properties

values = st.lists(
    st.builds(
        Value,
        st.floats(0.01, 1e9) | st.sampled_from([3500.0, 3600.0, 7000.0]),
        st.integers(1, 12),
        st.sampled_from(["Chengdu", "Columbus"]),
        st.integers(730_000, 740_000),
        st.integers(1, 40),
    ),
    max_size=40,
)


@given(values.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_makes_no_difference(both: tuple[list[Value], list[Value]]) -> None:
    one, other = both
    assert voices(one) == voices(other)
    assert summarise(one) == summarise(other)


@given(values)
def test_nobody_speaks_twice(some: list[Value]) -> None:
    heard = voices(some)
    speakers = [(value.person, value.place) for value in heard]
    assert len(speakers) == len(set(speakers))
    assert set(speakers) == {(value.person, value.place) for value in some}
    assert summarise(heard) == summarise(some)


@given(values, st.integers(0, 39))
def test_saying_it_again_changes_nothing(some: list[Value], which: int) -> None:
    assert summarise([*some, *some[which : which + 1]]) == summarise(some)


@given(values)
def test_every_voice_is_counted_or_stands_apart(some: list[Value]) -> None:
    found = summarise(some)
    heard = sorted(value.amount for value in voices(some))
    assert sorted([*found.points, *found.outliers]) == heard
    assert found.n == len(found.points)
    assert len(found.outliers) <= len(heard) / 2


@given(values)
def test_the_numbers_of_a_summary_are_in_order(some: list[Value]) -> None:
    found = summarise(some)
    numbers = [found.low, found.q1, found.median, found.q3, found.high]
    known = [number for number in numbers if number is not None]
    # A quartile between two equal amounts may differ in its last digit.
    assert all(after >= before * (1 - 1e-12) for before, after in pairwise(known))
    assert (found.median is None) == found.few
    assert (found.q1 is None) == (found.n < 5)


@given(st.lists(st.floats(0.001, 1e300), min_size=5, max_size=60))
def test_nothing_within_a_factor_of_two_stands_apart(amounts: list[float]) -> None:
    low, high = bounds(amounts)
    middle = sorted(amounts)[len(amounts) // 2]
    if len(amounts) % 2:
        assert low <= middle / 2
        assert high >= middle * 2
    assert low < high
