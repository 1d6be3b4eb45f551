"""A package that a node's script is missing, added to the environment of the node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from modules.scripting.script_header import with_dependency
from studio.environments.actions import change_requirements, create_environment, for_headers, free_name
from studio.environments.lookup import PARAM, Environments, wanted_packages
from studio.environments.models import Environment
from studio.environments.requirements import has_package
from studio.errors import Invalid, NotFound
from studio.experiments.graph import read_graph
from studio.experiments.models import Experiment

SCRIPT = "script"


@dataclass(frozen=True)
class Added:
    """`params`: what the node is to be set to. `before`: what the environment asked for until now; None for
    one that is new, or was there as wanted."""

    environment: Environment
    params: dict[str, Any]
    before: list[str] | None = None


def add_package(experiment: Experiment, node: str, package: str) -> Added:
    """Has an environment with this package built, and says what the node must name for it. The experiment
    stays as it is: the page sets the params, as a step that can be undone.

    An environment that the node names is extended, for all nodes that name it. If the script has a header,
    the package is written into it. Else the node gets an environment that has just this package. Raises
    NotFound if there is no such node, Invalid if it runs in no environment.
    """
    found = read_graph(experiment.document).nodes.get(node)
    if found is None:
        raise NotFound(f"This experiment has no node {node!r}. It may have been deleted, or not saved yet.")
    params, owner = dict(found.params), experiment.owner_id
    if not isinstance(params.get(SCRIPT, ""), str) or found.module != "execute-python-script":
        raise Invalid(f"The node {node!r} runs in no environment.", [])
    environments = Environments(owner)
    named = environments.of(params)
    if wanted := wanted_packages(params):
        return _in_header(owner, params, wanted, package)
    if named is not None:
        if has_package(named.requirements, package):
            return Added(named, {PARAM: named.name})
        before = list(named.requirements)
        return Added(change_requirements(named, [*before, package]), {PARAM: named.name}, before)
    known = environments.wished([package])
    if known is None or known.state == Environment.State.FAILED:
        known = create_environment(owner, free_name(owner, package), [package])
    return Added(known, {PARAM: known.name})


def _in_header(owner: int, params: dict[str, Any], wanted: list[str], package: str) -> Added:
    script = str(params[SCRIPT])
    if not has_package(wanted, package):
        script, wanted = with_dependency(script, package), [*wanted, package]
    made = for_headers(owner, [{**params, SCRIPT: script}]).wished(wanted)
    if made is None:
        raise Invalid(f"The header of the script cannot take {package!r}. Write it there yourself.", [])
    return Added(made, {SCRIPT: script})
