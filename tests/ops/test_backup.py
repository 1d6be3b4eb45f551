"""A backup is put back into SQLite and into PostgreSQL, and is the same afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import chain
from tests.postgresql import PostgreSQL
from tests.server import ROOT, Server

SCRIPT = "def azureml_main(frame):\n    print('said ü')\n    frame['y'] = frame['x'] / 3\n    return frame,\n"


@dataclass(frozen=True)
class Content:
    """What a backup holds: rows by table, in one order for every database, and the bytes of each file."""

    rows: dict[str, list[str]]
    files: dict[str, bytes]


def content(path: Path) -> Content:
    rows, files = {}, {}
    with tarfile.open(path) as archive:
        for member in archive:
            data = archive.extractfile(member).read()
            if member.name.startswith("database/"):
                names, *lines = [json.loads(line) for line in data.decode().splitlines()]
                dicts = [dict(zip(names, line, strict=True)) for line in lines]
                rows[member.name] = sorted(json.dumps(each, sort_keys=True) for each in dicts)
            elif member.name != "backup.json":
                files[member.name] = data
    return Content(rows, files)


def manage(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    usual = {key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**usual, "STUDIO_HOME": str(home), **more},
        capture_output=True,
        text=True,
        check=False,
    )


def done(said: subprocess.CompletedProcess[str]) -> str:
    assert said.returncode == 0, said.stderr
    return said.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def first(folder: Path, home: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A backup of a Studio that is running, and what that showed."""
    with Server(home=home) as studio:
        studio.upload("numbers.csv", "n\n1\n2\n")
        experiment = studio.create(chain(SCRIPT))["id"]
        run = studio.run(experiment)
        assert run.state == "finished"
        studio.post(f"artifacts/{run.output('s1.result_dataset')['artifact']}/save", {"name": "kept"})
        done(manage(home, "backup", str(folder / "first.tar")))
        yield (
            folder / "first.tar",
            {"id": experiment, "run": run.body, "datasets": studio.get("datasets")["items"]},
        )


def test_it_holds_every_table_every_file_and_the_secrets_for_its_owner_alone(first, home):
    path, _ = first
    held = content(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {"home/secret-key"} <= set(held.files)
    stored = {f"store/{file.name}" for file in (home / "store/objects").glob("*/*")}
    assert stored == {name for name in held.files if name.startswith("store/")}
    assert len(held.rows["database/runs_run.jsonl"]) == 1
    assert sorted(path.parent.iterdir()) == [path]  # no draft is left


def test_it_goes_into_postgresql_and_back_and_stays_the_same(
    first, folder: Path, tmp_path: Path, database: str, postgresql: PostgreSQL
):
    path, shown = first
    there, back = tmp_path / "there", tmp_path / "back"
    done(manage(there, "restore", str(path), DATABASE_URL=database))
    done(manage(there, "backup", str(folder / "second.tar"), DATABASE_URL=database))
    assert content(folder / "second.tar") == content(path)
    done(manage(back, "restore", str(path)))  # what is here is dropped only if that is said
    refused = manage(back, "restore", str(folder / "second.tar"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    done(manage(back, "restore", str(folder / "second.tar"), "--replace"))
    done(manage(back, "backup", str(folder / "third.tar")))
    assert content(folder / "third.tar") == content(path)

    added = (
        "INSERT INTO runs_logchunk (node_run_id, seq, stream, text, skipped) "
        "SELECT id, 999, 'stdout', '', 0 FROM runs_noderun LIMIT 1"
    )
    postgresql.ask(database.rpartition("/")[2], added)  # numbers of new rows go on behind the old ones
    with Server(home=back) as studio:
        assert studio.get(f"runs/{shown['run']['id']}") == shown["run"]
        assert studio.get("datasets")["items"] == shown["datasets"]
        again = studio.run(shown["id"])
        assert again.cached("s1")
        assert again.log("s1") == "said ü\n"


def test_a_studio_that_runs_is_not_restored_into(first, home: Path):
    refused = manage(home, "restore", str(first[0]), "--replace")
    assert refused.returncode == 1
    assert "is running" in refused.stderr


def test_a_damaged_file_changes_nothing(first, folder: Path, tmp_path: Path):
    data = bytearray(first[0].read_bytes())
    with tarfile.open(first[0]) as archive:
        member = next(each for each in archive if each.name.startswith("store/"))
    data[member.offset_data] ^= 1
    (folder / "damaged.tar").write_bytes(data)
    refused = manage(tmp_path, "restore", str(folder / "damaged.tar"))
    assert refused.returncode == 1
    assert "The backup is damaged" in refused.stderr
    assert not list((tmp_path / "store/objects").glob(f"*/{member.name.partition('/')[2]}"))


def test_another_file_is_refused(folder: Path, tmp_path: Path):
    (folder / "other").write_bytes(b"no tar")
    refused = manage(tmp_path, "restore", str(folder / "other"))
    assert refused.returncode == 1
    assert "cannot be read as a backup" in refused.stderr


def test_a_backup_of_a_newer_studio_is_refused(first, folder: Path, tmp_path: Path):
    newer = folder / "newer.tar"
    with tarfile.open(first[0]) as old, tarfile.open(newer, "w") as new:
        for member in old:
            data = old.extractfile(member).read()
            if member.name == "backup.json":
                data = data.replace(b'"0001_initial"', b'"9999_later"', 1)
                member.size = len(data)
            (folder / "part").write_bytes(data)
            with (folder / "part").open("rb") as part:
                new.addfile(member, part)
    refused = manage(tmp_path, "restore", str(newer))
    assert refused.returncode == 1
    assert "newer than this one" in refused.stderr
