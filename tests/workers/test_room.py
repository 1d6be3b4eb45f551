"""Room in memory: what waits, and what does not."""

from __future__ import annotations

from studio.runs.models import NodeRun
from workers.engine.memory_room import Room, memory

GB = 1 << 30


def room(total: int, free: int, **needs: int) -> tuple[Room, dict[str, NodeRun]]:
    runs = {name: NodeRun(pk=place, node=name) for place, name in enumerate(needs, 1)}
    return Room(lambda: (total, free), lambda run: needs[run.node]), runs


def test_what_is_alone_gets_in_whatever_it_needs() -> None:
    here, runs = room(8 * GB, 1 * GB, huge=100 * GB)
    assert here.take(runs["huge"])


def test_a_second_waits_until_memory_is_free_again() -> None:
    here, runs = room(8 * GB, 4 * GB, first=5 * GB, second=3 * GB)
    assert here.take(runs["first"])
    assert not here.take(runs["second"])
    here.leave(runs["first"])
    assert here.take(runs["second"])


def test_others_on_the_machine_count() -> None:
    here, runs = room(8 * GB, GB // 2, first=GB, second=GB)
    assert here.take(runs["first"])
    assert not here.take(runs["second"])


def test_small_ones_run_side_by_side() -> None:
    here, runs = room(8 * GB, 6 * GB, a=GB, b=GB, c=GB)
    assert all(here.take(run) for run in runs.values())


def test_this_machine_has_memory() -> None:
    total, free = memory()
    assert 0 < free <= total
