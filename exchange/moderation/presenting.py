"""The public log in words without markup, for feeds; and its numbers, with their names."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.boards.rules import Reader
from exchange.ledger.verbs import VERBS
from exchange.safety.queries import rule
from exchange.web.context import HTML_LANG
from exchange.web.templatetags.bilingual import language_name, localised

from . import queries
from .counting import OTHERS, Cell
from .queries import Actor, Entry, Numbers

ENTRIES_IN_FEED = 50
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)


def feed(reader: Reader, language: str) -> tuple[bytes, str]:
    """The newest entries in the language that is on, and a mark that is another for other content."""
    entries, _more = queries.page(reader, queries.Choice(), size=ENTRIES_IN_FEED)
    address = settings.SITE_URL + reverse("log")
    made = Feed(
        title=f"Exchange 交流 · {_('Moderation log')}",
        link=address,
        description=_("Every act of a moderator, newest first, with its reason."),
        language=HTML_LANG[language],
        feed_url=settings.SITE_URL + reverse("log_feed", args=[language]),
        feed_guid=address,
    )
    for entry in entries:
        link = settings.SITE_URL + reverse("log_entry", args=[entry.event.pk])
        made.add_item(
            title=sentence(entry),
            link=link,
            unique_id=link,
            description=escape(reason(entry)),
            pubdate=entry.event.created_at,
            updateddate=updated(entry),
            author_name=_name(entry.actor),
        )
    content = made.writeString("utf-8").encode()
    return content, sha256(content).hexdigest()[:20]


class Feed(Atom1Feed):
    def latest_post_date(self) -> Any:
        """Of an empty feed always the same, for a feed that did not change has not changed."""
        return super().latest_post_date() if self.items else EPOCH


def _name(actor: Actor) -> str:
    return str(actor.person.username if actor.is_named else actor.acted_as)


def sentence(entry: Entry) -> str:
    """Who did what, in one line."""
    html = render_to_string("moderation/_log_entry.html#sentence", {"entry": entry})
    return " ".join(unescape(strip_tags(html)).split())


def reason(entry: Entry) -> str:
    said = [localised(entry.rule.name)] if entry.rule else []
    said += [entry.note.body] if entry.note else []
    said += [remark.words.body for remark in entry.annotations]
    return " · ".join(filter(None, said))


def updated(entry: Entry) -> Any:
    """When something was said of it last."""
    said = [entry.event.created_at, *(remark.created_at for remark in entry.annotations)]
    if entry.appeal:
        said.append(entry.appeal.decided_at or entry.appeal.made_at)
    return max(said)


SUMMARY = {
    "hours": gettext_lazy("Median time from report to decision, in hours"),
    "appealed": gettext_lazy("Decisions that were appealed, in per cent"),
    "upheld": gettext_lazy("Appeals that were upheld, in per cent"),
    "heeded": gettext_lazy("Reports after which something was done, in per cent"),
    "taken_back": gettext_lazy("Decisions that were taken back, in per cent"),
}
# The drawing of the months: the width of one, the room for bars, what stands beneath.
STEP, ROOM, FOOT = 34, 120, 24


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    label: str
    count: int | None
    bar: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its two counts and, in the drawing, their bars."""

    label: str
    short: str
    decisions: Cell
    reports: Cell
    x: int
    tall: tuple[int, int]

    @property
    def tops(self) -> tuple[int, int]:
        return ROOM - self.tall[0], ROOM - self.tall[1]


def in_numbers(numbers: Numbers) -> dict[str, Any]:
    """What the page shows."""
    named = tables(numbers)
    summary = [(label, key, getattr(numbers, key)) for key, label in SUMMARY.items()]
    return {
        "numbers": numbers,
        "months": _months(numbers),
        "summary": summary,
        "tables": [
            (_("By rule"), _("Rule"), named["rule"]),
            (_("By kind of act"), _("Act"), named["act"]),
            (_("By language of the text"), _("Language"), named["language"]),
        ],
        "drawing": {"width": STEP * len(numbers.decisions), "room": ROOM, "height": ROOM + FOOT},
    }


def tables(numbers: Numbers) -> dict[str, list[Line]]:
    return {
        "month": [_line(cell, _month_name(cell.key)) for cell in numbers.decisions],
        "reports": [_line(cell, _month_name(cell.key)) for cell in numbers.reports],
        "rule": [_line(cell, _rule_name(cell.key)) for cell in numbers.rules],
        "act": [_line(cell, _act_name(cell.key)) for cell in numbers.acts],
        "language": [_line(cell, _language_name(cell.key)) for cell in numbers.languages],
    }


def _months(numbers: Numbers) -> list[Month]:
    pairs = list(zip(numbers.decisions, numbers.reports, strict=True))
    most = max((cell.count or 0 for pair in pairs for cell in pair), default=0) or 1
    return [
        Month(
            label=_month_name(decisions.key),
            short=str(int(decisions.key[-2:])),
            decisions=decisions,
            reports=reports,
            x=STEP * place,
            tall=(
                round(ROOM * (decisions.count or 0) / most),
                round(ROOM * (reports.count or 0) / most),
            ),
        )
        for place, (decisions, reports) in enumerate(pairs)
    ]


def _line(cell: Cell, label: str) -> Line:
    return Line(cell.key, label, cell.count, cell.bar)


def _month_name(key: str) -> str:
    return date_format(date.fromisoformat(f"{key}-01"), "YEAR_MONTH_FORMAT")


def _rule_name(key: str) -> str:
    found = rule(key)
    return _others() if key == OTHERS else localised(found.name) if found else key


def _act_name(key: str) -> str:
    return _others() if key == OTHERS else str(VERBS[key].label)


def _language_name(key: str) -> str:
    return _others() if key == OTHERS else language_name(key)


def _others() -> str:
    return _("all others together")
