"""Environments in an experiment file: what its nodes name, with requirements and lock, so that another server
builds the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from packaging.requirements import InvalidRequirement

from studio.documents import every_node
from studio.environments.actions import create_environment
from studio.environments.lookup import PARAM, is_base
from studio.environments.models import Environment
from studio.environments.requirements import wish_of
from studio.errors import Invalid, Taken

MEMBER = "environments"
LONGEST = 200


def named_in(document: Mapping[str, Any]) -> set[str]:
    """The environments that a document's nodes name, those inside its own modules too; base aside."""
    params: Iterable[Any] = (node.get("params") for node in every_node(document))
    names = {each[PARAM] for each in params if isinstance(each, dict) and isinstance(each.get(PARAM), str)}
    return {name for name in names if not is_base(name) and len(name) <= LONGEST}


def with_environments(document: Mapping[str, Any], owner_id: int) -> dict[str, Any]:
    """The document with the requirements and the lock of each environment that it names, as they are now.
    What came along of one that is not here stays."""
    if not (names := named_in(document)):
        return dict(document)
    rows = Environment.objects.filter(owner_id=owner_id, name__in=names)
    now = {row.name: {"requirements": row.requirements, "lock": row.lock} for row in rows.defer("log")}
    came = document.get(MEMBER)
    kept = {name: said for name, said in came.items() if name in names} if isinstance(came, dict) else {}
    found = {**kept, **now}
    return {**document, MEMBER: found} if found else dict(document)


def other_here(document: Mapping[str, Any], owner_id: int) -> list[tuple[str, list[str], list[str]]]:
    """Environments that came along and are here for other packages: name, requirements here and there."""
    came = document.get(MEMBER)
    if not isinstance(came, dict) or not (names := named_in(document) & came.keys()):
        return []
    found = []
    for row in Environment.objects.filter(owner_id=owner_id, name__in=names).only(
        "name", "requirements", "wish"
    ):
        said = came[row.name].get("requirements") if isinstance(came[row.name], dict) else None
        try:
            if isinstance(said, list) and wish_of(map(str, said)) != row.wish:
                found.append((row.name, row.requirements, [str(line) for line in said]))
        except InvalidRequirement:
            continue
    return found


def take_environments(document: Mapping[str, Any], owner_id: int) -> None:
    """Makes those that came along, are named by a node, and are not here. One that cannot be is left out:
    `validate` tells that it is unknown."""
    came = document.get(MEMBER)
    if not isinstance(came, dict) or not (names := named_in(document) & came.keys()):
        return
    here = Environment.objects.filter(owner_id=owner_id, name__in=names).values_list("name", flat=True)
    for name in sorted(names - set(here)):
        said = came[name]
        if not isinstance(said, dict):
            continue
        requirements, lock = said.get("requirements"), said.get("lock")
        if isinstance(requirements, list) and all(isinstance(line, str) for line in requirements):
            try:
                create_environment(owner_id, name, requirements, lock=lock if isinstance(lock, str) else "")
            except (Invalid, Taken):
                continue
