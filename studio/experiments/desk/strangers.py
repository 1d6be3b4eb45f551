"""A script that Studio did not write, as an experiment: its files as datasets, its cells as nodes."""

from __future__ import annotations

import ast

from modules.classic.python2 import rewrite
from modules.scripting import gone_names
from modules.scripting.script_header import header_block
from modules.sdk.source import clean
from studio.experiments.desk.cutting.cells import Cells, Statement, split_cells
from studio.experiments.desk.cutting.groups import Flow, Groups, group, members
from studio.experiments.desk.cutting.node_script import Ports, node_script, ports_of
from studio.experiments.desk.cutting.pieces import Pieces, sort_pieces
from studio.experiments.desk.reader import Found
from studio.experiments.desk.writer import MAIN, SCRIPT

ACROSS, DOWN = 280, 140
RESULTS = ("result_dataset", "result_dataset2")


def cut_script(text: str, name: str) -> Found:
    """The experiment. SyntaxError with its line if it is neither Python 3 nor 2. What could not be cut is in
    one node, and said."""
    found = Found({"format": "studio-experiment/1", "name": name, "nodes": [], "wires": []})
    old = rewrite(clean(text))
    tree = ast.parse(old.text)
    classic = old.python2 or any(gone_names.check(tree))
    params = {"api": "classic"} if classic else {}
    if any(isinstance(part, ast.FunctionDef) and part.name == MAIN for part in tree.body):
        position = {"x": 0, "y": 0}
        found.document["nodes"].append(
            {"id": "n1", "module": SCRIPT, "params": {"script": clean(text), **params}, "position": position}
        )
        return found
    if block := header_block(clean(text)):  # which packages the code needs, each of its nodes needs
        old = rewrite(clean(text).replace(block, "", 1))
        tree = ast.parse(old.text)
    cells = split_cells(old.text, tree)
    pieces = sort_pieces(cells)
    if pieces.why_whole:
        cells = Cells(tuple(Statement(s.node, s.text, 0) for s in cells.statements), cells.titles[:1], True)
        found.left_out.append(("n1", f"The code is in one node, since {pieces.why_whole}."))
        pieces = sort_pieces(cells)
    _Nodes(found, cells, pieces, params).write()
    if block:
        for node in found.document["nodes"]:
            if node["module"] == SCRIPT:
                node["params"]["script"] = f"{block}\n{node['params']['script']}"
    return found


class _Nodes:
    def __init__(self, found: Found, cells: Cells, pieces: Pieces, params: dict[str, str]) -> None:
        self.found, self.cells, self.pieces, self.params = found, cells, pieces, params
        self.groups: Groups = group(pieces)
        self.ids: dict[int, str] = {}
        self.ports: dict[int, Ports] = {}
        self.depth: dict[int, int] = {}
        self.widths: dict[int, int] = {}

    def write(self) -> None:
        self._datasets()
        scripts = [(whole, blocks) for whole, blocks in members(self.groups) if whole not in self.ids]
        for number, (whole, _) in enumerate(scripts, 1):
            self.ids[whole] = f"n{number}"
            self.ports[whole] = ports_of(self.groups, whole)
        left = [whole for whole, _ in scripts]
        while left:  # in the order of the wires, so that each stands below what it takes from
            ready = [w for w in left if all(self.groups.of[f.source] in self.depth for f in self._into(w))]
            for whole in ready:
                self._script(whole, dict(scripts)[whole])
                left.remove(whole)
        self.found.document["nodes"].sort(
            key=lambda node: (node["module"] == SCRIPT, len(node["id"]), node["id"])
        )

    def _into(self, whole: int) -> list[Flow]:
        return [flow for flow in self.groups.between() if self.groups.of[flow.target] == whole]

    def _datasets(self) -> None:
        """One node for each file, however often it is read."""
        ids: dict[str, str] = {}
        for number, block in enumerate(self.groups.blocks):
            if block.dataset is None:
                continue
            read = block.dataset
            if read.dataset not in ids:
                ids[read.dataset] = f"d{len(ids) + 1}"
                self.found.files[read.dataset] = read.path
                if read.type:
                    self.found.types[read.dataset] = read.type
                self._add(ids[read.dataset], "dataset", {"dataset": read.dataset}, 0)
            self.ids[number] = ids[read.dataset]
            self.depth[number] = 0

    def _script(self, whole: int, blocks: list[int]) -> None:
        id, ports = self.ids[whole], self.ports[whole]
        depth = 1 + max((self.depth[self.groups.of[f.source]] for f in self._into(whole)), default=0)
        self.depth[whole] = depth
        script = node_script(self.groups, whole, self.pieces, ports, self.cells.marked)
        used = sorted({p.statement.cell for b in blocks for p in self.groups.blocks[b].pieces})
        self._add(id, SCRIPT, {"script": script, **self.params}, depth, self._title(used))
        for port, flow in zip(("dataset1", "dataset2"), ports.tables_in, strict=False):
            self._wire(flow, f"{id}.{port}")
        if ports.model_in:
            self._wire(ports.model_in, f"{id}.model")
        for flow in ports.tables_in[2:]:
            why = (
                f"`{flow.name.strip('<>')}` has no wire: a script node takes two tables, so join some first."
            )
            self.found.left_out.append((id, why))
        if len(used) > 1:
            why = "; ".join(self.groups.why.get(whole, ()))
            word = "Cells" if self.cells.marked else "Paragraphs"
            numbers = ", ".join(str(cell + 1) for cell in used)
            self.found.left_out.append((id, f"{word} {numbers} could not be cut apart: {why}."))

    def _title(self, used: list[int]) -> str:
        titles = [self.cells.titles[cell] for cell in used if self.cells.titles[cell]]
        return titles[0][:60] if titles else ""

    def _wire(self, flow: Flow, target: str) -> None:
        source = self.groups.of[flow.source]
        port = "dataset"
        if source in self.ports:
            given = self.ports[source]
            port = "result_model" if flow.kind == "model" else RESULTS[given.tables_out.index(flow.name)]
        self.found.document["wires"].append({"from": f"{self.ids[source]}.{port}", "to": target})

    def _add(self, id: str, module: str, params: dict[str, str], depth: int, name: str = "") -> None:
        place = self.widths.get(depth, 0)
        self.widths[depth] = place + 1
        node = {
            "id": id,
            "module": module,
            "params": params,
            "position": {"x": place * ACROSS, "y": depth * DOWN},
        }
        self.found.document["nodes"].append(node | ({"name": name} if name else {}))
