"""Where uploads are kept: a folder, or a bucket of an S3-compatible server."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from botocore.config import Config
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage


class Folder(FileSystemStorage):
    """A file is there whole or not at all: it is written beside its place and moved there."""

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
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

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Names say what a file holds: one of the same name is the same file."""
        return name


class Bucket(S3Storage):
    """Private: the site reads the files and serves them itself, so that what is taken away is gone."""

    def __init__(self, **options: Any) -> None:
        # A person waits for the answer.
        patience = Config(
            connect_timeout=3,
            read_timeout=10,
            retries={"max_attempts": 2},
            signature_version="s3v4",
        )
        super().__init__(
            client_config=patience,
            default_acl=None,
            file_overwrite=True,
            querystring_auth=True,
            addressing_style="path",
            **options,
        )
