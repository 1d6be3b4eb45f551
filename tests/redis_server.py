"""A Redis of our own for tests, which keeps nothing and may be killed."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

from tools.machine import find


class RedisServer:
    """`with RedisServer(folder) as server`: on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        program = find("redis-server")
        assert program, "Redis is missing (Debian: apt install redis-server)"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._command = [program, "--port", str(self.port), "--save", "", "--dir", str(folder)]

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Until it can be reached."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < end, "Redis did not start"
                time.sleep(0.05)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
