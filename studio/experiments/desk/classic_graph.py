"""A graph of ML Studio (classic) as an experiment file: an exported experiment, or a service's definition.
Modules are known by their family; what has no equal is left out, and said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.registry import catalog
from modules.sdk.declare import PortSpec
from studio.experiments.desk.classic_families import Family, fold, known_family
from studio.experiments.desk.classic_file import OldGraph, OldNode, read_definition, read_export
from studio.experiments.desk.classic_params import take_params
from studio.experiments.desk.reader import Found

BY_PARAM = {
    "R Script": "execute-r-script",
    "Python Script": "execute-python-script",
    "Python script": "execute-python-script",
    "SQL Query Script": "apply-sql-transformation",
}
"""Modules of a family that is not known, by a param that no other module has."""
PORTS = {"apply-sql-transformation": {"table1": "t1", "table2": "t2", "table3": "t3"}}
"""Ports that the contract names otherwise."""


def is_classic(document: object) -> bool:
    return isinstance(document, Mapping) and (
        isinstance(document.get("Graph"), Mapping) or read_definition(document) is not None
    )


def read_classic(document: Mapping[str, Any]) -> Found:
    """Its nodes with their params, wires and places; datasets, models and transformations by the id that
    classic knew them by. `left_out` tells, by node, what could not be taken over."""
    graph = read_export(document) if isinstance(document.get("Graph"), Mapping) else read_definition(document)
    assert graph is not None, "is_classic says so"
    return _Building(graph).done()


class _Building:
    """The experiment file, as it grows. `ids`: of nodes and assets, by classic's; `ends`: an input's wire."""

    def __init__(self, graph: OldGraph) -> None:
        self.graph = graph
        self.found = Found({"format": "studio-experiment/1", "name": graph.name, "nodes": [], "wires": []})
        if graph.summary:
            self.found.document["description"] = graph.summary
        self.ids: dict[str, str] = {}
        self.slugs: dict[str, str] = {}
        self.assets = 0
        self.ends: dict[str, dict[str, str]] = {}

    def done(self) -> Found:
        for old in self.graph.nodes:
            self._take_node(old)
        for old in self.graph.nodes:
            for port, asset in old.assets:
                if old.id in self.ids:
                    self._wire((self._asset(asset), "dataset"), (self.ids[old.id], port))
        for source, target in self.graph.edges:
            if source[0] in self.ids and target[0] in self.ids:
                self._wire((self.ids[source[0]], source[1]), (self.ids[target[0]], target[1]))
        self._take_service()
        self.found.document["wires"] = list(self.ends.values())
        return self.found

    def _put(self, id: str, slug: str, place: str, **rest: Any) -> None:
        where = self.graph.places.get(place, {"x": 0, "y": 0})
        self.found.document["nodes"].append({"id": id, "module": slug, **rest, "position": where})
        self.slugs[id] = slug

    def _take_node(self, old: OldNode) -> None:
        family = known_family(old.module) or _by_param(old)
        spec = catalog().get(family.slug) if family else None
        if family is None or spec is None:
            said = (
                f"{family.name} has no equal here" if family else f"The module {old.module} is not known here"
            )
            self.found.left_out.append((old.id, f"{said}; draw it anew."))
            return
        id = self.ids[old.id] = f"n{len(self.ids) + 1}"
        taken = take_params(spec, family, old)
        if spec.slug == "execute-python-script":
            taken.values["api"] = "classic"
        linked = {"service_parameters": taken.linked} if taken.linked else {}
        self._put(id, spec.slug, old.id, params=taken.values, comment=old.comment, **linked)
        self.found.left_out += [(id, why) for why in taken.left_out]

    def _asset(self, asset: str) -> str:
        if asset not in self.ids:
            self.assets += 1
            id = self.ids[asset] = f"d{self.assets}"
            said = self.graph.names.get(asset, asset)
            self._put(id, "dataset", asset, params={"dataset": said})
            why = f"The file has no data: choose the dataset, model or transformation that {said} was."
            self.found.left_out.append((id, why))
        return self.ids[asset]

    def _wire(self, source: tuple[str, str], target: tuple[str, str]) -> None:
        output = _port(self.slugs[source[0]], "outputs", source[1])
        input = _port(self.slugs[target[0]], "inputs", target[1])
        if output is None or input is None:
            side, (node, port) = ("output", source) if output is None else ("input", target)
            self.found.left_out.append((node, f"A wire is left out: it has no {side} {port}."))
            return
        end = f"{target[0]}.{input}"
        self.ends.setdefault(end, {"from": f"{source[0]}.{output}", "to": end})

    def _take_service(self) -> None:
        """The places where a web service takes rows in and gives them out."""
        for number, (id, name, (node, port)) in enumerate(self.graph.service_inputs, 1):
            if node in self.ids:
                self._put(f"i{number}", "web-service-input", id, params={"name": name or f"input{number}"})
                self._enter(f"i{number}", self.ids[node], port)
        for number, (id, name, (node, port)) in enumerate(self.graph.service_outputs, 1):
            if node in self.ids:
                self._put(f"o{number}", "web-service-output", id, params={"name": name or f"output{number}"})
                self._wire((self.ids[node], port), (f"o{number}", "dataset"))

    def _enter(self, own: str, node: str, port: str) -> None:
        """The rows of the caller come in place of those that are wired there, which stay as their sample."""
        end = f"{node}.{_port(self.slugs[node], 'inputs', port)}"
        if before := self.ends.pop(end, None):
            self.ends[f"{own}.sample"] = before | {"to": f"{own}.sample"}
        self._wire((own, "dataset"), (node, port))


def _by_param(old: OldNode) -> Family | None:
    slug = next((BY_PARAM[name] for name in old.params if name in BY_PARAM), None)
    return Family(slug, slug) if slug else None


def _port(slug: str, side: str, old: str) -> str | None:
    """Our name of a port; a module that has one port on that side has none to mistake."""
    ports: tuple[PortSpec, ...] = getattr(catalog()[slug], side)
    known = {fold(word): port.name for port in ports for word in (port.label, port.name)}
    there = known.get(PORTS.get(slug, {}).get(fold(old), fold(old)))
    return there if there or len(ports) != 1 else ports[0].name
