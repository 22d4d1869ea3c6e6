"""Where a request came from, as far as it can be known."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from .limits import prefix


def address_of(request: HttpRequest) -> str:
    """As far as TRUSTED_PROXIES say it, for a header can be forged. Who has none is counted together."""
    try:
        return prefix(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):  # none, or fewer proxies than were said
        return ""
