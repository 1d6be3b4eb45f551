"""An own module as an experiment file carries it: a graph, and what is seen of it from outside. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.experiments.file_problem import FileProblem

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}\Z")
LONGEST_TITLE = 100
UNTRUSTED = "untrusted"
"""The member of a definition that came from elsewhere, until somebody trusts it."""


@dataclass(frozen=True)
class Definition:
    """`inputs`: by port the inner inputs that it leads to, `outputs`: the inner output that it shows, each
    written `node.port`. `params`: by name the inner node and its param. `untrusted`: it came
    from elsewhere, and its code does not run yet."""

    name: str
    nodes: list[Any]
    wires: list[Any]
    inputs: Mapping[str, list[str]]
    outputs: Mapping[str, str]
    params: Mapping[str, tuple[str, str]]
    untrusted: bool = False


def read_definition(key: str, given: object) -> Definition:
    """FileProblem, which names the definition and the place in it, if it is not one."""
    where = f"modules[{key!r}]"
    if not isinstance(given, Mapping):
        raise FileProblem(f"{where} must be an object.")
    name = given.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_TITLE:
        raise FileProblem(f'{where}: "name" must be a text of 1 to {LONGEST_TITLE} characters.')
    nodes, wires = _list(given, "nodes", where), _list(given, "wires", where)
    if not nodes:
        raise FileProblem(f"{where}: it has no nodes.")
    inputs = {port: _ends(item, port, where) for port, item in _named(given, "inputs", where)}
    outputs = {
        port: _end(item.get("from"), f"{where}: output {port!r}")
        for port, item in _named(given, "outputs", where)
    }
    params = {
        name: (_text(item, "node", name, where), _text(item, "param", name, where))
        for name, item in _named(given, "params", where)
    }
    return Definition(name.strip(), nodes, wires, inputs, outputs, params, given.get(UNTRUSTED) is True)


def _ends(item: Mapping[str, Any], port: str, where: str) -> list[str]:
    ends = item.get("to")
    if not isinstance(ends, list):
        raise FileProblem(f'{where}: "to" of the input {port!r} must be a list of inner inputs.')
    return [_end(end, f"{where}: input {port!r}") for end in ends]


def _end(given: object, where: str) -> str:
    if isinstance(given, str) and "." in given:
        return given
    raise FileProblem(f'{where}: an inner port is written "node.port", not {given!r:.60}.')


def _text(item: Mapping[str, Any], key: str, name: str, where: str) -> str:
    if isinstance(value := item.get(key), str) and value:
        return value
    raise FileProblem(f'{where}: the param {name!r} needs "{key}", the inner one that it sets.')


def _named(given: Mapping[str, Any], member: str, where: str) -> list[tuple[str, Mapping[str, Any]]]:
    found: dict[str, Mapping[str, Any]] = {}
    for item in _list(given, member, where):
        name = item.get("name") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or not NAME.match(name):
            raise FileProblem(
                f'{where}: each of "{member}" needs a "name" of letters, digits and _, not {name!r:.60}.'
            )
        if name in found:
            raise FileProblem(f'{where}: the name {name!r} is used twice in "{member}".')
        found[name] = item
    return list(found.items())


def _list(given: Mapping[str, Any], member: str, where: str) -> list[Any]:
    value = given.get(member, [])
    if isinstance(value, list):
        return value
    raise FileProblem(f'{where}: "{member}" must be a list.')
