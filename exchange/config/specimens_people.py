"""What `/styleguide/` shows of a person and of what a reader muted: made up here, and never saved."""

from typing import Any

from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards.models import Board, Post, Thread
from exchange.languages.models import Passage
from exchange.people.fragments import Row

NAME = {"en": "Rent and homes", "zh-hans": "房租与住房", "zh-hant": "房租與住房"}


def made(language: str) -> dict[str, Any]:
    person = User(pk=2, username="梅子", reads=["zh-hans", "zh-hant"], learning=["en"])
    person.date_joined = timezone.now()
    return {
        "person": person,
        "moderates_boards": [Board(pk=1, slug="rent", name=NAME)],
        "count": 214,
        "rows": _rows(),
        "older": 7,
        "before": 40,
        "left_out": 3,
        "why": ("person", "blocked", "word"),
    }


def _rows() -> list[Row]:
    thread = Thread(pk=1, board=Board(pk=1, slug="rent", name=NAME))
    said = [
        ("What do you pay for a one-bedroom?", "en", "A third of what I earn. And you?", "en"),
        ("你们租一室一厅要多少钱？", "zh-hans", "", "zh-hans"),
        ("", "", "押一付三，水费包括在内，暖气不包括。", "zh-hans"),
    ]
    found = []
    for number, (title, title_language, words, code) in enumerate(said, 1):
        passage = Passage(pk=1, body=words, language=code)
        post = Post(pk=1, thread=thread, number=number, passage=passage)
        found.append(Row(post, title, title_language, words, code, muted=False))
    return [*found, Row(found[0].post, "", "", "", "en", muted=True)]
