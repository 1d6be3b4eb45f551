"""Which nodes of a second run are computed, and which come from the cache: the engine without sandbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modules.wire_types.stored import DRAFT
from modules.wire_types.table import StoredColumn, StoredTable
from studio.accounts.owner import owner
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.experiments.actions import create_experiment
from studio.experiments.models import Experiment
from studio.live import broadcast
from studio.runs.actions import start_run
from studio.runs.models import Output, Run
from tests.builders import chain
from tests.simulation.doubles import MemorySlots
from workers.engine.scheduler import Engine
from workers.sandbox.job import Failure, Job, Outcome
from workers.sandbox.parent import UnderWay

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = "result = 'one'", "result = 'two'"


class Scripts:
    """Stands for the sandbox: a result is the first line of the script, after what lies on the input."""

    def __init__(self) -> None:
        self.ran: list[str] = []

    def begin(self, job: Job, drafts: Path, cancelled: Any, log: Any, on_progress: Any, *_: Any) -> UnderWay:
        return UnderWay(lambda: self.run(job, drafts))

    def run(self, job: Job, drafts: Path) -> Outcome:
        script = job.args["params"].get("script", job.args["params"].get("data"))
        self.ran.append(script)
        if "fails" in script:
            return Outcome(drafts, failure=Failure(type="ValueError", message="no"))
        made = "|".join([*(job.inputs[port].manifest.model_dump_json() for port in job.inputs), script])
        (drafts / "1").write_text(made if "input" in script else script.splitlines()[0])
        column = StoredColumn(
            name="x", type="string", object=f"{DRAFT}1", bytes=(drafts / "1").stat().st_size
        )
        port = "dataset" if "script" not in job.args["params"] else "result_dataset"
        return Outcome(drafts, outputs={port: StoredTable(rows=1, columns=(column,))})


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Scripts:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)
    monkeypatch.setattr("studio.runs.actions.wake_workers", lambda count: None)
    return Scripts()


def engine(scripts: Scripts) -> Engine:
    return Engine(scripts, MemorySlots(1), lambda count: None, "worker", lambda: "")  # type: ignore[arg-type]


def run(experiment: Experiment, scripts: Scripts, **wish: Any) -> Run:
    scripts.ran.clear()
    started = start_run(experiment, hints=False, **wish)
    engine(scripts).work(started.pk)
    return Run.objects.get(pk=started.pk)


def made(*scripts: str) -> Experiment:
    return create_experiment(owner(), chain(*scripts).file())


def was_cached(run: Run) -> set[str]:
    return set(run.nodes.filter(cached=True).values_list("node", flat=True))


def did_run(run: Run) -> set[str]:
    return set(run.nodes.filter(state="finished", cached=False).values_list("node", flat=True))


def reasons(run: Run) -> dict[str, str]:
    return dict(run.nodes.values_list("node", "reason"))


def script(node: int, text: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["nodes"][node]["params"]["script"] = text

    return change


def moved(document: dict[str, Any]) -> None:
    document["nodes"][1] |= {"position": {"x": 900, "y": 900}, "name": "Another name", "comment": "moved"}


def shorter(document: dict[str, Any]) -> None:
    document["nodes"], document["wires"] = document["nodes"][:2], document["wires"][:1]


def nothing(document: dict[str, Any]) -> None:
    return


MODES: list[tuple[str, Callable[[dict[str, Any]], None], dict[str, Any], set[str], str]] = [
    ("nothing changes", nothing, {}, set(), ""),
    ("a node is moved and renamed", moved, {}, set(), ""),
    ("the last node changes", script(2, "result = 'three' + input"), {}, {"s2"}, "re-ran: `script`"),
    ("the first script gives another result", script(1, "result = 'else'"), {}, {"s1", "s2"},
     "re-ran: input dataset1 changed because `script`"),
    ("the first script changes and gives the same", script(1, FIRST + "\n# a remark"), {}, {"s1"}, ""),
    ("the last node is deleted", shorter, {}, set(), ""),
    ("all is asked for anew", nothing, {"force": True}, {"data", "s1", "s2"}, "re-ran: run anyway"),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "wish", "computed", "reason"), [mode[1:] for mode in MODES],
                         ids=[mode[0] for mode in MODES])  # fmt: skip
def test_a_second_run_computes_what_changed_and_no_more(
    scripts: Scripts, edit: Callable[[dict[str, Any]], None], wish: dict[str, Any], computed: set[str],
    reason: str,
) -> None:  # fmt: skip
    experiment = made(FIRST, SECOND + " + input")
    first = run(experiment, scripts)
    assert (first.state, did_run(first), was_cached(first)) == ("finished", {"data", "s1", "s2"}, set())
    assert len(scripts.ran) == 3
    edit(experiment.document)
    experiment.save()
    second = run(experiment, scripts, **wish)
    assert (second.state, did_run(second)) == ("finished", computed)
    assert was_cached(second) == {node["id"] for node in experiment.document["nodes"]} - computed
    assert len(scripts.ran) == len(computed)
    told = reasons(second)
    for node in was_cached(second):
        assert told[node].startswith("cached: same inputs as run 1, saved ")
    assert told[experiment.document["nodes"][-1]["id"]].startswith(reason)


def test_what_failed_is_computed_again_and_what_is_below_is_skipped(scripts: Scripts) -> None:
    experiment = made("fails = True", SECOND)
    for computed, reason in ((2, "first run of this node"), (1, "this node has not finished before")):
        ended = run(experiment, scripts)
        states = dict(ended.nodes.values_list("node", "state"))
        assert (ended.state, states) == ("failed", {"data": "finished", "s1": "failed", "s2": "skipped"})
        assert len(scripts.ran) == computed
        assert reasons(ended)["s1"] == f"ran: {reason}"
        assert "above it failed" in reasons(ended)["s2"]


@pytest.mark.parametrize(
    "lose",
    [lambda path: path.unlink(), lambda path: path.write_text("other bytes")],
    ids=["gone", "overwritten"],
)
def test_a_result_that_is_not_whole_is_computed_again(scripts: Scripts, lose: Callable[[Path], None]) -> None:
    experiment = made("result = 'lost'", SECOND)
    first = run(experiment, scripts)
    artifact = Output.objects.get(node_run__run=first, node_run__node="s1").artifact
    stored = artifact.read()
    assert isinstance(stored, StoredTable)
    path = Path(str(store().path(stored.columns[0].object)))
    path.chmod(0o600)
    lose(path)
    second = run(experiment, scripts)
    assert (did_run(second), was_cached(second)) == ({"s1"}, {"data", "s2"})
    assert reasons(second)["s1"].startswith("re-ran: its earlier result was d")  # damaged, and so dropped
    assert Artifact.objects.get(pk=artifact.pk).dropped is None
    assert run(experiment, scripts).state == "finished"
    assert scripts.ran == []


def test_the_same_step_twice_in_a_run_is_computed_once(scripts: Scripts) -> None:
    exp = chain(FIRST)
    exp.script("twin", FIRST).wire("data.dataset", "twin.dataset1")
    ended = run(create_experiment(owner(), exp.file()), scripts)
    assert len(scripts.ran) == 2
    assert len(was_cached(ended)) == 1
    (cached,) = was_cached(ended)
    assert reasons(ended)[cached].startswith("cached: same inputs as another node of this run")


def test_another_experiment_of_the_same_owner_gives_its_results_under_its_name(scripts: Scripts) -> None:
    run(made(FIRST), scripts)
    ended = run(made(FIRST), scripts)
    assert (scripts.ran, was_cached(ended)) == ([], {"data", "s1"})
    assert "run 1 of Test, saved" in reasons(ended)["s1"]


def test_an_engine_that_is_stopping_takes_nothing(scripts: Scripts) -> None:
    started = start_run(made(FIRST), hints=False)
    stopped = engine(scripts)
    stopped.stop()
    stopped.work(started.pk)
    assert (scripts.ran, stopped.closed) == ([], True)
    held = engine(scripts)
    held.held = True
    held.work(started.pk)
    assert scripts.ran == []
    engine(scripts).work(started.pk)
    assert Run.objects.get(pk=started.pk).state == "finished"


def test_an_engine_without_room_on_the_disk_says_why_and_takes_nothing(scripts: Scripts) -> None:
    started = start_run(made(FIRST), hints=False)
    full = Engine(scripts, MemorySlots(1), lambda count: None, "worker", lambda: "the disk is full")  # type: ignore[arg-type]
    full.work(started.pk)
    assert (scripts.ran, full.refusal, full.under_way) == ([], "the disk is full", {})
