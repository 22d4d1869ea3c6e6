import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import FOR_GOOD
from exchange.boards.forms import ReasonForm
from exchange.boards.models import Board, Thread
from exchange.boards.queries import boards, roles, with_title
from exchange.boards.rules import Reader
from exchange.languages.actions import Draft
from exchange.languages.forms import TitleField, WordsForm
from exchange.uploads.models import Upload
from exchange.web.templatetags.bilingual import localised

# Nobody means more by hand; FOR_GOOD says it better.
MOST_DAYS = 3_650
TITLE_LIMIT = 160
# `5, 7-9`, with the commas and dashes of either language.
RANGE = re.compile(r"(\d{1,7})(?:\s*[-–—~～至]\s*(\d{1,7}))?")
SEPARATOR = re.compile(r"[\s,，、;；#]+")
MOST_RANGE = 2_000


class HidingForm(ReasonForm):
    """`blocks`: the post's pictures are kept from being posted again."""

    blocks = forms.BooleanField(required=False)


class LookForm(WordsForm):
    """What waited is shown: no rule was broken, so there is nothing to fill in."""


class FlagForm(ReasonForm):
    """A report of a post, or of one of its `pictures`: `about` is "" or the id of one."""

    about = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("Please choose again what your report is about.")},
    )

    def __init__(self, data: Any = None, *, pictures: Sequence[Upload], about: str) -> None:
        super().__init__(data, initial={"about": about})
        self.pictures = {str(upload.pk): upload for upload in pictures}
        field: Any = self.fields["about"]  # a ChoiceField, which the types do not know
        field.choices = [("", ""), *((pk, pk) for pk in self.pictures)]
        if self.is_bound:
            self.data.setdefault("about", about)

    def clean_about(self) -> Upload | None:
        return self.pictures.get(self.cleaned_data["about"])


class MoveForm(ReasonForm):
    board = forms.ModelChoiceField(
        Board.objects.none(), to_field_name="slug", label=_("To which board")
    )

    def __init__(self, *args: Any, reader: Reader, now: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["board"], boards(reader).exclude(pk=now.pk))


