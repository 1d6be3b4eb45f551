"""The command: see the package."""

from __future__ import annotations

import argparse
import os
import sys
import time

from tests.simulation.bugs import BUGS
from tests.simulation.playing import begin, many


def told(seed: int, plant: str) -> int:
    """Plays one schedule, and tells all that happened in it."""
    play = begin(plant)
    from tests.simulation import schedule
    from tests.simulation.checks import Wrong

    end = "All is as it must be."
    try:
        play(seed)
    except Wrong as wrong:
        end = f"WRONG: {wrong}"
    print("\n".join([*schedule.told, end]))
    return end.startswith("WRONG")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--schedules", type=int, default=2000)
    parser.add_argument("--first", type=int, default=1, help="the seed of the first schedule")
    parser.add_argument("--seed", type=int, help="only this schedule, told step by step")
    parser.add_argument("--plant", choices=BUGS, default="", help="put this fault of the past back")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wish = parser.parse_args()
    if wish.seed is not None:
        return told(wish.seed, wish.plant)
    began, faults, played = time.monotonic(), 0, 0
    for more, wrong in many(wish.schedules, wish.first, wish.processes, wish.plant):
        played, faults = played + more, faults + len(wrong)
        print("\n".join(wrong), end="\n" if wrong else "", flush=True)
        if faults and wish.plant:
            break
    spent = time.monotonic() - began
    print(f"{played} schedules in {spent:.0f} s: {faults or 'nothing'} lost, doubled or stuck.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
