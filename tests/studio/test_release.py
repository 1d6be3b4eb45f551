"""Two releases on one database: the one that prepared it last uses it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from studio.accounts.access import visible_runs
from studio.accounts.owner import owner
from studio.experiments.actions import create_experiment
from studio.runs import release
from studio.runs.models import Release, Run
from studio.supervise.preparing import prepare
from studio.supervise.supervisor import GivenUp
from tests.builders import chain

BEFORE = {"accounts": 1, "artifacts": 2, "datasets": 5, "experiments": 3, "runs": 6}
"""Numbers of the last migrations before releases could stand beside each other on one database."""

LOOSENED = {("run", "experiment"), ("run", "number"), ("run", "purpose")}
"""Fields that a later change only loosened (null, a default, one word more): what was written before still
fits."""


@pytest.mark.django_db
def test_a_worker_of_another_release_claims_nothing_until_it_is_the_one_in_use() -> None:
    seconds = 0.0
    fit = release.Fit(lambda: seconds)
    assert fit.refusal() == ""  # nobody has said yet
    Release.objects.update_or_create(pk=1, defaults={"name": "0.1.0+other", "since": "2026-03-01T00:00Z"})
    seconds = 1.5
    assert "is used by 0.1.0+other, so the worker takes no nodes" in fit.refusal()
    release.take_over()
    seconds = 3.0
    assert fit.refusal() == ""


@pytest.mark.django_db
def test_an_older_version_does_not_take_the_database_over() -> None:
    Release.objects.update_or_create(pk=1, defaults={"name": "99.0.0+later", "since": "2026-03-01T00:00Z"})
    release.take_over()
    assert Release.objects.get().name == "99.0.0+later"


@pytest.mark.django_db
def test_a_database_of_a_later_release_is_refused() -> None:
    assert release.too_new() == ""
    MigrationRecorder(connection).record_applied("runs", "9999_later")
    assert release.unknown_changes() == ["runs.9999_later"]
    with pytest.raises(GivenUp, match=r"it has runs.9999_later. Update this Studio, or restore"):
        prepare()


def test_later_migrations_leave_workers_of_the_release_before_what_they_read_and_write() -> None:
    assert [
        f"{app}.{migration.name}: {operation.describe()}"
        for app, migration in later()
        for operation in migration.operations
        if not is_additive(operation, migration)
    ] == []


def later() -> list[tuple[str, migrations.Migration]]:
    loader = MigrationLoader(None)
    return [
        (app, migration)
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in BEFORE and int(name[:4]) > BEFORE[app]
    ]


def is_additive(operation: Any, migration: migrations.Migration) -> bool:
    """Whether a worker of the release before still reads and writes what it did."""
    created = {
        other.name.lower() for other in migration.operations if isinstance(other, migrations.CreateModel)
    }
    match operation:
        case migrations.AddField(field=field):
            optional = field.null or field.many_to_many or field.db_default is not models.NOT_PROVIDED
            return optional or operation.model_name.lower() in created
        case migrations.AlterField(name=name, model_name=model):
            return (model, name) in LOOSENED
        case migrations.RunSQL() | migrations.RemoveField() | migrations.RenameField():
            return False
        case migrations.DeleteModel() | migrations.RenameModel():
            return False
    return True


def test_a_field_that_old_workers_leave_out_is_found() -> None:
    strict = migrations.AddField("noderun", "x", models.IntegerField(default=0))
    lax = migrations.AddField("noderun", "x", models.IntegerField(db_default=0))
    assert [is_additive(one, migrations.Migration("x", "runs")) for one in (strict, lax)] == [False, True]


@pytest.mark.django_db
def test_a_run_that_an_older_web_process_began_gets_the_owner_of_its_experiment() -> None:
    experiment = create_experiment(owner(), chain("def azureml_main(df): return df").file())
    run = Run.objects.create(experiment=experiment, number=1, graph={})
    assert list(visible_runs(owner())) == []
    release.fill_owners()
    assert list(visible_runs(owner())) == [run]
