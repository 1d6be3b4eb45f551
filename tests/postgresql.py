"""A PostgreSQL of our own for tests, with the role that the docs make."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from tools.machine import find

ROLE = Path(__file__).resolve().parent.parent / "docs/deployment/role.sql"
CONNECTIONS = 60
"""Fewer than the clients of any test that comes with many."""


class PostgreSQL:
    """`with PostgreSQL() as server`: on a free port of this machine; by another user, as it refuses root.
    Whoever comes to another `address` than this machine's own needs the password."""

    address = "127.0.0.1"

    def __enter__(self) -> PostgreSQL:
        pg_ctl = find("pg_ctl")
        assert pg_ctl, "PostgreSQL is missing (Debian: apt install postgresql)"
        self.programs = Path(pg_ctl).resolve().parent
        self.folder = Path(tempfile.mkdtemp(prefix="studio-pg-"))
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = str(self.folder / "data")
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", self.data)
        if self.address != "127.0.0.1":
            with (Path(self.data) / "pg_hba.conf").open("a") as rules:
                rules.write("host all all samenet scram-sha-256\n")
        self.start()
        self.run("psql", *self._as_superuser(), "-q", "-v", "password=secret", stdin=ROLE.read_text())
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        listen = ",".join(dict.fromkeys(["127.0.0.1", self.address]))
        settings = (
            f"-k {self.folder} -c listen_addresses={listen} -p {self.port} -c fsync=off "
            f"-c max_connections={CONNECTIONS}"
        )
        self.run("pg_ctl", "-D", self.data, "-l", str(self.folder / "log"), "-w", "-o", settings, "start")

    def stop(self, how: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-m", how, "stop")

    def run(self, program: str, *arguments: str, stdin: str | None = None) -> None:
        subprocess.run(
            [str(self.programs / program), *arguments],
            check=True,
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            input=stdin,
            text=True,
        )

    def new_database(self, name: str) -> str:
        """The URL of an empty one."""
        self.run("createdb", *self._as_superuser()[:-2], "-O", "studio", name)
        return f"postgresql://studio:secret@127.0.0.1:{self.port}/{name}"

    def ask(self, database: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            found = connection.execute(sql, values or None)  # type: ignore[arg-type]
            return found.fetchall() if found.description else []

    def _as_superuser(self) -> list[str]:
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "postgres"]
