"""Which texts are nearly the same, and which links: what gives away many accounts of one hand.

A text is the set of its three-character pieces, after folding, so that Chinese and English are
treated alike and a changed word or an added emoji changes little. Two texts are as alike as the share
of pieces that they have in common. To find candidates without comparing each with each, the smallest
hashes of the pieces stand for a text: alike texts have most of those in common, too (Broder, “On the
resemblance and containment of documents”, 1997: bottom-k sketches). Pure, and linear in the texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import parse_qsl, urlsplit
from zlib import crc32

from exchange.languages.conversion import convert

PIECE = 3
# Candidates are found by longer pieces: the short ones of a language are all in every long text.
SKETCHED, SKETCH = 5, 16
# Of the pieces of two texts together so many are in both, where both name a link or another place to
# get in touch, or are long. Newcomers who greet in words of their own have less than that in common.
ALIKE = 0.5
# Shorter ones without such a name are nearly the same by chance: in a thread about rents everybody
# pays about so much for a one-bedroom.
ALIKE_SHORT = 0.85
# Weighted letters: a Chinese character says as much as three Latin ones. Whatever is shorter than
# this is a greeting, thanks or a joke: everybody writes the same, and nobody is a program for it.
LEAST_TOUTING, LEAST_SAID, LONG = 40, 60, 120
# Only the beginning of a long text is compared.
LONGEST = 400
# What more texts than this have in common says nothing about any of them.
MOST_WITH_PIECE = 64
# Candidates of each text that are compared with it.
COMPARED = 6

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]{}\"'`，。！？、；：）】》”]+", re.IGNORECASE)
# Which page it is, on sites that do not say so in the path.
_NAMES_PAGE = frozenset(("v", "id"))
# How one gets in touch elsewhere, as those say it who want to be got in touch with.
_TOUTS = (
    *("telegram", "whatsapp", "wechat", "weixin", "微信", "薇信", "威信号", "电报"),
    *("qq", "扣扣", "vx", "加v", "v信"),
)
_NUMBER_OR_MAIL = re.compile(r"\d{7}|@[\w-]+\.\w")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Written:
    """What is looked at of one text; `key` is the caller's. `touts`: it names a link or another way
    to get in touch. `said` is its weighted length."""

    key: int
    links: frozenset[str]
    pieces: frozenset[str]
    sketch: tuple[int, ...]
    said: int
    touts: bool


@dataclass(slots=True)
class _Waves:
    """Texts that belong together, as a forest: each points to another of its wave, or to itself."""

    parent: dict[int, int] = field(default_factory=dict)

    def root(self, key: int) -> int:
        while self.parent.setdefault(key, key) != key:
            self.parent[key] = key = self.parent[self.parent[key]]
        return key

    def join(self, one: int, other: int) -> None:
        self.parent[self.root(other)] = self.root(one)


def look_at(key: int, text: str, *, own_host: str = "") -> Written:
    found = links(text, own_host=own_host)
    folded = fold(_LINK.sub(" ", text[: 2 * LONGEST]))[:LONGEST]
    said = len(folded) + 2 * len(_HAN.findall(folded))
    return Written(
        key,
        links=found,
        pieces=frozenset(_pieces(folded, PIECE)),
        sketch=tuple(sorted(crc32(piece.encode()) for piece in _pieces(folded, SKETCHED))[:SKETCH]),
        said=said,
        touts=bool(found)
        or _NUMBER_OR_MAIL.search(text) is not None
        or any(word in folded for word in _TOUTS),
    )


def _pieces(folded: str, size: int) -> set[str]:
    return {folded[at : at + size] for at in range(len(folded) - size + 1)}


def fold(text: str) -> str:
    """Letters and digits alone, without case or width, in Simplified characters."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in flat if char.isalnum()).translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    """One character at a time: what words would decide makes no difference here, and takes long."""
    every = [chr(code) for code in range(0x3400, 0xA000)]
    simple = convert("\n".join(every), "hans").split("\n")
    return {ord(was): now for was, now in zip(every, simple, strict=True) if was != now}


def links(text: str, *, own_host: str = "") -> frozenset[str]:
    """Host and path of each link that leads elsewhere, without what tells visitors apart."""
    found = set()
    for raw in _LINK.findall(unicodedata.normalize("NFKC", text)):
        address = raw if "://" in raw else f"http://{raw}"
        try:
            parts = urlsplit(address.rstrip(".,;:!?*_~"))
            host = (parts.hostname or "").removeprefix("www.").rstrip(".")
        except ValueError:
            continue
        if "." not in host or host == own_host.partition(":")[0]:
            continue
        kept = "".join(f"&{name}={value}" for name, value in _naming(parts.query))
        found.add(f"{host}{parts.path.rstrip('/')}{kept}"[:300])
    return frozenset(found)


def _naming(query: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query, max_num_fields=40)
    except ValueError:
        return []
    return sorted(pair for pair in pairs if pair[0] in _NAMES_PAGE)


def likeness(one: Written, other: Written) -> float:
    """Jaccard's share of common pieces: 1 for the same, 0 for nothing in common."""
    together = len(one.pieces | other.pieces)
    return len(one.pieces & other.pieces) / together if together else 0.0


def is_alike(one: Written, other: Written) -> bool:
    """Whether two texts are so nearly the same that one hand wrote both."""
    touts, said = one.touts and other.touts, min(one.said, other.said)
    if said < (LEAST_TOUTING if touts else LEAST_SAID):
        return False
    return likeness(one, other) >= (ALIKE if touts or said >= LONG else ALIKE_SHORT)


def waves(texts: Sequence[Written]) -> list[list[Written]]:
    """Those that share a link or nearly all of their words, in the order of the texts; single ones
    are left out."""
    found = _Waves()
    _by_link(texts, found)
    _by_words(texts, found)
    grouped: dict[int, list[Written]] = {}
    for text in texts:
        grouped.setdefault(found.root(text.key), []).append(text)
    return [group for group in grouped.values() if len(group) > 1]


def _by_link(texts: Iterable[Written], found: _Waves) -> None:
    first: dict[str, int] = {}
    for text in texts:
        for link in text.links:
            found.join(first.setdefault(link, text.key), text.key)


def _by_words(texts: Iterable[Written], found: _Waves) -> None:
    """Each is compared with few: the first ones of earlier waves that share most of its sketch."""
    firsts: dict[int, Written] = {}
    with_piece: dict[int, list[int]] = {}
    for text in texts:
        shared = Counter(key for piece in text.sketch for key in with_piece.get(piece, ()))
        for key, _ in shared.most_common(COMPARED):
            if is_alike(text, firsts[key]):
                found.join(key, text.key)
                break
        else:
            firsts[text.key] = text
            for piece in text.sketch:
                keys = with_piece.setdefault(piece, [])
                if len(keys) < MOST_WITH_PIECE:
                    keys.append(text.key)
