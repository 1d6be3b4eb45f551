"""Which cells become one node: those between which something goes that no wire takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from studio.experiments.desk.cutting.kinds import Kind
from studio.experiments.desk.cutting.pieces import FIGURE, RANDOM, Piece, Pieces, by_label
from studio.experiments.desk.cutting.readers import Read

TABLES, MODELS = 2, 1
"""How many of each a script node takes, and gives."""
ON_WIRES = ("table", "moved", "series", "moved series", "model")


@dataclass
class Block:
    """What a cell does, or a dataset that it reads. `files`: datasets that are written as files first."""

    pieces: list[Piece] = field(default_factory=list)
    dataset: Read | None = None
    files: list[str] = field(default_factory=list)
    defines: dict[str, Kind] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """A name's value goes from one block to another. `kind`: what it then holds."""

    source: int
    target: int
    name: str
    kind: Kind
    by_label: bool = False

    @property
    def stops(self) -> str:
        """Why no wire takes it; empty if one does."""
        if self.name == RANDOM:
            return "the random numbers go on from one cell to the next"
        if self.name == FIGURE:
            return "they draw into one picture"
        if self.name.startswith("<file "):
            return f"one writes {self.name[6:-1]}, which the other reads"
        if self.kind == "indexed" or (self.kind.startswith("moved") and self.by_label):
            return f"the row labels of `{self.name}` are used, and a wire takes none"
        if self.kind not in ON_WIRES:
            return f"`{self.name}` is not known to be a table or a model"
        return ""


@dataclass
class Groups:
    """`of`: by block the group, which is known by its first block. `why`: by group, what holds it."""

    blocks: list[Block]
    flows: list[Flow]
    of: dict[int, int]
    why: dict[int, list[str]] = field(default_factory=dict)

    def between(self) -> Iterator[Flow]:
        return (flow for flow in self.flows if self.of[flow.source] != self.of[flow.target])

    def join(self, one: int, other: int, why: str) -> None:
        first, second = sorted((self.of[one], self.of[other]))
        for block, group in self.of.items():
            if group == second:
                self.of[block] = first
        self.why[first] = list(dict.fromkeys([*self.why.get(first, ()), *self.why.pop(second, ()), why]))


def make_blocks(pieces: Pieces) -> list[Block]:
    blocks: list[Block] = []
    datasets: dict[str, int] = {}
    cell = -1
    for piece in pieces.done:
        read = piece.read
        if read and read.direct and read.variable:
            blocks.append(Block([piece], read, defines={read.variable: "table"}))
            cell = -1
            continue
        if piece.statement.cell != cell:
            cell = piece.statement.cell
            blocks.append(Block())
        block = blocks[-1]
        block.pieces.append(piece)
        block.defines.update(piece.kinds)
        needed = pieces.needed(piece.names.uses).values()
        for one in (piece, *needed):
            if one.read and one.read.path not in block.files:
                block.files.append(one.read.path)
                datasets.setdefault(one.read.path, -1)
    reads = {p.read.path: p.read for p in (*pieces.done, *pieces.top.values()) if p.read}
    return [Block([], reads[path], defines={f"<path {path}>": "table"}) for path in datasets] + blocks


def find_flows(blocks: list[Block], pieces: Pieces) -> list[Flow]:
    last: dict[str, tuple[int, Kind]] = {}
    found: dict[tuple[int, int, str], Flow] = {}
    labels: set[tuple[int, str]] = set()
    for number, block in enumerate(blocks):
        inside: set[str] = set()
        for name in [f"<path {path}>" for path in block.files] + [
            name for piece in block.pieces if not block.dataset for name in _all_uses(piece, pieces)
        ]:
            inside.add(name)
        for piece in () if block.dataset else block.pieces:
            uses = _all_uses(piece, pieces)
            labelled = piece.by_label or any(
                by_label(one.statement.node) for one in pieces.needed(piece.names.uses).values()
            )
            for name in uses & last.keys():
                source, kind = last[name]
                if source != number:
                    found.setdefault((source, number, name), Flow(source, number, name, kind))
                if labelled:
                    labels.add((number, name))
            last.update({name: (number, piece.kinds.get(name, "other")) for name in piece.names.defines})
        for path in block.files:
            source, kind = last[f"<path {path}>"]
            found[source, number, f"<path {path}>"] = Flow(source, number, f"<path {path}>", kind)
        if block.dataset:
            last.update({name: (number, kind) for name, kind in block.defines.items()})
    return [Flow(f.source, f.target, f.name, f.kind, (f.target, f.name) in labels) for f in found.values()]


