"""The two files that ML Studio (classic) wrote of a graph, read into one form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

End = tuple[str, str]
"""A node's id, and the name of its port."""
STEP = 160


@dataclass
class OldNode:
    """`params`: texts, by the names of the file; `linked`: the web service parameter of a param; `assets`:
    port and id of what was saved, which stands on the canvas and is no node."""

    id: str
    module: str
    comment: str = ""
    params: dict[str, str] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    assets: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class OldGraph:
    """`places`: of nodes, assets and the ends of the web service; `names`: of assets, if the file has them;
    `service_inputs` and `service_outputs`: id, name and where they are tied."""

    name: str
    summary: str = ""
    nodes: list[OldNode] = field(default_factory=list)
    edges: list[tuple[End, End]] = field(default_factory=list)
    places: dict[str, dict[str, float]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    service_inputs: list[tuple[str, str, End]] = field(default_factory=list)
    service_outputs: list[tuple[str, str, End]] = field(default_factory=list)


def read_export(document: Mapping[str, Any]) -> OldGraph:
    """What `Export-AmlExperimentGraph` wrote."""
    inner = document["Graph"]
    name = str(document.get("Description") or "Imported from ML Studio (classic)")[:200]
    graph = OldGraph(name, str(document.get("Summary") or ""))
    graph.nodes = [_exported(item) for item in _list(inner, "ModuleNodes")]
    for edge in _list(inner, "EdgesInternal"):
        ends = str(edge.get("SourceOutputPortId")), str(edge.get("DestinationInputPortId"))
        graph.edges.append((_end(ends[0]), _end(ends[1])))
    service = document.get("WebService")
    service = service if isinstance(service, Mapping) else {}
    for one in (inner, service):
        graph.places |= _places(str(one.get("SerializedClientData") or ""))
    for key, ends_of in (("Inputs", graph.service_inputs), ("Outputs", graph.service_outputs)):
        for item in _list(service, key):
            ends_of.append((str(item.get("Id")), str(item.get("Name") or ""), _end(str(item.get("PortId")))))
    graph.places = _laid_out(graph) | graph.places
    return graph


def _exported(item: Mapping[str, Any]) -> OldNode:
    node = OldNode(str(item.get("Id")), str(item.get("ModuleId")), str(item.get("Comment") or ""))
    for one in _list(item, "ModuleParameters"):
        name = str(one.get("Name"))
        if one.get("Value") not in (None, ""):
            node.params[name] = str(one["Value"])
        if one.get("LinkedGlobalParameter"):
            node.linked[name] = str(one["LinkedGlobalParameter"])
    for port in _list(item, "InputPortsInternal"):
        for key in ("DataSourceId", "TrainedModelId", "TransformModuleId"):
            if port.get(key):
                node.assets.append((str(port.get("Name")), str(port[key])))
    return node


def read_definition(document: Mapping[str, Any]) -> OldGraph | None:
    """What `Export-AmlWebServiceDefinitionFromExperiment` wrote; None if it is no such definition. It has no
    places: nodes are laid below one another."""
    inner = _get(document, "properties")
    inner = inner if isinstance(inner, Mapping) else document
    package = _get(inner, "package")
    if not isinstance(package, Mapping) or not isinstance(_get(package, "nodes"), Mapping):
        return None
    assets = _get(inner, "assets")
    assets = assets if isinstance(assets, Mapping) else {}
    graph = OldGraph(str(_get(inner, "title") or "Imported from ML Studio (classic)")[:200])
    ends: dict[str, tuple[str, str]] = {}
    saved: set[str] = set()
    for id, item in _get(package, "nodes").items():
        _defined(str(id), item if isinstance(item, Mapping) else {}, assets, graph, ends, saved)
    _definition_edges(package, graph, ends, saved)
    _link(package, graph)
    graph.places = _laid_out(graph)
    return graph


def _defined(
    id: str,
    item: Mapping[str, Any],
    assets: Mapping[str, Any],
    graph: OldGraph,
    ends: dict[str, tuple[str, str]],
    saved: set[str],
) -> None:
    for kind in ("inputId", "outputId"):
        if _get(item, kind):
            ends[id] = kind, str(_get(item, kind))
            return
    asset = assets.get(str(_get(item, "assetId")))
    asset = asset if isinstance(asset, Mapping) else {}
    if str(_get(asset, "type") or "Module").lower() != "module":
        saved.add(id)
        graph.names[id] = str(_get(asset, "name") or id)
        return
    place = _get(asset, "locationInfo")
    uri = str(_get(place, "uri") or "") if isinstance(place, Mapping) else ""
    params = _get(item, "parameters")
    node = OldNode(id, uri.rpartition("/")[2] or str(_get(asset, "name") or id))
    for name, value in (params if isinstance(params, Mapping) else {}).items():
        said = _get(value, "value") if isinstance(value, Mapping) else value
        if said not in (None, ""):
            node.params[str(name)] = str(said)
    graph.nodes.append(node)


def _definition_edges(
    package: Mapping[str, Any], graph: OldGraph, ends: Mapping[str, tuple[str, str]], saved: set[str]
) -> None:
    nodes = {node.id: node for node in graph.nodes}
    for edge in _list(package, "edges"):
        source = str(_get(edge, "sourceNodeId")), str(_get(edge, "sourcePortId"))
        target = str(_get(edge, "targetNodeId")), str(_get(edge, "targetPortId"))
        if source[0] in ends:
            graph.service_inputs.append((source[0], ends[source[0]][1], target))
        elif target[0] in ends:
            graph.service_outputs.append((target[0], ends[target[0]][1], source))
        elif source[0] in saved:
            if target[0] in nodes:
                nodes[target[0]].assets.append((target[1], source[0]))
        else:
            graph.edges.append((source, target))


def _link(package: Mapping[str, Any], graph: OldGraph) -> None:
    nodes = {node.id: node for node in graph.nodes}
    given = _get(package, "graphParameters")
    for name, one in (given if isinstance(given, Mapping) else {}).items():
        for link in _list(one, "links") if isinstance(one, Mapping) else ():
            if node := nodes.get(str(_get(link, "nodeId"))):
                node.linked[str(_get(link, "parameterKey"))] = str(name)


def _laid_out(graph: OldGraph) -> dict[str, dict[str, float]]:
    """Each node below what it needs; those of one depth side by side."""
    waits = {node.id: 0 for node in graph.nodes} | {
        asset: 0 for node in graph.nodes for _, asset in node.assets
    }
    wires = [(asset, node.id) for node in graph.nodes for _, asset in node.assets]
    wires += [(source[0], target[0]) for source, target in graph.edges]
    below: dict[str, list[str]] = {id: [] for id in waits}
    for above, id in wires:
        if above in below and id in below:
            below[above].append(id)
            waits[id] += 1
    places: dict[str, dict[str, float]] = {}
    row, depth = [id for id, count in waits.items() if not count], 0
    while row or len(places) < len(waits):
        row = row or [id for id in waits if id not in places]  # what is left goes round in a circle
        places |= {id: {"x": 260.0 * n, "y": float(STEP * depth)} for n, id in enumerate(row)}
        row, depth = _next_row(row, below, waits, places), depth + 1
    for number, (id, _, end) in enumerate([*graph.service_inputs, *graph.service_outputs]):
        near = places.get(end[0], {"x": 0.0, "y": 0.0})
        places[id] = {"x": near["x"] - 260.0, "y": near["y"] + 40.0 * number}
    return places


def _next_row(
    row: list[str], below: dict[str, list[str]], waits: dict[str, int], places: Mapping[str, object]
) -> list[str]:
    found = []
    for above in row:
        for id in below[above]:
            waits[id] -= 1
            if not waits[id] and id not in places:
                found.append(id)
    return found


def _get(mapping: Any, key: str) -> Any:
    """The value of a key, whatever the case of its letters: these files differ in it."""
    if not isinstance(mapping, Mapping):
        return None
    return next((value for name, value in mapping.items() if str(name).lower() == key.lower()), None)


def _list(mapping: Any, key: str) -> Iterator[Mapping[str, Any]]:
    found = _get(mapping, key)
    yield from (one for one in (found if isinstance(found, list) else ()) if isinstance(one, Mapping))


def _end(text: str) -> End:
    """Node and port of `node:port`; a port's name may have spaces."""
    node, _, port = text.partition(":")
    return node, port


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
