"""Who may see what: one gate and one list a kind of thing. The web side has no other way to get hold of one.

A gate, `access_…`, gives one thing; a list, `visible_…`, is the rows that a person may see, and each gate
looks in its list. NotFound says the same of what may not be seen and of what does not exist. The models are
looked up by name, since the rooms above know this one, not the other way round.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from studio.accounts.owner import OWNER
from studio.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from studio.artifacts.models import Artifact
    from studio.datasets.models import Dataset
    from studio.environments.models import Environment
    from studio.experiments.models import Experiment
    from studio.network.models import NetworkRecord
    from studio.own_modules.models import OwnModule
    from studio.runs.models import NodeRun, Run
    from studio.secrets.models import Secret
    from studio.services.models import Service

Viewer = User | AnonymousUser


def visible_experiments(user: Viewer) -> QuerySet[Experiment]:
    """The experiments that this person may see."""
    found: QuerySet[Experiment] = _rows("experiments", "Experiment").filter(owner_id=user.pk)
    return found


def visible_datasets(user: Viewer) -> QuerySet[Dataset]:
    """The datasets that this person may see, every version."""
    found: QuerySet[Dataset] = _rows("datasets", "Dataset").filter(owner_id=user.pk)
    return found


def visible_runs(user: Viewer) -> QuerySet[Run]:
    """The runs that this person may see: of experiments, of services, of whatever purpose."""
    found: QuerySet[Run] = _rows("runs", "Run").filter(owner_id=user.pk)
    return found


def visible_environments(user: Viewer) -> QuerySet[Environment]:
    """The environments that this person may see, base aside."""
    found: QuerySet[Environment] = _rows("environments", "Environment").filter(owner_id=user.pk)
    return found


def visible_secrets(user: Viewer) -> QuerySet[Secret]:
    """The secrets that this person may name and replace."""
    found: QuerySet[Secret] = _rows("secrets", "Secret").filter(owner_id=user.pk)
    return found


def visible_own_modules(user: Viewer) -> QuerySet[OwnModule]:
    """The own modules that this person may see, every version."""
    found: QuerySet[OwnModule] = _rows("own_modules", "OwnModule").filter(owner_id=user.pk)
    return found


def visible_network_records(user: Viewer, search: str = "") -> QuerySet[NetworkRecord]:
    """What this person's nodes reached in the network; the administrator sees everybody's. `search`: a part
    of the host's or the node's name."""
    found: QuerySet[NetworkRecord] = _rows("network", "NetworkRecord")
    if not may_administer(user):
        found = found.filter(owner_id=user.pk)
    return found.filter(Q(host__icontains=search) | Q(title__icontains=search)) if search else found


def visible_services(user: Viewer) -> QuerySet[Service]:
    """The web services that this person may see."""
    found: QuerySet[Service] = _rows("services", "Service").filter(owner_id=user.pk)
    return found


def visible_among(user: Viewer, runs: QuerySet[Run]) -> QuerySet[Run]:
    """Those of these runs that the person may see. It asks for each by its key, so that the database finds
    them by what they were chosen for, and not by a walk through all runs of the person."""
    return runs.filter(Exists(visible_runs(user).filter(pk=OuterRef("pk"))))


def visible_artifacts(user: Viewer) -> QuerySet[Artifact]:
    """The artifacts that this person may see: those of a run or a dataset that the person may see. A row may
    come several times."""
    mine = Q(outputs__node_run__run__owner_id=user.pk) | Q(datasets__owner_id=user.pk)
    found: QuerySet[Artifact] = _rows("artifacts", "Artifact").filter(mine)
    return found


def access_experiment(user: Viewer, id: str) -> Experiment:
    if found := visible_experiments(user).filter(pk=id).first():
        return found
    raise NotFound(f"There is no experiment {id!r}. It may have been deleted.")


def access_experiments(user: Viewer, ids: Collection[str]) -> QuerySet[Experiment]:
    """Returns all of them. Raises NotFound if one is missing."""
    return _all_of(visible_experiments(user), ids, "experiment")


def access_datasets(user: Viewer, ids: Collection[str]) -> QuerySet[Dataset]:
    """Returns all of them. Raises NotFound if one is missing."""
    return _all_of(visible_datasets(user), ids, "dataset")


def access_dataset(user: Viewer, id: str) -> Dataset:
    rows = visible_datasets(user).select_related("artifact").defer("artifact__manifest")
    if found := rows.filter(pk=id).first():
        return found
    raise NotFound(f"There is no dataset {id!r}. It may have been deleted.")


def access_run(user: Viewer, id: str) -> Run:
    if found := visible_runs(user).filter(pk=id).first():
        return found
    raise NotFound(f"There is no run {id!r}. It may have been deleted with its experiment.")


def access_environment(user: Viewer, id: str) -> Environment:
    if found := visible_environments(user).filter(pk=id).first():
        return found
    raise NotFound(f"There is no environment {id!r}. It may have been deleted.")


def access_secret(user: Viewer, id: str) -> Secret:
    if found := visible_secrets(user).filter(pk=id).first():
        return found
    raise NotFound(f"There is no secret {id!r}. It may have been deleted.")


def access_own_module(user: Viewer, slug: str, version: int | None = None) -> OwnModule:
    """That version of it, or the latest."""
    rows = visible_own_modules(user).filter(slug=slug).order_by("-version")
    if found := (rows if version is None else rows.filter(version=version)).first():
        return found
    what = slug if version is None else f"{slug}@{version}"
    raise NotFound(f"There is no own module {what!r}. It may have been deleted.")


def access_service(user: Viewer, id: str) -> Service:
    if found := visible_services(user).filter(pk=id).first():
        return found
    raise NotFound(f"There is no service {id!r}. It may have been deleted.")


def access_node_run(user: Viewer, run: str, node: str) -> NodeRun:
    if found := access_run(user, run).nodes.filter(node=node).first():
        return found
    raise NotFound(f"Run {run!r} has no node {node!r}.")


def access_artifact(user: Viewer, id: str) -> Artifact:
    if found := visible_artifacts(user).defer("manifest").filter(pk=id).first():
        return found
    raise NotFound(f"There is no artifact {id!r}. Run the experiment again to make it again.")


def may_administer(user: Viewer) -> bool:
    """Whether this person is the administrator of the server."""
    return user.get_username() == OWNER


def access_server(user: Viewer) -> None:
    """Lets the administrator pass: whose call touches what all people have on this server. Forbidden to
    others."""
    if not may_administer(user):
        raise Forbidden(
            "Only the administrator of this server may do this, since it touches everybody's work."
        )


def _rows(app: str, model: str) -> QuerySet[Any]:
    return apps.get_model(app, model)._default_manager.all()


def _all_of(rows: QuerySet[Any], ids: Collection[str], what: str) -> QuerySet[Any]:
    found = rows.filter(pk__in=set(ids))
    if missing := set(ids) - set(found.values_list("pk", flat=True)):
        raise NotFound(f"There is no {what} {min(missing)!r}. It may have been deleted.")
    return found
