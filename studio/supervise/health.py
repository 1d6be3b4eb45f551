"""`manage.py health web|worker`: exit 0 where the one on this machine answers, for containers.

Asked every few seconds for as long as Studio runs: no Django here, and no library.
"""

from __future__ import annotations

import socket
import sys
import time

from studio import config

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104
PATIENCE = 3.0
FRESH = 30.0
"""Seconds: a worker says every 5 that its round through database and Redis went well."""


def main(arguments: list[str]) -> int:
    """The exit code."""
    checks = {"web": web_answers, "worker": worker_beats}
    if len(arguments) != 1 or arguments[0] not in checks:
        print("Say which: `health web` or `health worker`.", file=sys.stderr)
        return 2
    if checks[arguments[0]]():
        return 0
    print(f"{arguments[0]} does not answer", file=sys.stderr)
    return 1


def web_answers() -> bool:
    address = EVERYWHERE.get(config.host(), config.host()), config.port()
    try:
        with socket.create_connection(address, PATIENCE) as door:
            door.sendall(b"GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return door.recv(64).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False


def beat() -> None:
    """The worker: says that a round went well."""
    (config.machine_folder() / "worker-beat").touch()


def forget_beats() -> None:
    """Before a worker starts: what an earlier one said is no word of this one."""
    (config.machine_folder() / "worker-beat").unlink(missing_ok=True)


def worker_beats() -> bool:
    try:
        age = time.time() - (config.machine_folder() / "worker-beat").stat().st_mtime
    except OSError:
        return False
    return age < FRESH
