from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchange.boards.forms import RuleField
from exchange.languages.forms import TitleField, WordsForm
from exchange.safety.models import Watch
from exchange.safety.rules import can_watch

SORTS = [
    (Watch.Sort.WORD, _("a word or phrase, in all its disguises")),
    (Watch.Sort.DOMAIN, _("a domain, with all that is below it")),
    (Watch.Sort.PATTERN, _("a pattern (regular expression)")),
]
KINDS = [
    (Watch.Kind.FLAG, _("show it, and have a moderator look at it")),
    (Watch.Kind.HOLD, _("hold it until a moderator has looked at it")),
    (Watch.Kind.REFUSE, _("refuse it, and name the rule")),
]
FAMILIES = [("", _("all languages")), ("zh", _("Chinese")), ("en", _("English"))]
WATCH_LIMIT = 200  # letters


class WatchForm(WordsForm):
    """Something to look for in what members write."""

    text = TitleField(limit=WATCH_LIMIT, label=_("What to look for"))
    sort = forms.ChoiceField(choices=SORTS, label=_("What it is"))
    kind = forms.ChoiceField(
        choices=KINDS,
        label=_("What happens where it is found"),
        help_text=_(
            "Only posts can wait. A translation, a correction, a word for the glossary, a question"
            " about a figure or a new member's name that would have to is refused, and its author"
            " told why. Of these, moderators get a case only for flagged translations and"
            " corrections; the others are shown."
        ),
    )
    language = forms.ChoiceField(choices=FAMILIES, required=False, label=_("In texts in"))
    reason = RuleField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sort, text = cleaned.get("sort"), cleaned.get("text")
        if sort and text and (why := can_watch(sort, text, own_host=settings.SITE_HOST)):
            self.add_error("text", why)
        return cleaned

    def said(self) -> dict[str, Any]:
        """As safety.actions.add_watch takes it."""
        names = ("text", "sort", "kind", "language")
        said = {name: self.cleaned_data[name] for name in names}
        return said | {"rule": self.cleaned_data["reason"]}