class SplitForm(ReasonForm):
    """`numbers` are of posts in the thread; those that were ticked come beside the field, as `ticked`."""

    title = TitleField(limit=TITLE_LIMIT, label=_("Title of the new thread"))
    title_other = TitleField(
        limit=TITLE_LIMIT, required=False, label=_("Title in the other language")
    )
    board = forms.ModelChoiceField(
        Board.objects.none(), to_field_name="slug", label=_("On which board")
    )
    numbers = forms.CharField(
        required=False,
        max_length=500,
        label=_("Or by their numbers"),
        help_text=_("For example 5, 7-9. For posts on other pages of the thread."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        reader: Reader,
        thread: Thread,
        ticked: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"board": thread.board.slug} | (kwargs.get("initial") or {})
        super().__init__(data, **kwargs)
        self.ticked = {int(number) for number in ticked if re.fullmatch(r"[0-9]{1,7}", number)}
        _offer(self.fields["board"], moderated(reader))

    def clean_numbers(self) -> set[int]:
        found = set(self.ticked)
        for part in filter(None, SEPARATOR.split(self.cleaned_data["numbers"])):
            between = RANGE.fullmatch(part)
            if between is None:
                raise ValidationError(_("Please write numbers of posts, for example 5, 7-9."))
            first, last = int(between[1]), int(between[2] or between[1])
            found |= set(range(first, min(last, first + MOST_RANGE) + 1))
        if 1 in found:
            raise ValidationError(
                _("The opening post stays: to move it too, move or merge the whole thread.")
            )
        if not found:
            raise ValidationError(_("Please choose the posts that shall move."))
        return found

    def draft(self) -> Draft:
        return Draft(self.cleaned_data["title"], self.cleaned_data["title_other"])


class MergeForm(ReasonForm):
    """`target` is the other thread: its address, or the number in it."""

    target = forms.CharField(
        max_length=300,
        label=_("The other thread"),
        help_text=_("Its address, or the number in it. Its posts stay where they are."),
        error_messages={"required": _("Please say which thread the posts shall go to.")},
    )

    def __init__(self, data: Any = None, *, reader: Reader, thread: Thread, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.reader, self.thread = reader, thread

    def clean_target(self) -> Thread:
        named = re.search(r"threads/(\d{1,18})|^\s*#?(\d{1,18})\s*$", self.cleaned_data["target"])
        here = with_title(Thread.objects).filter(board__in=moderated(self.reader))
        found = here.filter(pk=int(named[1] or named[2])).first() if named else None
        if found is None:
            raise ValidationError(_("There is no such thread on a board that you keep order on."))
        if found.pk == self.thread.pk:
            raise ValidationError(_("This is the same thread. Please choose another one."))
        if found.merged_into_id or found.is_closed:
            raise ValidationError(
                _("That thread was hidden, deleted or merged. Please choose another one.")
            )
        return found


LENGTHS = [
    ("1h", _("1 hour")),
    ("24h", _("24 hours")),
    ("3d", _("3 days")),
    ("7d", _("7 days")),
    ("30d", _("30 days")),
    ("own", _("another time:")),
]
UNITS = [("h", _("hours")), ("d", _("days"))]


class SanctionForm(ReasonForm):
    """How long: one of the usual times, or a number of hours or days."""

    length = forms.ChoiceField(
        choices=LENGTHS,
        label=_("For how long"),
        error_messages={"required": _("Please choose for how long.")},
    )
    count = forms.IntegerField(min_value=1, max_value=MOST_DAYS * 24, required=False)
    unit = forms.ChoiceField(choices=UNITS, required=False)

    def __init__(self, data: Any = None, *, may_be_for_good: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if may_be_for_good:
            field: Any = self.fields["length"]  # a ChoiceField, which the types do not know
            field.choices = [*LENGTHS, ("good", _("with no end"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("length") == "own" and self.until() is None:
            self.add_error("length", _("Please write how many hours or days, up to ten years."))
        return cleaned

    def until(self) -> datetime | None:
        """When it would end, by what is typed so far."""
        length = self["length"].value() or ""
        if length == "own":
            length = f"{self['count'].value() or ''}{self['unit'].value() or 'h'}"
        if length == "good":
            return FOR_GOOD if "good" in dict(self._lengths()) else None
        typed = re.fullmatch(r"([0-9]{1,6})([hd])", str(length))
        if typed is None:
            return None
        time = timedelta(**{{"h": "hours", "d": "days"}[typed[2]]: int(typed[1])})
        whole = timedelta() < time <= timedelta(days=MOST_DAYS)
        return timezone.now() + time if whole else None

    def _lengths(self) -> Any:
        field: Any = self.fields["length"]
        return field.choices


HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class RoleForm(forms.Form):
    """A role that the staff gives somebody. Hours are UTC; the same twice is at any time."""

    role = forms.ChoiceField(
        choices=[("moderator", _("moderator")), ("staff", _("staff"))], label=_("Role")
    )
    board = forms.ModelChoiceField(
        Board.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("the whole site"),
        label=_("Of which board"),
    )
    reads = forms.MultipleChoiceField(
        choices=[("en", "English"), ("zh", "中文")],  # as their readers call them
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Languages that they judge texts in"),
    )
    duty_from = forms.TypedChoiceField(
        choices=HOURS, coerce=int, initial=0, label=_("On duty from (UTC)")
    )
    duty_until = forms.TypedChoiceField(
        choices=HOURS,
        coerce=int,
        initial=0,
        label=_("until (UTC)"),
        help_text=_("The same hour twice means at any time."),
    )

    def __init__(self, data: Any = None, *, reader: Reader, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self.fields["board"], boards(reader))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == "staff" and cleaned.get("board"):
            self.add_error("board", _("Staff are staff of the whole site."))
        return cleaned


def moderated(reader: Reader) -> Any:
    """The boards that somebody keeps order on."""
    mine = roles(reader)
    found = boards(reader)
    return found if mine.site else found.filter(pk__in=mine.boards)


def _offer(field: Any, choices: Any) -> None:
    """The boards of a ModelChoiceField, by their names in the page's language."""
    field.queryset = choices
    field.label_from_instance = lambda board: localised(board.name)
