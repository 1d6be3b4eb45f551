"""What a child does that builds an environment: it lets uv find versions, or install them.

Packages that come as source run code of their own here (`setup.py`), which finds what a script finds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from modules.interpreter import normal

LOCK, SITE, CACHE, TEMPORARY = "lock.txt", "site", "cache", "tmp"
MOST_LOCK = 4 << 20
MOST_PACKAGES, MOST_NAMES = 2000, 20_000
THREADS = "4"
"""uv starts one for each processor of the machine otherwise; a child may have few."""


class Build(BaseModel):
    """`step`: "lock" writes the lock for `requirements`, under `constraints`, beginning with the versions in
    `lock`; "install" installs what stands in `lock`. `index`: uv's options that say where packages come from.
    `wheels_only`: nothing is built from source. `certificates`: whether some were given."""

    step: Literal["lock", "install"]
    index: list[str]
    requirements: list[str] = []
    constraints: list[str] = []
    lock: str = ""
    wheels_only: bool = False
    certificates: bool = False


def build(wish: Build, folder: Path, port: int) -> dict[str, Any]:
    """`{"code": uv's}`, and if that is 0 "lock", or "packages" and "names". `folder`: where it may write; the
    worker has put `given/` there. `port`: of the proxy."""
    (folder / TEMPORARY).mkdir()
    for name, lines in (("requirements", wish.requirements), ("constraints", wish.constraints)):
        (folder / f"{name}.txt").write_text("\n".join([*lines, ""]))
    (folder / LOCK).write_text(wish.lock)
    options = [*wish.index, "--no-config", "--python", sys.executable]
    options += ["--only-binary", ":all:"] if wish.wheels_only else []
    code = subprocess.run(
        [_uv(), "pip", *_command(wish, folder), *options],
        env=_environment(folder, port, wish.certificates),
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
    ).returncode
    shutil.rmtree(folder / CACHE, ignore_errors=True)
    if code:
        return {"code": code}
    if wish.step == "lock":
        text = (folder / LOCK).read_bytes()[:MOST_LOCK].decode("utf-8", "replace")
        return {"code": 0, "lock": text}
    return {"code": 0, "packages": _packages(folder / SITE), "names": sorted(_names(folder / SITE))}


def _command(wish: Build, folder: Path) -> list[str]:
    if wish.step == "lock":
        return [
            "compile",
            *(str(folder / "requirements.txt"), "--constraints", str(folder / "constraints.txt")),
            *("--output-file", str(folder / LOCK), "--quiet", "--generate-hashes"),
            *("--no-header", "--no-annotate", "--find-links", str(folder / "given" / "stubs")),
        ]
    return [
        "install",
        *("--requirements", str(folder / LOCK), "--target", str(folder / SITE)),
        *("--no-deps", "--verify-hashes", "--compile-bytecode", "--link-mode", "copy"),
    ]


def _uv() -> str:
    from uv import find_uv_bin

    return str(find_uv_bin())


def _environment(folder: Path, port: int, certificates: bool) -> dict[str, str]:
    proxy = f"http://127.0.0.1:{port}"
    found = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"), proxy),
        "TMPDIR": str(folder / TEMPORARY),
        "UV_CACHE_DIR": str(folder / CACHE),
        "UV_NO_PROGRESS": "1",
        "UV_HTTP_RETRIES": "2",
        "UV_HTTP_TIMEOUT": "60",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_CONCURRENT_DOWNLOADS": THREADS,
        "UV_CONCURRENT_BUILDS": "1",
        "UV_CONCURRENT_INSTALLS": THREADS,
        "RAYON_NUM_THREADS": THREADS,
        "TOKIO_WORKER_THREADS": THREADS,
        "NO_COLOR": "1",
    }
    if certificates:
        found["SSL_CERT_FILE"] = str(folder / "given" / "certificates.pem")
    return found


def _packages(site: Path) -> dict[str, str]:
    """Version by normal name."""
    found = {}
    for each in list(metadata.distributions(path=[str(site)]))[:MOST_PACKAGES]:
        name = each.metadata["Name"]
        if name:
            found[normal(name)] = str(each.version)
    return found


def _names(site: Path) -> Iterator[str]:
    """What can be imported at the top."""
    if not site.is_dir():
        return
    for entry in list(os.scandir(site))[:MOST_NAMES]:
        name = entry.name.partition(".")[0]
        module = entry.is_dir() or entry.name.endswith((".py", ".so"))
        if (
            module
            and name.isidentifier()
            and not entry.name.endswith(".dist-info")
            and name not in ("bin", "__pycache__")
        ):
            yield name
