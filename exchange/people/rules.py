"""May they? Each answer is None for yes, or the reason in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.boards.rules import Reader, Refusal

YOURSELF = _("You cannot mute or block yourself.")


def can_mute(reader: Reader, person: Any) -> Refusal:
    return YOURSELF if person.pk == reader.pk else None
