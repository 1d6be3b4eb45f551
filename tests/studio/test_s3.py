"""The store in a bucket, against a real HTTP server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from studio.artifacts.s3 import S3Store
from studio.errors import Unavailable

BUCKET = "studio-tests"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    boto3.client("s3").create_bucket(Bucket=BUCKET)


def put(store: S3Store, text: str) -> str:
    drafts = store.new_drafts()
    (drafts / "draft").write_text(text)
    name, size = store.put(drafts / "draft")
    assert size == len(text)
    return name


def test_what_one_machine_keeps_another_reads(tmp_path: Path) -> None:
    here, there = (S3Store(BUCKET, "team", tmp_path / name) for name in ("here", "there"))
    name = put(here, "an object")
    assert there.has({name: len("an object")})
    assert there.path(name).read_text() == "an object"
    assert put(there, "an object") == name


def test_a_lost_cache_is_filled_again(tmp_path: Path) -> None:
    store = S3Store(BUCKET, "", tmp_path)
    name = put(store, "kept")
    store.local(name).unlink()
    assert store.path(name).read_text() == "kept"


def test_what_is_in_neither_is_missing(tmp_path: Path) -> None:
    store = S3Store(BUCKET, "", tmp_path)
    assert not store.has({"0" * 64: 1})
    assert not store.path("0" * 64).exists()
    assert list((tmp_path / "drafts").iterdir()) == []


def test_a_bucket_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no-such-bucket"):
        put(S3Store("no-such-bucket", "", tmp_path), "lost")
