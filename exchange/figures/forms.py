"""What people type about a cost, read, checked and asked back where it may be meant otherwise."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.languages import text

from . import labels, normalise, places
from .actions import EntryDraft
from .conditions import ANY, CONDITIONS, UNKNOWN
from .models import MOST_ENTRIES, Entry, Item
from .normalise import NotComparable
from .parsing import Reading, read_amount
from .queries import items
from .units import UNITS

FIRST_YEAR = 1980
# Fields of one figure, as they are named in a form: `figure-0-amount`.
PLAIN = (
    *("item", "amount", "currency", "period", "unit", "city", "country", "year", "month"),
    *("household", "income", "shows_income", "sure"),
)
AREA = ("area_unit", "area_basis")
NAME = re.compile(r"figure-[0-7]-[a-z_]{1,30}")

# Money written with the sign that alone means the first.
SAME_SIGN = {"USD": ("CAD", "AUD", "HKD", "SGD", "TWD"), "CNY": ("JPY",)}

ERRORS = {
    "empty": gettext_lazy("How much is it?"),
    "not_a_number": gettext_lazy(
        "We cannot read this amount. Please type a number: 1,150, 3.5k, 1万2."
    ),
    "zero": gettext_lazy("A figure has to be more than zero."),
    "negative": gettext_lazy("A figure has to be more than zero."),
    "not_finite": gettext_lazy(
        "We cannot read this amount. Please type a number: 1,150, 3.5k, 1万2."
    ),
    "too_large": gettext_lazy("This is more than we can compare."),
}


class Asked(NamedTuple):
    """A condition as a form asks for it. Without answers to choose from it is a number."""

    key: str
    name: Any
    field: Any
    answers: Mapping[str, Any]
    required: bool


def answers(key: str) -> dict[str, Any]:
    """What a member may choose: that all kinds are counted together only published figures say."""
    return {value: name for value, name in CONDITIONS[key].options.items() if value != ANY}


class EntryForm(forms.Form):
    """One figure. Its questions are those of its item."""

    amount = forms.CharField(max_length=60, required=False)
    currency = forms.CharField(max_length=3, required=False)
    period = forms.CharField(max_length=20, required=False)
    unit = forms.CharField(max_length=20, required=False)
    city = forms.CharField(max_length=80, required=False)
    country = forms.CharField(max_length=2, required=False)
    year = forms.CharField(max_length=10, required=False)
    month = forms.CharField(max_length=10, required=False)
    household = forms.CharField(max_length=10, required=False)
    income = forms.CharField(max_length=60, required=False)
    shows_income = forms.BooleanField(required=False)
    sure = forms.BooleanField(required=False)

    def __init__(self, item: Item, number: int, **kwargs: Any) -> None:
        super().__init__(prefix=f"figure-{number}", use_required_attribute=False, **kwargs)
        self.item, self.number = item, number
        self.questions: list[str] = []
        for key in self.asked:
            self.fields[key] = forms.CharField(max_length=20, required=False)

    @property
    def asked(self) -> list[str]:
        """The keys of the conditions that its item asks for, an area's further answers with it."""
        keys = list(self.item.conditions)
        return keys + [key for key in AREA if "area" in keys]

    @property
    def conditions(self) -> list["Asked"]:
        """What the page asks, an area's unit and kind after the area."""
        keys = list(self.item.conditions)
        if "area" in keys:
            keys[keys.index("area") + 1 : 0] = AREA
        return [
            Asked(key, CONDITIONS[key].name, self[key], answers(key), key in self.item.basis)
            for key in keys
        ]

    @property
    def currencies(self) -> list[tuple[str, str]]:
        return [(code, f"{code} · {labels.currency(code)}") for code in labels.CURRENCIES]

    @property
    def periods(self) -> list[tuple[str, Any]]:
        return [(key, labels.PERIODS[key]) for key in self.item.periods]

    @property
    def units(self) -> list[tuple[str, Any]]:
        return [(key, UNITS[key].name) for key in self.item.units]

    @property
    def countries(self) -> list[tuple[str, str]]:
        first = [(code, labels.country(code)) for code in labels.COUNTRIES]
        others = sorted(
            (
                (code, labels.country(code))
                for code in places.countries()
                if code not in labels.COUNTRIES
            ),
            key=lambda row: row[1],
        )
        return first + others

    @property
    def months(self) -> dict[int, str]:
        return labels.month_names()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned = {
            name: text.normalise(value).strip() if isinstance(value, str) else value
            for name, value in cleaned.items()
        }
        self.cleaned_data = cleaned
        self._read_amount(cleaned)
        self._read_place(cleaned)
        self._read_time(cleaned)
        self._read_conditions(cleaned)
        self._read_rest(cleaned)
        if not self.errors:
            self._ask_back(cleaned)
        return cleaned

    def draft(self) -> EntryDraft:
        found = self.cleaned_data
        return EntryDraft(
            item=self.item,
            amount=found["amount"],
            currency=found["currency"],
            period=found["period"],
            unit=found["unit"],
            country=found["country"],
            city=found["place"].id if found["place"] else 0,
            city_name=found["city"],
            year=found["year"],
            month=found["month"],
            conditions=tuple(sorted(found["conditions"].items())),
            household=found["household"],
            income=found["income"],
            shows_income=found["shows_income"],
        )

    @property
    def understood(self) -> str:
        """The amount as it was read, for reading it back."""
        found = getattr(self, "cleaned_data", {})
        if not isinstance(found.get("amount"), Decimal) or not found.get("currency"):
            return ""
        return labels.asked_back(
            found["amount"], found["currency"], found.get("period", ""), found.get("unit", "")
        )

    def _refuse(self, field: str, message: Any) -> None:
        self.add_error(field, ValidationError(message))

    def _read_amount(self, found: dict[str, Any]) -> None:
        reading: Reading = read_amount(found.get("amount", ""))
        if reading.error or reading.amount is None:
            self._refuse("amount", ERRORS.get(reading.error, ERRORS["not_a_number"]))
        else:
            found["amount"] = self._kept("amount", reading.amount, "0.0001")
        found["reading"] = reading
        chosen = found.get("currency", "").upper()
        found["currency"] = chosen if _may_be(reading, chosen) else reading.currency
        if not re.fullmatch(r"[A-Z]{3}", found["currency"]):
            self._refuse("currency", _("In which currency?"))
        self._read_measure(found, reading)

    def _read_measure(self, found: dict[str, Any], reading: Reading) -> None:
        """For how long or for how much it is: what stands beside the amount counts more than what was
        chosen in a list."""
        item, period, unit = self.item, reading.period, reading.unit
        if item.period == "each" and period in UNITS:  # an hour's lesson, a credit
            period, unit = "each", period
        found["period"] = period or found.get("period") or item.periods[0]
        found["unit"] = unit or found.get("unit") or item.unit
        if item.period != "each":
            if found["period"] not in item.periods or found["unit"]:
                self._refuse("period", _("For how long is it paid: a month, a term, a year?"))
        elif found["period"] != "each" or found["unit"] not in (*item.units, item.unit):
            # Beside the amount, for a single period or unit is in no list.
            message = _("Here the price of one %(unit)s is compared.")
            self._refuse("amount", message % {"unit": UNITS[item.unit].name})

    def _read_place(self, found: dict[str, Any]) -> None:
        country = found.get("country", "").upper()
        known = places.find(found.get("city", ""), country) if found.get("city") else []
        # A beginning of a name is a help while typing, not an answer.
        place = next((p for p in known if places.is_name_of(p, found["city"])), None)
        found["place"] = place
        found["country"] = place.country if place else country
        if not found["country"]:
            message = _("We do not know this city. Please say which country it is in.")
            self._refuse("country", message if found.get("city") else _("In which country?"))
        elif found["country"] not in places.countries():
            self._refuse("country", _("Please choose a country."))

    def _read_time(self, found: dict[str, Any]) -> None:
        now = timezone.localdate()
        found["year"] = _whole(found.get("year", ""))
        found["month"] = _whole(found.get("month", "")) if found.get("month") else None
        if found["year"] is None:
            self._refuse("year", _("Of which year is it?"))
        elif found["year"] < FIRST_YEAR:
            self._refuse("year", _("We compare figures from %(year)s on.") % {"year": FIRST_YEAR})
        elif (found["year"], found["month"] or 1) > (now.year, now.month):
            self._refuse("year", _("This is in the future. What is paid, or was paid?"))
        if found.get("month") is not None and not 1 <= found["month"] <= 12:
            self._refuse("month", _("Please choose a month."))

    def _read_conditions(self, found: dict[str, Any]) -> None:
        found["conditions"] = {}
        for key in self.asked:
            answer = found.get(key, "")
            condition = CONDITIONS[key]
            if answer and condition.kind == "number":
                answer = self._number(key, answer)
            elif answer and answer not in answers(key):
                self._refuse(key, _("Please choose one of the answers."))
            elif not answer and key in self.item.basis:
                message = _("Without this it cannot be compared.")
                if UNKNOWN in answers(key):
                    message = _("Without this it cannot be compared. “Not known” is an answer too.")
                self._refuse(key, message)
            if answer:
                found["conditions"][key] = answer
        self._check_area(found["conditions"])

    def _check_area(self, conditions: dict[str, str]) -> None:
        if "area" not in conditions:
            for key in AREA:
                conditions.pop(key, None)
        elif "area_basis" not in conditions:
            self._refuse(
                "area_basis",
                _("Is this the built area, or what you can walk on? “Not known” is an answer too."),
            )
        else:
            conditions.setdefault("area_unit", "m2")

    def _number(self, key: str, typed: str) -> str:
        reading = read_amount(typed)
        amount = reading.amount
        if amount is None or reading.question or not 1 <= amount <= 100_000:
            self._refuse(key, _("Please type a number."))
            return ""
        return format(amount.normalize(), "f")

    def _read_rest(self, found: dict[str, Any]) -> None:
        household = found.get("household", "")
        found["household"] = _whole(household) if household else None
        if household and (found["household"] is None or not 1 <= found["household"] <= 30):
            self._refuse("household", _("How many people is it for? Please type a number."))
        typed = found.get("income", "")
        found["income"] = self._income(typed, found["currency"]) if typed else None

    def _income(self, typed: str, currency: str) -> Decimal | None:
        """What a share is computed with is asked for plainly: nothing is converted or guessed."""
        reading = read_amount(typed)
        if reading.amount is None:
            self._refuse("income", ERRORS.get(reading.error, ERRORS["not_a_number"]))
        elif not _may_be(reading, currency):
            self._refuse("income", _("Please give your income in the currency of the amount."))
        elif reading.period not in ("", "month"):
            self._refuse("income", _("Please give what you earn a month."))
        elif reading.question:
            message = _("“%(typed)s” can be read in another way. Please type one plain number.")
            self._refuse("income", message % {"typed": typed})
        else:
            return self._kept("income", reading.amount, "0.01")
        return None

    def _kept(self, field: str, amount: Decimal, places: str) -> Decimal:
        """As it is kept, with so many places; refused where that is nothing, or too much to keep."""
        kept = amount.quantize(Decimal(places))
        if not kept:
            self._refuse(field, ERRORS["zero"])
        elif kept >= 10**11:
            self._refuse(field, ERRORS["too_large"])
        return kept

    def _ask_back(self, found: dict[str, Any]) -> None:
        """What may be meant otherwise is asked once; who ticks the box is believed."""
        reading: Reading = found["reading"]
        if reading.question:
            typed = self["amount"].value()
            words = _("“%(typed)s” can be read in another way. We read it as %(read)s.")
            if reading.other is not None:
                words = _("“%(typed)s” can also be read as %(other)s. We read it as %(read)s.")
            other = labels.number(reading.other) if reading.other is not None else ""
            said = {"typed": typed, "read": self.understood, "other": other}
            self.questions.append(words % said)
        usd = self._in_dollars(found)
        if usd is not None and not self.item.usual_low <= usd <= self.item.usual_high:
            self.questions.append(_("%(read)s? That is unusual.") % {"read": self.understood})
        usual = labels.MONEY_OF.get(found["country"])
        if usual and usual != found["currency"]:
            self.questions.append(
                _("%(country)s: people there mostly pay in %(usual)s. Is %(read)s right?")
                % {
                    "country": labels.country(found["country"]),
                    "usual": labels.currency(usual),
                    "read": self.understood,
                }
            )
        if self.questions and not found.get("sure"):
            self.add_error("sure", ValidationError(self.questions, code="sure"))

    def _in_dollars(self, found: dict[str, Any]) -> float | None:
        try:
            if self.item.period == "each":
                amount = normalise.per_unit(found["amount"], found["unit"], self.item.unit)
            else:
                amount = normalise.per_period(found["amount"], found["period"], self.item.period)
        except NotComparable:
            return None
        dollars = normalise.converted(amount, found["currency"], "USD", timezone.localdate())
        return float(dollars.amount) if dollars else None


