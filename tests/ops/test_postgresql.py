"""The same product on PostgreSQL, as `DATABASE_URL` asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.builders import Exp, chain
from tests.processes import child
from tests.server import Server
from tools.machine import find

SLOW = "import time\ndef azureml_main(frame):\n    time.sleep(.4)\n    frame['x'] += 1\n    return frame,\n"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of a PostgreSQL of our own on a Unix socket. It refuses root: another user runs it."""
    pg_ctl = find("pg_ctl")
    assert pg_ctl, "PostgreSQL is missing (Debian: apt install postgresql)"
    folder = Path(tempfile.mkdtemp(prefix="studio-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    data, log = str(folder / "data"), str(folder / "log")
    run(str(Path(pg_ctl).with_name("initdb")), "-U", "studio", "-A", "trust", "-E", "UTF8", "--no-sync", data)
    settings = f"-k {folder} -c listen_addresses= -c fsync=off"
    run(pg_ctl, "-D", data, "-l", log, "-w", "-o", settings, "start")
    yield f"postgresql://studio@/postgres?host={folder}"
    run(pg_ctl, "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def studio(database: str) -> Iterator[Server]:
    with Server(DATABASE_URL=database) as running:
        yield running


def test_a_chain_runs_and_is_taken_from_the_cache(studio):
    exp = studio.create(chain("def azureml_main(f):\n    print('a\\x00b')\n    return f,\n"))["id"]
    first, second = studio.run(exp), studio.run(exp)
    assert first.state == second.state == "finished"
    assert second.cached("s1")
    assert first.log("s1") == second.log("s1") == "a\ufffdb\n"


def test_a_failure_with_a_character_postgresql_refuses_is_kept(studio):
    failed = studio.run(chain("def azureml_main(f):\n    raise ValueError('a\\x00b')\n"))
    assert failed.state == "failed"
    assert failed.node("s1")["error"]["message"] == "a\ufffdb"


def test_many_writers_at_once_are_all_served(studio):
    def run(number: int) -> str:
        return studio.run(
            Exp(str(number)).table("in", f"a\n{number}").script("s").wire("in.dataset", "s.dataset1")
        ).state

    with ThreadPoolExecutor(8) as writers:
        assert set(writers.map(run, range(16))) == {"finished"}


def test_datasets_get_versions(studio):
    first = studio.upload("numbers.csv", "n\n1\n").json()
    second = studio.upload("numbers.csv", "n\n2\n", new_version_of=first["id"]).json()
    assert (first["version"], second["version"]) == (1, 2)


def test_cancel_ends_a_spinning_script(studio):
    run = studio.start(studio.create(chain("def azureml_main(f):\n    while True: pass\n"))["id"])["id"]
    while studio.get(f"runs/{run}")["nodes"]["s1"]["state"] != "running":
        time.sleep(0.05)
    started = time.monotonic()
    studio.post(f"runs/{run}/cancel", status=202)
    assert studio.wait(run).state == "cancelled"
    assert time.monotonic() - started < 2


def test_a_run_goes_on_when_its_worker_is_killed(studio):
    run = studio.start(studio.create(chain(SLOW, SLOW))["id"])["id"]
    while studio.get(f"runs/{run}")["nodes"]["s1"]["state"] != "running":
        time.sleep(0.02)
    child(studio, "manage.py worker").kill()
    assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]
