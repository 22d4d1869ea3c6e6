"""What a new account is told by the sign-up form, which stands below the rules and does not know them."""

from typing import Any

from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from django.http import HttpRequest

from .actions import keep_edition


@receiver(user_signed_up, dispatch_uid="safety.rules_edition")
def keep_what_was_shown(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    keep_edition(user=user, shown=request.POST.get("rules_edition", ""))
