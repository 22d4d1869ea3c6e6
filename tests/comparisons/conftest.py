"""Figures on posts, enough of them to be compared."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.figures.actions import EntryDraft, set_reference
from exchange.figures.models import Item, Reference
from tests.cast import figure_of, make_item, person, reply

COLUMBUS, CHENGDU, SHANGHAI = 4509177, 1815286, 1796236
PLACES = {
    COLUMBUS: ("US", "Columbus", "USD"),
    CHENGDU: ("CN", "成都", "CNY"),
    SHANGHAI: ("CN", "上海", "CNY"),
}
BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


def paid(item: Item, amount: int | str, city: int = COLUMBUS, **fields: Any) -> EntryDraft:
    country, name, currency = PLACES[city]
    place = {"country": country, "city": city, "city_name": name, "currency": currency}
    return figure_of(item, str(amount), **place | {"year": 2025, "month": 6} | fields)


def give(author: User, thread: Thread, *entries: EntryDraft, body: str = "I pay this.") -> Post:
    return reply(author, thread, body, entries=entries)


def published(item: Item, amount: int | str, **fields: Any) -> Reference:
    given: dict[str, Any] = {
        "key": f"{item.slug}-{Reference.objects.count()}",
        "currency": "USD",
        "period": "month",
        "country": "US",
        "year": 2024,
        "conditions": {"bedrooms": "1"},
        "publisher": "Census Bureau",
        "address": "https://census.example/rents",
        "confidence": "high",
        "note": {"en": "Asking rents.", "zh-hans": "挂牌租金。", "zh-hant": "掛牌租金。"},
    }
    return set_reference(item=item, amount=Decimal(amount), **given | fields)


def queries_of(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len([q for q in captured if not q["sql"].startswith(BOOKKEEPING)])


@pytest.fixture
def flat(db: None) -> Item:
    return make_item()


@pytest.fixture
def renters(db: None) -> list[User]:
    return [person(f"renter{number}", reads=["en"]) for number in range(6)]


@pytest.fixture
def posts(flat: Item, renters: list[User], thread: Thread) -> list[Post]:
    """$1,000, $1,100, $1,200 in Columbus; ¥1,300, ¥1,400, ¥1,500 in Chengdu; for one bedroom."""
    cities = (COLUMBUS,) * 3 + (CHENGDU,) * 3
    return [
        give(renter, thread, paid(flat, 1000 + 100 * place, city))
        for place, (renter, city) in enumerate(zip(renters, cities, strict=True))
    ]


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True
