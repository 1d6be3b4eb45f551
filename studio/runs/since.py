"""What the results of a run stood on and is another by now, or in another run, apart from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from modules.digest import code_digest, libraries
from modules.interpreter import Interpreter, with_packages
from modules.registry import find
from modules.sdk.declare import ModuleSpec
from studio.datasets.lookup import find_dataset
from studio.datasets.models import Dataset
from studio.environments.models import Environment
from studio.runs.models import Run
from studio.runs.reasons import Apart, apart_from_graph

Basis = Mapping[str, Any]


def changed_by_now(run: Run) -> dict[str, list[Apart]]:
    """By node, in words: the dataset it follows has another latest version or is gone, its module or a
    library is newer. Nodes of which all is as it was are left out."""
    if (owner := run.owner_id) is None:
        return {}
    datasets: dict[str, Dataset | None] = {}
    nodes = list(run.nodes.exclude(basis={}).values_list("node", "plan", "basis"))
    environments = _interpreters(plan for _, plan, _ in nodes)
    found = {}
    for node, plan, basis in nodes:
        spec = find(plan["module"])
        if spec is None or plan.get("pinned"):
            continue
        if spec.reference:
            name = plan["params"][spec.reference]
            if name not in datasets:
                datasets[name] = find_dataset(owner, name)
            told = _dataset_now(basis, name, datasets[name])
        else:
            where = environments.get(plan.get("environment") or "")
            told = apart_from_graph(basis, _code_now(spec, where))
        if told:
            found[node] = told
    return found


def changed_until(run: Run, later: Run) -> dict[str, list[Apart]]:
    """Compares two runs: what differs, by each node that is in both and differs."""
    after = dict(later.nodes.exclude(basis={}).values_list("node", "basis"))
    found = {}
    for node, basis in run.nodes.exclude(basis={}).values_list("node", "basis"):
        if node in after and (told := apart_from_graph(basis, after[node])):
            found[node] = told
    return found


def _dataset_now(basis: Basis, name: str, now: Dataset | None) -> list[Apart]:
    if now is None:
        return [Apart(name, str(basis["version"]), "gone")]
    return apart_from_graph(basis, {"dataset": now.name, "version": now.version, "artifact": now.artifact_id})


def _interpreters(plans: Iterable[Mapping[str, Any]]) -> dict[str, Interpreter]:
    """Of the environments that these name, as they are now, by id."""
    named = {plan["environment"] for plan in plans if plan.get("environment")}
    rows = Environment.objects.filter(pk__in=named).values_list("pk", "packages") if named else ()
    return {pk: with_packages(tuple(sorted(packages.items()))) for pk, packages in rows}


def _code_now(spec: ModuleSpec, where: Interpreter | None = None) -> Basis:
    return {"code": code_digest(spec.slug, where), "libraries": libraries(spec.slug, where)}
