"""What a comparison says of itself, in the language that is active."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from exchange.figures import labels, rates, yardsticks
from exchange.figures.models import Item
from exchange.figures.units import UNITS
from exchange.web.templatetags.bilingual import localised

from .choice import Choice, answers

MONEY = {"USD": gettext_lazy("US dollars"), "CNY": gettext_lazy("yuan")}
MEASURE_NAMES = {
    "money": gettext_lazy("money"),
    "intl": gettext_lazy("international dollars"),
    "share": gettext_lazy("share of the poster’s own income"),
    "hours": gettext_lazy("hours of work"),
    "m2": gettext_lazy("money per m²"),
    "sqft": gettext_lazy("money per sq ft"),
}
SHOWN_NAMES = {
    "both": gettext_lazy("members’ and public figures"),
    "members": gettext_lazy("members’ figures only"),
    "public": gettext_lazy("public figures only"),
}
PPP_COUNTRIES = ("CN", "US")
# The newest factor is asked for by a year that none is later than.
LATEST = 9999


def name(item: Item) -> str:
    return localised(item.name)


def basis(item: Item, basis: str) -> str:
    """`bachelor’s degree · public`: the answers that all figures of a chart share, "" where
    none is asked."""
    found = answers(basis)
    return " · ".join(labels.answered(key, found[key]) for key in item.basis if key in found)


def title(choice: Choice) -> str:
    return " · ".join(filter(None, [name(choice.item), basis(choice.item, choice.basis)]))


def per(item: Item) -> str:
    return labels.per(item.period, item.unit)


def unit(item: Item) -> str:
    """For how long, or for how much, the amounts are that are compared: `month`, `kg`."""
    return per(item).removeprefix("/ ")


def axis(choice: Choice) -> str:
    """`US dollars / month`."""
    if choice.measure == "share":
        return _("per cent of the poster’s monthly income")
    unit = {"hours": _("hours of work"), "intl": _("international dollars")}
    amount = unit.get(choice.measure) or str(MONEY[choice.currency])
    area = f"/ {UNITS[choice.measure].name}" if choice.measure in ("m2", "sqft") else ""
    return " ".join(filter(None, [amount, per(choice.item), area]))


def narrowing(choice: Choice) -> list[str]:
    """What was left out, in words."""
    said = [labels.answered(key, answer) for key, answer in choice.conditions]
    if choice.years:
        first, last = choice.years
        said.insert(0, str(first) if first == last else f"{first}–{last}")
    return said


def sentence(choice: Choice) -> str:
    """The page's basis: what all amounts of its charts have in common."""
    said = [name(choice.item), axis(choice), basis(choice.item, choice.basis), *narrowing(choice)]
    return " · ".join(filter(None, said))


def sources(choice: Choice) -> str:
    """Where the numbers that amounts were converted with come from, and of which day they are."""
    measure = choice.measure
    if measure == "share":
        return _("both amounts as the poster gave them")
    if measure == "intl":
        return parities()
    if measure == "hours":
        return wages()
    return exchange_rates()


def converted(choice: Choice) -> str:
    """The same as a sentence."""
    if choice.measure == "share":
        return _("Both amounts are as the poster gave them; nothing is converted.")
    return _("Converted by: %(said)s.") % {"said": sources(choice)}


def exchange_rates() -> str:
    return _(
        "exchange rates of the European Central Bank, each amount at its own date; the newest are of"
        " %(day)s"
    ) % {"day": day(rates.newest())}


def parities() -> str:
    years = {
        country: factor.year
        for country in PPP_COUNTRIES
        if (factor := yardsticks.ppp(country, LATEST))
    }
    newest = max(years.values(), default=0)
    return _(
        "World Bank purchasing power parities (PA.NUS.PPP) of each amount’s own year, the newest of"
        " %(year)s; one international dollar buys what a US dollar buys in the United States"
    ) % {"year": newest}


def wages() -> str:
    said = [wage for country in PPP_COUNTRIES if (wage := wage_of(country))]
    return pgettext("between wages", "; ").join(said)


def wage_of(country: str) -> str:
    """`United States: $29.43 an hour, the median wage of 2025`."""
    wage = yardsticks.wage(country)
    if not wage:
        return ""
    said = {
        "country": labels.country(country),
        "money": labels.money(wage.hourly, wage.currency),
        "year": wage.year,
    }
    if wage.kind == "median":
        return _("%(country)s: %(money)s an hour before tax, the median wage of %(year)s") % said
    return _("%(country)s: %(money)s an hour before tax, the mean wage of %(year)s") % said


def day(at: date) -> str:
    return format_date(at, "long", locale=labels.locale())
