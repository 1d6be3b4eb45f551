"""Azurite, Azure's own emulator of its storage, for tests; and the storage client of classic's article.

Both are fetched once for a machine, by npm and pip, into a cache of their own: neither goes together with
Studio's packages.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools import frontend

VERSION = "3.35.0"
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The same for every Azurite; its documentation has it."""
OLD_CLIENT = ("azure-storage-blob==2.1.0", "azure-storage-common==2.1.0", "azure-common==1.1.28")
SECONDS = 60


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "studio-tests"


def old_client() -> list[Path]:
    """The wheels of the storage client that has BlockBlobService."""
    folder = cache() / "old-storage-client"
    if len(found := sorted(folder.glob("*.whl"))) == len(OLD_CLIENT):
        return found
    fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), *OLD_CLIENT]
    done = subprocess.run(fetch, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"The old storage client could not be fetched: {done.stderr[-500:]}"
    return sorted(folder.glob("*.whl"))


class Azurite:
    """`with Azurite() as storage`: its blobs at `storage.url`, in memory."""

    def __enter__(self) -> Azurite:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/{ACCOUNT}"
        where = ["--inMemoryPersistence", "--blobHost", "127.0.0.1", "--blobPort", str(self.port)]
        quiet = ["--silent", "--disableTelemetry", "--skipApiVersionCheck"]
        self.process = subprocess.Popen(
            [str(frontend.node()), str(_installed()), *where, *quiet], stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + SECONDS
        while socket.socket().connect_ex(("127.0.0.1", self.port)) != 0:
            assert self.process.poll() is None, "Azurite ended"
            assert time.monotonic() < until, "Azurite did not start"
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def _installed() -> Path:
    folder = cache() / f"azurite-{VERSION}"
    main = folder / "node_modules/azurite/dist/src/blob/main.js"
    if not main.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        wanted = ["--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", f"azurite@{VERSION}"]
        code = frontend.npm("install", "--prefix", str(folder), *frontend.CACHE_FIRST, *wanted, quiet=True)
        assert code == 0, "npm could not install Azurite; is this machine online?"
    return main
