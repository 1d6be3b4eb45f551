"""Studio as docs/administration.md installs it on several hosts, with the very files of docs/deployment.

Only addresses, ports, passwords and paths are put in. Nothing is shared but database, Redis and bucket.
"""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import boto3
import httpx
import redis
from moto.server import ThreadedMotoServer

from tests.deployment.network import Host, Network, free_port
from tests.postgresql import PostgreSQL
from tests.server import ROOT, Server
from tools.machine import find

FILES = ROOT / "docs" / "deployment"
TOKEN, REDIS_PASSWORD = "owner-token-of-this-test", "redis-password"
NAME = "studio.example.org"


class Installation(Server):
    """Two web hosts behind nginx with TLS, and workers. Spoken to like any Studio, through nginx."""

    def __init__(self, workers: int = 3, webs: int = 2) -> None:
        self.network = Network()
        self.database = PostgreSQL()
        self.webs_wanted, self.workers_wanted = webs, workers
        self.lines = []

    def __enter__(self) -> Installation:
        """Whatever was started ends, also where the rest could not be."""
        with ExitStack() as stack:
            stack.enter_context(self.network)
            self.database.address = self.network.address
            stack.enter_context(self.database)
            self.services = self.network.host("services")
            self._start_redis()
            stack.callback(end, self.redis)
            self._start_bucket()
            stack.callback(lambda: self.bucket.stop())
            self.webs = [self.network.host(f"web{n + 1}") for n in range(self.webs_wanted)]
            self.workers = [self.network.host(f"work{n + 1}") for n in range(self.workers_wanted)]
            self.ports = {
                web.name: 8000 if self.network.real else free_port(web.address) for web in self.webs
            }
            self._start_nginx()
            stack.callback(end, self.nginx)
            stack.callback(self.http.close)
            stack.callback(self._kill_all)
            self.start_what_ended()
            self.wait_until_ready(self.workers_wanted)
            self._all = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._all.close()

    def _kill_all(self) -> None:
        for host in (*self.workers, *self.webs):
            if host.process and host.process.poll() is None:
                host.kill()

    def start_web(self, web: Host) -> None:
        """Both prepare the database, and may do so at once."""
        self._manage(web, "serve", "--prepare")

    def start_worker(self, worker: Host, **environment: str) -> None:
        self._manage(worker, "worker", **environment)

    def start_what_ended(self) -> None:
        for hosts, start in ((self.webs, self.start_web), (self.workers, self.start_worker)):
            for host in hosts:
                if host.process is None or host.process.poll() is not None:
                    start(host)

    def _manage(self, host: Host, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "manage.py", *arguments]
        host.start(command, ROOT, {**self.environment_of(host), **environment})

    def manage(self, host: Host, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command, as the operator of that host types it."""
        return subprocess.run(
            host.inside([sys.executable, "manage.py", *arguments]), cwd=ROOT, text=True, check=False,
            env={**self.environment_of(host), **environment}, capture_output=True, timeout=120,
        )  # fmt: skip

    def environment_of(self, host: Host) -> dict[str, str]:
        """What docs/deployment/studio.env says, with addresses and secrets put in."""
        told = (FILES / "studio.env").read_text()
        for written, here in {
            "CHANGE-ME-owner-token": TOKEN,
            "CHANGE-ME-database": "secret",
            "CHANGE-ME-redis": REDIS_PASSWORD,
            "database.internal:5432": f"{self.network.address}:{self.database.port}",
            "redis.internal:6379": f"{self.network.address}:{self.redis_port}",
            "s3.internal:9000": f"{self.network.address}:{self.bucket_port}",
            "/var/lib/studio": str(host.home),
            "STUDIO_PORT=8000": f"STUDIO_PORT={self.ports.get(host.name, 8000)}",
        }.items():
            assert written in told, written
            told = told.replace(written, here)
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("STUDIO_", "AWS_", "DATABASE_", "REDIS_"))
        }
        return {**kept, **dict(re.findall(r"^([A-Z_]+)=(.*)$", told, re.M)), "STUDIO_WORKERS": "3"}

    def _start_redis(self) -> None:
        self.redis_port = free_port(self.network.address)
        program = find("redis-server")
        assert program, "Redis is missing (Debian: apt install redis-server)"
        self.redis = subprocess.Popen(
            [program, "--bind", self.network.address, "--port", str(self.redis_port), "--save", "",
             "--requirepass", REDIS_PASSWORD, "--dir", str(self.services.home)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def new_database(self, name: str) -> str:
        """An empty one on the same server, as the hosts reach it."""
        return self.database.new_database(name).replace("@127.0.0.1:", f"@{self.network.address}:")

    def ask_redis(self) -> redis.Redis:
        return redis.Redis(host=self.network.address, port=self.redis_port, password=REDIS_PASSWORD)

    def _start_bucket(self) -> None:
        self.bucket_port = free_port(self.network.address)
        self.start_bucket()
        client = self.s3()
        client.create_bucket(Bucket="studio")
        client.put_bucket_policy(Bucket="studio", Policy=(FILES / "bucket-policy.json").read_text())

    def start_bucket(self) -> None:
        self.bucket = ThreadedMotoServer(self.network.address, self.bucket_port, verbose=False)
        self.bucket.start()

    def s3(self) -> Any:
        return boto3.client(
            "s3", endpoint_url=f"http://{self.network.address}:{self.bucket_port}", region_name="us-east-1",
            aws_access_key_id="CHANGE-ME-key", aws_secret_access_key="CHANGE-ME-secret",
        )  # fmt: skip

    def _start_nginx(self) -> None:
        """nginx with the very file of the docs; a certificate of our own."""
        program = find("nginx")
        assert program, "nginx is missing (Debian: apt install nginx-light)"
        folder = self.services.home
        certificate, key = folder / "studio.crt", folder / "studio.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
             "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        self.tls_port, self.plain_port = (free_port(self.network.address) for _ in range(2))
        site = (FILES / "nginx.conf").read_text()
        upstream = {f"{web.name}.internal:8000": f"{web.address}:{self.ports[web.name]}" for web in self.webs}
        for written, here in {
            **upstream,
            "listen 443 ": f"listen {self.network.address}:{self.tls_port} ",
            "listen 80;": f"listen {self.network.address}:{self.plain_port};",
            "/etc/nginx/studio.crt": str(certificate),
            "/etc/nginx/studio.key": str(key),
            "/var/log/nginx/": f"{folder}/",
        }.items():
            assert written in site, written
            site = site.replace(written, here)
        (folder / "site.conf").write_text(site)
        paths = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "main.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ {paths} include {folder}/site.conf; }}\n"
        )
        self.nginx = subprocess.Popen(
            [program, "-c", folder / "main.conf", "-p", folder, "-e", folder / "start.log"]
        )
        self.tls = ssl.create_default_context(cafile=str(certificate))
        self.url = f"https://{self.network.address}:{self.tls_port}"
        self.http = self.browser(headers={"Authorization": f"Bearer {TOKEN}"})
        self.http.base_url = httpx.URL(f"{self.url}/api/v1/")

    def browser(self, **options: Any) -> httpx.Client:
        """A client that comes by the public name, and trusts its certificate."""

        def by_name(request: httpx.Request) -> None:
            request.headers["Host"] = NAME
            request.extensions["sni_hostname"] = NAME

        return httpx.Client(
            base_url=self.url, verify=self.tls, timeout=60, event_hooks={"request": [by_name]}, **options
        )

    def wait_for_web(self, web: Host, seconds: float = 120, asked: str = "/ready") -> None:
        """Until it is ready, asked by itself; without a worker it can be no more than `/live`."""
        end = time.monotonic() + seconds
        while True:
            try:
                if httpx.get(
                    f"http://{web.address}:{self.ports[web.name]}{asked}", headers={"Host": NAME}
                ).is_success:
                    return
            except httpx.HTTPError:
                pass
            assert time.monotonic() < end, "\n".join(web.lines[-20:])
            time.sleep(0.2)

    def wait_until_ready(self, workers: int, seconds: float = 120) -> None:
        """Until the webs are ready and so many workers report."""
        end = time.monotonic() + seconds
        while True:
            try:
                if self.http.get("/ready").status_code == 200 and self.get("status")["workers"] == workers:
                    return
            except (httpx.HTTPError, AssertionError):
                pass
            said = [
                f"{host.name}: {line}" for host in (*self.webs, *self.workers) for line in host.lines[-8:]
            ]
            assert time.monotonic() < end, "\n".join(said)
            time.sleep(0.2)

    def logs(self) -> str:
        """All that Studio's hosts and nginx have logged."""
        nginx = [path.read_text() for path in self.services.home.glob("*.log")]
        return "\n".join([*nginx, *("\n".join(host.lines) for host in (*self.webs, *self.workers))])

    def ended_well(self, runs: Sequence[str]) -> bool:
        return {self.wait(run, 180).state for run in runs} == {"finished"}


def end(service: subprocess.Popen[bytes]) -> None:
    service.terminate()
    service.wait(10)
