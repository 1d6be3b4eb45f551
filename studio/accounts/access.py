"""One gate a kind of object: there is no other way for the web side to get hold of one.

What may not be seen is told apart from what does not exist by nobody: both are NotFound.
The models are looked up by name, since the rooms above know this one, not the other way round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q

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


def access_dataset(user: Viewer, id: str) -> Dataset:
    if (
        found := apps.get_model("datasets", "Dataset")
        .objects.filter(owner_id=user.pk, pk=id)
        .select_related("artifact")
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
    if found := apps.get_model("artifacts", "Artifact").objects.filter(mine, pk=id).first():
        return found
    raise NotFound(f"There is no artifact {id!r}. Run the experiment again to make it again.")
