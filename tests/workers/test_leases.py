"""When a node run is taken from its worker: whatever clocks say, never from one that lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from studio.database.clock import Clock
from studio.runs.models import NodeRun, State
from workers.engine.leases import Leases

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class World:
    """One running node, renewed every five seconds by a worker whose clock may be wrong; one watcher."""

    def __init__(self, skew: float = 0) -> None:
        self.seconds, self.skew, self.shared = 0.0, timedelta(seconds=skew), NOON
        self.node_run = NodeRun(pk=1, state=State.RUNNING, attempt=1, worker="elsewhere:1:1:1.1")
        self.leases = Leases("here:1:1:1.1", lambda: self.seconds)
        self.renew()

    def renew(self) -> None:
        self.node_run.lease = self.shared + self.skew + timedelta(seconds=15)

    def look(self) -> bool:
        return bool(self.leases.lost([self.node_run], self.shared, lambda name: False, ()))

    def go_on(self, seconds: int, renewed: bool) -> bool:
        """Whether the watcher takes the node in these seconds."""
        taken = False
        for second in range(1, seconds + 1):
            self.seconds += 1
            self.shared += timedelta(seconds=1)
            if renewed and second % 5 == 0:
                self.renew()
            if second % 5 == 2:
                taken = taken or self.look()
        return taken


def test_a_worker_that_renews_keeps_its_node_whatever_its_clock_says() -> None:
    assert not any(World(skew).go_on(120, renewed=True) for skew in (-3600, -40, -15, 0, 40, 3600))


def test_a_silent_worker_loses_its_node_within_twenty_seconds() -> None:
    assert not World().go_on(12, renewed=False)
    assert World().go_on(22, renewed=False)


def test_a_lease_far_in_the_future_is_not_waited_for() -> None:
    assert World(skew=3600).go_on(22, renewed=False)


def test_a_jump_of_the_shared_clock_takes_nothing() -> None:
    for jump in (timedelta(hours=1), timedelta(hours=-1)):
        world = World()
        assert not world.go_on(20, renewed=True)
        world.shared += jump
        assert not world.look()
        assert not world.go_on(20, renewed=True)


def test_after_an_outage_of_the_database_holders_may_renew_first() -> None:
    world = World()
    world.look()
    world.seconds += 60
    world.shared += timedelta(seconds=60)
    world.leases.forget()
    assert not world.look()
    world.renew()
    assert not world.go_on(20, renewed=True)


def test_a_dead_worker_loses_its_node_at_once_and_what_is_under_way_here_is_not_looked_at() -> None:
    world = World()
    assert world.leases.lost([world.node_run], NOON, lambda name: True, ()) == [(world.node_run, True)]
    assert not world.leases.lost([world.node_run], NOON, lambda name: True, [(1, 1)])
    assert world.leases.lost([world.node_run], NOON, lambda name: True, [(1, 0)])  # an earlier claim


def test_a_claim_in_the_own_name_that_is_no_work_here_is_offered_before_others_count_a_death() -> None:
    world = World()
    world.node_run.worker = "here:1:1:1.1"
    assert not world.look()  # it may be about to begin
    assert not world.leases.lost([world.node_run], world.shared, lambda name: False, [(1, 1)])
    world.seconds += 5
    assert world.look()


def test_the_time_is_the_databases_and_no_jump_of_the_own_clock_moves_it() -> None:
    steady, shared, own = 0.0, NOON, NOON - timedelta(seconds=40)
    clock = Clock(lambda: shared, lambda: steady, lambda: own)
    assert clock.now() == NOON
    steady, own = 5.0, own + timedelta(hours=1)
    assert clock.now() == NOON + timedelta(seconds=5)
    assert clock.skew() == 3560
    steady, shared = 20.0, NOON - timedelta(seconds=100)
    assert clock.now() == shared
