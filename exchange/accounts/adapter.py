import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from . import names, rules

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    def clean_username(self, username: str, shallow: bool = False) -> str:
        """The normalised name. Raises ValidationError with the reason it is refused for."""
        name = names.normalise(username)
        if refusal := rules.may_be_called(name):
            raise ValidationError(refusal)
        return name

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.reads = form.cleaned_data.get("reads", [])
        user.learning = form.cleaned_data.get("learning", [])
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail that cannot be sent must not keep anybody from logging in."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            log.exception("mail %s could not be sent", template_prefix)

