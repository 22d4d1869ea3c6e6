"""The table of units hangs together."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from exchange.figures.amount_words import PERIODS
from exchange.figures.normalise import TIMES_A_YEAR
from exchange.figures.units import AREAS, UNITS

# By the definition of each, in its base.
EXACT = {
    "jin": "0.5",
    "liang": "0.05",
    "lb": "0.45359237",
    "gal": "3.785411784",
    "sqft": "0.09290304",
    "mile": "1.609344",
}


@pytest.mark.parametrize("key", sorted(UNITS))
def test_every_base_is_a_unit_of_its_own(key: str) -> None:
    base = UNITS[UNITS[key].base]
    assert (base.factor, base.base) == (1, UNITS[key].base)
    assert UNITS[key].factor > 0


def test_the_customary_units_are_exact() -> None:
    assert {key: UNITS[key].factor for key in EXACT} == {
        key: Decimal(factor) for key, factor in EXACT.items()
    }


def test_smaller_units_add_up_to_larger_ones() -> None:
    assert UNITS["oz"].factor * 16 == UNITS["lb"].factor
    assert UNITS["qt"].factor * 4 == UNITS["gal"].factor
    assert UNITS["floz"].factor * 128 == UNITS["gal"].factor
    assert UNITS["liang"].factor * 10 == UNITS["jin"].factor
    assert UNITS["oz"].factor * 24 == UNITS["dozen-eggs"].factor


@pytest.mark.parametrize("key", sorted(UNITS))
def test_every_unit_has_a_name_in_both_languages(key: str) -> None:
    with override("en"):
        english = str(UNITS[key].name)
    with override("zh-hans"):
        chinese = str(UNITS[key].name)
    assert english != chinese
    assert not chinese.isascii()


def test_areas_are_units_of_area() -> None:
    assert {UNITS[key].base for key in AREAS} == {"m2"}


def test_every_period_that_repeats_can_be_typed() -> None:
    assert set(TIMES_A_YEAR) <= set(PERIODS.values())
