"""The packages that an exported script needs: those of its modules, and what the environments and headers of
its nodes ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from modules.interpreter import normal
from modules.registry import module_title
from modules.scripting.script_header import WrongHeader, read_header
from studio.environments.pins import read_lock
from studio.environments.requirements import WrongRequirement, read_requirements
from studio.experiments.graph import Graph, Node

ENVIRONMENTS = "environments"
OUTSIDE = ("import-data", "export-data")


class NoPackages(ValueError):
    """Why no script of one interpreter can stand for these nodes. `node`: the one to look at."""

    def __init__(self, node: str, message: str) -> None:
        super().__init__(message)
        self.node = node


class _Asked(NamedTuple):
    """One requirement of a node. `exact`: the version that a lock has for it."""

    node: Node
    line: str
    exact: str


def packages_of(graph: Graph, carried: Any, base: list[str], outside: list[str]) -> list[str]:
    """The lines for the script's header. `carried`: the environments of the experiment file, requirements and
    lock by name. `base`: what Studio's modules need, as `name==version`; `outside`: what those need that
    reach the world. An environment's version goes before base's. NoPackages if two nodes need two versions
    of one package, or nobody knows what an environment has."""
    asks_outside = any(node.module in OUTSIDE for node in graph.nodes.values())
    found = {normal(Requirement(line).name): line for line in [*base, *(outside if asks_outside else ())]}
    wanted: dict[str, list[_Asked]] = {}
    for node in graph.nodes.values():
        for asked in _asked(node, carried if isinstance(carried, dict) else {}):
            wanted.setdefault(normal(Requirement(asked.line).name), []).append(asked)
    lines = [line for name, several in wanted.items() for line in _lines(name, several)]
    return [*(line for name, line in found.items() if name not in wanted), *lines]


def _lines(name: str, several: list[_Asked]) -> list[str]:
    """The different lines for one package."""
    if one := next((each for each in several if each.exact), None):
        for other in several:
            if not Requirement(other.line).specifier.contains(one.exact, prereleases=True):
                raise NoPackages(
                    other.node.id,
                    f"{_title(one.node)} needs {name} {one.exact} and {_title(other.node)} needs "
                    f"{other.line}, but a script has one version of a package. Choose one environment for "
                    "both, or export them apart.",
                )
    return list(dict.fromkeys(each.line for each in several))


def _asked(node: Node, carried: Mapping[str, Any]) -> Iterator[_Asked]:
    name = str(node.params.get("environment") or "")
    if name in ("", "base"):
        yield from (_Asked(node, line, "") for line in _of_header(node))
        return
    said = carried.get(name)
    if not isinstance(said, dict) or not isinstance(said.get("requirements"), list):
        raise NoPackages(
            node.id,
            f"{_title(node)} names the environment {name!r}, which is not here, and the experiment file does "
            "not say what it has. Make an environment of that name, or choose another in the node.",
        )
    pins = {pin.name: pin.version for pin in read_lock(str(said.get("lock") or ""))}
    try:
        lines = read_requirements([str(line) for line in said["requirements"]])
    except WrongRequirement as wrong:
        raise NoPackages(node.id, f"The environment {name!r} of {_title(node)}: {wrong}") from None
    for line in lines:
        asked = Requirement(line)
        exact = pins.get(normal(asked.name), "")
        if exact:
            asked.specifier = SpecifierSet(f"=={exact}")
        yield _Asked(node, str(asked), exact)


def _of_header(node: Node) -> list[str]:
    script = node.params.get("script")
    try:
        header = read_header(script) if isinstance(script, str) else None
        return read_requirements(header.dependencies) if header else []
    except (WrongHeader, WrongRequirement):
        return []  # `validate` tells of it


def _title(node: Node) -> str:
    return f"{node.name or module_title(node.module)} ({node.id})"
