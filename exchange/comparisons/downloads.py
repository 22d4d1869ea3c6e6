"""Files of what a page compares: every voice with its conditions and its post, and public figures apart.

Nobody's name and nobody's income: also not the share of it, which with the amount would tell it.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.figures import labels
from exchange.figures.models import Reference
from exchange.figures.queries import MOST_VALUES

from . import charting, queries, wording
from .choice import Choice

COLUMNS = (
    *("kind", "item", "conditions", "country", "city", "geonames_id", "year", "month"),
    *("amount", "currency", "period", "unit", "usd", "cny", "intl", "hours_of_work", "area_m2"),
    *("people", "sample", "publisher", "address", "confidence", "weak", "note"),
)
# A table's program would take what begins so for a formula, also in full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIELDS = (
    *("pk", "author", "country", "city", "city_name", "year", "month", "amount", "currency"),
    *("period", "unit", "conditions", "usd", "cny", "intl", "hours", "area", "household", "sample"),
)
CHUNK = 2000


def safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_csv(choice: Choice, references: list[Reference]) -> str:
    """With a byte order mark, by which table programs know UTF-8. Notes are lines beginning with #."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerows([safe(f"# {line}")] for line in notes(choice))
    writer.writerow(COLUMNS)
    for row in rows(choice, references):
        writer.writerow([safe(row.get(name, "")) for name in COLUMNS])
    return out.getvalue()


def as_json(choice: Choice, references: list[Reference]) -> str:
    about = {
        "about": notes(choice),
        "item": choice.item.slug,
        "basis": choice.basis,
        "address": f"{settings.SITE_URL}{reverse('topic', args=[choice.item.topic])}?{choice.query}",
        "at_most": MOST_VALUES,
    }
    found = {
        "figures": list(members(choice)) if choice.has_members else [],
        "public_figures": list(published(choice, references)),
    }
    return json.dumps(about | found, ensure_ascii=False, indent=1, default=str)


def notes(choice: Choice) -> list[str]:
    """What a file says before its rows: basis, sources, licence."""
    return list(filter(None, _notes(choice)))


def _notes(choice: Choice) -> list[str]:
    unit = wording.unit(choice.item)
    return [
        _("Exchange · 交流, %(title)s, as of %(day)s")
        % {"title": wording.title(choice), "day": timezone.localdate().isoformat()},
        _("Basis: %(said)s") % {"said": wording.sentence(choice)},
        unit and _("usd, cny, intl and hours_of_work are for one %(unit)s.") % {"unit": unit},
        _("Money: %(said)s.") % {"said": wording.exchange_rates()},
        _("International dollars: %(said)s.") % {"said": wording.parities()},
        _("Hours of work: %(said)s.") % {"said": wording.wages()},
        _(
            "One voice a person and city: the figure of the latest date and, of one date, the one"
            " posted last. At most the newest %(most)s figures."
        )
        % {"most": MOST_VALUES},
        _(
            "Licence: members’ figures come from public posts. You may use them, with the address of"
            " this site; each row has the address of its post. A post that is deleted later takes its"
            " figure along: please fetch the file anew before you publish. Public figures belong to"
            " their publishers, whose terms hold. City names: GeoNames, CC BY 4.0. Parities: World"
            " Bank, CC BY 4.0."
        ),
        _("Sample data: figures marked “sample” are invented.") if settings.DEMO else "",
    ]


def rows(choice: Choice, references: Iterable[Reference]) -> Iterator[dict[str, Any]]:
    """Members' figures, then the public ones."""
    if choice.has_members:
        yield from members(choice)
    yield from published(choice, references)


def members(choice: Choice) -> Iterator[dict[str, Any]]:
    found = queries.voices(choice).annotate(post=F("passage__post")).values(*FIELDS, "post")
    at = settings.SITE_URL + reverse("post", args=[1]).removesuffix("1/")
    for row in queries.one_voice_each(found.iterator(chunk_size=CHUNK)):
        name = charting.place_label(row["city"])[0] if row["city"] else row["city_name"]
        yield _row(choice, "member", row, name) | {
            "people": row["household"] or "",
            "sample": "sample" if row["sample"] else "",
            "address": f"{at}{row['post']}/",
        }


def published(choice: Choice, references: Iterable[Reference]) -> Iterator[dict[str, Any]]:
    """Those that stand in the page's charts."""
    for reference in references:
        if not charting.is_drawn(choice, reference):
            continue
        row = {name: getattr(reference, name, "") for name in FIELDS}
        yield _row(choice, "public figure", row, labels.where(reference)) | {
            "publisher": reference.publisher,
            "address": reference.address,
            "confidence": reference.confidence,
            "weak": "weak source" if reference.weak else "",
            "note": wording.localised(reference.note),
            "unit": "m2" if reference.measure == "m2" else reference.unit,
        }


def _row(choice: Choice, kind: str, row: dict[str, Any], place: str) -> dict[str, Any]:
    said = "; ".join(f"{key}={answer}" for key, answer in sorted(row["conditions"].items()))
    return {
        "kind": kind,
        "item": choice.item.slug,
        "conditions": said,
        "country": row["country"],
        "city": place,
        "geonames_id": row["city"] or "",
        "year": row["year"],
        "month": row["month"] or "",
        "amount": format(row["amount"].normalize(), "f"),
        "currency": row["currency"],
        "period": row["period"],
        "unit": row["unit"],
        "usd": _rounded(row["usd"]),
        "cny": _rounded(row["cny"]),
        "intl": _rounded(row["intl"]),
        "hours_of_work": _rounded(row["hours"]),
        "area_m2": _rounded(row["area"]),
    }


def _rounded(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)
