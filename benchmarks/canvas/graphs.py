"""One graph for both pages: as large as wished, of real modules, in rows below each other."""

from __future__ import annotations

from typing import Any

from tests.builders import Exp
from tests.server import Server

PITCH_X, PITCH_Y = 250, 130
SCRIPT = "def azureml_main(*frames):\n    return None\n"
KINDS = ("execute-python-script", "execute-python-script", "add-rows", "split-data")


def large(nodes: int, wires: int, runnable: bool = False) -> dict[str, Any]:
    """An experiment file. Every node but the first row's has a wire; `runnable` has scripts only."""
    columns = 25 if nodes <= 500 else 40
    exp = Exp(f"{nodes} nodes")
    for place in range(nodes):
        kind = "execute-python-script" if runnable or place < columns else KINDS[place % len(KINDS)]
        exp.node(f"n{place + 1}", kind, **({"script": SCRIPT} if "python" in kind else {}))
        exp.nodes[-1]["position"] = {"x": PITCH_X * (place % columns), "y": PITCH_Y * (place // columns)}
    seconds = [place for place in range(columns, nodes) if exp.nodes[place]["module"] != "split-data"]
    extra = wires - (nodes - columns)
    for place in range(columns, nodes):
        exp.wire(_output(exp, place - columns), _input(exp, place, 0))
    for place in seconds[:extra]:
        near = place - columns - (place % columns) + (place + 3) % columns
        exp.wire(_output(exp, near), _input(exp, place, 1))
    return exp.file()


def _output(exp: Exp, place: int) -> str:
    port = {"execute-python-script": "result_dataset", "split-data": "results_dataset1"}
    node = exp.nodes[place]
    return f"{node['id']}.{port.get(node['module'], 'results_dataset')}"


def _input(exp: Exp, place: int, number: int) -> str:
    node = exp.nodes[place]
    return f"{node['id']}.{'dataset' if node['module'] == 'split-data' else f'dataset{number + 1}'}"


def bare(file: dict[str, Any], studio: Server) -> dict[str, Any]:
    """The same graph with the same ports, as the bare page wants it."""
    modules = {one["slug"]: one for one in studio.get("modules")["items"]}
    return {
        "nodes": [
            {
                "id": node["id"],
                **node["position"],
                "title": modules[node["module"]]["name"],
                "inputs": [port["name"] for port in modules[node["module"]]["inputs"]],
                "outputs": [port["name"] for port in modules[node["module"]]["outputs"]],
            }
            for node in file["nodes"]
        ],
        "wires": [{"from": wire["from"].split("."), "to": wire["to"].split(".")} for wire in file["wires"]],
    }
