"""The virtual environment: Python packages at the versions that are pinned, compiled."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Mapping
from pathlib import Path

from tools.machine import apt_install, can_apt
from tools.say import ROOT, give_up, go_on, run, step
from tools.stamps import digest, is_done, mark_done

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# uv does not read pip's settings: each is an option of it, given once for every value.
FROM_PIP = {
    "PIP_FIND_LINKS": "--find-links",
    "PIP_INDEX_URL": "--default-index",
    "PIP_EXTRA_INDEX_URL": "--index",
}
BRING_ALONG = "docs/administration.md, *Without a network*, says how to bring them along."
FETCHING_UV = threading.Lock()
OFFLINE = ("PIP_NO_INDEX", "UV_NO_INDEX", "UV_OFFLINE")
LACKING = (
    r"No matching distribution found for ([^\s;]+)",
    r"Because ([\w.-]+) was not found in the",
    r"[Ff]ailed to fetch:? `?\S+/simple/([\w.-]+)/",
)
"""How pip and uv name a package that they cannot get."""


def environment(requirements: str = "requirements.txt") -> None:
    """Makes the environment hold these requirements."""
    wanted = ROOT / requirements
    files = {wanted, ROOT / "requirements.txt"}
    inputs = digest(files, sys.version, str(VENV))
    stamp = VENV / f".{wanted.stem}"
    if is_done(stamp, inputs):
        return
    with step(f"Installing Python packages ({requirements})"):
        install("-r", str(wanted))
        # A start reads these, also if Python may write none.
        _compile(sysconfig.get_path("purelib", vars={"base": str(VENV)}), "modules", "studio", "workers")
    mark_done(stamp, inputs)
    if requirements != "requirements.txt":
        mark_done(VENV / ".requirements", digest({ROOT / "requirements.txt"}, sys.version, str(VENV)))


def venv() -> None:
    """Makes the environment itself, where there is none that is whole and starts."""
    made = VENV / ".made"
    whole = any((VENV / name).exists() for name in (made.name, ".requirements", ".requirements-dev"))
    if whole and PYTHON.exists() and run([PYTHON, "-I", "-S", "-c", ""], quiet=True) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    with step("Making a virtual environment in .venv"):
        if _make_venv():
            made.touch()
            return
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        packages = f"python{version}-venv"
        if can_apt():
            apt_install([packages])
            if _make_venv():
                made.touch()
                return
        shutil.rmtree(VENV, ignore_errors=True)
        give_up(
            f"This Python ({sys.executable}) cannot make virtual environments: it lacks venv or ensurepip.\n"
            f"Install them (Debian, Ubuntu: sudo apt install {packages}), "
            "or put uv on PATH (https://docs.astral.sh/uv), then try again."
        )


def _make_venv() -> bool:
    """By venv, else by a uv that is on PATH."""
    if run([sys.executable, "-m", "venv", VENV], quiet=bool(shutil.which("uv")) or can_apt()) == 0:
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    return bool(uv) and run([str(uv), "venv", "-q", "--python", sys.executable, VENV]) == 0


def install(*what: str) -> None:
    """Packages, by uv; by pip where only pip is set up for this network (an index or a certificate in
    pip.conf). Gives up with a sentence that names what is missing."""
    said = ""
    if uv := _uv():
        code, said = _attempt(uv, "pip", "install", *uv_options(os.environ), "--python", PYTHON, *what)
        if code == 0:
            return
    code, more = _attempt(PYTHON, "-m", "pip", "install", "--no-compile", *what)
    if code != 0:
        give_up(why_not(said + more, os.environ))


def build_wheel(folder: Path) -> None:
    """Builds this project's wheel into a folder, by uv or pip as `install` does."""
    said = ""
    if uv := _uv():
        code, said = _attempt(
            uv, "build", *uv_options(os.environ), "--wheel", "--python", PYTHON, "--out-dir", folder, ROOT
        )
        if code == 0:
            return
    code, more = _attempt(PYTHON, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    if code != 0:
        give_up(why_not(said + more, os.environ))


def why_not(said: str, environment: Mapping[str, str]) -> str:
    """One sentence about packages that could not be installed, after what uv and pip said of it.

    >>> why_not("ERROR: No matching distribution found for numpy==2.4.1", {"PIP_NO_INDEX": "1"})
    'numpy==2.4.1 is missing where this machine may fetch Python packages from. docs/administration.md, ...
    """
    found = next(filter(None, (re.findall(pattern, said) for pattern in LACKING)), None)
    what = found[-1] if found else "A Python package"
    if any(environment.get(name) for name in OFFLINE):
        where = f" ({links})" if (links := environment.get("PIP_FIND_LINKS")) else ""
        return f"{what} is missing where this machine may fetch Python packages from{where}. {BRING_ALONG}"
    return f"{said.strip()}\n{what} could not be fetched: is this machine online? {BRING_ALONG}"


def uv_options(environment: Mapping[str, str]) -> list[str]:
    """What pip's settings are called for uv.

    >>> uv_options({"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels /more", "HOME": "/"})
    ['--no-index', '--find-links', '/wheels', '--find-links', '/more']
    """
    found = ["--no-index"] if environment.get("PIP_NO_INDEX") else []
    for pip, option in FROM_PIP.items():
        for value in environment.get(pip, "").split():
            found += [option, value]
    return found


def _attempt(*command: str | Path) -> tuple[int, str]:
    go_on()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def _uv() -> Path | None:
    """The environment's own uv, else one on PATH, else one that pip fetches."""
    own = VENV / "bin" / "uv"
    with FETCHING_UV:
        if own.exists():
            return own
        if found := shutil.which("uv"):
            return Path(found)
        pinned = re.search(r"^uv==[\w.]+", (ROOT / "requirements-dev.txt").read_text(), re.M)
        assert pinned
        return own if _attempt(PYTHON, "-m", "pip", "install", pinned[0])[0] == 0 else None


def _compile(*folders: str) -> None:
    """Compiles all sources but those in a package's own tests: a third of all, which nobody imports."""
    tests = r"site-packages[/\\].*[/\\]tests?[/\\]"
    run([PYTHON, "-m", "compileall", "-q", "-j", "0", "-x", tests, *folders], quiet=True)
