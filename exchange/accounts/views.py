"""allauth's pages where ours differ: log-in and sign-up carry text along, addresses are not lost."""

from copy import copy
from typing import Any

from allauth.account.views import EmailView, LoginView, SignupView
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.views.generic import FormView

from exchange.web import errors, kept

from .forms import ChangeEmailForm, TakenMeanwhile

# A form that holds this brings the kept fields along and is not to be validated yet.
KEPT_ONLY = "kept_only"


# What allauth's views have is not typed, so neither is what is mixed into them.
_View: Any = object


class CarriesKeptText(_View):
    """A view's form brings kept fields: shown again with a refused form, else left in the session."""

    request: HttpRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if KEPT_ONLY in request.POST:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        given = super().get_form_kwargs()
        if KEPT_ONLY in self.request.POST:
            given = {key: given[key] for key in given if key not in ("data", "files")}
        return given

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path, fields = self.carried
        return super().get_context_data(**kwargs) | {"kept_path": path, "kept": fields}

    def form_valid(self, form: Any) -> Any:
        try:
            response = super().form_valid(form)
        except TakenMeanwhile as taken:
            form.add_error(taken.field, taken.reason)
            return self.form_invalid(form)
        self.leave_in_session()
        return response

    def form_invalid(self, form: Any) -> Any:
        response = super().form_invalid(form)
        response.status_code = getattr(form, "status", response.status_code)
        return response

    def get_authenticated_redirect_url(self) -> str:
        """For somebody who logged in on another tab while this form was open."""
        self.leave_in_session()
        return super().get_authenticated_redirect_url()

    def get_next_url(self) -> str | None:
        return self.carried[0] or super().get_next_url()

    @property
    def carried(self) -> tuple[str, kept.Fields]:
        return kept.carried(self.request.POST)

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


# Seconds: allauth's limits that lead to that page count by the minute.
RETRY_AFTER = 60


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's limits end here (`handler429`); text that was being carried is shown, not lost."""
    address = [request.POST[name] for name in ("login", "email") if request.POST.get(name)]
    words = address + errors.typed_words(request)
    response = errors.refused(request, 429, words=words, **errors.to_the_form(request))
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: an account's form is shown again, filled in, and says why.

    Such forms are sent by people who are not logged in too, and a password is never put into a page
    to be sent again.
    """
    match = request.resolver_match
    if match is None or not hasattr(match.func, "view_class"):  # only allauth's have one
        return errors.csrf_failure(request, reason)
    member, secret = request.user.is_authenticated, kept.has_secrets(request.POST)
    if member and issubclass(match.func.view_class, CarriesKeptText):
        # Logged in on another tab: without a password the form leads on to where its text belongs.
        return errors.out_of_date(request, reason, again=True)
    shown = _form_again(request, match, reason) if secret or not member else None
    return shown or errors.out_of_date(request, reason, again=not secret)


def _form_again(request: HttpRequest, match: ResolverMatch, reason: str) -> HttpResponse | None:
    """The page of the view's form, or None where it would lead elsewhere. A look writes nothing."""
    view: Any = match.func.view_class  # type: ignore[attr-defined]  # checked by the caller
    if not issubclass(view, FormView):
        return None
    look = copy(request)
    look.method = "GET"
    look.why_again = errors.why_stale(reason)  # type: ignore[attr-defined]  # ours
    typed = kept.fields(request.POST).items()
    initial = {name: values if len(values) > 1 else values[0] for name, values in typed}
    response: Any = view.as_view(initial=initial)(look, *match.args, **match.kwargs)
    if response.status_code != 200:
        return None
    response.status_code = 403
    return response.render()  # while the look is what it is drawn from
