"""The site's own terms and culture cards, from `seeds/glossary/`."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from exchange.languages import text
from exchange.languages.actions import Draft, Wording, keep_own_terms

from .seeding import load

FOLDER = "glossary"


def seed_glossary() -> int:
    """Gives the number of terms that were new or changed: 0 at the second time.

    What the files say is compared with what the database has, in two queries. A term that left the
    files stays: members may have linked to it, and a moderator can take it out.
    """
    return keep_own_terms({row["key"]: (_wording(row), _note(row)) for row in rows()})


def rows() -> Iterator[dict[str, Any]]:
    """Every term of the folder; a file of another kind has none."""
    for file in sorted((settings.SEEDS_DIR / FOLDER).glob("*.toml")):
        yield from load(f"{FOLDER}/{file.name}").get("term", [])


def _wording(row: dict[str, Any]) -> Wording:
    return Wording(
        en=tuple(row["en"]),
        zh=tuple(row["zh"]),
        pinyin=row.get("pinyin", ""),
        kind=row["kind"],
        related=tuple(row.get("related", [])),
    )


def _note(row: dict[str, Any]) -> Draft:
    """Words of the other language in a note, which it is about, do not make it a mixed one."""
    return Draft(
        text.normalise(row["note_en"]),
        text.normalise(row["note_zh"]),
        language="en",
        language_other="zh-hans",
    )
