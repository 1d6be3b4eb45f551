"""Where a dataset that was saved from an output came from, and what was made of it since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from studio.accounts.access import Viewer, visible_datasets
from studio.artifacts.models import Artifact
from studio.datasets.models import Dataset, Source


def maker(owner_id: int, artifact: Artifact, run: str | None, node: str | None) -> Any | None:
    """The owner's node run that left the artifact: in the run and at the node that are named, else in the
    newest run, at the first node that had it. None where nobody's run is known (it was uploaded)."""
    found = apps.get_model("runs", "NodeRun").objects.filter(
        outputs__artifact=artifact, run__experiment__owner_id=owner_id
    )
    if run is not None:
        found = found.filter(run_id=run)
    if node is not None:
        found = found.filter(node=node)
    return found.select_related("run").order_by("-run__created", "place").first()


def remember(dataset: Dataset, node_run: Any) -> None:
    """Writes down the node run that made a dataset, and the datasets that its result stands on."""
    run = node_run.run
    dataset.lineage = {
        "experiment": run.experiment_id,
        "run": run.pk,
        "number": run.number,
        "node": node_run.node,
        "node_name": node_run.title,
    }
    dataset.save(update_fields=["lineage"])
    read = sorted(_read_above(node_run))
    known = {
        (name, version): pk
        for name, version, pk in Dataset.objects.filter(
            owner_id=dataset.owner_id, name__in={name for name, _ in read}
        ).values_list("name", "version", "pk")
    }
    Source.objects.bulk_create(
        Source(made=dataset, dataset_id=known.get(key), name=key[0], version=key[1]) for key in read
    )


def lineages(owner_id: int, datasets: Sequence[Dataset]) -> dict[str, dict[str, Any]]:
    """By dataset, what `remember` wrote, with the names that experiment and datasets have now.
    `experiment_name` and an input's `id` are null where they were deleted since."""
    saved: dict[str, dict[str, Any]] = {each.pk: each.lineage for each in datasets if each.lineage}
    if not saved:
        return {}
    experiments = apps.get_model("experiments", "Experiment").objects.filter(owner_id=owner_id)
    asked = {lineage["experiment"] for lineage in saved.values()}
    named = dict(experiments.filter(pk__in=asked).values_list("pk", "name"))
    inputs: dict[str, list[dict[str, Any]]] = {pk: [] for pk in saved}
    for made, id, now, then, version in (
        Source.objects.filter(made__in=inputs)
        .order_by("name", "version")
        .values_list("made_id", "dataset_id", "dataset__name", "name", "version")
    ):
        inputs[made].append({"id": id, "dataset": now or then, "version": version})
    return {
        pk: {**lineage, "experiment_name": named.get(lineage["experiment"]), "inputs": inputs[pk]}
        for pk, lineage in saved.items()
    }


def made_from(dataset: Dataset) -> QuerySet[Dataset]:
    """The datasets that were saved from outputs that stand on it, newest first."""
    made = Dataset.objects.filter(sources__dataset=dataset, owner_id=dataset.owner_id)
    return made.order_by("-created", "id")


def saved_at(user: Viewer, experiment: str, node: str) -> QuerySet[Dataset]:
    """The datasets that were saved from a node, in any of its runs, newest first."""
    saved = visible_datasets(user).filter(lineage__experiment=experiment, lineage__node=node)
    return saved.order_by("-created", "id")


def _read_above(node_run: Any) -> set[tuple[str, int]]:
    """Name and version of each dataset that was read at or above a node of a run."""
    nodes = {
        node: (inputs or {}, basis)
        for node, inputs, basis in node_run.run.nodes.values_list("node", "plan__inputs", "basis")
    }
    found, seen, todo = set(), set[str](), [node_run.node]
    while todo:
        node = todo.pop()
        if node in seen or node not in nodes:
            continue
        seen.add(node)
        inputs, basis = nodes[node]
        if "dataset" in basis:
            found.add((basis["dataset"], basis["version"]))
        todo += [source for source, _ in inputs.values()]
    return found
