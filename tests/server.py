"""A whole Studio for tests: started as a user starts it, spoken to over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.builders import Exp
from tests.seed import plant

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "test-token"
DONE = ("finished", "failed", "cancelled")
MANAGE_UP = (sys.executable, "manage.py", "up")


class RunView:
    """A run that has ended, as `GET /runs/{id}` tells it."""

    def __init__(self, studio: Server, body: dict[str, Any]) -> None:
        self.studio, self.body = studio, body

    @property
    def state(self) -> str:
        return self.body["state"]

    def node(self, id: str) -> dict[str, Any]:
        return self.body["nodes"][id]

    def states(self) -> dict[str, str]:
        return {id: node["state"] for id, node in self.body["nodes"].items()}

    def cached(self, id: str) -> bool:
        return self.node(id)["cached"]

    def output(self, port: str) -> dict[str, Any]:
        """`node.port`: the artifact there."""
        node, _, name = port.rpartition(".")
        return self.node(node)["outputs"][name]

    def rows(self, port: str, **query: Any) -> list[list[Any]]:
        return self.page(port, **query)["rows"]

    def page(self, port: str, **query: Any) -> dict[str, Any]:
        return self.studio.get(f"artifacts/{self.output(port)['artifact']}/rows", **query)

    def log(self, node: str) -> str:
        return self.studio.http.get(f"runs/{self.body['id']}/nodes/{node}/log").text


class Server:
    """`with Server() as studio`: a process group of its own in a temporary home.

    A home that is empty gets what a first start leaves there, unless it is to be the `first` one. With a
    database of its own, or another command, it always is.
    """

    def __init__(
        self,
        home: Path | None = None,
        command: Sequence[str] = MANAGE_UP,
        folder: Path = ROOT,
        patience: float = 150,
        first: bool = False,
        **environment: str,
    ) -> None:
        self.command, self.folder, self.patience = command, folder, patience
        self.home = home or Path(tempfile.mkdtemp(prefix="studio-home-"))
        self.keep_home = home is not None
        own = command == MANAGE_UP and not {"DATABASE_URL", "STUDIO_STORE"} & environment.keys()
        if own and not first and (not self.home.exists() or not any(self.home.iterdir())):
            plant(self.home, _start_once)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = {
            **{
                k: v
                for k, v in os.environ.items()
                if not k.startswith(("STUDIO_", "DATABASE_URL", "REDIS_URL"))
            },
            "STUDIO_HOME": str(self.home),
            "STUDIO_PORT": str(self.port),
            "STUDIO_TOKEN": TOKEN,
            **environment,
        }
        self.lines: list[str] = []
        self.url = f"http://127.0.0.1:{self.port}"
        self.http = httpx.Client(
            base_url=f"{self.url}/api/v1/", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60
        )

    def __enter__(self) -> Server:
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.wait_for_line("Studio is ready at", self.patience)
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        if not self.keep_home:
            shutil.rmtree(self.home, ignore_errors=True)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_for_line(self, part: str, seconds: float = 60) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := next((line for line in self.lines if part in line), None):
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{part!r} was never printed:\n" + "\n".join(self.lines[-60:]))

    def get(self, path: str, **query: Any) -> Any:
        answer = self.http.get(
            path, params={k: v if isinstance(v, str) else json.dumps(v) for k, v in query.items()}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        answer = self.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def upload(self, name: str, content: bytes | str, **fields: str) -> httpx.Response:
        """The answer; on a busy machine it may come before the table is read, which is waited for."""
        data = content.encode() if isinstance(content, str) else content
        answer = self.http.post("datasets", files={"file": (name, data)}, data=fields)
        if answer.status_code == 201:
            self.wait_for_dataset(answer.json()["id"])
        return answer

    def wait_for_dataset(self, id: str, seconds: float = 60) -> dict[str, Any]:
        """The dataset, once it is read."""
        deadline = time.monotonic() + seconds
        while (dataset := self.get(f"datasets/{id}"))["state"] == "importing":
            assert time.monotonic() < deadline, dataset
            time.sleep(0.05)
        return dataset

    def create(self, exp: Exp | dict[str, Any]) -> dict[str, Any]:
        return self.post("experiments", exp.file() if isinstance(exp, Exp) else exp)

    def start(self, experiment: str, **wish: Any) -> dict[str, Any]:
        return self.post(f"experiments/{experiment}/runs", wish, status=202)

    def wait(self, run: str, seconds: float = 60) -> RunView:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            body = self.get(f"runs/{run}")
            if body["state"] in DONE:
                return RunView(self, body)
            time.sleep(0.03)
        raise AssertionError(f"the run did not end: {body['nodes']}\n" + "\n".join(self.lines[-40:]))

    def run(self, exp: Exp | str, **wish: Any) -> RunView:
        """Creates the experiment (or takes the one of that id), runs it, and waits for its end."""
        id = exp if isinstance(exp, str) else self.create(exp)["id"]
        return self.wait(self.start(id, **wish)["id"])


def _start_once(home: Path) -> None:
    """A first start on this home, and its end."""
    with Server(home, first=True):
        pass
