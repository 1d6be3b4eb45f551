"""The store: damage is noticed, what a crash left is swept, what is kept at the same moment stays."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from studio.artifacts.folder import Store
from studio.artifacts.sealing import is_whole

TEXT = b"forty-two bytes of something to be kept. "


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def put(store: Store, content: bytes = TEXT) -> str:
    drafts = store.new_drafts()
    (drafts / "draft").write_bytes(content)
    name, size = store.put(drafts / "draft")
    drafts.rmdir()
    assert size == len(content)
    return name


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_what_is_kept_is_whole_and_read_only(store: Store) -> None:
    name = put(store)
    assert store.has({name: len(TEXT)})
    assert store.local(name).stat().st_mode & 0o222 == 0
    assert not store.has({name: len(TEXT) + 1})
    assert not store.has({"0" * 64: 1})


@pytest.mark.parametrize("damage", [TEXT[:-1], b"", TEXT[:-1] + b"!"], ids=["short", "empty", "other bytes"])
def test_a_damaged_file_is_noticed_and_replaced(store: Store, damage: bytes) -> None:
    name = put(store)
    overwrite(store.local(name), damage)
    assert not store.has({name: len(TEXT)})
    assert put(store) == name
    assert store.local(name).read_bytes() == TEXT
    assert store.has({name: len(TEXT)})


def test_a_copy_that_kept_no_times_is_hashed_once_and_sealed_again(store: Store) -> None:
    name = put(store)
    path = store.local(name)
    os.utime(path)
    assert is_whole(path, name, len(TEXT))
    before = path.stat().st_mtime_ns
    assert is_whole(path, name, len(TEXT))
    assert path.stat().st_mtime_ns == before


def test_bits_that_rot_unseen_are_found_by_verifying(store: Store) -> None:
    name = put(store)
    path = store.local(name)
    times = path.stat().st_mtime_ns
    overwrite(path, TEXT[:-1] + b"!")
    os.utime(path, ns=(times, times))
    assert store.has({name: len(TEXT)})
    assert not store.verify(name)
    assert not path.exists()


def test_drafts_of_dead_processes_are_swept_and_others_stay(store: Store) -> None:
    mine = store.new_drafts()
    dead = subprocess.Popen(["true"])
    dead.wait()
    left = mine.with_name(mine.name.replace(f".{os.getpid()}.", f".{dead.pid}."))
    (left / "locked").mkdir(parents=True)
    (left / "locked" / "file").write_text("half")
    (left / "locked").chmod(0)
    assert store.sweep() == 1
    assert (mine.exists(), left.exists()) == (True, False)


def test_what_is_dropped_while_it_is_kept_again_is_there_in_the_end(store: Store) -> None:
    """Whoever keeps names the file in a row before giving the lock back; whoever drops looks there first."""
    rows: set[tuple[int, str]] = set()
    missing: list[str] = []
    done = threading.Event()

    def keep(who: int) -> None:
        for number in range(300):
            content = b"content %d" % (number % 7)
            with store.keeping():
                name = put(store, content)
                rows.add((who, name))
            if not store.has({name: len(content)}):
                missing.append(name)
            rows.discard((who, name))

    def drop() -> None:
        while not done.is_set():
            with store.dropping():
                named = {name for _, name in rows.copy()}
                for name in store.weigh():
                    if name not in named:
                        store.unlink(name)

    dropping = threading.Thread(target=drop)
    keepers = [threading.Thread(target=keep, args=(who,)) for who in (1, 2)]
    for thread in (dropping, *keepers):
        thread.start()
    for thread in keepers:
        thread.join()
    done.set()
    dropping.join()
    assert missing == []
