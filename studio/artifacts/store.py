"""Which store this installation has: a folder, or a bucket with a folder as its cache."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from studio import config
from studio.artifacts.folder import Store
from studio.errors import StudioError


@cache
def store() -> Store:
    """The store that `STUDIO_STORE` names."""
    url = urlsplit(config.store_url())
    if url.scheme == "file":
        return Store(Path(url.path))
    if url.scheme == "s3":
        from studio.artifacts.s3 import S3Store  # boto3 takes its time

        return S3Store(url.netloc, url.path.strip("/"))
    raise StudioError(f"STUDIO_STORE is {config.store_url()!r}: it must start with file:/// or s3://.")
