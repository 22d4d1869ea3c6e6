"""What is included in an amount, and how it was measured: the questions, and their legal answers.

An entry's answers are kept as a flat dict of strings, {"bedrooms": "1", "area": "55", "area_unit": "m2",
"area_basis": "gross"}. `area` is the only number: its unit and its basis are kept beside it.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = Promise | str


class Condition(NamedTuple):
    """`options` are the answers that may be chosen; for a number there are none."""

    key: str
    name: Label
    kind: Literal["choice", "number"]
    options: Mapping[str, Label]
    unit: str = ""


# "All together": only public figures say so, where they do not tell the kinds apart.
ANY = "any"
UNKNOWN = "unknown"
_ANY = {ANY: pgettext_lazy("condition", "all together")}
_UNKNOWN = {UNKNOWN: pgettext_lazy("condition", "not known")}
_INCLUDED = {
    "yes": pgettext_lazy("condition", "included"),
    "part": pgettext_lazy("condition", "partly included"),
    "no": pgettext_lazy("condition", "not included"),
    **_UNKNOWN,
}
_PLAIN = {
    "yes": pgettext_lazy("condition", "yes"),
    "no": pgettext_lazy("condition", "no"),
    **_UNKNOWN,
}


def _choice(key: str, name: Label, options: Mapping[str, Label]) -> Condition:
    return Condition(key, name, "choice", options)


_RENT = (
    _choice(
        "bedrooms",
        _("Bedrooms"),
        {
            "studio": _("studio: one room for everything"),
            "1": _("1 bedroom"),
            "2": _("2 bedrooms"),
            "3": _("3 bedrooms"),
            "4+": _("4 or more bedrooms"),
            ANY: _("all sizes together"),
        },
    ),
    _choice(
        "room",
        _("Kind of room"),
        {
            "own": _("a room of one's own"),
            "partition": _("a partitioned-off room"),
            "bed": _("a bed in a shared room"),
            ANY: _("all kinds of rooms together"),
        },
    ),
    _choice("bath", _("Bathroom"), {"own": _("one's own"), "shared": _("shared"), **_UNKNOWN}),
    Condition("area", _("Area"), "number", {}, "m2"),
    _choice("area_unit", _("Unit of area"), {"m2": _("m²"), "sqft": _("sq ft")}),
    # It decides a fifth of the area and more, so who gives an area says which it is.
    _choice(
        "area_basis",
        _("How the area was measured"),
        {
            "gross": _("gross, with a share of halls and stairs"),
            "net": _("net, the floor inside the walls"),
            **_UNKNOWN,
        },
    ),
    _choice(
        "utilities",
        _("Water, electricity, gas"),
        {
            "yes": _("with utilities"),
            "part": _("with some utilities"),
            "no": _("without utilities"),
            UNKNOWN: _("utilities not known"),
        },
    ),
    _choice(
        "heating",
        _("Heating"),
        {
            "yes": _("with heating"),
            "no": _("without heating"),
            "none": _("no heating needed"),
            UNKNOWN: _("heating not known"),
        },
    ),
    _choice(
        "property_fee", _("Property management fee"), {**_INCLUDED, "none": _("there is none")}
    ),
    _choice(
        "furnished",
        _("Furniture"),
        {
            "full": _("furnished, with appliances"),
            "part": _("some of it"),
            "no": _("unfurnished"),
            **_UNKNOWN,
        },
    ),
    _choice(
        "upfront",
        _("To pay before moving in (apart from the rent)"),
        {
            "1+1": _("deposit of one month, rent paid monthly"),
            "1+3": _("deposit of one month, rent paid every three months"),
            "2+1": _("deposit of two months, rent paid monthly"),
            "2+3": _("deposit of two months, rent paid every three months"),
            "first-last": _("first month, last month and a deposit"),
            "year": _("half a year or a year at once"),
            "none": _("nothing beside the first rent"),
            "other": _("another arrangement"),
            UNKNOWN: _("deposit not known"),
        },
    ),
    _choice(
        "rent_price",
        _("Which rent"),
        {
            "paid": _("paid under a lease"),
            "asking": _("asked for in listings"),
            "gross": _("with basic utilities added, from a survey"),
        },
    ),
)

_SCHOOL = (
    _choice(
        "school_level",
        _("Level of school"),
        {
            "primary": _("primary school"),
            "middle": _("middle school"),
            "high": _("high school"),
            "vocational": _("vocational school"),
            ANY: _("all levels together"),
        },
    ),
    _choice(
        "degree",
        _("Degree"),
        {
            "associate": _("associate degree or junior college"),
            "bachelor": _("bachelor's degree"),
            "master": _("master's degree"),
            "doctorate": _("doctorate"),
            ANY: _("all degrees together"),
        },
    ),
    _choice(
        "sector",
        _("Public or private"),
        {
            "public": pgettext_lazy("school", "public"),
            "private": _("private"),
            ANY: _("public and private together"),
        },
    ),
    _choice(
        "residence",
        _("Who pays this price"),
        {
            "local": _(
                "locals: in-state students, or everybody from the country where all pay alike"
            ),
            "elsewhere": _("students from elsewhere: out-of-state"),
            "international": _("international students"),
            **_ANY,
        },
    ),
    _choice(
        "hukou",
        _("Hukou (schools in China)"),
        {
            "local": _("local hukou"),
            "elsewhere": _("hukou from elsewhere"),
            "none": _("does not matter here"),
            **_UNKNOWN,
        },
    ),
    _choice(
        "programme",
        _("Program"),
        {
            "regular": _("regular"),
            "joint": _("joint program with a foreign university"),
            "part-time": _("part-time or online"),
            **_UNKNOWN,
        },
    ),
    _choice(
        "price",
        _("List price, or what was paid"),
        {
            "list": _("list price"),
            "paid": _("paid after grants and scholarships"),
            **_ANY,
        },
    ),
    _choice("room_board", _("Housing and food"), _INCLUDED),
    _choice(
        "dorm_room",
        _("Beds in the dorm room"),
        {
            "1": _("room for one"),
            "2": _("room for two"),
            "3-4": _("room for three or four"),
            "5+": _("room for five or more"),
            **_ANY,
        },
    ),
    _choice(
        "meals",
        _("Meals"),
        {
            "yes": _("with meals"),
            "part": _("with some meals"),
            "no": _("without meals"),
            UNKNOWN: _("meals not known"),
        },
    ),
    _choice("lesson", _("How many pupils"), {"one": _("one to one"), "class": _("a class")}),
    _choice(
        "subject",
        _("Subject"),
        {
            "language": _("a language"),
            "school": _("a school subject"),
            "exam": _("for an exam"),
            "art": _("music, art or sport"),
            "other": pgettext_lazy("condition", "otherwise"),
        },
    ),
    _choice("taught", _("Online or in person"), {"online": _("online"), "person": _("in person")}),
)

_HEALTH = (
    _choice(
        "paid_by",
        _("Which amount"),
        {
            "bill": _("the whole bill, before insurance"),
            "own": _("one's own share, after insurance"),
        },
    ),
    _choice(
        "insured",
        _("Insurance"),
        {
            "employee": _("employees' basic insurance (China)"),
            "resident": _("residents' basic insurance (China)"),
            "employer": _("through an employer"),
            "market": _("bought on the marketplace"),
            "state": _("Medicare or Medicaid"),
            "private": _("other private insurance"),
            "none": pgettext_lazy("insurance", "none"),
            **_UNKNOWN,
            **_ANY,
        },
    ),
    _choice(
        "tests",
        _("Tests and medicine"),
        {
            "yes": _("with tests and medicine"),
            "part": _("with some tests or medicine"),
            "no": _("the visit only"),
            UNKNOWN: _("tests not known"),
        },
    ),
    _choice(
        "doctor",
        _("Whom you saw"),
        {
            "clinic": _("general practitioner or community clinic"),
            "hospital": _("ordinary hospital appointment"),
            "specialist": _("specialist or senior doctor"),
            **_ANY,
        },
    ),
    _choice(
        "dental",
        _("What was done"),
        {
            "cleaning": _("cleaning"),
            "filling": _("filling"),
            "wisdom": _("wisdom tooth taken out"),
            "root": _("root canal"),
            "crown": _("crown"),
            "implant": _("implant"),
        },
    ),
    _choice(
        "covers",
        _("Who is covered"),
        {"single": _("one person"), "family": _("a family")},
    ),
    _choice(
        "share",
        _("Whose part of the contribution"),
        {
            "own": _("what the insured person pays"),
            "total": _("with the employer's part"),
        },
    ),
    _choice(
        "drug",
        _("Medicine"),
        {
            "insulin": _("insulin"),
            "blood-pressure": _("for blood pressure"),
            "diabetes": _("diabetes tablets"),
            "asthma": _("asthma inhaler"),
            "other": _("another medicine"),
        },
    ),
)

_DAILY = (
    _choice(
        "bought",
        _("Where"),
        {
            "market": _("open market"),
            "supermarket": _("supermarket"),
            "online": _("online or delivered"),
            "wholesale": _("warehouse or wholesale"),
            **_UNKNOWN,
            **_ANY,
        },
    ),
    _choice(
        "cut",
        _("Kind"),
        {
            "whole": _("whole or bone in"),
            "meat": _("boneless cuts"),
            "minced": _("ground (minced)"),
            ANY: _("all kinds together"),
        },
    ),
    _choice("organic", _("Organic"), _PLAIN),
    _choice("tax", _("Sales tax"), _INCLUDED),
    _choice("tip", _("Tip"), {**_INCLUDED, "none": _("not customary")}),
    _choice(
        "eaten",
        _("Where you ate"),
        {
            "canteen": _("canteen"),
            "small": _("small eatery or fast food"),
            "restaurant": _("restaurant with service"),
            "delivery": _("delivered, with the fee"),
        },
    ),
    _choice(
        "coffee",
        _("Which coffee"),
        {
            "plain": _("plain coffee"),
            "milk": _("with milk: latte, cappuccino"),
            ANY: _("all kinds together"),
        },
    ),
    _choice(
        "discount",
        _("Coupon or app price"),
        _PLAIN,
    ),
    _choice(
        "ride",
        _("Which ride"),
        {
            "metro": _("metro, shortest distance or flat fare"),
            "metro-far": _("metro, a longer distance"),
            "bus": _("city bus"),
        },
    ),
    _choice(
        "distance",
        _("How far"),
        {
            "start": _("the starting fare only"),
            "5": _("about 5 km (3 miles)"),
            "10": _("about 10 km (6 miles)"),
            "20": _("about 20 km (12 miles)"),
        },
    ),
    _choice(
        "data",
        _("Data a month"),
        {
            "small": _("up to 10 GB"),
            "middle": _("10 to 50 GB"),
            "large": _("over 50 GB, or unlimited"),
            UNKNOWN: _("data not known"),
            ANY: _("all plans together"),
        },
    ),
    _choice(
        "speed",
        _("Speed"),
        {
            "100": _("up to 100 Mbit/s"),
            "500": _("up to 500 Mbit/s"),
            "1000": _("faster than 500 Mbit/s"),
            UNKNOWN: _("speed not known"),
        },
    ),
    _choice(
        "fuel",
        _("Grade"),
        {
            "regular": _("regular (87 in the U.S., 92 in China)"),
            "middle": _("mid-grade (89 in the U.S., 95 in China)"),
            "premium": _("premium (91 or more in the U.S., 98 in China)"),
        },
    ),
    _choice(
        "haircut",
        _("Which haircut"),
        {"short": _("short hair"), "long": _("long hair"), UNKNOWN: _("length not known")},
    ),
)

_INCOME = (
    _choice(
        "tax_basis",
        _("Before or after tax"),
        {
            "before": _("before tax and contributions"),
            "after": _("after tax and contributions"),
        },
    ),
    _choice(
        "income_kind",
        _("Which income"),
        {
            "job": _("pay of one full-time job"),
            "part-time": _("pay of a part-time job"),
            "pension": _("pension"),
            "disposable": _("disposable income, divided by all persons"),
            "minimum": _("minimum wage"),
        },
    ),
    _choice("bonus", _("Bonuses"), _INCLUDED),
    _choice(
        "average",
        _("Which middle"),
        {
            "person": _("one person's own"),
            "mean": _("mean"),
            "median": _("median"),
            "set": _("set by law"),
        },
    ),
)

CONDITIONS: dict[str, Condition] = {
    condition.key: condition for condition in (*_RENT, *_SCHOOL, *_HEALTH, *_DAILY, *_INCOME)
}
