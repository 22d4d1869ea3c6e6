"""What `/styleguide/` shows of pictures that are being added: made up here, and never saved."""

from django.templatetags.static import static

from exchange.uploads.forms import PictureForm
from exchange.uploads.models import Upload


class Row(PictureForm):
    @property
    def thumbnail(self) -> str:
        return static("icons/icon-192.png")


def rows() -> list[PictureForm]:
    said = {"caption": "我的猫，又睡着了。", "caption_other": "My cat, asleep again."}
    written = {"caption": "新年快乐", "handwriting": True, "description": "Ink on red paper."}
    return [
        Row(Upload(pk=number, width=192, height=192), number, initial=typed)
        for number, typed in enumerate([said, written])
    ]
