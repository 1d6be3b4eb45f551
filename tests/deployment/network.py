"""Hosts on one machine: a network namespace each on a bridge where root may make them, else plain processes.

A host can be cut off, frozen and killed with all that runs on it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil


def can_make_namespaces() -> bool:
    if os.geteuid() or not shutil.which("ip"):
        return False
    name = f"probe{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode == 0
    if made:
        subprocess.run(["ip", "netns", "del", name], check=False)
    return made


class Network:
    """`address` is where the services listen that all hosts use."""

    def __init__(self) -> None:
        self.real = can_make_namespaces()
        self.id = f"st{os.getpid() % 10_000}"
        self.net = f"10.{100 + os.getpid() % 100}.{os.getpid() % 250}"
        self.address = f"{self.net}.1" if self.real else "127.0.0.1"
        self.hosts: list[Host] = []

    def __enter__(self) -> Network:
        if self.real:
            ip("link", "add", self.id, "type", "bridge")
            ip("addr", "add", f"{self.address}/24", "dev", self.id)
            ip("link", "set", self.id, "up")
        return self

    def __exit__(self, *_: object) -> None:
        for host in self.hosts:
            host.remove()
        if self.real:
            ip("link", "del", self.id)

    def host(self, name: str) -> Host:
        self.hosts.append(Host(self, name, len(self.hosts) + 2))
        return self.hosts[-1]


class Host:
    """One host with a disk of its own. What it runs is started with `start`."""

    def __init__(self, network: Network, name: str, number: int) -> None:
        self.network, self.name = network, name
        self.address = f"{network.net}.{number}" if network.real else network.address
        self.home = Path(tempfile.mkdtemp(prefix=f"studio-{name}-"))
        self.tmp = Path(tempfile.mkdtemp(prefix=f"tmp-{name}-"))
        self.lines: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._space, self._link = f"{network.id}{name}", f"{network.id}v{number}"
        if network.real:
            ip("netns", "add", self._space)
            ip("link", "add", self._link, "type", "veth", "peer", "name", "eth0", "netns", self._space)
            ip("link", "set", self._link, "master", network.id, "up")
            ip("-n", self._space, "link", "set", "lo", "up")
            ip("-n", self._space, "addr", "add", f"{self.address}/24", "dev", "eth0")
            ip("-n", self._space, "link", "set", "eth0", "up")

    def inside(self, command: Sequence[str]) -> list[str]:
        """The command as it is started there, under the host's own name."""
        if not self.network.real:
            return [*command]
        named = ["unshare", "--uts", "sh", "-c", f'hostname {self.name} && exec "$@"', "sh"]
        return ["ip", "netns", "exec", self._space, *named, *command]

    def start(self, command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self.lines.clear()
        self.process = subprocess.Popen(
            self.inside(command), cwd=folder, env={**environment, "TMPDIR": str(self.tmp)}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            self.lines.append(line.rstrip("\n"))

    def cut(self) -> None:
        """Nothing gets out or in: no answer, no refusal. Without namespaces it is frozen, which others see as
        the same."""
        if not self.network.real:
            self.freeze()
            return
        ip("link", "set", self._link, "down")

    def join(self) -> None:
        if not self.network.real:
            self.thaw()
            return
        ip("link", "set", self._link, "up")

    def freeze(self) -> None:
        for one in self.family():
            one.suspend()

    def thaw(self) -> None:
        for one in self.family():
            one.resume()

    def family(self) -> list[psutil.Process]:
        assert self.process
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def kill(self) -> None:
        """As if the power were cut."""
        for one in self.family():
            with suppress(psutil.NoSuchProcess):  # it may have ended when its parent did
                one.kill()
        assert self.process
        self.process.wait()

    def stop(self, seconds: float = 60) -> int:
        """As an operator stops it: SIGTERM."""
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def remove(self) -> None:
        if self.process and self.process.poll() is None:
            self.kill()
        for folder in (self.home, self.tmp):
            shutil.rmtree(folder, ignore_errors=True)
        if self.network.real:
            ip("netns", "del", self._space)


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def free_port(address: str) -> int:
    with socket.socket() as free:
        free.bind((address, 0))
        return int(free.getsockname()[1])