def _may_be(reading: Reading, currency: str) -> bool:
    """Whether an amount that was typed can be in this currency: it names none, this, or its sign."""
    return reading.currency in ("", currency) or currency in SAME_SIGN.get(reading.currency, ())


def _whole(typed: str) -> int | None:
    try:
        return int(Decimal(typed.strip()))
    except (InvalidOperation, ValueError, OverflowError):
        return None


# Buttons that change the rows, also where no script runs: nothing is checked or sent by them.
ADD, DROP = "figure_add", "figure_drop"


def is_step(data: Mapping[str, Any]) -> bool:
    return ADD in data or DROP in data


def stepped(data: Mapping[str, Any]) -> dict[str, Any]:
    """The typed fields with one row more, of the item `figure_item`, or with one less."""
    fields = {name: data[name] for name in data if name not in (ADD, DROP, "csrfmiddlewaretoken")}
    fields["stepping"] = True  # nothing holds these words but the page
    if dropped := data.get(DROP):
        return {name: v for name, v in fields.items() if not name.startswith(f"figure-{dropped}-")}
    slug = fields.pop("figure_item", "")
    number = Figures(None, fields).next
    if slug and number is not None:
        now = timezone.localdate()
        fields[f"figure-{number}-item"] = slug
        fields[f"figure-{number}-year"] = str(now.year)
        fields[f"figure-{number}-month"] = str(now.month)
    return fields | {"choosing_figure": True}


