"""A MariaDB of our own for tests, which speaks MySQL's protocol."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pymysql

from tools.machine import find

SHARE = Path("/usr/share/mysql")
TABLES = ("mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql")
SECONDS = 60


class MariaDB:
    """`with MariaDB() as server`: on a free port of this machine; the database `herd` is the user `ada`'s."""

    user, password, database = "ada", "pass of Ada's", "herd"

    def __enter__(self) -> MariaDB:
        program = find("mariadbd")
        assert program, "MariaDB is missing (Debian: apt install mariadb-server-core)"
        self.folder = Path(tempfile.mkdtemp(prefix="studio-mariadb-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        data = self.folder / "data"
        data.mkdir()
        run = [program, "--no-defaults", f"--datadir={data}", "--innodb-log-file-size=8M",
               f"--lc-messages-dir={SHARE / 'english'}"]  # fmt: skip
        run += ["--user=root"] if os.geteuid() == 0 else []
        # As its own script does it, which asks for programs of another package.
        tables = "create database mysql;\nuse mysql;\n" + "".join((SHARE / n).read_text() for n in TABLES)
        subprocess.run(
            [*run, "--bootstrap", "--skip-grant-tables"], input=tables, text=True, check=True,
            capture_output=True,
        )  # fmt: skip
        start = self.folder / "start.sql"
        start.write_text(
            f"create database {self.database};\n"
            f"create user '{self.user}'@'%' identified by '{self.password.replace(chr(39), chr(39) * 2)}';\n"
            f"grant all on {self.database}.* to '{self.user}'@'%';\n"
        )
        socket_ = f"--socket={self.folder / 'socket'}"
        where = ["--bind-address=127.0.0.1", f"--port={self.port}", socket_, f"--init-file={start}"]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen([*run, *where], stdout=log, stderr=log)
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, sql: str) -> tuple[tuple[object, ...], ...]:
        with pymysql.connect(
            host="127.0.0.1", port=self.port, user=self.user, password=self.password,
            database=self.database, autocommit=True,
        ) as connection, connection.cursor() as cursor:  # fmt: skip
            cursor.execute(sql)
            return tuple(cursor.fetchall())

    def _wait(self) -> None:
        until = time.monotonic() + SECONDS
        while True:
            try:
                self.ask("select 1")
            except pymysql.err.OperationalError:
                assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
                assert time.monotonic() < until, "MariaDB did not start"
                time.sleep(0.05)
            else:
                return
