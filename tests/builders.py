"""How tests speak: `exp.node("split-data", fraction=.25).wire("a.dataset", "b.dataset")`."""

from __future__ import annotations

from typing import Any

FORMAT = "studio-experiment/1"
PASS_ON = "def azureml_main(dataframe1=None, dataframe2=None):\n    return dataframe1,\n"


class Exp:
    """An experiment file in the making. `node` answers the experiment, so that calls chain."""

    def __init__(self, name: str = "Test") -> None:
        self.name = name
        self.nodes: list[dict[str, Any]] = []
        self.wires: list[dict[str, str]] = []
        self.modules: dict[str, dict[str, Any]] = {}

    def node(self, id: str, module: str, **params: Any) -> Exp:
        place = len(self.nodes)
        position = {"x": 40 + 240 * (place % 4), "y": 40 + 140 * (place // 4)}
        self.nodes.append({"id": id, "module": module, "params": params, "position": position})
        return self

    def named(self, id: str, name: str) -> Exp:
        """Calls a node so."""
        next(node for node in self.nodes if node["id"] == id)["name"] = name
        return self

    def table(self, id: str, csv: str, **params: Any) -> Exp:
        """A node that types in a table."""
        return self.node(id, "enter-data-manually", **{"format": "csv", "data": csv, **params})

    def script(self, id: str, source: str = PASS_ON) -> Exp:
        return self.node(id, "execute-python-script", script=source)

    def pin(self, id: str, **ports: str) -> Exp:
        """Pins a node: by port the dataset that is taken instead of running it."""
        next(node for node in self.nodes if node["id"] == id)["pinned"] = ports
        return self

    def wire(self, source: str, target: str) -> Exp:
        self.wires.append({"from": source, "to": target})
        return self

    def own(self, key: str, definition: dict[str, Any]) -> Exp:
        """Carries an own module; its nodes have the module `own/KEY`."""
        self.modules[key] = definition
        return self

    def file(self) -> dict[str, Any]:
        carried = {"modules": self.modules} if self.modules else {}
        return {"format": FORMAT, "name": self.name, "nodes": self.nodes, "wires": self.wires, **carried}


def chain(*scripts: str, csv: str = "x\n1\n2\n3\n") -> Exp:
    """A typed-in table `data`, then scripts `s1`, `s2`, … one below the other."""
    exp = Exp().table("data", csv)
    above = "data.dataset"
    for place, source in enumerate(scripts, 1):
        exp.script(f"s{place}", source).wire(above, f"s{place}.dataset1")
        above = f"s{place}.result_dataset"
    return exp


def own_module(
    name: str,
    inner: dict[str, Any],
    inputs: dict[str, list[str]],
    outputs: dict[str, str],
    params: dict[str, tuple[str, str]],
) -> dict[str, Any]:
    """A definition of an own module, as an experiment file carries it."""
    return {
        "name": name,
        "nodes": inner["nodes"],
        "wires": inner["wires"],
        "inputs": [{"name": port, "label": port, "type": "table", "to": to} for port, to in inputs.items()],
        "outputs": [
            {"name": port, "label": port, "type": "table", "from": source} for port, source in outputs.items()
        ],
        "params": [{"name": name, "node": node, "param": param} for name, (node, param) in params.items()],
    }
