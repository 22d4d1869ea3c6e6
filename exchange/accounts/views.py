"""allauth's pages where ours differ: log-in and sign-up carry text along, addresses are not lost."""

from typing import Any

from allauth.account.views import EmailView, LoginView, SignupView
from django.http import HttpRequest, HttpResponse

from exchange.web import kept
from exchange.web.errors import WORDS, refused

from .forms import ChangeEmailForm, TakenMeanwhile

# A form that holds this brings the kept fields along and is not to be validated yet.
KEPT_ONLY = "kept_only"


class CarriesKeptText:
    """A view's form brings kept fields: shown again with a refused form, else left in the session."""

    request: HttpRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if KEPT_ONLY in request.POST:
            return self.get(request, *args, **kwargs)  # type: ignore[attr-defined]
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def get_form_kwargs(self) -> dict[str, Any]:
        given = super().get_form_kwargs()  # type: ignore[misc]
        if KEPT_ONLY in self.request.POST:
            given = {key: given[key] for key in given if key not in ("data", "files")}
        return given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path, fields = self.carried
        return super().get_context_data(**kwargs) | {"kept_path": path, "kept": fields}  # type: ignore[misc]

    def form_valid(self, form: Any) -> Any:
        try:
            response = super().form_valid(form)  # type: ignore[misc]
        except TakenMeanwhile as taken:
            form.add_error(taken.field, taken.reason)
            return self.form_invalid(form)  # type: ignore[attr-defined]
        self.leave_in_session()
        return response

    def get_authenticated_redirect_url(self) -> str:
        """For somebody who logged in on another tab while this form was open."""
        self.leave_in_session()
        return super().get_authenticated_redirect_url()  # type: ignore[misc]

    def get_next_url(self) -> str | None:
        return self.carried[0] or super().get_next_url()  # type: ignore[misc]

    @property
    def carried(self) -> tuple[str, dict[str, str]]:
        return kept.carried(self.request.POST.dict())

    def leave_in_session(self) -> None:
        """Once the log-in has given the session its new key."""
        kept.store(self.request, *self.carried)


class LogIn(CarriesKeptText, LoginView):
    pass


class SignUp(CarriesKeptText, SignupView):
    pass


class Email(EmailView):
    """One address, and perhaps another that it is to be replaced by once a mail there is answered.

    allauth's own page would delete an unconfirmed address as soon as another is wished for, and
    with it the only way to log in.
    """

    form_class = ChangeEmailForm

    def _action_primary(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """An address becomes the account's by its mail only."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        now = {address.email: address for address in context["emailaddresses"]}
        current = now.pop(self.request.user.email, None)
        wished = next((address for address in now.values() if not address.verified), None)
        if current and not current.verified and not wished:
            current, wished = None, current  # its mail can be sent again
        return context | {"current_emailaddress": current, "new_emailaddress": wished}


log_in = LogIn.as_view()
sign_up = SignUp.as_view()
email = Email.as_view()


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's limits end here (`handler429`); text that was being carried is shown, not lost."""
    _, typed = kept.carried(request.POST.dict())
    return refused(request, 429, words=[typed[name] for name in WORDS if name in typed])
