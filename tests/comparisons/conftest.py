"""Items, and figures on posts, in a few words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Board, Post, Thread
from exchange.figures.actions import EntryDraft, set_reference
from exchange.figures.models import Item, Reference
from exchange.languages.actions import Draft
from tests.cast import person

COLUMBUS, CHENGDU, SHANGHAI = 4509177, 1815286, 1796236
PLACES = {
    COLUMBUS: ("US", "Columbus", "USD"),
    CHENGDU: ("CN", "成都", "CNY"),
    SHANGHAI: ("CN", "上海", "CNY"),
}


def make_item(slug: str = "rent-flat", topic: str = "rent", **fields: Any) -> Item:
    name = slug.replace("-", " ").title()
    texts = {"en": name, "zh-hans": f"{slug}项目", "zh-hant": f"{slug}項目"}
    given: dict[str, Any] = {
        "period": "month",
        "periods": ["month", "year"],
        "conditions": ["bedrooms", "area", "utilities"],
        "basis": ["bedrooms"],
        "usual_low": 20,
        "usual_high": 20000,
    }
    return Item.objects.create(slug=slug, topic=topic, name=texts, question=texts, **given | fields)


def draft(item: Item, amount: int | str, city: int = COLUMBUS, **fields: Any) -> EntryDraft:
    country, name, currency = PLACES[city]
    given: dict[str, Any] = {
        "currency": currency,
        "period": item.periods[0],
        "country": country,
        "city": city,
        "city_name": name,
        "year": 2025,
        "month": 6,
        "conditions": (("bedrooms", "1"),),
    }
    return EntryDraft(item=item, amount=Decimal(amount), **given | fields)


def give(author: User, thread: Thread, *drafts: EntryDraft, body: str = "I pay this.") -> Post:
    """A reply with figures."""
    return boards.reply(author=author, thread=thread, draft=Draft(body), entries=drafts)


def published(item: Item, amount: int | str, **fields: Any) -> Reference:
    given: dict[str, Any] = {
        "key": f"{item.slug}-{Reference.objects.count()}",
        "currency": "USD",
        "period": item.periods[0],
        "country": "US",
        "year": 2024,
        "conditions": {"bedrooms": "1"},
        "publisher": "Census Bureau",
        "address": "https://census.example/rents",
        "confidence": "high",
        "note": {"en": "Asking rents.", "zh-hans": "挂牌租金。", "zh-hant": "掛牌租金。"},
    }
    return set_reference(item=item, amount=Decimal(amount), **given | fields)


@pytest.fixture
def flat(db: None) -> Item:
    return make_item()


@pytest.fixture
def people(db: None) -> list[User]:
    """Enough for a median."""
    return [person(f"renter{number}", reads=["en"]) for number in range(6)]


@pytest.fixture
def filled(flat: Item, people: list[User], thread: Thread) -> Callable[[], list[Post]]:
    """Three figures in Columbus, three in Chengdu."""

    def fill() -> list[Post]:
        given = zip(people, (COLUMBUS,) * 3 + (CHENGDU,) * 3, strict=True)
        return [
            give(author, thread, draft(flat, 1000 + 100 * place, city))
            for place, (author, city) in enumerate(given)
        ]

    return fill
