"""A question that whoever reads the page can answer in a word: the way to sign up without scripts."""

import secrets
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core import signing

from exchange.languages.conversion import convert
from exchange.languages.traditional import traditional

from .proof import Answer

# Seconds: somebody may be called away while filling in a form.
VALID = 3600
LONGEST = 60
SALT = "exchange.safety.question"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is by the language of a page; `answers` are folded, in both languages."""

    text: dict[str, str]
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands on one page: `token` comes back with the answer."""

    text: str
    token: str


def ask(form: str, language: str, *, other_than: str = "") -> Asked:
    """Another question than that of the token, if one is given."""
    before = _read(form, other_than)
    places = [place for place in range(len(questions())) if not before or place != before[0]]
    place = secrets.choice(places)
    token = signing.dumps([place, secrets.token_hex(8)], salt=f"{SALT}.{form}")
    return Asked(_said(place, language), token)


def again(form: str, language: str, token: str) -> Asked | None:
    """The same question on the page that comes next; None for an expired or a foreign one."""
    read = _read(form, token)
    return Asked(_said(read[0], language), token) if read else None


def check(form: str, token: str, answer: str) -> tuple[Answer, str]:
    """What an answer is worth, and the name under which it may count once; "" for a wrong one."""
    read = _read(form, token)
    if read is None:
        return Answer.EXPIRED, ""
    place, name = read
    is_right = len(answer) <= LONGEST and fold(answer) in questions()[place].answers
    return (Answer.RIGHT, name) if is_right else (Answer.WRONG, "")


def fold(answer: str) -> str:
    """Letters and digits alone, without marks or case, in Simplified characters."""
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", answer).casefold())
    return convert("".join(char for char in flat if char.isalnum()), "hans")


@cache
def questions() -> list[Question]:
    path = settings.SEEDS_DIR / "sign-up-questions.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    return [
        Question(
            {"en": row["en"], "zh-hans": row["zh"], "zh-hant": traditional(row["zh"])},
            frozenset(fold(answer) for answer in row["answers"]),
        )
        for row in rows
    ]


def _said(place: int, language: str) -> str:
    text = questions()[place].text
    return text.get(language, text["en"])


def _read(form: str, token: str) -> tuple[int, str] | None:
    """(which question, the token's name), or None where it is not ours for this form, or too old."""
    try:
        place, name = signing.loads(token, salt=f"{SALT}.{form}", max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (place, name) if place < len(questions()) else None
