"""`make check`: format, lint, types, import rules, and that what is generated is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.environment import VENV
from tools.frontend import npm
from tools.generated import stale
from tools.lengths import too_long
from tools.lock import unlocked
from tools.say import run, say

BIN = VENV / "bin"
PYTHON_ROOMS = ["modules", "studio", "workers", "tools", "tests", "benchmarks", "manage.py"]


def rooms() -> list[str]:
    return [room for room in PYTHON_ROOMS if Path(room).exists()]


def main() -> int:
    """Runs every check, also after one has failed, and says which did."""
    checks = {
        "Python format": lambda: run([BIN / "ruff", "format", "--check", "--quiet", *rooms()]),
        "Python lint": lambda: run([BIN / "ruff", "check", "--quiet", *rooms()]),
        "Python types": lambda: run([BIN / "mypy", "modules", "studio", "workers", "tools", "tests"]),
        "Length of functions and files": lambda: too_long(rooms()),
        "Import rules": lambda: run([BIN / "lint-imports"], quiet=True),
        "Front-end format": lambda: npm("run", "--silent", "format:check"),
        "Front-end lint": lambda: npm("run", "--silent", "lint"),
        "Front-end leftovers": lambda: npm("run", "--silent", "unused"),
        "Front-end types": lambda: npm("run", "--silent", "types"),
        "Generated files": stale,
        "Pinned packages": unlocked,
    }
    failed = []
    for name, check in checks.items():
        if check() == 0:
            say(f"  ✓ {name}")
        else:
            failed.append(name)
            say(f"  ✗ {name}")
    if failed:
        say(f"Not in order: {', '.join(failed)}. `make fmt` mends the formats.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
