"""How wide a text is before anything has drawn it: SVG breaks no lines and cuts nothing."""

import unicodedata

from exchange.languages.text import ELLIPSIS, clusters

# Parts of the letters' size, on the safe side: system fonts differ.
_WIDE, _USUAL, _CAPITAL, _THIN = 1.0, 0.64, 0.72, 0.38
_THIN_ONES = frozenset(" .,:;'’ijlt|!()·fr-")


def width(text: str, size: float) -> float:
    return sum(map(_width, clusters(text))) * size


def fitted(text: str, room: float, size: float) -> str:
    """The text, cut with "…" where it is wider than `room`. At least its first character stays."""
    if width(text, size) <= room:
        return text
    kept, used = "", size * _WIDE
    for cluster in clusters(text):
        used += _width(cluster) * size
        if kept and used > room:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS


def _width(cluster: str) -> float:
    if unicodedata.east_asian_width(cluster[0]) in "WF":
        return _WIDE
    if cluster[0] in _THIN_ONES:
        return _THIN
    return _CAPITAL if cluster[0].isupper() else _USUAL
