"""Forms with files: as strict about their text as forms without."""

import codecs
from typing import Any

from django.core.exceptions import BadRequest
from django.http.multipartparser import MultiPartParser

FORM = "multipart/form-data"
# Django decodes with errors="replace", which would store something else than what was typed, and
# what it put in cannot be told from the same sign typed by somebody. This codec is UTF-8 without that.
STRICT = "utf_8_unreplaced"


def _decode(data: bytes, errors: str = "strict") -> tuple[str, int]:
    return codecs.utf_8_decode(data, "strict", True)


def _find(name: str) -> codecs.CodecInfo | None:
    return codecs.CodecInfo(codecs.utf_8_encode, _decode, name=STRICT) if name == STRICT else None


codecs.register(_find)


class StrictParser(MultiPartParser):
    """Raises BadRequest for text that is not UTF-8, and for a field whose name holds NUL."""

    def __init__(self, META: Any, input_data: Any, handlers: Any, encoding: Any = None) -> None:  # noqa: N803
        super().__init__(META, input_data, handlers, STRICT)

    def parse(self) -> Any:
        try:
            post, files = super().parse()
        except UnicodeError as error:
            raise BadRequest from error
        if any("\x00" in name for name in (*post, *files)):
            raise BadRequest
        return post, files
