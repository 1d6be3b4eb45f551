"""The command: see the package."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

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


def compared(seeds: range) -> int:
    """Plays each schedule twice, the second time with every query built anew: the same must be asked, and
    the same must happen."""
    play = begin("")
    from django.db import connection

    from tests.simulation import schedule
    from tests.simulation.stage import plan_queries

    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    connection.execute_wrappers.append(listen)
    statements = 0
    for seed in seeds:
        both = []
        for planned in (True, False):
            plan_queries(planned)
            play(seed)
            both.append(([*schedule.told], [*asked]))
            asked.clear()
        if both[0] != both[1]:
            print(f"seed {seed}: queries that were planned differ from queries that are built anew")
            return 1
        statements += len(both[0][1])
    print(f"{len(seeds)} schedules asked the same {statements} statements both ways.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--schedules", type=int, default=2000)
    parser.add_argument("--first", type=int, default=1, help="the seed of the first schedule")
    parser.add_argument("--seed", type=int, help="only this schedule, told step by step")
    parser.add_argument("--plant", choices=[*BUGS, "all"], default="", help="put it back")
    parser.add_argument("--compare", action="store_true", help="with queries that are built anew each time")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wish = parser.parse_args()
    if wish.seed is not None:
        return told(wish.seed, wish.plant)
    if wish.compare:
        return compared(range(wish.first, wish.first + wish.schedules))
    if wish.plant == "all":
        return all_planted(wish.schedules)
    began, faults, played = time.monotonic(), 0, 0
    for more, wrong in many(wish.schedules, wish.first, wish.processes, wish.plant):
        played, faults = played + more, faults + len(wrong)
        print("\n".join(wrong), end="\n" if wrong else "", flush=True)
        if faults and wish.plant:
            break
    spent, own = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = f"{own.ru_utime + own.ru_stime:.0f} s of processor"
    print(f"{played} schedules in {spent:.0f} s, {processor}: {faults or 'nothing'} lost, doubled or stuck.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
