"""The store in a bucket: `STUDIO_STORE=s3://bucket/prefix`. The local folder is then only a cache of it.

Credentials and endpoint come from the environment as boto3 reads it (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …).
"""

from __future__ import annotations

import fcntl
import logging
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import boto3
from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.db import connection

from studio import config
from studio.artifacts.drafts import prefix
from studio.artifacts.folder import Store
from studio.artifacts.s3_errors import refusal
from studio.artifacts.sealing import digest_of, is_whole, seal
from studio.errors import Unavailable

log = logging.getLogger(__name__)

ADVISORY = 0x53747564696F
"""The number of our lock in PostgreSQL ("Studio")."""

GONE = ("404", "NoSuchKey", "NotFound")


class S3Store(Store):
    """An object counts as kept once the bucket has it; what is missing here is fetched on first use."""

    remote = True

    def __init__(self, bucket: str, prefix: str, cache: Path | None = None) -> None:
        super().__init__(cache or config.home() / "store")
        self.bucket, self.prefix = bucket, prefix
        self.client = boto3.client("s3")

    def check(self) -> None:
        super().check()
        try:
            self.client.head_bucket(Bucket=self.bucket)
        except (BotoCoreError, ClientError) as error:
            raise self._away(error) from error

    def move_in(self, draft: Path, name: str) -> int:
        size = super().move_in(draft, name)
        if not self._remote_has(name, size):
            try:
                self.client.upload_file(str(self.local(name)), self.bucket, self._key(name))
            except (Boto3Error, BotoCoreError, ClientError, OSError) as error:
                raise self._away(error) from error
        return size

    def has(self, wanted: Mapping[str, int]) -> bool:
        return all(self._has(name, size) for name, size in wanted.items())

    def _has(self, name: str, size: int) -> bool:
        local = self.local(name)
        if local.is_file():
            if is_whole(local, name, size):
                return True
            local.unlink(missing_ok=True)  # it is fetched anew
        return self._remote_has(name, size)

    def verify(self, name: str) -> bool:
        return super().verify(name) or self.path(name).is_file()  # fetched anew, and checked then

    def weigh(self) -> dict[str, int]:
        try:
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.bucket, Prefix=self._key("") + "/"
            )
            return {
                found["Key"].rpartition("/")[2]: found["Size"]
                for page in pages
                for found in page.get("Contents", ())
            }
        except (BotoCoreError, ClientError) as error:
            raise self._away(error) from error

    def unlink(self, name: str) -> None:
        super().unlink(name)
        try:
            self.client.delete_object(Bucket=self.bucket, Key=self._key(name))
        except (BotoCoreError, ClientError) as error:
            raise self._away(error) from error

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        """Holds among the processes of this machine, and with PostgreSQL among all."""
        with super()._locked(how):
            if connection.vendor != "postgresql":
                yield
                return
            kind = "_shared" if how == fcntl.LOCK_SH else ""
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_lock{kind}(%s)", [ADVISORY])
            try:
                yield
            finally:
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT pg_advisory_unlock{kind}(%s)", [ADVISORY])

    def path(self, name: str) -> Path:
        local = self.local(name)
        if not local.is_file():
            self._fetch(name, local)
        return local

    def _fetch(self, name: str, local: Path) -> None:
        """Downloads an object whole, then renames it into place."""
        local.parent.mkdir(exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.root / "drafts", prefix=prefix())
        os.close(handle)
        try:
            self.client.download_file(self.bucket, self._key(name), draft)
            if digest_of(Path(draft)) != name:
                log.warning("object %s is damaged in the bucket; it is dropped", name[:12])
                self.client.delete_object(Bucket=self.bucket, Key=self._key(name))
                return
            os.chmod(draft, 0o444)
            seal(Path(draft), name)
            os.replace(draft, local)
        except ClientError as error:
            if error.response["Error"]["Code"] not in GONE:
                raise self._away(error) from error
        except BotoCoreError as error:
            raise self._away(error) from error
        finally:
            Path(draft).unlink(missing_ok=True)

    def _remote_has(self, name: str, size: int) -> bool:
        try:
            found = self.client.head_object(Bucket=self.bucket, Key=self._key(name))
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return False
            raise self._away(error) from error
        except BotoCoreError as error:
            raise self._away(error) from error
        return int(found["ContentLength"]) == size

    def _key(self, name: str) -> str:
        return "/".join(part for part in (self.prefix, "objects", name[:2], name) if part)

    def _away(self, error: Exception) -> Unavailable:
        return refusal(self.bucket, error)
