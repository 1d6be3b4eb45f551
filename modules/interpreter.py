"""A Python interpreter as results know it: its version, and what is installed in it."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import metadata

from blake3 import blake3


@dataclass(frozen=True, eq=False)
class Interpreter:
    """`versions`: of each distribution, by its normal name. `needs`: the distributions that each requires.
    `provides`: the distributions of a package to import, where they are called otherwise."""

    python: str
    versions: Mapping[str, str]
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    provides: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def behind(self, packages: Iterable[str]) -> dict[str, str]:
        """The versions of the distributions that these packages come from, and of all that those need."""
        found: dict[str, str] = {}
        edge = [name for package in packages for name in self.provides.get(package, [package])]
        while edge:
            name = normal(edge.pop())
            if name in self.versions and name not in found:
                found[name] = self.versions[name]
                edge += self.needs.get(name, ())
        return found

    @cached_property
    def digest(self) -> str:
        """Changes with whatever is installed."""
        text = "\n".join(f"{name}={version}" for name, version in sorted(self.versions.items()))
        return blake3(text.encode()).hexdigest()[:12]


@cache
def with_packages(packages: tuple[tuple[str, str], ...]) -> Interpreter:
    """Base's interpreter with these packages, name and version, before its own."""
    found = own()
    return Interpreter(found.python, {**found.versions, **dict(packages)}, found.needs, found.provides)


@cache
def own() -> Interpreter:
    """The one that runs this process, and its sandbox's children."""
    versions: dict[str, str] = {}
    needs: dict[str, frozenset[str]] = {}
    for found in metadata.distributions():
        name = normal(found.metadata["Name"])
        if name not in versions:  # what comes first on the path is what is imported
            versions[name] = found.version
            needs[name] = frozenset(map(_required, filter(_always, found.requires or ())))
    return Interpreter(platform.python_version(), versions, needs, metadata.packages_distributions())


def normal(name: str) -> str:
    """
    >>> normal("Scikit_Learn")
    'scikit-learn'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _required(line: str) -> str:
    """
    >>> _required("numpy>=1.23.2; python_version == '3.11'")
    'numpy'
    """
    return normal(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0])


def _always(line: str) -> bool:
    """Whether it is needed without an extra."""
    return "extra ==" not in line
