"""`make lock`: pins every Python package anew, for every Python and platform that Studio runs on."""

from __future__ import annotations

import re
import sys
import tomllib

from tools.environment import VENV
from tools.say import ROOT, run, say

LOCKS = {"run": "requirements", "dev": "requirements-dev"}
"""Which file pins which group of pyproject.toml."""

NAME = r"^([A-Za-z0-9._-]+)"
PIN = r"^([a-z0-9._-]+)(?:\[\S+\])?==(\S+)"


def lock() -> int:
    uv = VENV / "bin" / "uv"
    options = ["-q", "--upgrade", "--no-header", "--universal", "--python-version", "3.11"]
    options += ["--fork-strategy", "fewest"]  # one version of a package for all
    failed = 0
    for group, name in LOCKS.items():
        same = [] if group == "run" else ["-c", f"{LOCKS['run']}.txt"]  # what both have, both pin alike
        wanted = ["--group", f"pyproject.toml:{group}", *same]
        failed = failed or run([uv, "pip", "compile", *options, *wanted, "-o", f"{name}.txt"])
    return failed


def declared(group: str) -> list[str]:
    """The requirements of a group of pyproject.toml, with those of the groups that it includes."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        groups = tomllib.load(file)["dependency-groups"]
    found = []
    for one in groups[group]:
        found += [one] if isinstance(one, str) else declared(one["include-group"])
    return found


def pinned(name: str) -> dict[str, str]:
    """The version of each package that a file pins."""
    return dict(re.findall(PIN, (ROOT / f"{name}.txt").read_text(), re.M))


def unlocked() -> int:
    """1, with what is wrong, where a requirement is not pinned, or packages do not fit together."""
    pins, wrong = {group: pinned(name) for group, name in LOCKS.items()}, []
    for group, name in LOCKS.items():
        wanted = [found[0].lower() for one in declared(group) if (found := re.findall(NAME, one))]
        wrong += [
            f"pyproject.toml asks for {one}, which {name}.txt does not pin."
            for one in wanted
            if one not in pins[group]
        ]
    for one in sorted(pins["run"].items() - pins["dev"].items()):
        wrong.append(f"{LOCKS['dev']}.txt does not pin {'=='.join(one)}, which {LOCKS['run']}.txt does.")
    for sentence in wrong:
        say(f"{sentence} Run `make lock`.")
    return (
        1 if wrong else run([VENV / "bin" / "uv", "pip", "check", "-q", "--python", VENV / "bin" / "python"])
    )


if __name__ == "__main__":
    sys.exit(lock())
