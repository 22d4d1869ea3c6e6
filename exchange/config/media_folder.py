"""Uploads in a folder of this machine."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """A file is there whole or not at all: it is written beside its place and moved there."""

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(place)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return name

    def delete(self, name: str) -> None:
        """With what a process that was killed while it wrote has left beside it."""
        super().delete(name)
        place = Path(self.path(name))
        for left in place.parent.glob(f".{place.name}.*"):
            left.unlink(missing_ok=True)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Names say what a file holds: one of the same name is the same file."""
        return name
