"""A bucket by S3's protocol: files by key, and errors in words.

Credentials and endpoint come from the environment as boto3 reads it (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL …).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import boto3
from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from studio.artifacts.s3_errors import Missing, refusal

GONE = ("404", "NoSuchKey", "NoSuchBucket", "NotFound")
SETTINGS = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "max_attempts": 3},
    max_pool_connections=32,
)


class Found(NamedTuple):
    """An object: its size, and how long it has been there, by the bucket's clock."""

    size: int
    age: timedelta


class Listed(NamedTuple):
    key: str
    size: int
    written: datetime


class Bucket:
    """Every method raises `Unavailable` with a sentence where the bucket cannot be used."""

    def __init__(self, name: str, prefix: str) -> None:
        self.name, self.prefix = name, prefix
        self.client = boto3.client("s3", config=SETTINGS)

    def make(self) -> None:
        """Makes the bucket where it is missing; else only looks whether it is there."""
        try:
            with self._named():
                self.client.head_bucket(Bucket=self.name)
        except Missing:
            region = self.client.meta.region_name
            where = (
                {"CreateBucketConfiguration": {"LocationConstraint": region}}
                if region not in (None, "us-east-1", "aws-global")
                else {}
            )
            with self._named():
                self.client.create_bucket(Bucket=self.name, **where)

    def check(self) -> None:
        with self._named():
            self.client.head_bucket(Bucket=self.name)

    def find(self, key: str) -> Found | None:
        try:
            with self._named():
                head = self.client.head_object(Bucket=self.name, Key=self._full(key))
        except Missing:
            return None
        return Found(int(head["ContentLength"]), _now(head) - head["LastModified"])

    def send(self, file: BinaryIO, key: str) -> None:
        with self._named():
            self.client.upload_fileobj(file, self.name, self._full(key))

    def put(self, data: bytes, key: str) -> None:
        with self._named():
            self.client.put_object(Bucket=self.name, Key=self._full(key), Body=data)

    def fetch(self, key: str, path: Path) -> bool:
        """Writes the object to a file of this machine; False where there is none."""
        try:
            with self._named():
                self.client.download_file(self.name, self._full(key), str(path))
        except Missing:
            return False
        return True

    def read(self, key: str, most: int | None = None) -> bytes | None:
        """The object, or its first bytes; None where there is none."""
        wanted = {"Range": f"bytes=0-{most - 1}"} if most else {}
        try:
            with self._named():
                answer = self.client.get_object(Bucket=self.name, Key=self._full(key), **wanted)
                return bytes(answer["Body"].read())
        except Missing:
            return None

    def renew(self, key: str) -> bool:
        """Makes the object as young as if it were written now; False where it is gone."""
        whole = self._full(key)
        try:
            with self._named():
                self.client.copy_object(
                    Bucket=self.name,
                    Key=whole,
                    CopySource={"Bucket": self.name, "Key": whole},
                    MetadataDirective="REPLACE",
                )
        except Missing:
            return False
        return True

    def list(self, prefix: str) -> Iterator[Listed]:
        """All objects whose key begins so, in the order of their keys."""
        start = len(self.prefix) + 1 if self.prefix else 0
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.name, Prefix=self._full(prefix)
        )
        with self._named():
            for page in pages:
                for item in page.get("Contents", ()):
                    yield Listed(item["Key"][start:], int(item["Size"]), item["LastModified"])

    def now(self) -> datetime:
        """What the bucket's clock shows."""
        with self._named():
            return _now(self.client.head_bucket(Bucket=self.name))

    def drop(self, key: str) -> None:
        with self._named():
            self.client.delete_object(Bucket=self.name, Key=self._full(key))

    def _full(self, key: str) -> str:
        return f"{self.prefix}/{key}" if self.prefix else key

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                raise Missing(refusal(self.name, error).detail) from error
            raise refusal(self.name, error) from error
        except (Boto3Error, BotoCoreError, OSError) as error:
            raise refusal(self.name, error) from error


def _now(answer: dict[str, Any]) -> datetime:
    said = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
    return parsedate_to_datetime(said) if said else datetime.now(UTC)
