"""The pictures of a post as pages show them: which size for which screen, and what is said instead.

A picture's place has its size before the picture comes. Alone it keeps its shape; among others it
stands whole in a square, and what is left of that is filled with its blurred self.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from exchange.figures.labels import TOKEN
from exchange.languages.models import Passage, Translation
from exchange.languages.queries import best
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.uploads.addresses import address
from exchange.uploads.models import Rendition, Upload

from .presenting import gists, words

# px on the page, before the screen's own density.
MOST_WIDE, MOST_HIGH = 640, 520
# Higher than this, times its width, only its upper part is shown.
TALL = 2.2
TALL_BOX = (320, 480)
LARGE = 960  # px, on the picture's own page
GAP = 8  # between those of a gallery
MARGINS = 34  # at both sides of a post on a phone
# Telephones have three pixels to a point. More than about two nobody sees in passing, and they cost
# more than twice the bytes; whoever opens a picture gets all it has.
SEEN = 0.7
LONGEST_ALT = 300  # letters

type Said = tuple[Passage, list[Translation]]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a picture stands: the size of its place, how many px of that it is `drawn` in on a wide
    page, and on a `phone`, in CSS."""

    width: int
    height: int
    drawn: int
    phone: str


@dataclass(frozen=True, slots=True)
class Image:
    """An `<img>`: `weight` is what `src` takes, in bytes."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    weight: int
    still: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a page. `image` is None where its reader may not see it; `address` is its page's,
    "" of what is only previewed. `caption` is what `boards/_halves.html` needs, None without one."""

    upload: Upload
    number: int
    address: str
    image: Image | None
    alt: str
    alt_language: str
    caption: dict[str, Any] | None
    gists: list[tuple[str, list[str]]]
    is_tall: bool = False
    pages: int = 0
    reason: Any = None


def shown(
    uploads: Sequence[Upload],
    *,
    author: str,
    post_id: int | None,
    language: str,
    private: bool,
    reasons: Mapping[int, Any] | None = None,
) -> list[Shown]:
    """Those of a post, loaded by `uploads.queries.as_pictures`, in their order.

    `private`: for who also sees what is held or hidden. In a preview there is no post yet, and an
    upload's `caption` may be unsaved, with its other half in the list `caption.previewed`. `reasons`
    says why pictures were hidden, by their ids.
    """
    with translation.override(language):
        return [
            _shown(
                upload, _Of(number, len(uploads), author, post_id), language, private, reasons or {}
            )
            for number, upload in enumerate(uploads, 1)
        ]


@dataclass(frozen=True, slots=True)
class _Of:
    """Which picture of what."""

    number: int
    total: int
    author: str
    post_id: int | None


