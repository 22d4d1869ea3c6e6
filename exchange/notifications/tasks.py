"""What goes on beside the pages: people are told, and mails are sent."""

import logging

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import translation

from . import actions
from .consumer import consumer
from .models import Letter
from .presenting import letter_of

log = logging.getLogger(__name__)

_follower = consumer()
MAILS_IN_A_ROUND = 10


def work() -> int:
    return _follower.round() + actions.deliver() + send()


def send() -> int:
    """Send the mails that are due. How many were tried."""
    for done in range(MAILS_IN_A_ROUND):
        letter = actions.claim_letter()
        if letter is None:
            return done
        try:
            _send(letter)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("letter %d could not be sent", letter.pk)
            actions.not_sent(letter)
        else:
            actions.sent(letter)
    return MAILS_IN_A_ROUND


def _send(letter: Letter) -> None:
    """In the language that its person reads best. A letter that nobody needs any more is none."""
    language = next(iter(letter.person.reads), settings.LANGUAGE_CODE)
    with translation.override(language):
        said = letter_of(letter)
        if said is None or not letter.person.is_active:
            return
        context = {"said": said, "site_url": settings.SITE_URL, "language": language}
        message = get_adapter().render_mail(
            "notifications/email/decision", letter.person.email, context
        )
    message.send()
