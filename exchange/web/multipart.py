"""Forms with files: as strict about their text as forms without."""

import codecs
from typing import Any

from django.core.exceptions import BadRequest
from django.http.multipartparser import MultiPartParser

FORM = "multipart/form-data"
# Django decodes with errors="replace", which would store something else than what was typed, and
# what it put in cannot be told from the same sign typed by somebody. This codec is UTF-8 without that.
STRICT = "utf_8_unreplaced"


def _decode(data: Any, errors: str = "strict") -> tuple[str, int]:
    return codecs.utf_8_decode(data, "strict", True)


def _find(name: str) -> codecs.CodecInfo | None:
    return codecs.CodecInfo(codecs.utf_8_encode, _decode, name=STRICT) if name == STRICT else None


codecs.register(_find)


class StrictParser(MultiPartParser):
    """Raises BadRequest for text that is not UTF-8, and for a field whose name holds NUL."""

    def __init__(self, META: Any, input_data: Any, handlers: Any, encoding: Any = None) -> None:  # noqa: N803  Django's
        super().__init__(META, input_data, handlers, STRICT)
        self._handlers = handlers

    def parse(self) -> Any:
        try:
            post, files = super().parse()
            if any("\x00" in name for name in (*post, *files)):
                self._let_go()
                raise BadRequest
        except UnicodeError as error:
            self._let_go()
            raise BadRequest from error
        except Exception:
            self._let_go()
            raise
        return post, files

    def _let_go(self) -> None:
        """The file that was just coming: Django closes those that are whole."""
        for handler in self._handlers:
            handler.upload_interrupted()
