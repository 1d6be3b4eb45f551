"""The virtual environment: Python packages at the versions that are pinned, compiled."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from tools.machine import apt_install, can_apt
from tools.say import ROOT, give_up, run, step
from tools.stamps import digest, is_done, mark_done

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.8"


def environment(requirements: str = "requirements.txt") -> None:
    """Makes the environment hold these requirements."""
    _venv()
    wanted = ROOT / requirements
    files = {wanted, ROOT / "requirements.txt"}
    inputs = digest(files, sys.version, str(VENV))
    stamp = VENV / f".{wanted.stem}"
    if is_done(stamp, inputs):
        return
    with step(f"Installing Python packages ({requirements})"):
        _install("-r", str(wanted))
        _compile_own()
    mark_done(stamp, inputs)
    if requirements != "requirements.txt":
        mark_done(VENV / ".requirements", digest({ROOT / "requirements.txt"}, sys.version, str(VENV)))


def install(package: str) -> None:
    """One more pinned package, where a machine needs it."""
    _install(package)


def _venv() -> None:
    if PYTHON.exists() and run([PYTHON, "-c", ""], quiet=True) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    with step("Making a virtual environment in .venv"):
        if _make_venv():
            return
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        packages = f"python{version}-venv"
        if can_apt():
            apt_install([packages])
            if _make_venv():
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


def _install(*what: str) -> None:
    uv = _uv()
    if uv and run([uv, "pip", "install", "-q", "--compile-bytecode", "--python", PYTHON, *what]) == 0:
        return
    # Where only pip is set up for this network (an index or a certificate in pip.conf), pip does it too.
    if run([PYTHON, "-m", "pip", "install", "-q", *what]) != 0:
        give_up("The packages could not be installed. See the lines above; is this machine online?")
    run(
        [
            PYTHON,
            "-m",
            "compileall",
            "-q",
            "-j",
            "0",
            sysconfig.get_path("purelib", vars={"base": str(VENV)}),
        ],
        quiet=True,
    )


def _uv() -> Path | None:
    own = VENV / "bin" / "uv"
    if not own.exists() and run([PYTHON, "-m", "pip", "install", "-q", UV], quiet=True) != 0:
        return Path(found) if (found := shutil.which("uv")) else None
    return own


def _compile_own() -> None:
    """Our own packages too: a start reads compiled files even where Python may write none."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    run([PYTHON, "-m", "compileall", "-q", "modules", "studio", "workers"], quiet=True)
