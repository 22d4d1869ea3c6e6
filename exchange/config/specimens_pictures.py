"""What `/styleguide/` shows of pictures that were posted: made up here, and never saved."""

from typing import Any

from django.templatetags.static import static
from django.utils import timezone

from exchange.boards.gallery import Image, Shown
from exchange.boards.models import Post
from exchange.boards.presenting import words
from exchange.languages.actions import Draft, preview
from exchange.uploads.models import Upload

# A few px of grey and red.
BLUR = "UklGRjYAAABXRUJQVlA4ICoAAACwAQCdASoEAAMAAUAmJZwAAudaAAD+/vr2vf/0//8//5v/m/+b/5AAAAA="


def made(language: str) -> dict[str, Any]:
    """Alone and in galleries, of each kind and in each state."""
    said = _caption("豆豆睡着了。", "Doudou fell asleep.", language)
    alone = _shown(1, caption=said)
    written = _shown(2, caption=_caption("记得吃早饭！", "", language))
    written.upload.is_handwriting = True
    return {
        "post": Post(pk=1),
        "galleries": [
            [alone],
            [_shown(1, caption=said), _shown(2, Upload.Kind.PAPER, pages=3)],
            [_shown(1, is_tall=True), written, _shown(3, Upload.Kind.ANIMATION)],
            [_shown(number) for number in (1, 2, 3)] + [_kept_back(4)],
        ],
        "alone": alone,
        "saved": [_shown(1), _shown(2)],
    }


def waiting() -> Shown:
    """As moderators get it: blurred, until they tap it."""
    shown = _shown(1)
    shown.upload.held_at = timezone.now()
    return shown


def _shown(number: int, kind: str = Upload.Kind.PICTURE, **fields: Any) -> Shown:
    src = static("icons/card.png")
    still = src if kind == Upload.Kind.ANIMATION else ""
    image = Image(src, f"{src} 1200w", "640px", 640, 336, 43_000, still)
    return Shown(
        upload=Upload(pk=number, kind=kind, blur=BLUR, width=1200, height=630),
        number=number,
        address="#",
        image=image,
        alt=f"Exchange {number}",
        alt_language="en",
        gists=[],
        **({"caption": None} | fields),
    )


def _kept_back(number: int) -> Shown:
    upload = Upload(pk=number, blur=BLUR, hidden_at=timezone.now())
    return Shown(upload, number, "", None, "", "en", None, [])


def _caption(body: str, other: str, language: str) -> dict[str, Any]:
    passage, half = preview(Draft(body, other))
    passage.pk = 1
    return words(passage, [half] if half else [], language)
