"""Where packages come from, as the administrator says it."""

from __future__ import annotations

import fnmatch
import shutil
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from modules.interpreter import normal
from studio import config
from workers.environments.proxy import Host

BESIDE = {"pypi.org": ("files.pythonhosted.org", 443)}
"""Hosts that an index's files lie on, where it is not its own."""


@dataclass(frozen=True)
class Index:
    """`places`: addresses of package indexes, or folders. `hosts`: others that their files lie on. `names`:
    patterns of the packages that may be installed; empty is all. `wheels_only`: nothing is built here."""

    places: tuple[str, ...]
    hosts: frozenset[Host]
    names: tuple[str, ...]
    wheels_only: bool

    @property
    def folders(self) -> dict[str, Path]:
        """Those on this machine, by the host's name under which the proxy shows them."""
        return {
            f"index{at}.studio": Path(place) for at, place in enumerate(self.places) if place.startswith("/")
        }

    @property
    def all_hosts(self) -> frozenset[Host]:
        found = set(self.hosts)
        for place in self.places:
            if not place.startswith("/"):
                read = urlsplit(place)
                host = (read.hostname or "").lower()
                found.add((host, read.port or (443 if read.scheme == "https" else 80)))
                if host in BESIDE:
                    found.add(BESIDE[host])
        return frozenset(found)

    def arguments(self) -> list[str]:
        """uv's options."""
        options: list[str] = []
        first = True
        for at, place in enumerate(self.places):
            if place.startswith("/"):
                place, folder = f"http://index{at}.studio/", Path(place)
                if is_flat(folder):
                    options += ["--find-links", place]
                    continue
                place += "simple/" if (folder / "simple").is_dir() else ""
            options += ["--default-index" if first else "--index", place]
            first = False
        return [*options, "--no-index"] if first else options

    def refused(self, names: Iterable[str]) -> list[str]:
        """Those of these packages that may not be installed."""
        if not self.names:
            return []
        return [name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in self.names)]

    @property
    def called(self) -> str:
        """For people; without a password."""
        return ", ".join(_without_password(place) for place in self.places)


def read_index() -> Index:
    """From the settings. SettingError if one is wrong."""
    places = config.package_index()
    secret = any("@" in urlsplit(place).netloc for place in places)
    return Index(
        places=places,
        hosts=config.package_hosts(),
        names=tuple(
            normal(pattern) if "*" not in pattern else pattern.lower() for pattern in config.package_names()
        ),
        wheels_only=config.wheels_only() or secret,  # what builds a package would read the password
    )


def give_certificates(folder: Path) -> bool:
    """Puts the machine's certificates where a build finds them; False where there are none."""
    found = ssl.get_default_verify_paths().cafile
    if not found or not Path(found).is_file():
        return False
    shutil.copyfile(found, folder / "certificates.pem")
    return True


def is_flat(folder: Path) -> bool:
    """Whether packages lie right in the folder; otherwise it is laid out as an index."""
    return any(path.name.endswith((".whl", ".tar.gz", ".zip")) for path in folder.iterdir())


def _without_password(place: str) -> str:
    read = urlsplit(place)
    return place.replace(f"{read.netloc}", read.netloc.rpartition("@")[2]) if "@" in read.netloc else place
