"""What is said of a file or a picture that could not be taken, in the reader's language."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.languages import text
from exchange.web.remaining import after

from .limits import MOST_BYTES, MOST_FRAMES, MOST_PAGES, MOST_PIXELS

MOST_OF_NAME = 24  # letters of a file's name before its ending
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")

MESSAGES = {
    "empty": gettext_lazy("%(name)s is an empty file. Please choose it again."),
    "too_large": gettext_lazy("%(name)s is too large: a file may have up to %(megabytes)s MB."),
    "unknown_type": gettext_lazy(
        "%(name)s is no picture that we can open. JPEG, PNG, WebP, GIF, HEIC, AVIF and PDF work."
    ),
    "vector": gettext_lazy(
        "%(name)s is an SVG or a web page, which can hold programs. Please save it as PNG first."
    ),
    "broken": gettext_lazy(
        "%(name)s is damaged or not whole. Please open it on your device and save it anew."
    ),
    "too_many_pixels": gettext_lazy(
        "%(name)s has too many pixels: up to %(megapixels)s million can be taken. Please make it smaller."
    ),
    "too_many_frames": gettext_lazy(
        "%(name)s is too long an animation: up to %(frames)s frames can be taken."
    ),
    "too_many_pages": gettext_lazy("%(name)s has too many pages: up to %(pages)s can be taken."),
    "encrypted": gettext_lazy(
        "%(name)s is locked with a password. Please save it without one first."
    ),
    "too_costly": gettext_lazy(
        "%(name)s takes too much work to open. Please save it smaller, for example as JPEG."
    ),
    "busy": gettext_lazy(
        "Many pictures are arriving just now, and %(name)s had to wait too long. Please try again"
        " in a minute."
    ),
    "full": gettext_lazy(
        "There is no room for %(name)s: your pictures take all the room that one person has."
        " Taking some off older posts makes room."
    ),
    "many": gettext_lazy(
        "You have uploaded many pictures within half an hour. Please wait a little before you add"
        " %(name)s."
    ),
    "storage": gettext_lazy(
        "We cannot store pictures at the moment, so %(name)s is not in your post. You can send it"
        " without, or try again in a few minutes."
    ),
    "repeated": gettext_lazy(
        "%(name)s was taken off this site before, by the house rules. So it cannot be posted again."
    ),
    "crowded": gettext_lazy("A post can carry up to four pictures, so %(name)s was left out."),
    "gone": gettext_lazy(
        "%(name)s is no longer there: what is not sent stays for a day. Please choose it again."
    ),
    "used": gettext_lazy(
        "%(name)s stands in another post of yours already. To show it here too, please choose it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not taken. `name` is its file's, `number` its place among the pictures;
    `words` is what was typed about it and has no field any more; `seconds` is when it goes on."""

    code: str
    name: str = ""
    number: int = 1
    words: str = ""
    seconds: int = 0

    @property
    def html(self) -> SafeString:
        """For pages, the file's name set apart from the sentence around it."""
        named = format_html("<bdi>{}</bdi>", self.named)
        return SafeString(escape(self._sentence) % (_numbers() | {"name": named}))

    @property
    def plain(self) -> str:
        """For scripts, which put it into the page as text."""
        isolated = f"\N{FIRST STRONG ISOLATE}{self.named}\N{POP DIRECTIONAL ISOLATE}"
        return self._sentence % (_numbers() | {"name": isolated})

    @property
    def _sentence(self) -> str:
        said = str(MESSAGES[self.code])
        return after(said, self.seconds) if self.seconds else said

    @property
    def named(self) -> str:
        shown = shown_name(self.name)
        return f"“{shown}”" if shown else _("Picture %(number)s") % {"number": self.number}


def shown_name(name: str) -> str:
    """A file's name as one short line: its end, where its kind stands, is kept; its folders are not."""
    last = re.split(r"[/\\]", text.normalise(name))[-1]
    plain = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    line = " ".join(plain.split())
    ending = ENDING.search(line)
    stem = line[: ending.start()] if ending else line
    if not stem.strip("."):
        return ""
    return text.excerpt(stem, MOST_OF_NAME) + (ending[0] if ending else "")


def _numbers() -> dict[str, str]:
    return {
        "megabytes": str(MOST_BYTES // 1_000_000),
        "megapixels": str(MOST_PIXELS // 1_000_000),
        "frames": str(MOST_FRAMES),
        "pages": str(MOST_PAGES),
    }
