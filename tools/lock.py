"""`make lock`: pins every Python package anew, for every Python and platform that Studio runs on."""

from __future__ import annotations

import re
import sys

from tools.environment import VENV
from tools.say import ROOT, run, say

LOCKS = ("requirements", "requirements-dev")
PIN = r"^[a-z0-9._-]+(?:\[\S+\])?==\S+"


def lock() -> int:
    uv = VENV / "bin" / "uv"
    options = ["-q", "--upgrade", "--no-header", "--universal", "--python-version", "3.11"]
    options += ["--fork-strategy", "fewest"]  # one version of a package for all
    return max(run([uv, "pip", "compile", *options, f"{name}.in", "-o", f"{name}.txt"]) for name in LOCKS)


def unlocked() -> int:
    """1, with what is wrong, where a requirement is not pinned, or packages do not fit together."""
    wrong = []
    for name in LOCKS:
        pinned = set(re.findall(r"^([a-z0-9._-]+)(?:\[\S+\])?==", (ROOT / f"{name}.txt").read_text(), re.M))
        wanted = re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / f"{name}.in").read_text(), re.M)
        wrong += [
            f"{name}.in asks for {one}, which {name}.txt does not pin. Run `make lock`."
            for one in wanted
            if not one.startswith("-") and one.lower() not in pinned
        ]
    shared, every = (set(re.findall(PIN, (ROOT / f"{name}.txt").read_text(), re.M)) for name in LOCKS)
    wrong += [f"requirements-dev.txt lacks {one}. Run `make lock`." for one in sorted(shared - every)]
    for sentence in wrong:
        say(sentence)
    return (
        1 if wrong else run([VENV / "bin" / "uv", "pip", "check", "-q", "--python", VENV / "bin" / "python"])
    )


if __name__ == "__main__":
    sys.exit(lock())
