"""A worker's services over a real Redis and a real sandbox, in this process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from modules.exchange.plan import ServicePlan
from studio.redis_client import connection
from studio.services import calling
from studio.services.calling import CallReply
from tests.redis_server import RedisServer
from tests.workers.services.plans import body, column
from workers.sandbox.job import Job, Limits
from workers.sandbox.parent import Sandbox
from workers.services.pool import Services
from workers.services.version import Found, NoVersion


class Bench:
    """Publishes plans, and calls them."""

    def __init__(self, home: Path) -> None:
        self.sandbox = Sandbox(home)
        self.sandbox.start()
        self.plans: dict[str, ServicePlan] = {}
        self.limits: dict[str, Limits] = {}
        self.workers: list[Services] = []
        self.worker()

    def worker(self) -> Services:
        made = Services(self.sandbox, f"worker{len(self.workers)}", lambda: 60.0, self.find)
        self.workers.append(made)
        made.start()
        return made

    def publish(self, plan: ServicePlan, **limits: int) -> str:
        version = f"version{len(self.plans):09}"
        self.plans[version], self.limits[version] = plan, Limits(**limits)
        return version

    def find(self, version: str) -> Found:
        if version not in self.plans:
            raise NoVersion("This version of the service was deleted.")
        args = {"plan": self.plans[version].model_dump(mode="json")}
        return Found(Job(verb="serve", args=args, limits=self.limits[version]), 16)

    def call(self, version: str, *values: Any, timeout: float = 20) -> CallReply:
        return calling.call_now(version, "classic", body(*values), {"details": "true"}, timeout)

    def cells(self, version: str, *values: Any, name: str = "y") -> list[str]:
        reply = self.call(version, *values)
        assert reply.error is None, reply
        return column(reply.body, name)

    def group(self, version: str, worker: int = 0) -> Any:
        return self.workers[worker].groups.get(version)


@pytest.fixture(scope="package")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("REDIS_URL", server.url)
            connection.cache_clear()
            bench = Bench(home)
            yield bench
            for worker in bench.workers:
                worker.stop()
            bench.sandbox.close()
        connection.cache_clear()


def wait_until(what: Any, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
