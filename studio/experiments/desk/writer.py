"""An experiment file as a Python script in cells, one for each node, in an order in which it runs."""

from __future__ import annotations

import ast
import json
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from modules.registry import find
from modules.sdk.source import clean, parse_script
from studio.experiments.desk.export_mark import digest_of
from studio.experiments.desk.packages import ENVIRONMENTS, packages_of
from studio.experiments.graph import Graph, Node, read_graph
from studio.experiments.own_modules import flat_document

MAIN = "azureml_main"
SCRIPT = "execute-python-script"
MARK = "# studio: "
HEADER = re.compile(r"(?m)^# /// script(?=[ \t]*$)")
"""A script's own header. In its cell it is one of type `node`: a file has one of type `script`."""
NODE_HEADER = re.compile(r"(?m)^# /// node(?=[ \t]*$)")
LEFT_OUT = frozenset({"nodes", "wires", "id", "revision", ENVIRONMENTS})
FUTURE = re.compile(r"(?m)^from __future__ import .*$")


@dataclass(frozen=True)
class DeskFile:
    """A dataset's file beside the script: its path, and whether it is a table or a bundle."""

    path: str
    kind: str


def write_script(
    document: Mapping[str, Any],
    files: Mapping[str, DeskFile],
    requirements: list[str],
    wheel: str,
    outside: list[str] | None = None,
) -> str:
    """The script. `files`: by dataset reference. `requirements`: what modules need, lines for its header;
    `outside`: what those need beside it that reach the world; `wheel`: the file of
    studio-modules beside it. ValueError if the graph has a circle, NoPackages if its nodes cannot have their
    packages in one interpreter."""
    writer = _Writer(document, files)
    needs = packages_of(writer.graph, document.get(ENVIRONMENTS), requirements, outside or [])
    return "\n\n".join(cell.rstrip() for cell in writer.cells(needs, wheel)) + "\n"


