"""What becomes of a file: plain values that the child hands to the site."""

from dataclasses import dataclass
from typing import Literal

type Code = Literal[
    "empty",
    "too_large",
    "unknown_type",
    "vector",  # SVG, HTML, XML
    "broken",
    "too_many_pixels",
    "too_many_frames",
    "too_many_pages",
    "encrypted",
    "too_costly",  # in time or memory
    "busy",  # too many files at once: trying again helps
]
CODES: tuple[Code, ...] = (
    "empty",
    "too_large",
    "unknown_type",
    "vector",
    "broken",
    "too_many_pixels",
    "too_many_frames",
    "too_many_pages",
    "encrypted",
    "too_costly",
    "busy",
)
type Kind = Literal["picture", "animation", "paper"]


class Refused(Exception):
    """A file that is not taken, and for which of CODES."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Part:
    """One file to store.

    `name` is the step of its width, "w360", "w720", "w1200" or "w2000", for what is at most that
    wide; or "still" (the first frame of an animation) or "file" (a paper, written anew). `page` is
    0 for pictures and for "file". A panorama's "w2000" may be 4,000 px wide, and a long screenshot
    16,000 px high, for both would be illegible otherwise: `width` and `height` are what is true.
    """

    name: str
    page: int
    width: int
    height: int
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """`width` and `height` in px as shown, of a paper's first page; `blur` a WebP of ≤ 300 bytes.

    `prints` are perceptual hashes of the picture and of its mirror image, () of what is too flat;
    `text` is a paper's, page by page.
    """

    kind: Kind
    width: int
    height: int
    blur: bytes
    prints: tuple[str, ...]
    parts: tuple[Part, ...]
    text: tuple[str, ...]
