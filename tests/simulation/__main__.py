"""The command: see the package."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable

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


def all_planted(schedules: int) -> int:
    """Each fault of the past in a process of its own, all from one that is set up."""
    from tests.simulation.stage import set_up

    ready = set_up()
    missed = []
    for plant in BUGS:
        if (child := os.fork()) == 0:
            os._exit(_is_found(ready(plant), schedules, plant))
        if os.waitpid(child, 0)[1] == 0:
            missed.append(plant)
    print(f"{len(BUGS) - len(missed)} of {len(BUGS)} were found. Missed: {', '.join(missed) or 'none'}.")
    return bool(missed)


def _is_found(play: Callable[[int], None], schedules: int, plant: str) -> bool:
    from tests.simulation.checks import Wrong

    for seed in range(1, schedules + 1):
        try:
            play(seed)
        except Wrong as wrong:
            print(f"{plant}: {str(wrong)[:150]}", flush=True)
            return True
    return False


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--schedules", type=int, default=2000)
    parser.add_argument("--first", type=int, default=1, help="the seed of the first schedule")
    parser.add_argument("--seed", type=int, help="only this schedule, told step by step")
    parser.add_argument("--plant", choices=[*BUGS, "all"], default="", help="put it back")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wish = parser.parse_args()
    if wish.seed is not None:
        return told(wish.seed, wish.plant)
    if wish.plant == "all":
        return all_planted(wish.schedules)
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
