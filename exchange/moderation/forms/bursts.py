from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import ReasonForm

# Days. A wave is over in one; whoever was swept along by mistake says so within a week.
SILENCES = ((1, _("1 day")), (3, _("3 days")), (7, _("7 days")), (30, _("30 days")))


class BurstForm(ReasonForm):
    """What is done with a wave: which of its posts are hidden, and for how many days its accounts
    cannot post (0: they can)."""

    posts = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Please choose at least one post."),
            "invalid_choice": _(
                "Some of these posts are not part of this any more. Please look again."
            ),
        },
    )
    silence = forms.ChoiceField(
        required=False,
        choices=[("", _("No, only hide the posts")), *SILENCES],
        label=_("Keep these accounts from posting"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        posts: Sequence[int],
        ticked: Sequence[int] = (),
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """`typed` is what stands in it already, of a form that was not sent to be done."""
        super().__init__(data, initial={"reason": "spam", **(typed or {}), "posts": ticked})
        if data is not None:
            self.data["posts"] = data.getlist(
                "posts"
            )  # forms of texts have one value for each name
        field: Any = self.fields["posts"]  # a ChoiceField, which the types do not know
        field.choices = [(pk, pk) for pk in posts]

    def clean_silence(self) -> int:
        return int(self.cleaned_data["silence"] or 0)

    @property
    def chosen(self) -> set[int]:
        """The posts that are ticked, as the form stands."""
        ticked = {str(pk) for pk in self["posts"].value() or []}
        field: Any = self.fields["posts"]
        return {pk for pk, _name in field.choices if str(pk) in ticked}

    @property
    def days(self) -> int:
        """For how many days its accounts could not post, as the form stands."""
        chosen = str(self["silence"].value() or "")
        return int(chosen) if chosen in [str(days) for days, _name in SILENCES] else 0
