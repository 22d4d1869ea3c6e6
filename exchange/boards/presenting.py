"""Which halves of a text a page shows, and what stands in for one that nobody has written."""

from typing import Any

from exchange.figures.labels import TOKEN
from exchange.languages import align, gist
from exchange.languages.models import Passage, Translation
from exchange.languages.queries import best, families_without


def words(passage: Passage | None, found: list[Translation], language: str) -> dict[str, Any]:
    """What `boards/_halves.html` needs for a text, kept or only previewed.

    `half` stands beside the original paragraph by paragraph; a mixed text may have one for each of
    the two languages, then they are the `halves` that readers get one of.
    """
    halves = halves_shown(passage, found) if passage else []
    half = halves[0] if len(halves) == 1 else None
    return {
        "passage": passage,
        "half": half,
        "halves": halves,
        "pairs": align.pairs(passage.html, half.html) if passage and half else [],
        "turned": passage and half and reads_better(half.readers, passage.language, language),
        "language": language,
    }


def halves_shown(passage: Passage, found: list[Translation]) -> list[Translation]:
    """The author's other half, whatever it is in, and the best half for whom that leaves without."""
    own = [half for half in found if half.kind == Translation.Kind.AUTHOR]
    left = [
        name for name in families_without(passage) if name not in [half.readers for half in own]
    ]
    return own + [half for name in left if (half := best(found, name))]


def gists(passage: Passage, found: list[Translation]) -> list[tuple[str, list[str]]]:
    """Word by word for whom no half is there: the family of readers, and the lines for it."""
    halves = {half.readers for half in halves_shown(passage, found)}
    left = [name for name in families_without(passage) if name not in halves]
    return [
        (name, lines) for name in left if (lines := gist.lines(TOKEN.sub("", passage.body), name))
    ]


def reads_better(half: str, original: str, page: str) -> bool:
    """The half in the page's language comes first, so that each language keeps its column."""
    return half[:2] == page[:2] != original[:2]