def _shown(
    upload: Upload, of: _Of, language: str, private: bool, reasons: Mapping[int, Any]
) -> Shown:
    is_open = private or upload.state == "shown"
    caption = said(upload.caption) if is_open else None
    alt, alt_language = alternative(upload, of.number, of.total, of.author, language)
    return Shown(
        upload=upload,
        number=of.number,
        address=reverse("picture", args=[of.post_id, upload.pk]) if of.post_id else "",
        image=_image(upload, of.number, of.total) if is_open else None,
        alt=alt if is_open else "",
        alt_language=alt_language,
        caption=words(*caption, language) if caption else None,
        gists=gists(*caption) if caption and of.post_id else [],
        is_tall=is_tall(upload),
        pages=pages_of(upload),
        reason=reasons.get(upload.pk),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a paper: its image and its words."""

    number: int
    image: Image
    full: str
    alt: str
    text: str


@dataclass(frozen=True, slots=True)
class Alone:
    """A picture on its own page. `file` is a paper's PDF as `(address, bytes)`."""

    shown: Shown
    full: str
    description: dict[str, Any] | None
    sheets: list[Sheet]
    file: tuple[str, int] | None


def alone(
    upload: Upload, *, number: int, total: int, author: str, language: str, reason: Any = None
) -> Alone:
    """Large, for who may see it. `reason` is why it was hidden."""
    alt, alt_language = alternative(upload, number, total, author, language)
    caption, description = said(upload.caption), said(upload.description)
    parts = steps(upload, 1 if upload.is_paper else 0)
    file = next((part for part in upload.renditions.all() if part.name == "file"), None)
    shown = Shown(
        upload=upload,
        number=number,
        address="",
        image=large(upload, parts) if parts else None,
        alt=alt,
        alt_language=alt_language,
        caption=words(*caption, language) if caption else None,
        gists=[],
        pages=pages_of(upload),
        reason=reason,
    )
    return Alone(
        shown=shown,
        full=address(upload, parts[-1]) if parts else "",
        description=words(*description, language) if description else None,
        sheets=_sheets(upload) if upload.is_paper else [],
        file=(address(upload, file), file.file.size) if file else None,
    )


def large(upload: Upload, parts: Sequence[Rendition]) -> Image:
    """As wide as a page; what is higher than that is scrolled."""
    largest = parts[-1]
    width = min(largest.width, LARGE)
    height = max(1, round(largest.height * width / largest.width))
    return image(upload, parts, Box(width, height, width, f"calc(100vw - {MARGINS}px)"))


def _sheets(upload: Upload) -> list[Sheet]:
    found = []
    for page in range(1, pages_of(upload) + 1):
        if parts := steps(upload, page):
            alt = _("Page %(number)s") % {"number": page}
            text = upload.text[page - 1] if page <= len(upload.text) else ""
            found.append(
                Sheet(page, large(upload, parts), address(upload, parts[-1]), alt, text.strip())
            )
    return found


def said(passage: Passage | None) -> Said | None:
    """A caption or a description that has words, and its halves."""
    if passage is None or not passage.body:
        return None
    if passage.pk:
        return passage, list(passage.translations.all())
    return passage, list(getattr(passage, "previewed", []))


def alternative(
    upload: Upload, number: int, total: int, author: str, language: str
) -> tuple[str, str]:
    """What is read out instead of a picture, and in which language it is.

    Its description, in the page's language where somebody wrote it in that; else its caption.
    """
    for about in (said(upload.description), said(upload.caption)):
        if about:
            passage, found = about
            half = best(found, language[:2]) if passage.language[:2] != language[:2] else None
            text: Any = half or passage
            return excerpt(TOKEN.sub("", plain(text.body)), LONGEST_ALT), text.language
    places = {"number": number, "total": total, "name": author}
    if total == 1:
        return _("Picture by %(name)s, not described yet") % places, language
    return _("Picture %(number)s of %(total)s by %(name)s, not described yet") % places, language


def is_tall(upload: Upload) -> bool:
    """A long screenshot, of which a page of posts shows the upper part. Papers have their pages."""
    return upload.height > TALL * upload.width and upload.kind == Upload.Kind.PICTURE


def pages_of(upload: Upload) -> int:
    return len({part.page for part in upload.renditions.all() if part.page})


def steps(upload: Upload, page: int = 0) -> list[Rendition]:
    """The sizes of a picture or of a paper's page, the narrowest first."""
    found = [part for part in upload.renditions.all() if part.page == page and part.name[0] == "w"]
    return sorted(found, key=lambda part: part.width)


def image(upload: Upload, parts: Sequence[Rendition], box: Box) -> Image:
    """`parts` are the sizes to choose from, of which there is at least one."""
    # What browsers get that know no `srcset`, and who asked for few bytes: enough for a plain screen.
    plain_one = next((part for part in parts if part.width >= box.drawn), parts[-1])
    still = next((part for part in upload.renditions.all() if part.name == "still"), None)
    return Image(
        src=address(upload, plain_one),
        srcset=", ".join(f"{address(upload, part)} {part.width}w" for part in parts),
        sizes=f"(max-width: {box.drawn + MARGINS}px) {box.phone}, {box.drawn}px",
        width=box.width,
        height=box.height,
        weight=plain_one.file.size,
        still=address(upload, still) if still else "",
    )


def _image(upload: Upload, number: int, total: int) -> Image | None:
    parts = steps(upload, 1 if upload.is_paper else 0)
    if not parts:
        return None
    largest = parts[-1]
    box = _alone(largest, is_tall(upload)) if total == 1 else _in_cell(largest, number, total)
    return image(upload, parts, box)


def _alone(part: Rendition, tall: bool) -> Box:
    phone = f"calc((100vw - {MARGINS}px) * {SEEN})"
    if tall:
        return Box(*TALL_BOX, TALL_BOX[0], phone)
    scale = min(1, MOST_WIDE / part.width, MOST_HIGH / part.height)
    width, height = max(1, round(part.width * scale)), max(1, round(part.height * scale))
    return Box(width, height, width, phone)


def _in_cell(part: Rendition, number: int, total: int) -> Box:
    """Of a cell a picture takes as much as its shape leaves it; one that is too high fills it."""
    first_of_three = number == 1 and total == 3
    columns, shape = (1, 16 / 9) if first_of_three else (2, 1.0)
    ratio = part.width / part.height
    share = 1.0 if ratio < 1 / TALL else min(1.0, ratio / shape)
    drawn = round((MOST_WIDE - GAP * (columns - 1)) / columns * share)
    margins = MARGINS + GAP * (columns - 1)
    phone = f"calc((100vw - {margins}px) * {SEEN * share / columns:.3f})"
    return Box(part.width, part.height, drawn, phone)
