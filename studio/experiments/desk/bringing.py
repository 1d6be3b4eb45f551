"""An exported script that comes back into the experiment that it was exported from. Pure.

Each cell says how its node was when it was exported. If it is the same still, nobody touched it at the desk,
and the experiment keeps what it has by now.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.experiments.desk.export_mark import digest_of
from studio.experiments.desk.reader import Found
from studio.experiments.placing import place_new


def bring_back(current: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """The experiment as it would be. Nodes that are in both keep place, name and all else but what the script
    says: module, params and wires."""
    read = {node["id"]: node for node in found.document["nodes"]}
    here = {node["id"]: node for node in current.get("nodes", [])}
    removed = found.listed - read.keys()
    nodes = [_node(node, read, found) for id, node in here.items() if id not in removed]
    ids = _new_ids(read, here, found)
    nodes += [{**read[id], "id": ids[id]} for id in read if id in ids]
    wires = _wires(current, found, ids, {node["id"] for node in nodes})
    place_new([node for node in nodes if node["id"] in ids.values()], nodes, wires)
    return {**current, "nodes": nodes, "wires": wires}


def _node(node: Mapping[str, Any], read: Mapping[str, Any], found: Found) -> dict[str, Any]:
    other = read.get(node["id"])
    if other is None or not _touched(other, found):
        return dict(node)
    return {**node, "module": other["module"], "params": other["params"]}


def _touched(node: Mapping[str, Any], found: Found) -> bool:
    exported = found.exported.get(node["id"])
    return exported is None or exported.was != digest_of(node["module"], node["params"])


def _new_ids(read: Mapping[str, Any], here: Mapping[str, Any], found: Found) -> dict[str, str]:
    """By id in the script, the id of each node that comes to those that are here. One that is gone from here
    and was not touched stays gone."""
    taken, ids = {*here, *read}, {}
    for id, node in read.items():
        new = id not in found.listed
        if id in here and not new:
            continue
        if not new and not _touched(node, found):
            continue
        free = id
        if id in here:
            free = next(name for number in range(1, len(taken) + 2) if (name := f"n{number}") not in taken)
        taken.add(free)
        ids[id] = free
    return ids


def _wires(
    current: Mapping[str, Any], found: Found, ids: Mapping[str, str], there: set[str]
) -> list[dict[str, Any]]:
    """Those that are here, but for inputs that the script wires otherwise than when it was exported."""
    now: dict[str, str] = {}
    for wire in found.document["wires"]:
        node, _, port = wire["to"].rpartition(".")
        source, _, output = wire["from"].rpartition(".")
        now[f"{ids.get(node, node)}.{port}"] = f"{ids.get(source, source)}.{output}"
    was = {
        f"{ids.get(id, id)}.{port}": source
        for id, exported in found.exported.items()
        for port, source in exported.wires.items()
    }
    changed = {end for end in now.keys() | was.keys() if now.get(end) != was.get(end)}
    kept = [wire for wire in current.get("wires", []) if wire["to"] not in changed]
    made = [{"from": source, "to": end} for end, source in now.items() if end in changed]
    return [
        wire
        for wire in [*kept, *made]
        if all(wire[side].rpartition(".")[0] in there for side in ("from", "to"))
    ]
