"""`make test`: every test, in two lanes side by side: the front end's units and journeys, and all others.

What fails there is tried once more by itself, since two busy cores may miss a beat; what is broken fails
twice. Arguments go to pytest: `make test ARGS="tests/studio -x"` runs only those, in one lane, without the
front end's units. `make test ARGS=deployment` cuts, freezes, kills and updates the hosts of an installation,
which takes minutes; of it, all tests together have the short form only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.environment import PYTHON
from tools.frontend import npm
from tools.say import ROOT, run, say

JOURNEYS = ["-m", "e2e", "tests/e2e"]
DEPLOYMENT = ["-v", "tests/deployment"]
OTHERS = ["-m", "not e2e and not deployment", "modules", "studio", "workers", "tools", "tests"]
FAILED = 1
"""What pytest answers where all ran and some failed."""


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    if arguments == ["deployment"]:
        arguments = DEPLOYMENT
    codes = [_pytest(arguments)] if arguments else _all()
    say(f"All tests together took {time.monotonic() - started:.0f} s.")
    return max(codes)


def _all() -> list[int]:
    with tempfile.TemporaryFile("w+") as said, ThreadPoolExecutor(1) as aside:
        front_end_and_journeys = aside.submit(_aside, said.fileno())
        others = _pytest(_lane("others", OTHERS))
        front_end, journeys = front_end_and_journeys.result()
        said.seek(0)
        say(said.read())
    codes = [("others", OTHERS, others), ("journeys", JOURNEYS, journeys)]
    return [front_end, *(_again(name, what) if code == FAILED else code for name, what, code in codes)]


def _aside(output: int) -> tuple[int, int]:
    """The front end's units, then the journeys, which say into a file what they find."""
    front_end = npm("run", "--silent", "test", quiet=True)
    say(f"\nThe front end's unit tests {'failed: see above' if front_end else 'passed'}.")
    return front_end, _pytest(_lane("journeys", JOURNEYS), output)


def _lane(name: str, what: Sequence[str]) -> list[str]:
    return ["-o", f"cache_dir={ROOT / '.pytest_cache' / name}", *what]


def _again(name: str, what: Sequence[str]) -> int:
    say(f"\nSome {name} failed beside the rest; these once more, by themselves:")
    return _pytest(["--last-failed", "-v", *_lane(name, what)])


def _pytest(arguments: Sequence[str], output: int | None = None) -> int:
    command: list[str | Path] = [PYTHON, "-m", "pytest", "--durations=8", *arguments]
    if output is None:
        return run(command)
    return subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
