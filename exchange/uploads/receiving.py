"""How files arrive: only where a member uploads pictures, and no larger than can be looked at."""

import io
import logging
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .limits import MOST_BYTES

log = logging.getLogger(__name__)

FIELD = "pictures"
# Small ones stay in memory.
IN_MEMORY = 2_500_000  # bytes


class Received(UploadedFile):
    """A file as it came. `problem` is `too_large` or `storage` where it could not be taken: the other
    fields of its form are there all the same."""

    def __init__(self, file: Any, name: str | None, size: int, problem: str) -> None:
        super().__init__(file, name, size=size)
        self.problem = problem


class PicturesOnly(FileUploadHandler):
    """Takes the field `pictures` of members, up to a limit each; other files are left unread."""

    file: Any

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if self.field_name != FIELD or not (user and user.is_authenticated):
            # The log-in page says so.
            self.request.leaves_files = True  # type: ignore[union-attr]  # ours
            raise SkipFile
        self.file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  whoever reads it closes it
        self.received, self.problem = 0, ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.problem:
            return
        if self.received > MOST_BYTES:
            self._give_up("too_large")
            return
        try:
            self.file.write(raw_data)
        except OSError:
            log.exception("No room for a file that is being uploaded")
            self._give_up("storage")

    def file_complete(self, file_size: int) -> Received:
        self.file.seek(0)
        return Received(self.file, self.file_name, self.received, self.problem)

    def upload_interrupted(self) -> None:
        if hasattr(self, "problem"):
            self.file.close()

    def _give_up(self, problem: str) -> None:
        self.problem = problem
        self.file.close()
        self.file = io.BytesIO()
