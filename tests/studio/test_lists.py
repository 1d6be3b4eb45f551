"""Lists ask the database a few times, however long they are, and read no document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from modules.wire_types.table import StoredTable
from studio.accounts.owner import owner
from studio.artifacts.models import Artifact
from studio.artifacts.outlines import outline_of
from studio.datasets.models import Dataset
from studio.experiments.actions import create_experiment, save_experiment
from studio.experiments.models import DatasetUse, Experiment
from studio.live import broadcast
from studio.runs.actions import start_run
from studio.runs.models import Run
from tests.builders import PASS_ON, chain

pytestmark = pytest.mark.django_db
MOST = 10
DOCUMENTS = ('"document"', '"graph"', '"plan"', '"manifest"')
LISTS = [
    "experiments", "experiments?search=of", "experiments/folders", "datasets", "datasets?all_versions=true",
    "datasets/folders", "runs", "runs?under_way=true", "samples", "passes", "experiments/{experiment}/runs",
]  # fmt: skip


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcast, "_send", lambda group, events: None)
    monkeypatch.setattr("studio.runs.actions.wake_workers", lambda count: None)


def add_dataset(name: str, version: int = 1, **more: Any) -> Dataset:
    manifest = StoredTable(rows=1, columns=()).model_dump()
    kept = Artifact.objects.create(
        id=f"{name}{version}", type="table", manifest=manifest, outline=outline_of(manifest), bytes=1
    )
    return Dataset.objects.create(
        owner=owner(), name=name, version=version, type="csv", state="ready", original="0" * 64,
        sha256="0" * 64, bytes=1, artifact=kept, **more,
    )  # fmt: skip


def file_naming(*datasets: str) -> dict[str, Any]:
    nodes = [
        {"id": f"d{place}", "module": "dataset", "params": {"dataset": name}}
        for place, name in enumerate(datasets)
    ]
    return {"name": "names " + ", ".join(datasets), "description": "said", "nodes": nodes, "wires": []}


def fill(times: int) -> str:
    """So many experiments, each with a dataset of two versions and two runs that wait; the last one's id."""
    for place in range(times):
        add_dataset(f"d{place}")
        add_dataset(f"d{place}", 2)
        experiment = create_experiment(owner(), chain(PASS_ON).file())
        create_experiment(owner(), file_naming(f"d{place}", f"d{place}@1"), sample="hello")
        for _ in range(2):
            start_run(experiment)
        lineage = {"experiment": experiment.pk, "run": "r", "number": 1, "node": "s1", "node_name": "s"}
        made = add_dataset(f"made{place}", lineage=lineage)
        made.sources.create(dataset=Dataset.objects.filter(name=f"d{place}").first(), name="d", version=1)
    return experiment.pk


@contextmanager
def counted() -> Iterator[list[str]]:
    asked: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield asked
    asked += [query["sql"] for query in queries]


@pytest.fixture
def browser() -> Client:
    client = Client(headers={"authorization": "Bearer test-token"})
    assert client.get("/api/v1/experiments").status_code == 200
    return client


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_ten_times_at_most_and_no_more_for_longer_ones(browser: Client, path: str) -> None:
    counts = []
    for times in (2, 6):
        id = fill_more(times)
        with counted() as asked:
            answer = browser.get(f"/api/v1/{path.format(experiment=id)}")
        assert answer.status_code == 200, answer.content
        counts.append(len(asked))
        read = [sql for sql in asked if any(name in sql for name in DOCUMENTS)]
        assert read == []
    assert counts[0] == counts[1]
    assert counts[1] <= MOST


def steps_of(sql: str) -> str:
    """How SQLite goes about a query."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[-1] for row in cursor.fetchall())


@pytest.mark.parametrize(
    "query", ["", "?offset=3", "?search=nowhere", "?search=of+d1", "?tag=x", "?folder=x&below=true"]
)
def test_a_list_of_experiments_reads_an_index_and_the_rows_of_its_page(browser: Client, query: str) -> None:
    """However many there are: neither the rows of other pages nor, for a search, anybody's row is read."""
    fill(2)
    with counted() as asked:
        assert browser.get(f"/api/v1/experiments{query}").status_code == 200
    assert_bounded(asked, "experiments_experiment")


@pytest.mark.parametrize("path", ["runs", "runs?under_way=true", "experiments/{experiment}/runs", "workers"])
def test_a_list_of_runs_reads_an_index_and_the_rows_of_its_page(browser: Client, path: str) -> None:
    id = fill(2)
    with counted() as asked:
        assert browser.get(f"/api/v1/{path.format(experiment=id)}").status_code == 200
    assert_bounded(asked, "runs_run")


def assert_bounded(asked: list[str], table: str) -> None:
    """What is asked of a table by its owner alone is answered by an index, and sorted by none."""
    for sql in asked:
        steps = steps_of(sql)
        walks = [
            step
            for step in steps.splitlines()
            if re.search(rf"SCAN {table}|SEARCH {table} .*\(owner_id=\?\)", step)
        ]
        assert all("COVERING INDEX" in step for step in walks), (sql, steps)
        assert not walks or "TEMP B-TREE" not in steps, (sql, steps)


def fill_more(times: int) -> str:
    Dataset.objects.all().delete()
    Artifact.objects.all().delete()
    Experiment.objects.all().delete()
    return fill(times)


def test_a_list_of_experiments_says_what_each_answer_says(browser: Client) -> None:
    fill(2)
    for item in browser.get("/api/v1/experiments").json()["items"]:
        whole = browser.get(f"/api/v1/experiments/{item['id']}").json()
        assert item["nodes"] == len(whole["nodes"])
        for name in ("name", "description", "revision", "last_run", "sample", "updated"):
            assert item[name] == whole[name]


def test_a_list_of_datasets_says_what_each_answer_says(browser: Client) -> None:
    fill(2)
    items = browser.get("/api/v1/datasets?all_versions=true").json()["items"]
    assert items == [browser.get(f"/api/v1/datasets/{item['id']}").json() for item in items]
    used = {f"{item['name']}@{item['version']}": item["used_by"] for item in items}
    # Version 2 is the latest: by name. Version 1: by its number.
    assert (used["d0@1"], used["d0@2"], used["made0@1"]) == (1, 1, 0)


def test_an_experiment_that_names_a_dataset_twice_uses_it_once(browser: Client) -> None:
    only = add_dataset("only")
    create_experiment(owner(), file_naming("only", "only@1"))
    create_experiment(owner(), file_naming("only"))
    create_experiment(owner(), file_naming("other"))
    assert browser.get(f"/api/v1/datasets/{only.pk}").json()["used_by"] == 2
    users = browser.get(f"/api/v1/datasets/{only.pk}/uses").json()["experiments"]
    assert [(each["name"], each["pinned"]) for each in users] == [
        ("names only", False),
        ("names only, only@1", True),
    ]


def test_uses_follow_the_document(browser: Client) -> None:
    made = create_experiment(owner(), file_naming("a", "b"))
    save_experiment(made, file_naming("b", "c"), 1)
    assert set(DatasetUse.objects.values_list("name", flat=True)) == {"b", "c"}
    made.delete()
    assert not DatasetUse.objects.exists()


def test_the_places_of_waiting_runs_count_those_of_all(browser: Client) -> None:
    fill(2)
    items = browser.get("/api/v1/runs?under_way=true").json()["items"]
    assert [item["place"] for item in items] == [1, 2, 3, 4]
    assert browser.get("/api/v1/runs?under_way=true&offset=2").json()["items"] == items[2:]
    assert [item["counts"] for item in items] == [{"queued": Run.objects.first().nodes.count()}] * 4


def test_older_databases_are_filled() -> None:
    made = create_experiment(owner(), file_naming("a", "a@1"))
    DatasetUse.objects.all().delete()
    Experiment.objects.update(description="", node_count=0)
    import_module("studio.experiments.migrations.0005_fill_lists").fill(apps, None)
    made.refresh_from_db()
    assert (made.description, made.node_count) == ("said", 2)
    assert set(made.dataset_uses.values_list("name", flat=True)) == {"a", "a@1"}
