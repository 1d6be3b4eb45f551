"""The verbs of experiments: create, save, rename, duplicate, delete."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from modules.registry import catalog
from studio.environments.carried import take_environments
from studio.errors import Invalid, Stale
from studio.experiments.events import ExperimentEvent
from studio.experiments.graph import FORMAT, FileProblem, read_graph
from studio.experiments.models import DatasetUse, Experiment
from studio.experiments.module_pairs import note_pairs
from studio.experiments.own_modules import flat_document
from studio.live.broadcast import group_of, publish
from studio.text import without_nul

OURS = ("id", "revision", "created", "updated", "last_run", "sample")
"""Members that an answer adds to the file; they are not part of it."""
MAX_NAME = 200
LONGEST_USE = 250
"""Characters of a dataset's name with its version."""


def create_experiment(owner: User, document: dict[str, Any], *, sample: str = "") -> Experiment:
    """`sample`: which one it is made from, if it is."""
    document = checked(document)
    with transaction.atomic():
        made = Experiment(owner=owner, sample_of=sample)
        take_document(made, document)
        made.save()
        note_uses(made)
        take_environments(document, owner.pk)
    return made


def save_experiment(
    experiment: Experiment, document: dict[str, Any], revision: int, client: str = ""
) -> Experiment:
    """Compare-and-set on the revision: Stale where somebody saved since, and nothing is overwritten."""
    document = checked(document)
    with transaction.atomic():
        current = Experiment.objects.select_for_update().get(pk=experiment.pk)
        if current.revision != revision:
            raise Stale(
                f"This experiment is at revision {current.revision} by now; your change was made to revision "
                f"{revision}. Nothing was overwritten: read it again, then save.",
                current_revision=current.revision,
            )
        current.revision = revision + 1
        note_pairs(current.document, document)
        take_document(current, document)
        current.save()
        note_uses(current)
        take_environments(document, current.owner_id)
        publish(
            group_of(current.pk), ExperimentEvent(id=current.pk, revision=current.revision, client=client)
        )
    return current


def take_document(experiment: Experiment, document: dict[str, Any]) -> None:
    """Puts a checked document in, and what lists show of it beside it."""
    experiment.name, experiment.document = document["name"], document
    experiment.description = str(document["description"])
    experiment.node_count = len(document["nodes"])


def note_uses(experiment: Experiment) -> None:
    """Writes down which datasets its document names, where that is another than before."""
    now = named_datasets(flat_document(experiment.document)["nodes"])
    before = set(experiment.dataset_uses.values_list("name", flat=True))
    if gone := before - now:
        experiment.dataset_uses.filter(name__in=gone).delete()
    DatasetUse.objects.bulk_create(
        (DatasetUse(owner_id=experiment.owner_id, experiment=experiment, name=name) for name in now - before),
        ignore_conflicts=True,
    )


def named_datasets(nodes: Any) -> set[str]:
    """The datasets that a document's nodes name or are pinned to; a name that is too long is none."""
    references = {slug: spec.reference for slug, spec in catalog().items() if spec.reference}
    found = {
        str((node.get("params") or {}).get(references[node["module"]]) or "")
        for node in nodes or []
        if isinstance(node, dict) and node.get("module") in references
    }
    for node in nodes or []:
        found |= {str(name) for name in ((isinstance(node, dict) and node.get("pinned")) or {}).values()}
    return {name for name in found if 0 < len(name) <= LONGEST_USE}


def duplicate_experiment(user: User, experiment: Experiment) -> Experiment:
    """The copy belongs to whoever makes it."""
    document = copy.deepcopy(experiment.document)
    document["name"] = f"{experiment.name[: MAX_NAME - 7]} (copy)"
    copied = create_experiment(user, document)
    copied.folder, copied.tag_lines = experiment.folder, experiment.tag_lines
    copied.save(update_fields=["folder", "tag_lines"])
    return copied


def delete_experiment(experiment: Experiment) -> None:
    """With its runs; what they left is dropped from the store when nothing else holds it."""
    with transaction.atomic():
        publish(group_of(experiment.pk), ExperimentEvent(id=experiment.pk, revision=0))
        experiment.delete()


def checked(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what only answers carry. Raises Invalid if it is no experiment file.

    A draft may be wrong in what it means (an unknown module, a missing wire): that is for `validate`.
    """
    try:
        document = without_nul({key: value for key, value in document.items() if key not in OURS})
    except RecursionError:
        raise Invalid("The experiment file is nested too deeply to be one.") from None
    try:
        read_graph(document)
    except FileProblem as problem:
        raise Invalid(str(problem), [{"loc": [], "code": "format", "message": str(problem)}]) from problem
    document.setdefault("format", FORMAT)
    name = str(document.get("name") or "").strip() or "Untitled experiment"
    if len(name) > MAX_NAME:
        message = f"The name has {len(name)} characters; at most {MAX_NAME} fit."
        raise Invalid(message, [{"loc": ["name"], "code": "too-long", "message": message}])
    document["name"] = name
    document.setdefault("description", "")
    document.setdefault("nodes", [])
    document.setdefault("wires", [])
    return document