class Figures:
    """All figures of a composer's form: up to eight rows, `figure-0-...` to `figure-7-...`."""

    def __init__(self, data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> None:
        self.is_bound = data is not None
        source = initial if data is None else data
        numbers = sorted({int(name[7]) for name in source if NAME.fullmatch(name)})
        slugs = {number: str(source.get(f"figure-{number}-item") or "") for number in numbers}
        found = (
            Item.objects.in_bulk(slugs.values(), field_name="slug") if any(slugs.values()) else {}
        )
        self.rows = [
            EntryForm(found[slugs[number]], number, **_given(data, initial, number))
            for number in numbers
            if slugs[number] in found
        ]
        self.too_many = any(name.startswith("figure-8-item") and source[name] for name in source)

    @property
    def next(self) -> int | None:
        """The number of the next row, None where there are eight."""
        taken = {row.number for row in self.rows}
        return next((n for n in range(MOST_ENTRIES) if n not in taken), None)

    @property
    def choices(self) -> list[Item]:
        return list(items())

    def is_valid(self) -> bool:
        checked = [row.is_valid() for row in self.rows]  # all of them say what is wrong
        return all(checked) and not self.too_many

    def drafts(self) -> list[EntryDraft]:
        return [replace(row.draft(), place=row.number) for row in self.rows]


def _given(
    data: Mapping[str, Any] | None, initial: Mapping[str, Any], number: int
) -> dict[str, Any]:
    if data is not None:
        return {"data": data}
    start = f"figure-{number}-"
    return {
        "initial": {
            name.removeprefix(start): value
            for name, value in initial.items()
            if name.startswith(start)
        }
    }


def initial(entries: list[Entry]) -> dict[str, str]:
    """The fields of a form that holds these figures."""
    fields: dict[str, str] = {}
    for entry in entries:
        values = {
            "item": entry.item.slug,
            "amount": format(entry.amount.normalize(), "f"),
            "currency": entry.currency,
            "period": entry.period,
            "unit": entry.unit,
            "city": labels.city(entry),
            "country": entry.country,
            "year": str(entry.year),
            "month": str(entry.month or ""),
            "household": str(entry.household or ""),
            "income": format(entry.income.normalize(), "f") if entry.income else "",
            "shows_income": "on" if entry.shows_income else "",
            **entry.conditions,
        }
        fields |= {f"figure-{entry.position}-{name}": value for name, value in values.items()}
    return fields
