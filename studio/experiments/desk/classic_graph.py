"""A graph that `Export-AmlExperimentGraph` wrote, as an experiment file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from modules.registry import find
from studio.experiments.desk.reader import Found

BY_FAMILY = {
    "cdb56f957f4c404dbde75bb972e6f232": "execute-python-script",
    "90381e8067c34d9987541db785b7ea37": "apply-sql-transformation",
}
BY_PARAM = {
    "R Script": "execute-r-script",
    "Python Script": "execute-python-script",
    "Python script": "execute-python-script",
    "SQL Query Script": "apply-sql-transformation",
}
PARAMS = {
    "R Script": "script",
    "Python Script": "script",
    "Python script": "script",
    "SQL Query Script": "sql",
    "Random Seed": "random_seed",
}
PORTS = {
    "Table1": "t1",
    "Table2": "t2",
    "Table3": "t3",
    "Script Bundle": "script_bundle",
    "Dataset": "dataset",
}


def is_classic(document: object) -> bool:
    return isinstance(document, Mapping) and isinstance(document.get("Graph"), Mapping)


def read_classic(document: Mapping[str, Any]) -> Found:
    """Script and SQL nodes, with their wires and places; datasets by the id that classic knew them by. What
    else it has is left out, and said."""
    graph = document["Graph"]
    name = str(document.get("Description") or "Imported from ML Studio (classic)")[:200]
    found = Found({"format": "studio-experiment/1", "name": name, "nodes": [], "wires": []})
    if summary := document.get("Summary"):
        found.document["description"] = str(summary)
    places = _places(str(graph.get("SerializedClientData") or ""))
    ids: dict[str, str] = {}
    for item in graph.get("ModuleNodes") or []:
        _take_node(item, places, found, ids)
    _take_edges(graph, found, ids)
    return found


def _take_node(
    item: Mapping[str, Any], places: Mapping[str, dict[str, float]], found: Found, ids: dict[str, str]
) -> None:
    old, given = str(item.get("Id")), item.get("ModuleParameters") or []
    slug = _module(str(item.get("ModuleId")), [str(one.get("Name")) for one in given])
    if slug is None:
        found.left_out.append((old, f"The module {item.get('ModuleId')} is not known here; draw it anew."))
        return
    spec, id = find(slug), f"n{len(found.document['nodes']) + 1}"
    known = {param.name for param in spec.params} if spec else set()
    params: dict[str, Any] = {}
    for one in given:
        own = PARAMS.get(str(one.get("Name")))
        if own in known and one.get("Value") not in (None, ""):
            value = str(one["Value"])
            params[own] = int(value) if own == "random_seed" and value.isdigit() else value
    if slug == "execute-python-script":
        params["api"] = "classic"
    ids[old] = id
    node = {"id": id, "module": slug, "params": params, "comment": str(item.get("Comment") or "")}
    found.document["nodes"].append(node | {"position": places.get(old, {"x": 0, "y": 0})})
    for port in item.get("InputPortsInternal") or []:
        if source := port.get("DataSourceId"):
            asset = _asset(str(source), places, found, ids)
            target = f"{id}.{_port(str(port.get('Name')))}"
            found.document["wires"].append({"from": f"{asset}.dataset", "to": target})


def _asset(source: str, places: Mapping[str, dict[str, float]], found: Found, ids: dict[str, str]) -> str:
    if source not in ids:
        ids[source] = f"d{sum(1 for n in found.document['nodes'] if n['module'] == 'dataset') + 1}"
        where = places.get(source, {"x": 0, "y": 0})
        node = {"id": ids[source], "module": "dataset", "params": {"dataset": source}, "position": where}
        found.document["nodes"].append(node)
        why = f"The file has no name for the dataset {source}: choose the dataset that it was."
        found.left_out.append((ids[source], why))
    return ids[source]


def _module(module_id: str, params: list[str]) -> str | None:
    for family, slug in BY_FAMILY.items():
        if family in module_id:
            return slug
    return next((BY_PARAM[name] for name in params if name in BY_PARAM), None)


def _port(name: str) -> str:
    return PORTS.get(
        name, re.sub(r"\W+", "_", name).strip("_").lower().replace("results_dataset", "result_dataset")
    )


def _take_edges(graph: Mapping[str, Any], found: Found, ids: Mapping[str, str]) -> None:
    slugs = {node["id"]: node["module"] for node in found.document["nodes"]}
    for edge in graph.get("EdgesInternal") or []:
        source, _, output = str(edge.get("SourceOutputPortId")).partition(":")
        target, _, input = str(edge.get("DestinationInputPortId")).partition(":")
        if source not in ids or target not in ids:
            continue  # of a node that was left out, which has been said
        sql = slugs[ids[source]] == "apply-sql-transformation"
        port = "results_dataset" if sql else _port(output)
        wire = {"from": f"{ids[source]}.{port}", "to": f"{ids[target]}.{_port(input)}"}
        found.document["wires"].append(wire)


def _places(client_data: str) -> dict[str, dict[str, float]]:
    """The position of each node. XML with entities of its own is not read."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", client_data)
    if not text.strip() or "<!" in text:
        return {}
    try:
        tree = ElementTree.fromstring(text)  # noqa: S314  it has no document type, so no entities
    except ElementTree.ParseError:
        return {}
    found = {}
    for one in tree.iter("NodePosition"):
        x, y = (*str(one.get("Position")).split(","), "0", "0")[:2]
        if re.fullmatch(r"-?\d+(\.\d+)?", x) and re.fullmatch(r"-?\d+(\.\d+)?", y):
            found[str(one.get("Node"))] = {"x": float(x), "y": float(y)}
    return found
