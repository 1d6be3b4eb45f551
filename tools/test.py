"""`make test`: every test, in three lanes side by side: units (the front end's first), operating, journeys.

A test that fails there is tried once more, by itself, since two busy cores may miss a beat; what is broken
fails twice. The end names every test that needed a second try, with what failed first. With
`make test ARGS=--strict` a second try fails the whole.

Other arguments go to pytest: `make test ARGS="tests/studio -x"` runs only those, in one lane, without the
front end's units and without second tries. `make test ARGS=deployment` cuts, freezes, kills and updates the
hosts of an installation, which takes minutes; of it, all tests together have the short form only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools.environment import PYTHON
from tools.frontend import npm
from tools.say import ROOT, run, say
from tools.second_tries import Try, told, tries

DEPLOYMENT = ["-v", "tests/deployment"]
ROOMS = ["modules", "studio", "workers", "tools", "tests"]
FAILED = 1
"""What pytest answers if all ran and some failed."""
STRICT = "--strict"


@dataclass(frozen=True)
class Lane:
    """Tests that run one after the other, beside those of the other lanes."""

    name: str
    what: Sequence[str]

    def run(self, file: Path, *more: str, output: int | None = None) -> tuple[int, list[Try]]:
        """The exit code, and what failed."""
        cache = ["-o", f"cache_dir={ROOT / '.pytest_cache' / self.name}"]
        code = _pytest(["-p", "tests.failures", "--failures", str(file), *cache, *more, *self.what], output)
        return code, tries(file)


UNITS = Lane(
    "units", ["-m", "not e2e and not deployment", *ROOMS, "--ignore=tests/ops", "--ignore=tests/deployment"]
)
OPERATING = Lane("operating", ["-m", "not deployment", "tests/ops", "tests/deployment"])
JOURNEYS = Lane("journeys", ["-m", "e2e", "tests/e2e"])
LANES = (UNITS, OPERATING, JOURNEYS)
"""Three for two cores, since each waits now and then: for a child, a timer, the browser."""


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    strict = STRICT in arguments
    arguments = [argument for argument in arguments if argument != STRICT]
    if arguments == ["deployment"]:
        arguments = DEPLOYMENT
    codes = [_pytest(arguments)] if arguments else _all(strict)
    say(f"All tests together took {time.monotonic() - started:.0f} s.")
    return max(codes)


def _all(strict: bool) -> list[int]:
    with tempfile.TemporaryDirectory(prefix="studio-tests-") as name, ThreadPoolExecutor(2) as aside:
        folder = Path(name)
        others = [aside.submit(_aside, lane, folder) for lane in (OPERATING, JOURNEYS)]
        front_end = npm("run", "--silent", "test", quiet=True)
        say(f"The front end's unit tests {'failed: see above' if front_end else 'passed'}.")
        ran = [UNITS.run(folder / UNITS.name), *(lane.result() for lane in others)]
        for lane in (OPERATING, JOURNEYS):
            say(f"\nThe {lane.name}:\n{(folder / f'{lane.name}.txt').read_text()}")
        ends = [_again(lane, first, folder) for lane, first in zip(LANES, ran, strict=True)]
    first = [one for _, failed in ran for one in failed]
    say(told(first, [one.test for _, failed in ends for one in failed], strict=strict))
    return [front_end, *(code for code, _ in ends), FAILED if strict and first else 0]


def _aside(lane: Lane, folder: Path) -> tuple[int, list[Try]]:
    """A lane whose output goes into a file."""
    with (folder / f"{lane.name}.txt").open("w") as output:
        return lane.run(folder / lane.name, output=output.fileno())


def _again(lane: Lane, first: tuple[int, list[Try]], folder: Path) -> tuple[int, list[Try]]:
    """What failed, tried once more."""
    if first[0] != FAILED:
        return first
    say(f"\nSome {lane.name} failed beside the rest; these once more, by themselves:")
    return lane.run(folder / f"{lane.name}-again", "--last-failed", "-v")


def _pytest(arguments: Sequence[str], output: int | None = None) -> int:
    command: list[str | Path] = [PYTHON, "-m", "pytest", "--durations=8", *arguments]
    if output is None:
        return run(command)
    return subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
