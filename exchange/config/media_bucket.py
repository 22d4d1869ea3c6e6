"""Uploads in a bucket of an S3-compatible server. Only where one is chosen: its library is large."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


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