class _Writer:
    def __init__(self, document: Mapping[str, Any], files: Mapping[str, DeskFile]) -> None:
        document = flat_document(document)
        self.document, self.files = document, files
        self.graph: Graph = read_graph(document)
        self.items = {item["id"]: item for item in document.get("nodes", [])}
        order, stuck = self.graph.order()
        if stuck:
            raise ValueError(f"These nodes wait for each other: {', '.join(sorted(stuck))}.")
        self.order = order
        words = {"desk", "HERE", "sys", "params"}
        for node in self.graph.nodes.values():
            words |= set(re.findall(r"\w+", str(node.params.get("script", ""))))
        self.variables = _unique({id: id for id in order}, "n", words)
        named = {id: self.graph.nodes[id].name or self._title(id) for id in order}
        self.functions = _unique(named, "node", words | set(self.variables.values()))

    def _title(self, id: str) -> str:
        spec = find(self.graph.nodes[id].module)
        return spec.name if spec else self.graph.nodes[id].module

    def cells(self, requirements: list[str], wheel: str) -> list[str]:
        nodes = [self._cell(self.graph.nodes[id]) for id in self.order]
        futures = sorted({line for id in self.order for line in FUTURE.findall(self._source(id))})
        return [self._head(requirements, wheel, futures), *nodes, self._tail(), *self._environments()]

    def _head(self, requirements: list[str], wheel: str, futures: list[str]) -> str:
        rest = {k: v for k, v in self.document.items() if k not in LEFT_OUT}
        needs = "".join(f"#   {_json(line)},\n" for line in requirements)
        name = str(self.document.get("name") or "Experiment").replace("\n", " ")
        return (
            '# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n' + needs + "# ]\n# ///\n"
            f"# {name}\n#\n# Exported from Studio. Run it with Python: it needs no Studio.\n"
            "# `manage.py import` takes it back.\n"
            + "".join(f"{line}\n" for line in futures)
            + f"\n# %% Set-up\n{MARK}{_json(rest)}\nimport sys\nfrom pathlib import Path\n\n"
            'HERE = Path(globals().get("__file__", "script.py")).resolve().parent\n'
            "try:\n    from modules import desk\nexcept ImportError:  # studio-modules is not installed\n"
            "    import tempfile\n    import zipfile\n\n    unpacked = tempfile.TemporaryDirectory()\n"
            f'    zipfile.ZipFile(HERE / "{wheel}").extractall(unpacked.name)\n'
            "    sys.path.insert(0, unpacked.name)\n    from modules import desk\n"
        )

    def _source(self, id: str) -> str:
        node = self.graph.nodes[id]
        if node.module != SCRIPT or not self._as_function(node):
            return ""
        return clean(str(node.params["script"]))

    def _as_function(self, node: Node) -> bool:
        """Whether the script stands in its cell as it is: Python 3, with a function of its own."""
        script = node.params.get("script")
        if not isinstance(script, str) or node.params.get("api") == "classic":
            return False
        if "# %%" in script or "__main__" in script or MARK in script or NODE_HEADER.search(clean(script)):
            return False
        try:
            tree = parse_script(script)
            ast.parse(clean(script))
        except SyntaxError:
            return False
        return any(isinstance(part, ast.FunctionDef) and part.name == MAIN for part in tree.body)

    def _cell(self, node: Node) -> str:
        item = {k: v for k, v in self.items[node.id].items() if k not in ("params",)}
        title = " ".join((node.name or self._title(node.id)).split())
        head = f"# %% {title}\n"
        known = {"wires": self._inputs(node), **item, "was": digest_of(node.module, node.params)}
        if source := self._source(node.id):
            extra = {k: v for k, v in node.params.items() if k in settings() - {"script"}}
            known["function"] = self.functions[node.id]
            return (
                head
                + f"{MARK}{_json(known | ({'params': extra} if extra else {}))}\n"
                + self._call(node, source)
            )
        return head + f"{MARK}{_json(known)}\n" + self._run(node)

    def _inputs(self, node: Node) -> dict[str, str]:
        return {wire.target.port: str(wire.source) for wire in self.graph.into(node.id)}

    def _value(self, node: Node, port: str) -> str | None:
        for wire in self.graph.into(node.id):
            if wire.target.port == port and wire.source.node in self.variables:
                return f"{self.variables[wire.source.node]}.{wire.source.port}"
        return None

    def _call(self, node: Node, source: str) -> str:
        name = self.functions[node.id]
        body = FUTURE.sub(lambda found: f"# {found[0]}  (stands at the top)", source)
        body = HEADER.sub("# /// node", re.sub(rf"\b{MAIN}\b", name, body)).rstrip("\n")
        tables = [value for port in ("dataset1", "dataset2") if (value := self._value(node, port))]
        model = self._value(node, "model")
        named = [f"{k}={v!r}" for k, v in node.params.items() if k not in settings()]
        arguments = ", ".join([name, *tables, *([f"model={model}"] if model else []), *named])
        zipped = self._value(node, "script_bundle")
        first = f"desk.unpack({zipped})\n" if zipped else ""
        return f"{first}{body}\n\n\n{self.variables[node.id]} = desk.call({arguments})"

    def _run(self, node: Node) -> str:
        variable = self.variables[node.id]
        file = self.files.get(str(node.params.get("dataset"))) if node.module == "dataset" else None
        if file is not None:
            return f'params = {_literal(node.params)}\n{variable} = desk.dataset(HERE / "{file.path}")'
        inputs = [
            f"    {wire.target.port}={self._value(node, wire.target.port)},\n"
            for wire in self.graph.into(node.id)
            if wire.source.node in self.variables
        ]
        return (
            f"params = {_literal(node.params)}\n"
            f'{variable} = desk.run(\n    "{node.module}",\n    params,\n' + "".join(inputs) + ")"
        )

    def _tail(self) -> str:
        kept = []
        for id in self.order:
            spec = find(self.graph.nodes[id].module)
            used = {wire.source.port for wire in self.graph.out_of(id)}
            for port in spec.outputs if spec else ():
                if port.type == "table" and port.name not in used:
                    value = f"{self.variables[id]}.{port.name}"
                    kept.append(f'    **{{"{id}.{port.name}": {value}}},\n')
        return (
            f"# %% Results\n{MARK}{_json({'results': True, 'nodes': list(self.items)})}\n"
            + 'desk.keep(\n    HERE / "results",\n'
            + "".join(kept)
            + ")"
        )

    def _environments(self) -> list[str]:
        """A cell with what Studio builds the nodes' environments from. The last one, as it is long."""
        carried = self.document.get(ENVIRONMENTS)
        return [f"# %% Environments\n{MARK}{_json({ENVIRONMENTS: carried})}"] if carried else []


def settings() -> frozenset[str]:
    """The params of a script's node that are no parameters of its function."""
    spec = find(SCRIPT)
    return frozenset(param.name for param in spec.params) if spec else frozenset()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _literal(value: Any) -> str:
    """The params as Python, one a line; a long text as its lines."""
    lines = [f"    {name!r}: {_text(one)},\n" for name, one in value.items()]
    return "{\n" + "".join(lines) + "}" if lines else "{}"


def _text(value: Any) -> str:
    if isinstance(value, str) and "\n" in value:
        return "(\n" + "".join(f"        {line!r}\n" for line in value.splitlines(keepends=True)) + "    )"
    return repr(value)


def _unique(names: Mapping[str, str], otherwise: str, taken: set[str] | None = None) -> dict[str, str]:
    """A Python name for each, all different."""
    used = set(taken or ())
    found: dict[str, str] = {}
    for id, name in names.items():
        plain = re.sub(r"\W+", "_", name).strip("_").lower() or otherwise
        plain = f"{otherwise}_{plain}" if plain[0].isdigit() or keyword.iskeyword(plain) else plain
        candidate, count = plain, 2
        while candidate in used:
            candidate, count = f"{plain}_{count}", count + 1
        used.add(candidate)
        found[id] = candidate
    return found
