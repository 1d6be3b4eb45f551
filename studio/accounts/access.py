"""One gate a kind of object: there is no other way for the web side to get hold of one.

What may not be seen is told apart from what does not exist by nobody: both are NotFound.
The models are looked up by name, since the rooms above know this one, not the other way round.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Model, Q, QuerySet

from studio.errors import NotFound

if TYPE_CHECKING:
    from studio.artifacts.models import Artifact
    from studio.datasets.models import Dataset
    from studio.experiments.models import Experiment
    from studio.runs.models import NodeRun, Run

Viewer = User | AnonymousUser


def access_experiment(user: Viewer, id: str) -> Experiment:
    if found := apps.get_model("experiments", "Experiment").objects.filter(owner_id=user.pk, pk=id).first():
        return found
    raise NotFound(f"There is no experiment {id!r}. It may have been deleted.")


def access_experiments(user: Viewer, ids: Collection[str]) -> QuerySet[Experiment]:
    """All of them; NotFound where one is missing."""
    return _all_of(apps.get_model("experiments", "Experiment"), user, ids, "experiment")


def access_datasets(user: Viewer, ids: Collection[str]) -> QuerySet[Dataset]:
    """All of them; NotFound where one is missing."""
    return _all_of(apps.get_model("datasets", "Dataset"), user, ids, "dataset")


def _all_of(model: type[Model], user: Viewer, ids: Collection[str], what: str) -> QuerySet[Any]:
    rows = model._default_manager.filter(owner_id=user.pk, pk__in=set(ids))
    if missing := set(ids) - set(rows.values_list("pk", flat=True)):
        raise NotFound(f"There is no {what} {min(missing)!r}. It may have been deleted.")
    return rows


def access_dataset(user: Viewer, id: str) -> Dataset:
    if (
        found := apps.get_model("datasets", "Dataset")
        .objects.filter(owner_id=user.pk, pk=id)
        .select_related("artifact")
        .defer("artifact__manifest")
        .first()
    ):
        return found
    raise NotFound(f"There is no dataset {id!r}. It may have been deleted.")


def access_run(user: Viewer, id: str) -> Run:
    if found := apps.get_model("runs", "Run").objects.filter(experiment__owner_id=user.pk, pk=id).first():
        return found
    raise NotFound(f"There is no run {id!r}. It may have been deleted with its experiment.")


def access_node_run(user: Viewer, run: str, node: str) -> NodeRun:
    if found := access_run(user, run).nodes.filter(node=node).first():
        return found
    raise NotFound(f"Run {run!r} has no node {node!r}.")


def access_artifact(user: Viewer, id: str) -> Artifact:
    """An artifact may be seen by whoever may see a run or a dataset that it came from."""
    mine = Q(outputs__node_run__run__experiment__owner_id=user.pk) | Q(datasets__owner_id=user.pk)
    artifacts = apps.get_model("artifacts", "Artifact").objects.defer("manifest")
    if found := artifacts.filter(mine, pk=id).first():
        return found
    raise NotFound(f"There is no artifact {id!r}. Run the experiment again to make it again.")
