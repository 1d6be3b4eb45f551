"""Edits of an experiment file, one after the other. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from modules.registry import find
from studio.errors import Invalid
from studio.experiments.placing import place_new


class _Edit(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddNode(_Edit):
    """A new node. It stands below the first that it takes from, otherwise below all."""

    op: Literal["add_node"]
    id: str
    module: str
    params: dict[str, Any] = {}
    name: str = ""


class SetParams(_Edit):
    """Sets these params of a node; others stay. `null` takes a param back to its default."""

    op: Literal["set_params"]
    node: str
    params: dict[str, Any]


class RemoveNode(_Edit):
    """Takes a node away, with its wires."""

    op: Literal["remove_node"]
    node: str


class AddWire(_Edit):
    """Draws a wire from `node.port` to `node.port`. A wire that ends there already goes."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    op: Literal["add_wire"]
    source: str = Field(alias="from")
    to: str


class RemoveWire(_Edit):
    """Takes the wire away that ends at `node.port`."""

    op: Literal["remove_wire"]
    to: str


class Rename(_Edit):
    op: Literal["rename"]
    node: str
    name: str


Edit = Annotated[AddNode | SetParams | RemoveNode | AddWire | RemoveWire | Rename, Field(discriminator="op")]


def apply(document: Mapping[str, Any], edits: Sequence[Edit]) -> dict[str, Any]:
    """The file after all of them. Invalid, with the number of the edit, if one does not fit."""
    found = copy.deepcopy(dict(document))
    found.setdefault("nodes", [])
    found.setdefault("wires", [])
    for number, edit in enumerate(edits, 1):
        try:
            _apply(found, edit)
        except LookupError as wrong:
            raise Invalid(f"Edit {number} ({edit.op}): {wrong.args[0]}") from None
    added = {edit.id for edit in edits if isinstance(edit, AddNode)}
    new = [node for node in found["nodes"] if node["id"] in added and "position" not in node]
    place_new(new, found["nodes"], found["wires"])
    return found


def _apply(file: dict[str, Any], edit: Edit) -> None:
    nodes = {node["id"]: node for node in file["nodes"]}
    match edit:
        case AddNode():
            if edit.id in nodes:
                raise LookupError(f"There is a node {edit.id!r} already.")
            if find(edit.module) is None:
                raise LookupError(f"There is no module {edit.module!r}; list_modules tells which there are.")
            node = {"id": edit.id, "module": edit.module, "params": edit.params}
            file["nodes"].append(node | ({"name": edit.name} if edit.name else {}))
        case SetParams():
            params = _node(nodes, edit.node).setdefault("params", {})
            for name, value in edit.params.items():
                params.pop(name, None) if value is None else params.__setitem__(name, value)
        case RemoveNode():
            file["nodes"].remove(_node(nodes, edit.node))
            ends = f"{edit.node}."
            file["wires"] = [w for w in file["wires"] if not (_at(w["from"], ends) or _at(w["to"], ends))]
        case AddWire():
            for end in (edit.source, edit.to):
                _node(nodes, end.rpartition(".")[0])
            file["wires"] = [wire for wire in file["wires"] if wire["to"] != edit.to]
            file["wires"].append({"from": edit.source, "to": edit.to})
        case RemoveWire():
            kept = [wire for wire in file["wires"] if wire["to"] != edit.to]
            if len(kept) == len(file["wires"]):
                raise LookupError(f"No wire ends at {edit.to!r}.")
            file["wires"] = kept
        case Rename():
            _node(nodes, edit.node)["name"] = edit.name


def _at(end: str, node: str) -> bool:
    return end.startswith(node) and "." not in end[len(node) :]


def _node(nodes: Mapping[str, dict[str, Any]], id: str) -> dict[str, Any]:
    if id not in nodes:
        raise LookupError(f"There is no node {id!r}; there are {', '.join(nodes) or 'none'}.")
    return nodes[id]
