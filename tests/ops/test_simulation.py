"""A short turn of `python -m tests.simulation`, and every fault of the past put back."""

from __future__ import annotations

import subprocess
import sys

from tests.server import ROOT
from tests.simulation.bugs import BUGS

SCHEDULES = 2000


def simulate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.simulation", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_nothing_is_lost_doubled_or_stuck() -> None:
    done = simulate("--schedules", str(SCHEDULES))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{SCHEDULES} schedules in" in done.stdout


def test_queries_that_are_planned_are_those_that_django_builds() -> None:
    done = simulate("--compare", "--schedules", "30")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "30 schedules asked the same" in done.stdout


def test_every_fault_of_the_past_is_found() -> None:
    done = simulate("--plant", "all", "--schedules", "400")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(BUGS) >= 10
    assert f"{len(BUGS)} of {len(BUGS)} were found." in done.stdout
