"""The store in a bucket, against a real HTTP server that speaks S3."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from studio.artifacts import s3
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


@pytest.fixture
def two_hosts(tmp_path: Path) -> tuple[S3Store, S3Store]:
    """With one bucket, and nothing else in common."""
    return S3Store(BUCKET, "team", tmp_path / "here"), S3Store(BUCKET, "team", tmp_path / "there")


def put(store: S3Store, text: str) -> str:
    drafts = store.new_drafts()
    (drafts / "draft").write_text(text)
    name, size = store.put(drafts / "draft")
    assert size == len(text)
    return name


def test_what_one_machine_keeps_another_reads(two_hosts: tuple[S3Store, S3Store]) -> None:
    here, there = two_hosts
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


def test_what_one_machine_derives_another_serves(two_hosts: tuple[S3Store, S3Store], tmp_path: Path) -> None:
    here, there = two_hosts
    made = tmp_path / "made"
    made.write_text("a,b")
    here.derived.keep(made, "artifact", "export.csv")
    found = there.derived.find("artifact", "export.csv")
    assert found
    assert found.read_text() == "a,b"
    assert [(export.artifact, export.name, export.bytes) for export in there.derived.exports()] == [
        ("artifact", "export.csv", 3)
    ]
    assert there.derived.trim() == 0
    os.utime(found, (0, 0))
    assert there.derived.trim() == 3
    assert not found.exists()
    assert there.derived.find("artifact", "export.csv") == found
    there.derived.drop("artifact")
    assert there.derived.find("artifact", "export.csv") is None
    assert here.derived.exports() == []


def test_what_is_young_is_never_dropped(
    two_hosts: tuple[S3Store, S3Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However late the rows that name it are committed: nobody waits for a lock meanwhile."""
    here, there = two_hosts
    name = put(here, "on its way")
    there.unlink(name)
    assert there.has({name: len("on its way")})
    monkeypatch.setattr(s3, "GRACE", timedelta(0))
    there.unlink(name)
    assert name not in here.weigh()


def test_what_is_old_is_young_again_before_it_is_counted_on(
    two_hosts: tuple[S3Store, S3Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two_hosts
    name = put(here, "kept long ago")
    renewed = list[str]()
    monkeypatch.setattr(there.bucket, "renew", lambda key: renewed.append(key) or True)
    put(there, "kept long ago")
    assert renewed == []
    monkeypatch.setattr(s3, "RENEW", timedelta(seconds=-1))
    put(there, "kept long ago")
    assert renewed == [f"objects/{name[:2]}/{name}"]


def test_renewing_changes_no_byte(two_hosts: tuple[S3Store, S3Store]) -> None:
    here, there = two_hosts
    name = put(here, "the same")
    assert here.bucket.renew(f"objects/{name[:2]}/{name}")
    assert there.path(name).read_text() == "the same"


def test_a_bucket_is_made(tmp_path: Path) -> None:
    store = S3Store("made-by-studio", "", tmp_path)
    store.make()
    store.make()
    assert store.has({put(store, "first"): len("first")})
