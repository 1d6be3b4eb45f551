"""The store in a bucket: `STUDIO_STORE=s3://bucket/prefix`. The local folder is then only a cache of it.

Credentials and endpoint come from the environment as boto3 reads it (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import boto3
from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError

from studio import config
from studio.artifacts.store import Store
from studio.errors import Unavailable

GONE = ("404", "NoSuchKey", "NotFound")


class S3Store(Store):
    """An object counts as kept once the bucket has it; what is missing here is fetched on first use."""

    def __init__(self, bucket: str, prefix: str, cache: Path | None = None) -> None:
        super().__init__(cache or config.home() / "store")
        self.bucket, self.prefix = bucket, prefix
        self.client = boto3.client("s3")

    def move_in(self, draft: Path, name: str) -> int:
        size = super().move_in(draft, name)
        if not self._remote_has(name):
            try:
                self.client.upload_file(str(self.local(name)), self.bucket, self._key(name))
            except (Boto3Error, BotoCoreError, ClientError, OSError) as error:
                raise self._away(error) from error
        return size

    def has(self, names: Iterable[str]) -> bool:
        return all(self.local(name).is_file() or self._remote_has(name) for name in names)

    def path(self, name: str) -> Path:
        local = self.local(name)
        if not local.is_file():
            self._fetch(name, local)
        return local

    def _fetch(self, name: str, local: Path) -> None:
        """Downloads an object whole, then renames it into place."""
        local.parent.mkdir(exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.root / "drafts")
        os.close(handle)
        try:
            self.client.download_file(self.bucket, self._key(name), draft)
            os.chmod(draft, 0o444)
            os.replace(draft, local)
        except ClientError as error:
            if error.response["Error"]["Code"] not in GONE:
                raise self._away(error) from error
        except BotoCoreError as error:
            raise self._away(error) from error
        finally:
            Path(draft).unlink(missing_ok=True)

    def _remote_has(self, name: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=self._key(name))
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return False
            raise self._away(error) from error
        except BotoCoreError as error:
            raise self._away(error) from error
        return True

    def _key(self, name: str) -> str:
        return "/".join(part for part in (self.prefix, "objects", name[:2], name) if part)

    def _away(self, error: Exception) -> Unavailable:
        return Unavailable(
            f"The bucket {self.bucket!r} that STUDIO_STORE names cannot be used: {error}. "
            "Check its name, the credentials and AWS_ENDPOINT_URL."
        )
