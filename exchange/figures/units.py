"""What an amount may be the price of: a kilogram, a 斤, a gallon, a ride.

`factor` says how many of its `base` one unit is; units with the same base convert into each other. The
customary ones are exact by definition (international pound of 1959, US liquid gallon of 231 cubic
inches), the 斤 is half a kilogram. A dozen eggs is one of large ones, at least 24 oz in their shells (US
grades and standards): a dozen of medium or extra large is 12% off.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Unit(NamedTuple):
    name: _StrPromise  # as it stands after "per" or a number
    factor: Decimal
    base: str


def _unit(name: _StrPromise, factor: str, base: str) -> Unit:
    return Unit(name, Decimal(factor), base)


UNITS: dict[str, Unit] = {
    "kg": _unit(pgettext_lazy("unit", "kg"), "1", "kg"),
    "g": _unit(pgettext_lazy("unit", "g"), "0.001", "kg"),
    "jin": _unit(pgettext_lazy("unit", "jin (500 g)"), "0.5", "kg"),
    "liang": _unit(pgettext_lazy("unit", "liang (50 g)"), "0.05", "kg"),
    "lb": _unit(pgettext_lazy("unit", "lb"), "0.45359237", "kg"),
    "oz": _unit(pgettext_lazy("unit", "oz"), "0.028349523125", "kg"),
    "dozen-eggs": _unit(pgettext_lazy("unit", "dozen eggs"), "0.680388555", "kg"),
    "L": _unit(pgettext_lazy("unit", "L"), "1", "L"),
    "ml": _unit(pgettext_lazy("unit", "ml"), "0.001", "L"),
    "m3": _unit(pgettext_lazy("unit", "m³"), "1000", "L"),
    "gal": _unit(pgettext_lazy("unit", "gallon (US)"), "3.785411784", "L"),
    "qt": _unit(pgettext_lazy("unit", "quart (US)"), "0.946352946", "L"),
    "floz": _unit(pgettext_lazy("unit", "fl oz (US)"), "0.0295735295625", "L"),
    "kWh": _unit(pgettext_lazy("unit", "kWh"), "1", "kWh"),
    "m2": _unit(pgettext_lazy("unit", "m²"), "1", "m2"),
    "sqft": _unit(pgettext_lazy("unit", "sq ft"), "0.09290304", "m2"),
    "km": _unit(pgettext_lazy("unit", "km"), "1", "km"),
    "mile": _unit(pgettext_lazy("unit", "mile"), "1.609344", "km"),
    "piece": _unit(pgettext_lazy("unit", "piece"), "1", "piece"),
    # Counted things: each is its own base.
    "cup": _unit(pgettext_lazy("unit", "cup"), "1", "cup"),
    "meal": _unit(pgettext_lazy("unit", "meal"), "1", "meal"),
    "ride": _unit(pgettext_lazy("unit", "ride"), "1", "ride"),
    "visit": _unit(pgettext_lazy("unit", "visit"), "1", "visit"),
    "stay": _unit(pgettext_lazy("unit", "stay"), "1", "stay"),
    "box": _unit(pgettext_lazy("unit", "box"), "1", "box"),
    "month-supply": _unit(pgettext_lazy("unit", "month’s supply"), "1", "month-supply"),
    "treatment": _unit(pgettext_lazy("unit", "treatment"), "1", "treatment"),
    "credit": _unit(pgettext_lazy("unit", "credit"), "1", "credit"),
    "hour": _unit(pgettext_lazy("unit", "hour"), "1", "hour"),
    "burger": _unit(pgettext_lazy("unit", "burger"), "1", "burger"),
    "haircut": _unit(pgettext_lazy("unit", "haircut"), "1", "haircut"),
    "move": _unit(pgettext_lazy("unit", "move"), "1", "move"),
}
AREAS = ("m2", "sqft")
