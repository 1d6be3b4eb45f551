"""A script that Studio wrote, edited or not, as an experiment file again, node for node."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from packaging.requirements import Requirement

from modules.scripting.script_header import WrongHeader, read_header
from modules.sdk.source import clean
from studio.environments.requirements import WrongRequirement, has_package, read_requirements
from studio.experiments.desk.export_mark import Exported
from studio.experiments.desk.modules_wheel import NEEDS, OUTSIDE
from studio.experiments.desk.packages import ENVIRONMENTS, NoPackages, packages_of
from studio.experiments.desk.writer import MAIN, MARK, NODE_HEADER, SCRIPT
from studio.experiments.graph import FileProblem, read_graph

CELL = re.compile(r"(?m)^# %%.*$\n?")
FUTURE = re.compile(r"(?m)^# (from __future__ import .*?)  \(stands at the top\)$")
OF_CELLS = ("wires", "function", "params", "was")
"""What a cell says beside what an experiment file says of its node."""
SCRIPT_PORTS = ("dataset1", "dataset2")
STEP = 160
"""How far below the lowest node a new one is placed."""


@dataclass
class Found:
    """An experiment file, and what could not be taken over, by node or cell. `files`: the path of each
    dataset's file, as the script has it; `types`: as what it is read, where its name does not say it."""

    document: dict[str, Any]
    left_out: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    exported: dict[str, Exported] = field(default_factory=dict)
    """How each node was when Studio wrote the script."""
    listed: set[str] = field(default_factory=set)
    """The nodes that there were then; empty if that is not known."""
    ids: set[str] = field(default_factory=set)
    """All that cells of the script have."""


def is_ours(text: str) -> bool:
    return f"\n{MARK}" in clean(text)


def read_script(text: str) -> Found:
    """The experiment of a script that `write_script` wrote. SyntaxError with its line if it is no Python."""
    text = clean(text)
    ast.parse(text)
    found = Found({"format": "studio-experiment/1", "name": "Imported script", "nodes": [], "wires": []})
    variables: dict[str, str] = {}
    cells = [(title, *_known(body)) for title, body in _cells(text)]
    found.ids = {str(known["id"]) for _, known, _ in cells if "id" in known}
    for title, known, source in cells:
        if known.get("results"):
            found.listed = set(map(str, known.get("nodes", ())))
            continue
        if ENVIRONMENTS in known and "id" not in known and "format" not in known:
            found.document[ENVIRONMENTS] = known[ENVIRONMENTS]
            continue
        if "id" not in known and "format" in known:
            found.document.update({k: v for k, v in known.items() if k not in ("nodes", "wires")})
        elif "module" in known or "desk.call(" in source or "desk.run(" in source:
            _read_node(title, known, source, found, variables)
        elif source.strip():
            found.left_out.append((title, "This cell calls nothing of desk, so that it is no node."))
    found.left_out += _more_packages(text, found.document)
    return found


