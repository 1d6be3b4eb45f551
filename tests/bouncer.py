"""PgBouncer in transaction mode before a PostgreSQL: each transaction may get another connection."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tools.machine import find

SETTINGS = """\
[databases]
* = host={host} port={server}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 10
max_client_conn = 500
logfile = {folder}/log
pidfile = {folder}/pid
"""


class Bouncer:
    """`with Bouncer(url) as url`: the same database, through it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> str:
        program = find("pgbouncer")
        assert program, "PgBouncer is missing (Debian: apt install pgbouncer)"
        self.folder = Path(tempfile.mkdtemp(prefix="studio-pgbouncer-"))
        self.folder.chmod(0o777)  # it refuses root, and leaves it for another user
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        parts = urlsplit(self.url)
        (self.folder / "users").write_text(f'"{parts.username}" "{parts.password}"\n')
        settings = SETTINGS.format(host=parts.hostname, server=parts.port, port=port, folder=self.folder)
        (self.folder / "pgbouncer.ini").write_text(settings)
        self.process = subprocess.Popen(
            [program, "-u", "postgres", str(self.folder / "pgbouncer.ini")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        at = f"{parts.username}:{parts.password}@127.0.0.1:{port}"
        return urlunsplit(parts._replace(netloc=at))

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
