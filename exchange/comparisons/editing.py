"""What is asked about a figure, and what an item is."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchange.figures import labels, normalise
from exchange.figures.conditions import CONDITIONS
from exchange.figures.models import TOPICS, Item, Question
from exchange.figures.normalise import NotComparable
from exchange.figures.units import UNITS
from exchange.languages.forms import TextField, TitleField, WordsForm
from exchange.languages.traditional import traditional

NOTE_LIMIT = 500  # letters: which number, and why it looks off
NAME_LIMIT = 80
QUESTION_LIMIT = 400
# A basis is kept as "key=answer;..." in a column of 160 letters.
MOST_IN_BASIS = 4


def _reasons() -> list[tuple[str, str]]:
    return [(code, labels.reason(code)) for code in Question.Reason.values]


class AskForm(WordsForm):
    """What looks off about a figure."""

    reason = forms.ChoiceField(
        label=_("What looks off?"),
        choices=_reasons,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say what looks off.")},
    )
    note = TextField(
        limit=NOTE_LIMIT,
        required=False,
        label=_("Note"),
        help_text=_("In either language, if more should be said."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


def _topics() -> list[tuple[str, Any]]:
    return [(topic, labels.TOPIC_NAMES[topic]) for topic in TOPICS]


def _periods() -> list[tuple[str, Any]]:
    return [(key, labels.PERIODS[key]) for key in normalise.TIMES_A_YEAR]


def _units() -> list[tuple[str, Any]]:
    return [(key, unit.name) for key, unit in UNITS.items()]


def _conditions() -> list[tuple[str, Any]]:
    # What an area is measured in is asked with the area.
    parts = ("area_unit", "area_basis")
    return [(key, found.name) for key, found in CONDITIONS.items() if key not in parts]


def _can_be_one() -> list[tuple[str, Any]]:
    """Numbers are as good as never the same."""
    return [(key, name) for key, name in _conditions() if CONDITIONS[key].kind == "choice"]


def _several(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


def _words(field: type[TextField], label: Any, lang: str, limit: int) -> TextField:
    attrs = {"lang": lang, "dir": "auto", "autocomplete": "off"}
    long = forms.Textarea({"rows": 3, **attrs})
    return field(
        limit=limit, label=label, widget=long if field is TextField else forms.TextInput(attrs)
    )


class ItemForm(WordsForm):
    """Something that costs. What stored figures hang on cannot be changed once there are any."""

    slug = forms.SlugField(
        max_length=40,
        label=_("Short name in addresses"),
        help_text=_("Small Latin letters and hyphens, for example rent-flat."),
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=_topics)
    name_en = _words(TitleField, _("Name in English"), "en", NAME_LIMIT)
    name_zh = _words(TitleField, _("Name in Simplified Chinese"), "zh-Hans", NAME_LIMIT)
    question_en = _words(TextField, _("“What is included?” in English"), "en", QUESTION_LIMIT)
    question_zh = _words(
        TextField, _("“What is included?” in Simplified Chinese"), "zh-Hans", QUESTION_LIMIT
    )
    period = forms.ChoiceField(
        label=_("Amounts are compared"),
        choices=[(key, labels.PERIODS[key]) for key in ("month", "year", "each")],
    )
    periods = _several(
        _("It may also be given for"), _periods, _("Not for what is paid each time.")
    )
    unit = forms.ChoiceField(
        label=_("Where it is paid each time: for one"),
        choices=lambda: [("", _("none")), *_units()],
        required=False,
    )
    units = _several(
        _("It may also be given for one"), _units, _("Only units of the same kind, kg and lb.")
    )
    conditions = _several(_("What is asked with an amount"), _conditions)
    basis = _several(
        _("What has to be the same before two amounts are compared"),
        _can_be_one,
        _("At most four, and only what is asked."),
    )
    usual_low = forms.FloatField(
        min_value=0.0001, label=_("Usual at least, US dollars a period or unit")
    )
    usual_high = forms.FloatField(
        min_value=0.0001, label=_("Usual at most, US dollars a period or unit")
    )
    version = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, widget=forms.HiddenInput
    )

    LISTS = ("periods", "units", "conditions", "basis")

    def __init__(
        self,
        data: Any = None,
        *,
        item: Item | None = None,
        fixed: bool = False,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=(item_fields(item) if item else {}) | dict(initial or {}))
        if data is not None:  # several values under one name
            self.data |= {name: data.getlist(name) for name in self.LISTS if name in data}
        self.item = item
        for name in Item.FIXED if fixed else ():
            self.fields[name].disabled = True

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        others = Item.objects.filter(slug=slug)
        if (others.exclude(pk=self.item.pk) if self.item else others).exists():
            raise ValidationError(_("There is an item with this short name already."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_period(cleaned)
        self._check_basis(cleaned)
        low, high = cleaned.get("usual_low"), cleaned.get("usual_high")
        if low is not None and high is not None and low >= high:
            self.add_error("usual_high", _("This has to be more than the least."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The columns of an Item."""
        found = self.cleaned_data
        same = ("slug", "topic", "period", "unit", "periods", "units", "usual_low", "usual_high")
        return {name: found[name] for name in same} | {
            "name": _in_languages(found["name_en"], found["name_zh"]),
            "question": _in_languages(found["question_en"], found["question_zh"]),
            "conditions": self._as_before("conditions"),
            "basis": self._as_before("basis"),
        }

    def _check_period(self, found: dict[str, Any]) -> None:
        period, unit = found.get("period"), found.get("unit", "")
        if period != "each":
            found["unit"], found["units"] = "", []
            found["periods"] = self._first(period, found.get("periods", []), "periods")
            return
        found["periods"] = ["each"]
        if not unit:
            self.add_error("unit", _("Please choose what the amount is for."))
            return
        found["units"] = self._first(unit, found.get("units", []), "units")
        for other in found["units"]:
            try:
                normalise.per_unit(Decimal(1), unit, other)
            except NotComparable:
                self.add_error("units", _("These units do not convert into each other."))
                return

    def _first(self, normal: Any, chosen: list[str], name: str) -> list[str]:
        """In the order they had; a new item offers its own period or unit first."""
        before = getattr(self.item, name) if self.item else [normal]
        wanted = {*chosen, normal} - {None}
        return [key for key in before if key in wanted] + [
            key for key in [normal, *chosen] if key in wanted and key not in before
        ]

    def _check_basis(self, found: dict[str, Any]) -> None:
        basis, asked = found.get("basis", []), found.get("conditions", [])
        if not set(basis) <= set(asked):
            self.add_error("conditions", _("What has to be the same has to be asked."))
        if len(basis) > MOST_IN_BASIS:
            self.add_error("basis", _("Please choose four at most."))

    def _as_before(self, name: str) -> list[str]:
        chosen = self.cleaned_data[name]
        before = [key for key in getattr(self.item, name, []) if key in chosen]
        return before + [key for key in chosen if key not in before]


def item_fields(item: Item) -> dict[str, Any]:
    """The fields of a form that holds an item."""
    same = ("slug", "topic", "period", "periods", "unit", "units", "conditions", "basis")
    return {name: getattr(item, name) for name in same} | {
        "name_en": item.name["en"],
        "name_zh": item.name["zh-hans"],
        "question_en": item.question["en"],
        "question_zh": item.question["zh-hans"],
        "usual_low": item.usual_low,
        "usual_high": item.usual_high,
        "version": item.version,
    }


def _in_languages(english: str, chinese: str) -> dict[str, str]:
    return {"en": english, "zh-hans": chinese, "zh-hant": traditional(chinese)}
