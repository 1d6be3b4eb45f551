"""Runs that are no experiment's: a service's job, a run on the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.utils import timezone

from modules.wire_types.stored import DRAFT
from modules.wire_types.table import StoredColumn, StoredTable
from studio.accounts.access import access_artifact, access_run, visible_runs
from studio.accounts.owner import owner
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.errors import NotFound
from studio.experiments.models import Experiment
from studio.housekeeping.artifacts_in_use import APART, held
from studio.live import broadcast
from studio.runs.actions import start_headless, start_job
from studio.runs.models import Output, Run
from studio.runs.plan import Step
from tests.builders import chain
from tests.workers.engine.test_cache_modes import Scripts, engine

pytestmark = pytest.mark.django_db(transaction=True)
PASSED_ON = "result = 'a'"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Group and event, in order."""
    heard: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(broadcast, "_send", lambda group, all: heard.extend((group, event) for event in all))
    monkeypatch.setattr("studio.runs.actions.wake_workers", lambda count: None)
    return heard


def table(text: str = "x") -> Artifact:
    drafts = store().new_drafts()
    (drafts / "1").write_text(text)
    column = StoredColumn(name="x", type="string", object=f"{DRAFT}1", bytes=len(text))
    with store().keeping():
        kept = store().keep(StoredTable(rows=1, columns=(column,)), drafts)
    kept.save()
    return kept


def script(node: str, **more: Any) -> Step:
    return Step(node, "execute-python-script", {"script": PASSED_ON, "api": "current"}, **more)


def started(given: Artifact, owned_by: User | None = None) -> Run:
    first = script("a", inputs={}, given={"dataset1": given.pk})
    second = script("b", inputs={"dataset1": ("a", "result_dataset")})
    return start_job((owned_by or owner()).pk, "Prices, version 2", chain().file(), [first, second])


def test_a_plan_starts_from_what_it_is_given(told: list[Any]) -> None:
    given, scripts = table("rows of a caller"), Scripts()
    run = started(given)
    engine(scripts).work(run.pk)  # type: ignore[arg-type]
    run.refresh_from_db()
    assert (run.state, run.nodes.get(node="a").basis["inputs"]) == ("finished", {"dataset1": given.pk})
    assert run.nodes.get(node="b").reason == "ran: first run of this node"

    again = started(given)
    engine(scripts).work(again.pk)  # type: ignore[arg-type]
    assert scripts.ran == [PASSED_ON, PASSED_ON]
    assert again.nodes.get(node="b").reason.startswith("cached: same inputs as an earlier run")


def test_what_was_given_and_is_gone_is_told(told: list[Any]) -> None:
    given = table("dropped before it began")
    run = started(given)
    Artifact.objects.filter(pk=given.pk).update(dropped=timezone.now())
    engine(Scripts()).work(run.pk)  # type: ignore[arg-type]
    assert (run.nodes.get(node="a").error or {})["type"] == "ArtifactGone"
    assert run.nodes.get(node="b").state == "skipped"


def test_its_own_group_hears_of_it(told: list[Any]) -> None:
    run = started(table())
    engine(Scripts()).work(run.pk)  # type: ignore[arg-type]
    assert {group for group, _ in told} == {f"run.{run.pk}"}
    assert [event["run"]["state"] for _, event in told if event["type"] == "run"] == [
        "queued", "running", "finished",
    ]  # fmt: skip


def test_only_its_owner_sees_it(told: list[Any]) -> None:
    run = started(table("only mine"))
    engine(Scripts()).work(run.pk)  # type: ignore[arg-type]
    left = Output.objects.filter(node_run__run=run).values_list("artifact_id", flat=True)[0]
    other = User.objects.create(username="another")
    assert access_run(owner(), run.pk) == run
    assert access_artifact(owner(), left).pk == left
    assert not visible_runs(other).exists()
    with pytest.raises(NotFound):
        access_run(other, run.pk)


def test_lists_and_usage_know_it(told: list[Any], client: Client) -> None:
    run = started(table())
    client.force_login(owner())
    for asked in ("runs", "runs?under_way=true"):
        (item,) = client.get(f"/api/v1/{asked}").json()["items"]
        assert (item["id"], item["experiment"], item["number"]) == (run.pk, None, 0)
        assert (item["experiment_name"], item["purpose"]) == ("Prices, version 2", "service job")
    assert client.get(f"/api/v1/runs/{run.pk}").json()["nodes"]["b"]["state"] == "queued"
    engine(Scripts()).work(run.pk)  # type: ignore[arg-type]
    usage = client.get("/api/v1/usage").json()
    assert usage["jobs"]["results"] >= 1
    assert usage["experiments"] == []


def test_what_it_needs_and_left_is_held_for_a_week(told: list[Any]) -> None:
    given = table("held")
    run = started(given)
    assert given.pk in held()
    engine(Scripts()).work(run.pk)  # type: ignore[arg-type]
    left = set(Output.objects.filter(node_run__run=run).values_list("artifact_id", flat=True))
    assert {given.pk, *left} <= held()
    assert held([given.pk]) == {given.pk}
    Run.objects.filter(pk=run.pk).update(finished=timezone.now() - APART - timedelta(minutes=1))
    assert not {given.pk, *left} & held()


def test_a_run_on_the_command_line_makes_no_experiment(told: list[Any]) -> None:
    run = start_headless(owner().pk, chain(PASSED_ON).file(), ["s1"])
    assert (run.purpose, run.title, run.nodes.count()) == ("headless", "Test", 2)
    assert not Experiment.objects.exists()


def test_older_runs_get_the_owner_of_their_experiment(told: list[Any]) -> None:
    other = User.objects.create(username="another")
    experiment = Experiment.objects.create(owner=other, name="e", document={})
    before = migrated([("runs", "0010_release")])
    try:
        before.get_model("runs", "Run").objects.create(experiment_id=experiment.pk, number=1, graph={})
    finally:
        migrated(MigrationLoader(connection).graph.leaf_nodes())
    run = Run.objects.get()
    assert (run.owner, run.purpose, run.title) == (other, "experiment", "")


def migrated(to: list[Any]) -> Any:
    """The models as they were with these migrations, which the database has from now on."""
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps
