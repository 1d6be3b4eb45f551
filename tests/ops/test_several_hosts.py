"""Two web processes and three workers, each with a home of its own: they share the database (by PgBouncer, in
transaction mode), Redis and a bucket, and nothing else."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from moto.server import ThreadedMotoServer

from studio.samples.experiments import FIRST
from tests.bouncer import Bouncer
from tests.builders import Exp
from tests.postgresql import PostgreSQL
from tests.server import DONE, ROOT
from tools.machine import find

pytestmark = pytest.mark.timeout(300)
CSV = b"name,n\n" + b"".join(b"row%06d,%d\n" % (row, row) for row in range(20_000))
TUS = {"Tus-Resumable": "1.0.0"}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class Host:
    """One process, with a home of its own."""

    home: Path
    process: subprocess.Popen[bytes]
    http: httpx.Client = field(default_factory=httpx.Client)

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, status: int = 201) -> Any:
        answer = self.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()


@dataclass
class Deployment:
    webs: list[Host]
    workers: list[Host]
    environment: dict[str, str]

    def run(self, exp: Exp) -> dict[str, Any]:
        """Begun at one web process, looked at by the other."""
        one, other = self.webs
        id = one.post("experiments", exp.file())["id"]
        run = other.post(f"experiments/{id}/runs", {}, status=202)["id"]
        deadline = time.monotonic() + 60
        while (body := one.get(f"runs/{run}"))["state"] not in DONE:
            assert time.monotonic() < deadline, body
            time.sleep(0.05)
        return body


@pytest.fixture(scope="module")
def hosts(database: str) -> Iterator[Deployment]:
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="studio-hosts-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        store = ThreadedMotoServer(port=0, verbose=False)
        store.start()
        stack.callback(store.stop)
        host, port = store.get_host_and_port()
        redis_port = free_port()
        redis = subprocess.Popen(
            [find("redis-server") or "redis-server", "--port", str(redis_port), "--save", ""],
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )
        stack.callback(end, redis)
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("STUDIO_")},
            "DATABASE_URL": stack.enter_context(Bouncer(database)),
            "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
            "STUDIO_STORE": "s3://several-hosts/team",
            "STUDIO_WORKERS": "1",
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

        def begin(name: str, *command: str, **more: str) -> Host:
            home = folder / name
            log = stack.enter_context((folder / f"{name}.log").open("wb"))
            process = subprocess.Popen(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env={**environment, "STUDIO_HOME": str(home), **more},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            stack.callback(end, process)
            return Host(home, process)

        ports = [free_port(), free_port()]
        webs = [begin(f"web{n}", "serve", "--prepare", STUDIO_PORT=str(p)) for n, p in enumerate(ports)]
        workers = [begin(f"worker{n}", "worker") for n in range(3)]
        try:
            for web, at in zip(webs, ports, strict=True):
                web.http = httpx.Client(base_url=f"http://127.0.0.1:{at}/api/v1/", timeout=60)
                wait_for(web)
        except AssertionError as error:
            logs = "\n".join(path.read_text() for path in sorted(folder.glob("*.log")))
            raise AssertionError(f"{error}\n{logs}") from error
        yield Deployment(webs, workers, environment)
        for host in (*webs, *workers):
            host.process.terminate()  # all at once; each is waited for below


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def wait_for(web: Host) -> None:
    """Until it is ready; then it is spoken to with the token of its own home."""
    deadline = time.monotonic() + 120
    while True:
        try:
            if web.http.get("/ready").status_code == 200:
                break
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline, "a web process is not ready"
        assert web.process.poll() is None, "a web process ended"
        time.sleep(0.1)
    web.http.headers["Authorization"] = f"Bearer {(web.home / 'token').read_text()}"


def test_two_that_prepare_at_once_have_one_database_with_the_samples_once(hosts: Deployment) -> None:
    listed = [web.get("experiments")["items"] for web in hosts.webs]
    assert listed[0] == listed[1]
    assert len(listed[0]) == len(FIRST)


def test_a_session_of_one_is_one_of_the_other(hosts: Deployment) -> None:
    one, other = hosts.webs
    token = (one.home / "token").read_text()
    with httpx.Client(base_url=one.http.base_url) as browser:
        assert browser.post("session", json={"token": token}).status_code == 204
        assert browser.get(f"{other.http.base_url}status").status_code == 200


def test_an_upload_goes_on_at_another_and_is_whole(hosts: Deployment) -> None:
    one, other = hosts.webs
    named = f"filename {base64.b64encode(b'pieces.csv').decode()}"
    begun = one.http.post(
        "uploads", headers={**TUS, "Upload-Length": str(len(CSV)), "Upload-Metadata": named}
    )
    path = begun.headers["Location"].removeprefix("/api/v1/")
    third = len(CSV) // 3
    for web, start, stop in ((one, 0, third), (other, third, 2 * third), (one, 2 * third, len(CSV))):
        assert int(web.http.head(path).headers["Upload-Offset"]) == start
        headers = {
            **TUS,
            "Upload-Offset": str(start),
            "Content-Type": "application/offset+octet-stream",
        }
        assert web.http.patch(path, content=CSV[start:stop], headers=headers).status_code == 204
    assert other.post(f"{path}/preview", {}, status=200)["width"] == 2
    made = other.post(f"{path}/dataset", {})
    assert (made["rows"], made["bytes"]) == (20_000, len(CSV))
    for web in hosts.webs:
        assert web.http.get(f"datasets/{made['id']}/download").content == CSV
    assert one.http.head(path).status_code == 404


def test_results_are_looked_at_downloaded_and_saved_by_all(hosts: Deployment) -> None:
    one, other = hosts.webs
    script = "def azureml_main(frame):\n    frame['x'] = 2 * frame['a']\n    return frame,\n"
    made = hosts.run(
        Exp("several").table("in", "a\n1\n2").script("s", script).wire("in.dataset", "s.dataset1")
    )
    assert made["state"] == "finished", json.dumps(made["nodes"])
    artifact = made["nodes"]["s"]["outputs"]["result_dataset"]["artifact"]
    for web in hosts.webs:
        assert web.get(f"artifacts/{artifact}/rows")["rows"] == [[1, 2], [2, 4]]
        assert web.get(f"artifacts/{artifact}/summary")["columns"][1]["mean"] == 3
        for format, start in (("csv", b"a,x"), ("parquet", b"PAR1"), ("xlsx", b"PK")):
            got = web.http.get(f"artifacts/{artifact}/download", params={"format": format})
            assert got.status_code == 200, got.text
            assert got.content.startswith(start)
    saved = one.post(f"artifacts/{artifact}/save", {"name": "kept"})
    assert other.http.get(f"datasets/{saved['id']}/download").content.startswith(b"PAR1")
    assert other.get(f"datasets/{saved['id']}/rows")["rows"] == [[1, 2], [2, 4]]


def test_nothing_that_is_worth_keeping_lies_in_a_home(hosts: Deployment) -> None:
    """A web process whose home is lost serves what it served."""
    one, _ = hosts.webs
    names = [item["id"] for item in one.get("datasets")["items"]]
    shutil.rmtree(one.home / "store" / "objects")
    (one.home / "store" / "objects").mkdir()
    shutil.rmtree(one.home / "store" / "derived", ignore_errors=True)
    for id in names:
        assert one.http.get(f"datasets/{id}/download").status_code == 200


def test_no_lock_is_left_while_nothing_happens(
    hosts: Deployment, postgresql: PostgreSQL, database: str
) -> None:
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    assert postgresql.ask(database.rpartition("/")[2], held) == [(0,)]
