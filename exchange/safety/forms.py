"""Sign-up as programs meet it (`ACCOUNT_FORMS`): people notice little of it, or nothing."""

from typing import Any

from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.accounts import forms as accounts
from exchange.web.remaining import after
from exchange.web.templatetags.bilingual import localised

from . import actions, proof, questions
from .addresses import address_of
from .models import Watch
from .proof import Answer
from .queries import filters, is_on, rule

SWITCH = "sign_up_proof"
# What a solution and an answer are for: one made for another form is refused here.
FORM = "sign-up"

FILLED = _(
    "A field that people do not see was filled in, perhaps by an extension of your browser. It is"
    " empty again: please send the form once more."
)
MISSING = _(
    "Many programs try to sign up just now, so please answer the question, or wait until your browser"
    " is done."
)
WRONG = _("That is not the answer. Here is another question.")
EXPIRED = _("This page was open for a long time. Please answer once more.")
USED = _("This was used for a sign-up already. Please answer once more.")
NAME_REFUSED = _("This name is not possible here, by this house rule: %(rule)s.")
NOT_IN_NAMES = (Watch.Kind.HOLD, Watch.Kind.REFUSE)
REFUSED = {Answer.WRONG: WRONG, Answer.EXPIRED: EXPIRED}


class Decoy(forms.TextInput):
    """A field for programs: out of sight, out of reach of the keyboard and of what fills in forms."""

    def __init__(self) -> None:
        kept_away = {"data-1p-ignore": "", "data-lpignore": "true", "data-bwignore": ""}
        super().__init__({"tabindex": "-1", "autocomplete": "off", **kept_away})


class SignUpForm(accounts.SignUpForm):
    """`homepage` is to stay empty. While the switch is on one of `proof`, which a script fills in,
    and `answer`, to the question that `question` names, has to be right, and never was before."""

    # Errors that are about this form's own fields are answered with it.
    status = 200
    data: Any
    homepage = forms.CharField(required=False, widget=Decoy)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["homepage"].stands_apart = True
        self.is_guarded = is_on(SWITCH)
        if self.is_guarded:
            self._guard()

    def _guard(self) -> None:
        self.fields["proof"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["question"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["answer"] = forms.CharField(
            required=False,
            max_length=200,
            label=_("Answer"),
            widget=forms.TextInput({"autocomplete": "off", "maxlength": "200"}),
            help_text=_("In English or Chinese. One word or number is enough."),
        )
        for name in ("proof", "question", "answer"):
            self.fields[name].stands_apart = True
        self.challenge = ""
        self.asked = questions.again(FORM, self._language, self._token)
        if not self.is_bound:
            self._ask_again()

    def clean_username(self) -> str:
        """A name stands beside all that somebody writes, and cannot wait."""
        name = str(super().clean_username())
        found = next((entry for entry in filters().hits(name) if entry.kind in NOT_IN_NAMES), None)
        if found:
            broken = rule(found.rule)
            named = localised(broken.name) if broken else ""
            raise ValidationError(NAME_REFUSED, code="watched", params={"rule": named})
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("homepage"):
            self._forget(homepage="")
            self.errors.clear()  # a program is told nothing else, of whether an address is taken
            self._refuse(None, FILLED)
        elif self.is_guarded:
            self._prove(cleaned)
        return cleaned

    def _prove(self, cleaned: dict[str, Any]) -> None:
        solution, answer = cleaned.get("proof", ""), cleaned.get("answer", "")
        if solution:
            found, name = proof.check(FORM, solution)
            valid = proof.VALID
        elif answer:
            if settings.LIMITS and (wait := actions.count_question(address_of(context.request))):
                self.challenge = proof.challenge(FORM)
                return self._refuse("answer", after(str(wait.what), wait.seconds))
            found, name = questions.check(FORM, cleaned.get("question", ""), answer)
            valid = questions.VALID
        else:
            self._ask_again()
            return self._refuse("answer", MISSING)
        if found is not Answer.RIGHT:
            self._ask_again()
            return self._refuse("answer", REFUSED[found])
        # What else has to be mended does not cost the answer.
        if not self.errors and not actions.use_once(name, within=2 * valid):
            self._ask_again()
            return self._refuse("answer", USED)
        return None

    def _refuse(self, field: str | None, why: Any) -> None:
        self.status = 422
        self.add_error(field, why)

    def _ask_again(self) -> None:
        """Another question and another calculation, in place of what was sent."""
        self.asked = questions.ask(FORM, self._language, other_than=self._token)
        self.challenge = proof.challenge(FORM)
        given = {"question": self.asked.token, "proof": "", "answer": ""}
        self._forget(**given) if self.is_bound else self.initial.update(given)

    def _forget(self, **fields: str) -> None:
        """Show something else in these fields than was sent."""
        shown: Any = self.data.copy()  # of a QueryDict, which cannot be changed
        for name, value in fields.items():
            shown[name] = value
        self.data = shown

    @property
    def _token(self) -> str:
        """Of the question as it came. Not by the bound field, which would keep what it found first."""
        return str((self.data if self.is_bound else self.initial).get("question") or "")

    @property
    def _language(self) -> str:
        return get_language() or "en"
