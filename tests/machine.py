"""A machine that has Python, make and a shell only, with an empty home: for tests of the first start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.server import ROOT

ABSENT = ("node", "npm", "npx", "corepack", "redis", "uv", "chrom", "google-chrome", "python", "pip")
"""What programs begin with that the machine lacks; Python is put there by itself."""


def bare_path(folder: Path) -> Path:
    """A folder for PATH: this machine's programs without those of ABSENT."""
    folder.mkdir()
    for place in ("/usr/local/bin", "/usr/bin", "/bin"):
        for program in Path(place).iterdir() if Path(place).is_dir() else ():
            link = folder / program.name
            if not program.name.startswith(ABSENT) and not link.is_symlink():
                link.symlink_to(program)
    # The interpreter below this virtual environment; typeshed does not list the name.
    (folder / "python3").symlink_to(sys._base_executable)  # type: ignore[attr-defined]
    assert not any(shutil.which(name, path=str(folder)) for name in ("node", "npm", "uv", "redis-server"))
    return folder


def bare_environment(path: Path, home: Path) -> dict[str, str]:
    """The environment there. Packages that this machine has fetched before are not fetched again."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()
    npmrc = Path("~/.npmrc").expanduser()
    return {
        "PATH": str(path),
        "HOME": str(home),
        "VIRTUAL_ENV": "",
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", str(cache / "uv")),
        "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(cache / "pip")),
        "npm_config_cache": str(Path("~/.npm").expanduser()),
        **({"npm_config_userconfig": str(npmrc)} if npmrc.exists() else {}),
    }


def clean_clone(folder: Path) -> Path:
    """What git knows of this checkout, as it is now, and nothing else."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder
