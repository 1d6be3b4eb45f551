"""All nodes of a dataset take one version of it, whatever is uploaded while the run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import config
from studio.accounts.owner import owner
from studio.datasets.actions import Wish, delete_dataset, take_file
from studio.datasets.models import Dataset
from studio.experiments.actions import create_experiment
from studio.runs.actions import start_run
from studio.runs.models import Run
from tests.builders import Exp
from workers.data.imports import import_dataset
from workers.engine.scheduler import Engine
from workers.sandbox.parent import Sandbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sandbox(published: list[object]) -> Iterator[Sandbox]:
    made = Sandbox(config.home(), config.sandbox())
    yield made
    made.close()


def bring(sandbox: Sandbox, folder: Path, text: str, wish: Wish) -> Dataset:
    file = folder / "orders.csv"
    file.unlink(missing_ok=True)
    file.write_text(text)
    dataset = take_file(owner(), file, file.name, wish)
    import_dataset(dataset.pk, sandbox)
    return Dataset.objects.get(pk=dataset.pk)


def begun() -> Run:
    nodes = Exp().node("early", "dataset", dataset="orders").node("late", "dataset", dataset="orders")
    return start_run(create_experiment(owner(), nodes.file()), hints=False)


def carry_out(sandbox: Sandbox, run: Run) -> Run:
    """In this thread: the tests' database is one for a thread."""
    Engine(sandbox, wake=lambda count: None).work(run.pk)
    run.refresh_from_db()
    return run


def test_a_version_that_comes_while_a_run_goes_on_is_for_the_next_run(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    first = bring(sandbox, tmp_path, "a\n1\n", Wish())
    run = begun()
    second = bring(sandbox, tmp_path, "a\n1\n2\n", Wish(new_version_of=first))
    assert (second.state, second.version) == ("ready", 2)
    assert carry_out(sandbox, run).state == "finished"
    assert [node.basis["version"] for node in run.nodes.all()] == [1, 1]
    assert [node.basis["version"] for node in carry_out(sandbox, begun()).nodes.all()] == [2, 2]


def test_a_version_that_is_deleted_while_a_run_goes_on_is_missed(sandbox: Sandbox, tmp_path: Path) -> None:
    first = bring(sandbox, tmp_path, "a\n1\n", Wish())
    bring(sandbox, tmp_path, "a\n1\n2\n", Wish(new_version_of=first))
    run = begun()
    delete_dataset(Dataset.objects.get(name="orders", version=2))
    assert carry_out(sandbox, run).state == "failed"
    error = run.nodes.get(node="late").error
    assert error
    message = error["message"]
    assert message.startswith("The version of 'orders' that this run began with is gone.")


def test_a_dataset_that_is_free_beside_a_script_is_passed_on(sandbox: Sandbox, tmp_path: Path) -> None:
    """A worker that has finished the script goes on with the dataset, which no child may compute."""
    bring(sandbox, tmp_path, "a\n1\n", Wish())
    exp = Exp().script("first", "def azureml_main():\n    return\n").node("late", "dataset", dataset="orders")
    run = carry_out(sandbox, start_run(create_experiment(owner(), exp.file()), hints=False))
    assert {node.node: node.state for node in run.nodes.all()} == {"first": "finished", "late": "finished"}
