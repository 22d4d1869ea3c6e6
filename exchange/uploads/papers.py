"""A PDF written anew without anything that could act, and its pages drawn. Runs in the child alone."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from . import sizes, streams
from .confinement import allow, limit_data
from .copying import copied
from .limits import PAGE_SECONDS, PAPER_MEMORY
from .made import Made, Part, Refused
from .prints import prints

_WIDTH, _HEIGHT = 1200, 4000  # px; A4 at 145 dots to the inch
_LARGEST_SCALE = 6  # of a page as small as a stamp
_MOST_TEXT = 20_000  # characters of a page


def make_safe(data: bytes) -> Made:
    """Raises `Refused`. Pages are drawn, and text read, from what was written, not from `data`."""
    try:
        return _made(_rewritten(data))
    except Refused:
        raise
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    except (MemoryError, RecursionError):
        raise Refused("too_costly") from None
    except Exception:  # noqa: BLE001 — of a broken file anything may be raised
        raise Refused("broken") from None


def _rewritten(data: bytes) -> bytes:
    allow(PAGE_SECONDS)
    limit_data(PAPER_MEMORY)
    streams.check_objects(data)
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as source:
        if source.is_encrypted:  # with an empty password: its author still does not want it copied
            raise Refused("encrypted")
        file = BytesIO()
        copied(source).save(
            file,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return file.getvalue()


def _made(content: bytes) -> Made:
    paper = pypdfium2.PdfDocument(content)
    parts: list[Part] = []
    text: list[str] = []
    first: Image.Image | None = None
    for number, page in enumerate(_pages(paper), 1):
        allow(PAGE_SECONDS)
        picture = _drawn(page)
        text.append(_text(page))
        page.close()
        allow(PAGE_SECONDS)
        parts += sizes.parts(picture, page=number, drawn=True)
        first = first or picture
    allow(PAGE_SECONDS)
    assert first is not None
    parts.append(Part("file", 0, *first.size, "application/pdf", content))
    return Made(
        kind="paper",
        width=first.width,
        height=first.height,
        blur=sizes.blur(first),
        prints=prints(first),
        parts=tuple(parts),
        text=tuple(text),
    )


def _pages(paper: Any) -> Iterator[Any]:
    for at in range(len(paper)):
        yield paper[at]


def _drawn(page: Any) -> Image.Image:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Refused("broken")
    scale = min(_WIDTH / width, _HEIGHT / height, _LARGEST_SCALE)
    if max(width, height) * scale < 1 or min(width, height) * scale < 0.01:
        raise Refused("broken")
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    if picture.width > _WIDTH:  # of a page whose size is not a whole number of px
        picture = picture.crop((0, 0, _WIDTH, picture.height))
    return picture


def _text(page: Any) -> str:
    """Letters of its own area that are no more than control characters are left out."""
    found = page.get_textpage()
    try:
        text: str = found.get_text_range(0, min(found.count_chars(), _MOST_TEXT))
    finally:
        found.close()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c >= " " or c in "\n\t").encode(errors="ignore").decode()