def _more_packages(text: str, document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Packages that somebody added to the script's header: which node they are for, it does not say."""
    try:
        header = read_header(text)
        asked = read_requirements(header.dependencies if header else ())
        known = packages_of(read_graph(document), document.get(ENVIRONMENTS), list(NEEDS), list(OUTSIDE))
    except (WrongHeader, WrongRequirement, NoPackages, FileProblem):
        return []
    more = [line for line in asked if not has_package([*known, *OUTSIDE], Requirement(line).name)]
    why = "Give the nodes that need it an environment with it, or a header of their own."
    return [
        ("The script's header", f"It names {line}, which no node's environment has. {why}") for line in more
    ]


def _cells(text: str) -> Iterator[tuple[str, str]]:
    marks = list(CELL.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        title = mark[0].removeprefix("# %%").strip() or "Cell"
        yield title, text[mark.end() : following.start() if following else len(text)]


def _known(body: str) -> tuple[dict[str, Any], str]:
    lines = body.splitlines(keepends=True)
    if lines and lines[0].startswith(MARK):
        try:
            return json.loads(lines[0].removeprefix(MARK)), "".join(lines[1:])
        except ValueError:
            return {}, "".join(lines[1:])
    return {}, body


def _read_node(
    title: str, known: Mapping[str, Any], source: str, found: Found, variables: dict[str, str]
) -> None:
    tree = ast.parse(source)
    called = _last_call(tree)
    if called is None:
        found.left_out.append((title, "The call of desk at the end of this cell is gone."))
        return
    statement, call, name = called
    nodes: list[dict[str, Any]] = found.document["nodes"]
    if any(node["id"] == known.get("id") for node in nodes):  # a cell that was copied is another node
        known = {k: v for k, v in known.items() if k not in ("id", "position", "was")}
    id = known.get("id") or _new_id(nodes, found)
    node: dict[str, Any] = {k: v for k, v in known.items() if k not in OF_CELLS}
    node |= {"id": id}
    node.setdefault("module", SCRIPT)
    if "id" in known:
        found.exported[id] = Exported(str(known.get("was", "")), dict(known.get("wires") or {}))
    if "position" not in node:
        node["position"] = {"x": 0, "y": STEP + max((n["position"]["y"] for n in nodes), default=-STEP)}
        node["name"] = title
    if name == "call":
        node["params"], wires = _script_node(known, source, statement, call)
    else:
        node["params"], wires = _module_node(tree, call, found)
    if name == "run" and call.args and isinstance(call.args[0], ast.Constant):
        node["module"] = call.args[0].value
    nodes.append(node)
    for port, value in wires.items():
        above = variables.get(value[0])
        if above is None:
            found.left_out.append((title, f"{value[0]} is no node's result, so that {port} has no wire."))
        else:
            found.document["wires"].append({"from": f"{above}.{value[1]}", "to": f"{id}.{port}"})
    if isinstance(statement.targets[0], ast.Name):
        variables[statement.targets[0].id] = id


def _last_call(tree: ast.Module) -> tuple[ast.Assign, ast.Call, str] | None:
    for statement in reversed(tree.body):
        if isinstance(statement, ast.Assign):
            for call in ast.walk(statement.value):
                match call:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id="desk"), attr=name)):
                        return statement, call, name
    return None


def _new_id(nodes: list[dict[str, Any]], found: Found) -> str:
    taken = {node["id"] for node in nodes} | found.ids
    return next(id for number in range(1, len(taken) + 2) if (id := f"n{number}") not in taken)


def _source_of(value: ast.expr) -> tuple[str, str] | None:
    match value:
        case ast.Attribute(value=ast.Name(id=variable), attr=port):
            return variable, port
    return None


def _script_node(
    known: Mapping[str, Any], source: str, statement: ast.Assign, call: ast.Call
) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    """Its params and its wires. What stands above the call is the script."""
    lines = source.splitlines(keepends=True)[: statement.lineno - 1]
    body = "".join(lines)
    wires: dict[str, tuple[str, str]] = {}
    if unpacked := re.match(r"desk\.unpack\((\w+)\.(\w+)\)\n", body):
        wires["script_bundle"] = (unpacked[1], unpacked[2])
        body = body[unpacked.end() :]
    function = call.args[0].id if call.args and isinstance(call.args[0], ast.Name) else MAIN
    body = FUTURE.sub(lambda line: line[1], re.sub(rf"\b{re.escape(function)}\b", MAIN, body))
    body = NODE_HEADER.sub("# /// script", body)
    params: dict[str, Any] = {"script": body.rstrip("\n") + "\n", **known.get("params", {})}
    tables = [where for value in call.args[1:] if (where := _source_of(value))]
    ports = [port for port in SCRIPT_PORTS if port in known.get("wires", {})]
    free = [port for port in SCRIPT_PORTS if port not in ports]
    wires |= dict(zip([*ports, *free], tables, strict=False))
    for keyword in call.keywords:
        if keyword.arg == "model" and (where := _source_of(keyword.value)):
            wires["model"] = where
        elif keyword.arg:
            params[keyword.arg] = ast.literal_eval(keyword.value)
    return params, wires


def _module_node(
    tree: ast.Module, call: ast.Call, found: Found
) -> tuple[dict[str, Any], dict[str, tuple[str, str]]]:
    params: dict[str, Any] = {}
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="params")], value=value):
                params = ast.literal_eval(value)
    wires = {k.arg: where for k in call.keywords if k.arg and (where := _source_of(k.value))}
    for part in ast.walk(call):
        match part:
            case ast.BinOp(left=ast.Name(id="HERE"), op=ast.Div(), right=ast.Constant(value=str(path))):
                found.files[str(params.get("dataset", ""))] = path
    return params, wires
