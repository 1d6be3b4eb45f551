"""Hosts that differ: an older commit in a folder beside this one, and a clock that is wrong."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.builders import chain
from tests.deployment.installation import NAME, TOKEN, Installation
from tests.deployment.network import Host
from tests.deployment.test_trouble import WAIT, begin, ends_right, holder, tried
from tests.host_clock import HostClock
from tests.server import ROOT, Server

pytestmark = [pytest.mark.deployment, pytest.mark.timeout(400)]

OLDER = {
    "before releases were told apart, with an older schema": "bd5cf4990d38e1988ddd285f0d0fb150c46f07cb",
    "the first that tells releases apart": "80b88ca1b80880e2ad7bebf857ffd6d95a7d7fa8",
}


@pytest.mark.parametrize("seconds", [-40, 40], ids=["behind", "ahead"])
def test_a_host_whose_clock_is_wrong_keeps_its_nodes(
    studio: Installation, tmp_path: Path, seconds: int
) -> None:
    clock = HostClock(tmp_path, seconds)
    for worker in studio.workers:
        assert worker.stop() in (0, -signal.SIGTERM)  # one that is still starting ends as it was told
    wrong, *right = studio.workers
    studio.start_worker(wrong, **clock.environment)
    studio.wait_until_ready(1)
    run = begin(studio, 4)
    assert holder(studio, run) is wrong
    for worker in right:
        studio.start_worker(worker)
    ends_right(studio, run)
    assert tried(studio, run) == [(1, 0)] * 3
    way = "ahead of" if seconds > 0 else "behind"
    assert f"s {way} the database's; set it right (NTP)" in str(studio.get("workers"))
    wrong.stop()
    studio.start_worker(wrong)


def checked_out(commit: str, folder: Path) -> Path:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
    assert packed.returncode == 0, f"the history has no {commit}: git fetch --unshallow"
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as sources:
        sources.extractall(folder, filter="data")
    return folder


class Beside(Server):
    """Another Studio beside the installation, with its own database, queue and store: one web, one worker."""

    def __init__(self, studio: Installation, name: str) -> None:
        self.studio, self.lines = studio, []
        self.web, self.worker = studio.network.host(f"{name}w"), studio.network.host(f"{name}k")
        studio.ports[self.web.name] = 8000 if studio.network.real else studio.ports["web1"] + 50
        self.given = {
            "DATABASE_URL": studio.new_database(name),
            "REDIS_URL": f"{studio.environment_of(self.web)['REDIS_URL'][:-1]}2",
            "STUDIO_STORE": f"s3://studio/{name}",
        }
        self.url = f"http://{self.web.address}:{studio.ports[self.web.name]}"
        headers = {"Authorization": f"Bearer {TOKEN}", "Host": NAME}
        self.http = httpx.Client(base_url=f"{self.url}/api/v1/", headers=headers, timeout=60)

    def start_host(self, host: Host, folder: Path) -> None:
        """A new version of the host's process; the old one has ended."""
        what = ["serve", "--prepare"] if host is self.web else ["worker"]
        environment = {**self.studio.environment_of(host), **self.given}
        host.start([sys.executable, "manage.py", *what], folder, environment)

    def wait_until_up(self) -> None:
        self.studio.wait_for_web(self.web)
        end = time.monotonic() + 60
        while self.get("status")["workers"] != 1:
            assert time.monotonic() < end, "\n".join(self.worker.lines[-20:])
            time.sleep(0.2)

    def running(self, run: str, node: str) -> None:
        end = time.monotonic() + 60
        while self.get(f"runs/{run}")["nodes"][node]["state"] != "running":
            assert time.monotonic() < end
            time.sleep(0.05)


@contextmanager
def beside(studio: Installation, name: str) -> Iterator[Beside]:
    other = Beside(studio, name)
    try:
        yield other
    finally:
        other.http.close()
        for host in (other.worker, other.web):
            if host.process and host.process.poll() is None:
                host.kill()


@pytest.mark.parametrize("commit", OLDER.values(), ids=list(OLDER))
def test_an_older_version_is_updated_while_a_run_goes_on(
    studio: Installation, tmp_path: Path, commit: str
) -> None:
    """In the order of docs/administration.md: migrate, worker, web. What ran is not run again."""
    old = checked_out(commit, tmp_path)
    with beside(studio, f"v{commit[:4]}") as other:
        other.start_host(other.web, old)
        other.start_host(other.worker, old)
        other.wait_until_up()
        done = other.run(chain(WAIT.format(0)))
        assert done.rows("s1.result_dataset") == [[2], [3], [4]]
        run = other.start(other.create(chain(*(f"# {n}\n{WAIT.format(2)}" for n in range(3))))["id"])["id"]
        other.running(run, "s1")
        migrated = studio.manage(other.web, "migrate", **other.given)
        assert migrated.returncode == 0, migrated.stderr
        assert other.worker.stop() == 0
        other.start_host(other.worker, ROOT)
        other.web.stop()
        other.start_host(other.web, ROOT)
        other.wait_until_up()
        assert other.wait(run, 120).rows("s3.result_dataset") == [[4], [5], [6]]
        nodes = other.get(f"runs/{run}")["nodes"]
        assert {node["state"] for node in nodes.values()} == {"finished"}
        assert other.get(f"runs/{done.body['id']}")["state"] == "finished"
        assert other.run(chain(WAIT.format(0))).rows("s1.result_dataset") == [[2], [3], [4]]


REFUSALS = ("so the worker takes no nodes", "in the form of a later release than this one")
"""What an older worker says: while it waits, or as it ends because the database has steps unknown to it."""


def test_an_older_worker_takes_nothing_once_the_newer_release_has_the_database(
    studio: Installation, tmp_path: Path
) -> None:
    old = checked_out([*OLDER.values()][-1], tmp_path)
    with beside(studio, "vlate") as other:
        other.start_host(other.web, ROOT)
        studio.wait_for_web(other.web, asked="/live")
        other.start_host(other.worker, old)
        run = other.start(other.create(chain(WAIT.format(0)))["id"])["id"]
        end = time.monotonic() + 60
        while not any(said in line for line in other.worker.lines for said in REFUSALS):
            assert time.monotonic() < end, "\n".join(other.worker.lines[-20:])
            time.sleep(0.1)
        assert other.get(f"runs/{run}")["state"] == "queued"
        other.worker.stop()
        other.start_host(other.worker, ROOT)
        assert other.wait(run, 60).rows("s1.result_dataset") == [[2], [3], [4]]
