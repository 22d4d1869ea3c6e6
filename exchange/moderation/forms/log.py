from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import NOTE_LIMIT
from exchange.boards.queries import boards
from exchange.boards.rules import Reader
from exchange.languages.forms import TextField, WordsForm
from exchange.moderation.queries import ACTS, APPEALS, ROLES, Choice
from exchange.safety.queries import rules
from exchange.web.templatetags.bilingual import localised

# So far back a month can be chosen.
MOST_MONTHS = 60
READ_IN = {
    "en": _("English"),
    "zh": _("Chinese"),
    "mixed": _("both mixed"),
    "other": _("another language"),
}


class LogForm(forms.Form):
    """Which lines of the public log are wanted. What is no choice of a field is said beside it."""

    def __init__(self, data: Any, *, reader: Reader, since: date | None) -> None:
        """`since` is when the log begins; None for an empty one."""
        super().__init__(data)
        self.boards = {board.slug: board for board in boards(reader)}
        named = [(slug, localised(board.name)) for slug, board in self.boards.items()]
        self._offer("board", _("Board"), named)
        self._offer("rule", _("Rule"), [(rule.code, localised(rule.name)) for rule in rules()])
        self._offer("act", _("Kind of act"), [(key, label) for key, (label, _v) in ACTS.items()])
        self._offer("by", _("Who acted"), ROLES.items())
        self._offer("language", _("Language of the text"), READ_IN.items())
        self._offer("month", _("Month"), _months(since))
        self._offer("appeal", _("Appeal"), APPEALS.items())

    def _offer(self, name: str, label: Any, choices: Any) -> None:
        self.fields[name] = forms.ChoiceField(
            required=False,
            label=label,
            choices=[("", _("all")), *choices],
            error_messages={"invalid_choice": _("This is not one of the choices.")},
        )

    @property
    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(
            board=self.boards.get(said["board"]),
            rule=said["rule"],
            act=said["act"],
            role=said["by"],
            month=date.fromisoformat(f"{said['month']}-01") if said["month"] else None,
            appeal=said["appeal"],
            language=said["language"],
        )


def _months(since: date | None) -> list[tuple[str, str]]:
    """The newest first: `2026-11` and its name."""
    found: list[tuple[str, str]] = []
    today = timezone.localdate()
    year, month = today.year, today.month
    while since and (year, month) >= (since.year, since.month) and len(found) < MOST_MONTHS:
        named = date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")
        found.append((f"{year}-{month:02}", named))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


class AnnotationForm(WordsForm):
    words = TextField(limit=NOTE_LIMIT, label=_("Remark"))
