"""What `/styleguide/` shows of figures: made up here, and never saved."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards.models import Post
from exchange.figures import labels, worked
from exchange.figures.actions import EntryDraft, drawn
from exchange.figures.forms import EntryForm
from exchange.figures.models import Entry, Item, Question
from exchange.languages.actions import Draft, preview

TEXTS = {
    "en": "<p>I pay [¥1], and a friend of mine [¥2]! Somebody said [¥3].</p>",
    "zh-hans": "<p>我每月付 [¥1]，朋友付 [¥2]！有人说 [¥3]。</p>",
    "zh-hant": "<p>我每月付 [¥1]，朋友付 [¥2]！有人說 [¥3]。</p>",
}
ITEM = Item(
    pk=1,
    slug="rent-flat",
    topic="rent",
    name={"en": "Rent, whole flat", "zh-hans": "整租", "zh-hant": "整租"},
    question={
        "en": "Are heating and water in it?",
        "zh-hans": "含暖气和水费吗？",
        "zh-hant": "含暖氣和水費嗎？",
    },
    period="month",
    periods=["month", "week", "quarter", "year"],
    conditions=["bedrooms", "area", "utilities"],
    basis=["bedrooms"],
    usual_low=20,
    usual_high=20_000,
)


def figures(language: str) -> dict[str, Any]:
    """Chips with each of their hints, one figure's page, and one that is being typed and asked back."""
    entries = _entries()
    first = entries[0]
    return {
        "language": language,
        "text": TEXTS[language],
        "entries": entries,
        "entry": first,
        "post": Post(pk=1),
        "standing": SimpleNamespace(out="excluded", rule=None, note=None),
        "said": labels.said(first),
        "steps": [(step, None) for step in worked.steps(first)],
        "share": worked.share(first),
        "questions": _questions(),
        "may_answer": True,
        "moderates": True,
        "row": _row(),
    }


def _entries() -> list[Entry]:
    usual = EntryDraft(
        item=ITEM,
        amount=Decimal(10_500),
        currency="CNY",
        period="quarter",
        country="CN",
        city_name="Chengdu",
        year=2025,
        month=11,
        conditions=(("area", "55"), ("area_basis", "gross"), ("bedrooms", "1")),
        income=Decimal(12_500),
    )
    made = drawn([usual, usual, usual])
    for number, entry in enumerate(made, 1):
        entry.pk = number
    made[1].sample = True
    made[1].__dict__["has_question"] = True  # as a query would have found
    made[2].excluded_at = timezone.now()
    return made


def _questions() -> list[Question]:
    hours_ago = timezone.now() - timedelta(hours=5)
    note, _half = preview(Draft("一个月，还是一个季度？"))
    note.pk = 1
    asker = User(pk=2, username="梅子")
    first = Question(pk=1, reason="period", note=note, by=asker, created_at=hours_ago)
    second = Question(pk=2, reason="amount", created_at=hours_ago, answered_at=hours_ago)
    second.answer = Question.Answer.RIGHT
    return [first, second]


def _row() -> EntryForm:
    typed = {"amount": "120,000", "currency": "CNY", "period": "month", "city": "", "country": "US"}
    typed |= {"year": "1900", "household": "2", "area": "55"}
    return EntryForm(ITEM, 0, data={f"figure-0-{name}": value for name, value in typed.items()})
