"""What must hold: nothing lost, nothing doubled, nothing stuck, nothing taken from who works at it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import connection

from studio.runs.models import NodeRun, Output, Run
from tests.simulation.doubles import content

if TYPE_CHECKING:
    from tests.simulation.host import SimulatedHost
    from tests.simulation.schedule import Schedule

CALM = {"database", "store", "unheard", "lost", "redis", "jump"}
"""Faults after which nothing that was computed may be computed again."""


UNFINISHED_ABOVE = """SELECT 1 FROM runs_noderun_sources link JOIN runs_noderun above
    ON above.id = link.to_noderun_id WHERE link.from_noderun_id = %s AND above.state <> 'finished'"""


def ask(sql: str, *values: Any) -> Any:
    """The first row, without the price of Django's queries."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


class Wrong(AssertionError):
    """Something that must never happen."""


class Checks:
    def __init__(self, schedule: Schedule) -> None:
        self.schedule, self.world = schedule, schedule.world
        self.times: Counter[str] = Counter()
        self.finished: Counter[tuple[str, str]] = Counter()
        self.last_seq: dict[str, int] = {}
        self.wrong: list[str] = []

    def began(self, host: SimulatedHost, script: str, inputs: list[str]) -> None:
        self.world.say(f"{host.name} begins {script!r}")

    def computed(self, script: str, inputs: list[str]) -> None:
        self.times[content(script, inputs)] += 1

    def told(self, events: list[dict[str, Any]]) -> None:
        """What browsers hear."""
        for event in events:
            if "seq" in event and event["type"] == "node":
                if event["seq"] <= self.last_seq.get(event["run"], 0):
                    self.wrong.append(f"event {event['seq']} of run {event['run']} came twice")
                self.last_seq[event["run"]] = event["seq"]
                if event["state"] == "finished":
                    self.finished[event["run"], event["node"]] += 1

    def claimed(self, node_run: NodeRun) -> None:
        if ask("SELECT 1 FROM runs_run WHERE id = %s AND cancel_requested", node_run.run_id):
            self.wrong.append(f"{node_run.node} was claimed although its run is cancelled")
        if ask(UNFINISHED_ABOVE, node_run.pk):
            self.wrong.append(f"{node_run.node} was claimed although a node above it has not finished")

    def settled(self, node_run: NodeRun, holder: str) -> None:
        """A host committed what came of a node run; `holder` had it until then."""
        host = self.world.host()
        if host is not None and holder and holder != host.name:
            self.wrong.append(f"{host.name} commits {node_run.node}, which {holder} holds")

    def given_back(self, node_run: NodeRun, worker: str) -> None:
        """A watcher took a node run from its worker."""
        claim = node_run.pk, node_run.attempt
        for host in self.schedule.hosts:
            if host.name == worker and host.healthy and claim in host.engine.under_way:
                self.wrong.append(f"{node_run.node} is taken from {host.name}, which works at it")

    def at_the_end(self) -> None:
        """Wrong, with all that is wrong."""
        for run, plan in self.schedule.runs:
            self._run(Run.objects.get(pk=run.pk), plan)
        if not self.schedule.happened - CALM:
            self._nothing_twice()
        if self.wrong:
            raise Wrong("; ".join(self.wrong))

    def _run(self, run: Run, plan: Any) -> None:
        nodes = {node.node: node for node in run.nodes.all()}
        if run.state in ("queued", "running"):
            told = {id: (n.state, n.waiting, n.worker, n.deaths) for id, n in nodes.items()}
            self.wrong.append(f"run {run.number} is stuck: {told}")
            return
        outputs = {
            o.node_run.node: o.artifact.manifest["columns"][0]["object"]
            for o in Output.objects.filter(node_run__run=run).select_related("artifact", "node_run")
        }
        for id, node in nodes.items():
            if node.state == "cancelled" and run.cancel_requested:
                continue
            if run.cancel_requested and node.state in ("queued", "running"):
                self.wrong.append(f"{id} is {node.state} in a run that was cancelled")
            elif node.state != plan.states[id]:
                self.wrong.append(f"{id} is {node.state}, not {plan.states[id]}: {node.error or node.reason}")
            elif outputs.get(id) != plan.results[id]:
                self.wrong.append(f"{id} left {outputs.get(id)}, not {plan.results[id]}")
            if self.finished[run.pk, id] > 1 + self.schedule.objects_lost:
                self.wrong.append(f"{id} finished {self.finished[run.pk, id]} times")
        expected = "failed" if "failed" in plan.states.values() else "finished"
        if not run.cancel_requested and run.state != expected:
            self.wrong.append(f"run {run.number} is {run.state}, not {expected}")

    def _nothing_twice(self) -> None:
        wanted = Counter(
            value for _, plan in self.schedule.runs for value in plan.results.values() if value is not None
        )
        for name, times in self.times.items():
            if times > wanted[name]:
                self.wrong.append(f"{name[:8]} was computed {times} times for {wanted[name]} nodes")
