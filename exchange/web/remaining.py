"""When something goes on, said in the reader's language. All that makes people wait says it so."""

from math import ceil

from django.utils.translation import ngettext

MINUTE, HOUR = 60, 3600  # seconds


def goes_on(seconds: int) -> str:
    """A whole sentence: to the second within a minute, beyond it rounded up."""
    if seconds <= MINUTE:
        said = ngettext(
            "It goes on in %(count)s second.", "It goes on in %(count)s seconds.", seconds
        )
        return said % {"count": seconds}
    if seconds <= HOUR:
        minutes = ceil(seconds / MINUTE)
        said = ngettext(
            "It goes on in about %(count)s minute.",
            "It goes on in about %(count)s minutes.",
            minutes,
        )
        return said % {"count": minutes}
    hours = ceil(seconds / HOUR)
    said = ngettext(
        "It goes on in about %(count)s hour.", "It goes on in about %(count)s hours.", hours
    )
    return said % {"count": hours}
