"""An object in a bucket of Amazon S3, or of another server that speaks it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from modules.sdk.errors import ModuleError
from modules.storage.failing import telling


class Place:
    """`key_id`, `key`: of an access key; empty asks as anybody. ModuleErrors say what to check."""

    def __init__(self, service: str, region: str, path: str, key_id: str, key: str) -> None:
        import boto3
        from botocore import UNSIGNED
        from botocore.config import Config

        self.bucket, _, self.name = path.strip("/").removeprefix("s3://").partition("/")
        if not self.bucket or not self.name:
            raise ModuleError("The path must be a bucket and an object in it: data/cars.csv.", param="path")
        needed: Any = {
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
            "retries": {"max_attempts": 2},
            "s3": {"addressing_style": "path"},
            **({} if key_id else {"signature_version": UNSIGNED}),
        }
        self._client = boto3.client(
            "s3",
            endpoint_url=service,
            region_name=region or "us-east-1",
            aws_access_key_id=key_id or None,
            aws_secret_access_key=key or None,
            config=Config(**needed),
        )

    def __str__(self) -> str:
        return f"{self.bucket}/{self.name}"

    def fetch(self, to: Path) -> None:
        with telling(str(self), "path"), to.open("wb") as file:
            answer = self._client.get_object(Bucket=self.bucket, Key=self.name)
            shutil.copyfileobj(answer["Body"], file, 1 << 20)

    def mark(self) -> str | None:
        return str(self._client.head_object(Bucket=self.bucket, Key=self.name)["ETag"])

    def send(self, file: Path, overwrite: bool) -> None:
        with telling(str(self), "path"), file.open("rb") as body:
            if not overwrite and self._is_there():
                message = f"There is an object {self} already. Choose Overwrite, or another path."
                raise ModuleError(message, param="write_mode")
            self._client.put_object(Bucket=self.bucket, Key=self.name, Body=body)

    def _is_there(self) -> bool:
        from botocore.exceptions import ClientError

        try:
            self._client.head_object(Bucket=self.bucket, Key=self.name)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return False
            raise
        return True
