"""A blob of Azure Storage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from modules.sdk.errors import ModuleError
from modules.storage.failing import telling

Blob = Any
"""Of azure.storage.blob, which takes its time to import."""


def blob(service: str, account: str, path: str, key: str, param: str) -> Blob:
    """The client of a blob. `path`: container, then the blob's name. `key`: of the account; empty is none."""
    from azure.storage.blob import BlobClient

    container, _, name = path.strip("/").partition("/")
    if not container or not name:
        raise ModuleError("The path must be a container and a blob in it: data/2026/cars.csv.", param=param)
    credential = {"account_name": account, "account_key": key} if key else None
    with telling(service, "account_key"):
        return BlobClient(service, container, name, credential=credential, retry_total=1)


def blob_at(uri: str) -> Blob:
    """The client of the blob at an address, which may have a shared access signature in it."""
    from azure.storage.blob import BlobClient

    with telling("The address", "uri"):
        return BlobClient.from_blob_url(uri, retry_total=1)


def fetch(client: Blob, to: Path) -> None:
    place = f"{client.container_name}/{client.blob_name}"
    with telling(place, "path_to_container_directory_or_blob"), to.open("wb") as file:
        client.download_blob(max_concurrency=1).readinto(file)


def send(client: Blob, file: Path, overwrite: bool) -> str:
    """Where it is now. ModuleError if there is a blob, and it may not be written over."""
    from azure.core.exceptions import ResourceExistsError

    place = f"{client.container_name}/{client.blob_name}"
    with telling(place, "path_to_blob_beginning_with_container"), file.open("rb") as body:
        try:
            client.upload_blob(body, length=file.stat().st_size, overwrite=overwrite)
        except ResourceExistsError:
            raise _exists(place) from None
    return place


def mark(client: Blob) -> str | None:
    return str(client.get_blob_properties().etag)


def _exists(place: str) -> ModuleError:
    message = f"There is a blob {place} already. Choose Overwrite, or another path."
    return ModuleError(message, param="write_mode")
