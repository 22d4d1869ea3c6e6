"""When something goes on, said in the reader's language. All that makes people wait says it so."""

from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR = 60, 3600  # seconds


def goes_on(seconds: int) -> str:
    """A whole sentence: to the second within a minute, beyond it rounded up."""
    if seconds <= MINUTE:
        said = ngettext(
            "You can go on in %(count)s second.", "You can go on in %(count)s seconds.", seconds
        )
        return said % {"count": seconds}
    if seconds <= HOUR:
        minutes = ceil(seconds / MINUTE)
        said = ngettext(
            "You can go on in about %(count)s minute.",
            "You can go on in about %(count)s minutes.",
            minutes,
        )
        return said % {"count": minutes}
    hours = ceil(seconds / HOUR)
    said = ngettext(
        "You can go on in about %(count)s hour.", "You can go on in about %(count)s hours.", hours
    )
    return said % {"count": hours}


def after(said: str, seconds: int) -> str:
    """The same, behind another sentence: Chinese has no space between the two."""
    return _("%(said)s %(goes_on)s") % {"said": said, "goes_on": goes_on(seconds)}
