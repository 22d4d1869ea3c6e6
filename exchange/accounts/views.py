"""allauth's log-in and sign-up, which also carry what somebody typed before they had to log in."""

from typing import Any

from allauth.account.views import LoginView, SignupView
from django.http import HttpRequest, HttpResponse

from exchange.web import kept
from exchange.web.errors import WORDS, refused

from .forms import TakenMeanwhile

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
        carried = {"kept": kept.received(self.request.POST), "kept_path": self.kept_path}
        return super().get_context_data(**kwargs) | carried  # type: ignore[misc]

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
        return super().get_next_url() or self.kept_path or None  # type: ignore[misc]

    @property
    def kept_path(self) -> str:
        return kept.path(self.request.POST)

    def leave_in_session(self) -> None:
        """Once the log-in has given the session its new key."""
        kept.store(self.request, self.kept_path, kept.received(self.request.POST))


class LogIn(CarriesKeptText, LoginView):
    pass


class SignUp(CarriesKeptText, SignupView):
    pass


log_in = LogIn.as_view()
sign_up = SignUp.as_view()


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's limits end here (`handler429`); text that was being carried is shown, not lost."""
    typed = kept.received(request.POST)
    return refused(request, 429, words=[typed[name] for name in WORDS if name in typed])
