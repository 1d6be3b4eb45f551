"""The versions of the libraries that a trained model depends on: those of now, and those of its training."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = ("scikit-learn", "numpy", "scipy")


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def versions() -> dict[str, str]:
    """Those of now, by library."""
    return {name: _version(name) for name in LIBRARIES}


def other_versions(then: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The libraries that are others now: the version then, and the one of now.

    >>> other_versions({"scipy": "0.1"}) == {"scipy": ("0.1", versions()["scipy"])}
    True
    """
    now = versions()
    return {name: (then[name], now[name]) for name in now if then.get(name, now[name]) != now[name]}
