"""One schedule: hosts, runs and faults, all from one seed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import connection

from studio.database.clock import Clock, clock
from studio.experiments.models import Experiment
from studio.runs import recorder
from studio.runs.actions import _add_nodes
from studio.runs.models import Run
from tests.simulation.checks import Checks, Wrong, ask
from tests.simulation.doubles import MemoryStore
from tests.simulation.graph import Plan, make_plan
from tests.simulation.host import SimulatedHost
from tests.simulation.world import World

FAULTS_UNTIL = 14.0
"""Seconds in which things go wrong."""
LIMIT = 400.0
"""Seconds after which whatever has not ended is stuck."""
OUTAGE = 12.0
"""Seconds between two silences of hosts: each is over, and known to be over, before the next begins."""

FAULTS = {
    "database": 3, "store": 2, "unheard": 3, "lost": 3, "its last": 1, "redis": 2, "jump": 1,
    "kill": 2, "stop": 2, "cut": 2, "freeze": 1, "template": 1, "cancel": 1, "object": 1,
}  # fmt: skip
"""Kinds, and how often they come beside each other."""
DEADLY = ("kill", "its last", "template")
"""Of these no more than one a schedule: three may rightly fail a node."""
SILENT = ("cut", "freeze")

TABLES = (
    "runs_noderun_sources", "runs_output", "runs_logchunk", "runs_cachedresult", "runs_noderun", "runs_run",
    "artifacts_artifact",
)  # fmt: skip


class Schedule:
    """`run` raises Wrong where something is lost, doubled or stuck."""

    def __init__(self, seed: int, store: MemoryStore, experiment: Experiment) -> None:
        self.seed, self.store, self.experiment = seed, store, experiment
        self.world = World(seed)
        self.dice = self.world.random
        self.checks = Checks(self)
        self.happened: set[str] = set()
        self.objects_lost = 0
        self.starts = 0
        self.slots = self.dice.choice((1, 1, 2))
        self.redis_away_until = 0.0
        self.runs: list[tuple[Run, Plan]] = []
        self.hosts: list[SimulatedHost] = []
        machines = self.dice.choice((1, 2, 2, 2, 3))
        self.skews = [self.dice.choice((0.0, 0.0, -40.0, 40.0)) for _ in range(machines)]
        store.begin(self.world)
        Clock.__init__(clock, self.world.shared, self.world.steady, self.world.shared)

    def run(self) -> None:
        current.append(self)
        try:
            self._play()
        except Wrong as wrong:
            raise Wrong(f"seed {self.seed}: {wrong}") from None
        finally:
            told[:] = current.pop().world.told
            for host in self.hosts:
                host.dead = True
            self.world.end()
            self._clear()

    def _play(self) -> None:
        for number in range(len(self.skews)):
            self._boot(number)
        for number in range(self.dice.choice((1, 1, 1, 1, 2))):
            when = number * self.dice.uniform(0, 3)
            self._last_fault = max(self._last_fault, when)
            self.world.at(when, self._start)
        self._plan_faults()
        self.world.go_on(LIMIT, self._done)
        self.checks.at_the_end()

    def _done(self) -> bool:
        """Looked at only now and then: it asks the database."""
        if self.world.now < self._next_look:
            return False
        self._next_look = self.world.now + 1
        under_way = "SELECT 1 FROM runs_run WHERE state IN ('queued', 'running')"
        return self.world.now > self._last_fault and not ask(under_way)

    _next_look = 0.0
    _last_fault = 0.0

    def _start(self) -> None:
        run = Run.objects.create(
            owner_id=self.experiment.owner_id, experiment=self.experiment, number=len(self.runs) + 1, graph={}
        )
        plan = make_plan(self.dice, f"{self.seed} {self.dice.choice((0, 0, len(self.runs)))}")
        _add_nodes(run, plan.steps)
        self.runs.append((run, plan))
        self.wake(sum(1 for step in plan.steps if not step.above))

    def _boot(self, number: int) -> None:
        self.starts += 1
        self.hosts.append(SimulatedHost(self, number, self.starts, self.store))

    def wake(self, count: int) -> None:
        """Messages: each comes to some worker after a moment, or to nobody."""
        if self.redis_away_until > self.world.now:
            return
        for _ in range(min(count, 4)):
            if self.dice.random() > 0.05:
                self.world.at(self.world.now + self.dice.uniform(0.001, 0.05), self._deliver)

    def _deliver(self) -> None:
        if alive := [host for host in self.hosts if not (host.dead or host.stopping)]:
            self.dice.choice(alive).work()

    def is_dead(self, name: str) -> bool:
        """As `workers.identity` knows it: of the asker's own machine only."""
        asker = self.world.host()
        found = next((host for host in self.hosts if host.name == name), None)
        return found is None or (found.number == getattr(asker, "number", None) and found.dead)

    def _plan_faults(self) -> None:
        """Mostly a few, early: so that something is under way."""
        silent_from = 0.0
        deadly = 0
        for _ in range(self.dice.choice((0, 1, 1, 2, 2, 3, 4))):
            when = self.dice.uniform(0, FAULTS_UNTIL if self.dice.random() < 0.2 else 5)
            [kind] = self.dice.choices(list(FAULTS), list(FAULTS.values()))
            if kind in DEADLY:
                deadly += 1
                if deadly > 1:
                    continue
            if kind in SILENT:
                when = max(when, silent_from)
                silent_from = when + 20 + OUTAGE
            self.happened.add(kind)
            self._last_fault = max(self._last_fault, when)
            self.world.at(when, partial(self._fault, kind))

    def _fault(self, kind: str) -> None:
        alive = [host for host in self.hosts if not host.dead]
        host = self.dice.choice(alive) if alive else None
        world, seconds = self.world, self.dice.choice((0.5, 3.0, 8.0, 20.0))
        world.say(f"{kind} ({host.name if host else 'nobody'}, {seconds} s)")
        if kind == "database":
            world.database_away_until = world.now + seconds
        elif kind == "store":
            world.store_away_until = world.now + seconds
        elif kind == "redis":
            self.redis_away_until = world.now + seconds
        elif kind == "jump":
            world.jumped += timedelta(seconds=self.dice.choice((-3600, -20, 20, 3600)))
        elif kind == "cancel" and self.runs:
            recorder.cancel(self.dice.choice(self.runs)[0])
        elif kind == "object" and self.store.objects:
            self.objects_lost += 1
            self.store.objects.discard(self.dice.choice(sorted(self.store.objects)))
        elif host:
            self._strike(kind, host, seconds)

    def _strike(self, kind: str, host: SimulatedHost, seconds: float) -> None:
        world = self.world
        if kind in ("unheard", "lost", "its last"):
            host.next_commit, host.commits_before = kind, self.dice.choice((0, 1, 1, 2))
            if kind == "its last":
                world.at(world.now + 15, partial(self._kill, host))
        elif kind == "kill":
            self._kill(host)
        elif kind == "stop":
            host.stop()
            world.at(world.now + 3, partial(self._kill, host))
        elif kind == "cut":
            host.cut_until = world.now + seconds
        elif kind == "freeze":
            host.frozen_until = world.now + seconds
        elif kind == "template":
            host.sandbox.template_dies = host.running > 0

    def _kill(self, host: SimulatedHost) -> None:
        """The machine starts its worker anew a moment later."""
        host.dead = True
        self.world.at(self.world.now + self.dice.uniform(0.3, 3), partial(self._boot, host.number))

    def _clear(self) -> None:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")


current: list[Schedule] = []
"""The schedule that is being played."""
told: list[str] = []
"""What happened in the last one."""