def _all_uses(piece: Piece, pieces: Pieces) -> frozenset[str]:
    more = (one.names.uses for one in pieces.needed(piece.names.uses).values())
    return piece.names.uses.union(*more)


def group(pieces: Pieces) -> Groups:
    blocks = make_blocks(pieces)
    flows = find_flows(blocks, pieces)
    found = Groups(blocks, flows, {number: number for number in range(len(blocks))})
    for flow in flows:
        if flow.stops:
            found.join(flow.source, flow.target, flow.stops)
    while (wish := _to_join(found)) is not None:
        found.join(*wish)
    return found


def _to_join(groups: Groups) -> tuple[int, int, str] | None:
    return _circle(groups) or next(_other_version(groups), None) or next(_too_many(groups), None)


def _circle(groups: Groups) -> tuple[int, int, str] | None:
    below: dict[int, set[int]] = {}
    for flow in groups.between():
        below.setdefault(groups.of[flow.source], set()).add(groups.of[flow.target])

    def reaches(start: int, end: int) -> bool:
        seen, left = set(), [start]
        while left:
            for each in below.get(left.pop(), ()):
                if each == end:
                    return True
                if each not in seen:
                    seen.add(each)
                    left.append(each)
        return False

    for flow in groups.between():
        source, target = groups.of[flow.source], groups.of[flow.target]
        if reaches(target, source):
            return source, target, f"each needs something of the other (`{_plain(flow.name)}`)"
    return None


def _other_version(groups: Groups) -> Iterator[tuple[int, int, str]]:
    """A group gives and takes one value of each name."""
    taken: dict[tuple[int, str], int] = {}
    for flow in groups.between():
        source, target = groups.of[flow.source], groups.of[flow.target]
        why = f"`{_plain(flow.name)}` changes on the way"
        for number, block in enumerate(groups.blocks):
            if flow.name not in block.defines or number in (flow.source, flow.target):
                continue
            later_there = groups.of[number] == source and number > flow.source
            earlier_here = groups.of[number] == target and number < flow.target
            if (later_there or earlier_here) and not groups.blocks[flow.source].dataset:
                yield source, target, why
            elif earlier_here and groups.of[number] != groups.of[flow.source]:
                continue
        other = taken.setdefault((target, flow.name), flow.source)
        if other != flow.source and not {flow.source, other} & _datasets(groups):
            yield flow.source, target, why


def _datasets(groups: Groups) -> set[int]:
    return {number for number, block in enumerate(groups.blocks) if block.dataset}


def _too_many(groups: Groups) -> Iterator[tuple[int, int, str]]:
    datasets = _datasets(groups)
    for whole in dict.fromkeys(groups.of.values()):
        into = {(f.source, f.name): f for f in groups.between() if groups.of[f.target] == whole}
        out = {f.name: f for f in groups.between() if groups.of[f.source] == whole}
        for flows, word, far in ((into.values(), "takes", "source"), (out.values(), "gives", "target")):
            if word == "gives" and whole in datasets:
                continue
            for models, most in ((True, MODELS), (False, TABLES)):
                of_kind = [f for f in flows if (f.kind == "model") is models]
                others = [f for f in of_kind if getattr(f, far) not in datasets]
                if len(of_kind) > most and others:
                    names = ", ".join(f"`{_plain(f.name)}`" for f in of_kind)
                    what = "model" if models else "tables"
                    last = (
                        max(others, key=lambda f: f.source)
                        if word == "takes"
                        else min(others, key=lambda f: f.target)
                    )
                    yield whole, getattr(last, far), f"a node {word} {most} {what}, and there are {names}"


def _plain(name: str) -> str:
    return name.strip("<>").removeprefix("path ")


def members(groups: Groups) -> Iterable[tuple[int, list[int]]]:
    """Each group with its blocks, in the order of the script."""
    found: dict[int, list[int]] = {}
    for block, whole in sorted(groups.of.items()):
        found.setdefault(whole, []).append(block)
    return found.items()
