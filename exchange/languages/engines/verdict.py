"""Whether what an engine says may be shown: the reasons why not, as codes.

`repeated unchanged wrong_language placeholders length empty markup`. What passes is still
Markdown from a stranger, rendered and sanitised like any post.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exchange.languages import mentions
from exchange.languages.render import render
from exchange.languages.script import detect
from exchange.languages.text import is_blank, weighted_length

from .protection import without_placeholders

REASONS = (
    "repeated", "unchanged", "wrong_language", "placeholders", "length", "empty", "markup",
)  # fmt: skip

# Weighted letters of Chinese for one of English; `align.py` goes by the same.
_CHINESE_FOR_ENGLISH = 0.6
# How far off that a whole text may be, and letters on top: one word may need a phrase.
_TIMES, _LETTERS = 3.0, 40
# So many words are a loop if they stand so often one after another: one word, two, three, more.
_ONE, _TWO, _MORE = 6, 4, 3
_LONGEST_LOOP = 40
# From so many words on, at least this share of them is different in honest text.
_MANY, _DIFFERENT = 60, 0.12
# More than this share of a text that comes back as it was is no translation.
_SAME = 0.4
# The same words for so many different sentences.
_SENTENCES_ALIKE = 4

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>?|<!")
_ADDRESS = re.compile(r"https?://|www\.|\]\(|\w@\w+\.\w", re.IGNORECASE)
# Embeddings, overrides and isolates, which turn the text around them.
_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HAN_OR_LETTER = re.compile(r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff])|[A-Za-zÀ-ʯ]{2,}")
_BLOCK = re.compile(r"</?(?:p|h[3-6]|ul|ol|li|table|tr|t[dh]|blockquote|pre|hr|br)\b")
_INLINE = re.compile(r"<code>.*?</code>|href=\"[^\"]*\"|class=\"mention\"[^>]*>[^<]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence as it went to the engine and as it came back, placeholders and all."""

    sent: str
    came: str


def of_all(said: Sequence[Said], target: str, names: Collection[str] = ()) -> str:
    """The reason why a text's sentences are refused, each or together, or ""."""
    if _came_unchanged(said):
        return "unchanged"
    reasons = (of_sentence(one, target, names) for one in said)
    return next(filter(None, reasons), "") or _of_text(said, target)


def of_sentence(said: Said, target: str, names: Collection[str] = ()) -> str:
    """The reason why one sentence is refused, or ""."""
    return next(_faults(said, target, names), "")


def _faults(said: Said, target: str, names: Collection[str]) -> Iterator[str]:
    came = without_placeholders(said.came)
    if is_blank(came):
        yield "empty"
    if _loops(came) > max(1.0, _loops(said.sent)):
        yield "repeated"
    if any(_adds(pattern, said) for pattern in (_TAG, _ADDRESS, _OVERRIDE)):
        yield "markup"
    if any(True for _ in mentions.find(came, names)):
        yield "placeholders"
    if not _fits(said.sent, came, target):
        yield "length"
    if _is_other_language(said, came, target):
        yield "wrong_language"


def _of_text(said: Sequence[Said], target: str) -> str:
    sent = "\n".join(without_placeholders(one.sent) for one in said)
    came = "\n".join(without_placeholders(one.came) for one in said)
    if _is_monotonous(came, sent) or _say_one_thing(said):
        return "repeated"
    if not _fits(sent, came, target):
        return "length"
    return "" if _is_in(came, target) else "wrong_language"


def _is_in(text: str, target: str) -> bool:
    """Half a text of names in the other script is still in the language; so is a laugh."""
    found = detect(text)
    if found.language == "mixed":
        return found.chinese_share <= 0.5 if target == "en" else found.chinese_share >= 0.5
    if found.language == "other":
        return len(set(_TOKEN.findall(text.casefold()))) <= 2
    return found.language.partition("-")[0] == target.partition("-")[0]


def of_structure(before: str, after: str, names: Collection[str] = ()) -> str:
    """ "markup" if the body has other blocks, line breaks, links, code or mentions than before."""
    old, new = render(before, "en", names), render(after, "en", names)
    same = _BLOCK.findall(old) == _BLOCK.findall(new)
    same = same and Counter(_INLINE.findall(old)) == Counter(_INLINE.findall(new))
    return "" if same else "markup"


def _came_unchanged(said: Sequence[Said]) -> bool:
    same = sum(weighted_length(one.sent) for one in said if _folded(one.sent) == _folded(one.came))
    return same > _SAME * sum(weighted_length(one.sent) for one in said)


def _folded(text: str) -> str:
    return "".join(_TOKEN.findall(without_placeholders(text).casefold()))


def _adds(pattern: re.Pattern[str], said: Said) -> bool:
    return len(pattern.findall(said.came)) > len(pattern.findall(said.sent))


def _loops(text: str) -> float:
    """How near the worst loop is to one that is refused: 1.0 is just allowed."""
    words = _TOKEN.findall(text.casefold())
    return max(
        _run(words, size) / {1: _ONE, 2: _TWO}.get(size, _MORE)
        for size in range(1, _LONGEST_LOOP + 1)
    )


def _run(words: Sequence[str], size: int) -> int:
    """How often some `size` words stand one after another, at most. Linear."""
    longest = run = 0
    for at in range(size, len(words)):
        run = run + 1 if words[at] == words[at - size] else 0
        longest = max(longest, run)
    return longest // size + 1 if len(words) >= size else 0


def _is_monotonous(came: str, sent: str) -> bool:
    share = _different(came)
    return share < _DIFFERENT and share < _different(sent) / 2


def _different(text: str) -> float:
    """The share of neighbours that are there once only counted; 1.0 for short texts."""
    words = _TOKEN.findall(text.casefold())
    if len(words) < _MANY:
        return 1.0
    return len(set(pairwise(words))) / (len(words) - 1)


def _say_one_thing(said: Sequence[Said]) -> bool:
    """Whether one answer came to many sentences that are not alike."""
    asked: dict[str, set[str]] = {}
    for one in said:
        asked.setdefault(_folded(one.came), set()).add(_folded(one.sent))
    most = max((len(questions) for questions in asked.values()), default=0)
    return most >= _SENTENCES_ALIKE and most * 2 > len(said)


def _fits(sent: str, came: str, target: str) -> bool:
    """Whether a translation may be as long as that: widely for a word, within limits for a text."""
    expected = weighted_length(without_placeholders(sent).strip()) * (
        1 / _CHINESE_FOR_ENGLISH if target == "en" else _CHINESE_FOR_ENGLISH
    )
    length = weighted_length(came.strip())
    return (expected - _LETTERS) / _TIMES <= length <= expected * _TIMES + _LETTERS


def _is_other_language(said: Said, came: str, target: str) -> bool:
    """Judged by letters alone: English has hardly any Han; Chinese of some length has some."""
    han, words = _counts(came)
    if target == "en":
        return han * _CHINESE_FOR_ENGLISH > 0.5 * (han * _CHINESE_FOR_ENGLISH + words)
    _, sent_words = _counts(without_placeholders(said.sent))
    return han == 0 and sent_words >= 6


def _counts(text: str) -> tuple[int, int]:
    han = words = 0
    for match in _HAN_OR_LETTER.finditer(text):
        if match["han"]:
            han += 1
        else:
            words += 1
    return han, words
