"""The numbers of the transparency page as a file."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.comparisons.downloads import safe

from . import presenting
from .queries import Numbers

COLUMNS = ("table", "key", "label", "count")
FEW = "1-2"


def as_csv(numbers: Numbers) -> str:
    """With a byte order mark, by which table programs know UTF-8. Notes are lines beginning with #."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    for line in _notes(numbers):
        writer.writerow([safe(f"# {line}")])
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in row] for row in rows(numbers))
    return out.getvalue()


def rows(numbers: Numbers) -> Iterator[tuple[Any, ...]]:
    """A count of FEW is one or two. An empty share or median: of too few."""
    for table, cells in presenting.tables(numbers).items():
        for row in cells:
            yield (table, row.key, row.label, FEW if row.count is None else row.count)
    for key in presenting.SUMMARY:
        value = getattr(numbers, key)
        yield (
            "summary",
            key,
            str(presenting.SUMMARY[key]),
            "" if value is None else round(value, 1),
        )


def _notes(numbers: Numbers) -> list[str]:
    return [
        _("Exchange · 交流, moderation in numbers, as of %(day)s")
        % {"day": numbers.made_at.date().isoformat()},
        settings.SITE_URL + reverse("transparency"),
        _("One and two are not told apart, so that nobody can be recognised."),
    ]
