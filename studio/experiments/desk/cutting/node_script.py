"""A group of cells as the script of a node."""

from __future__ import annotations

import ast
import io
import textwrap
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from studio.experiments.desk.cutting.groups import Flow, Groups
from studio.experiments.desk.cutting.kinds import kind_of
from studio.experiments.desk.cutting.pieces import Piece, Pieces
from studio.experiments.desk.writer import MAIN


@dataclass(frozen=True)
class Ports:
    """What a group takes and gives, in the order of its ports: names of variables."""

    tables_in: tuple[Flow, ...]
    model_in: Flow | None
    tables_out: tuple[str, ...]
    model_out: str | None


def ports_of(groups: Groups, whole: int) -> Ports:
    into = {(f.source, f.name): f for f in groups.between() if groups.of[f.target] == whole}
    out = {f.name: f for f in groups.between() if groups.of[f.source] == whole}
    models = [f for f in into.values() if f.kind == "model"]
    return Ports(
        tuple(f for f in into.values() if f.kind != "model"),
        models[0] if models else None,
        tuple(name for name, f in out.items() if f.kind != "model"),
        next((name for name, f in out.items() if f.kind == "model"), None),
    )


def node_script(groups: Groups, whole: int, pieces: Pieces, ports: Ports, shows: bool) -> str:
    """`shows`: the last expression of a cell is shown, as in a notebook."""
    blocks = [groups.blocks[n] for n, g in sorted(groups.of.items()) if g == whole]
    done = [piece for block in blocks for piece in block.pieces]
    top, inner = _top(
        pieces, done, {n for block in blocks for n in block.defines} | {f.name for f in ports.tables_in}
    )
    lines = [*_given(ports, done, inner, pieces), *(piece.statement.text for piece in inner)]
    back = _back(groups, whole, ports, done)
    for place, piece in enumerate(done):
        last = place + 1 == len(done) or done[place + 1].statement.cell != piece.statement.cell
        node = piece.statement.node
        if shows and last and isinstance(node, ast.Expr) and not _is_quiet(node.value):
            if back is None and place + 1 == len(done) and _is_table(node.value, groups, whole, pieces):
                back = f"return {ast.unparse(_whole(node.value))}"
                continue
            lines.append(f"print({ast.unparse(node.value)})\n")
        else:
            lines.append(piece.statement.text)
    if back is None:
        back = _leaf(done)
    if back:
        lines.append(f"{back}\n")
    taken = [_parameter(flow) for flow in ports.tables_in] + (["*", "model=None"] if ports.model_in else [])
    head = "".join(piece.statement.text for piece in _in_order([*pieces.everywhere, *top]))
    body = _indented("".join(lines) or "pass\n")
    return f"{head}{chr(10) * 2 if head else ''}def {MAIN}({', '.join(taken)}):\n{body}"


def _top(pieces: Pieces, done: list[Piece], own: set[str]) -> tuple[list[Piece], list[Piece]]:
    """What stands above the function; and functions that need what is inside it, which stand there."""
    uses = frozenset().union(*(piece.names.uses for piece in (*done, *pieces.everywhere)))
    needed = list({id(piece): piece for piece in pieces.needed(uses).values()}.values())
    inside: set[int] = set()
    names: set[str] = set(own)
    while more := [p for p in needed if id(p) not in inside and p.names.uses & names and not _is_import(p)]:
        inside |= {id(p) for p in more}
        names |= {name for p in more for name in p.names.defines}
    return _in_order([p for p in needed if id(p) not in inside]), _in_order(
        [p for p in needed if id(p) in inside]
    )


def _is_import(piece: Piece) -> bool:
    return isinstance(piece.statement.node, ast.Import | ast.ImportFrom)


def _in_order(pieces: list[Piece]) -> list[Piece]:
    future = "__future__"
    return sorted(pieces, key=lambda p: (future not in p.statement.text, p.statement.node.lineno))


def _parameter(flow: Flow) -> str:
    if flow.name.startswith("<path "):
        return f"file_{flow.source + 1}"
    return flow.name


def _given(ports: Ports, done: list[Piece], inner: list[Piece], pieces: Pieces) -> Iterator[str]:
    """The variables as the code knows them."""
    reads = {p.read.path: p.read for p in (*done, *pieces.top.values()) if p.read}
    for flow in ports.tables_in:
        if flow.name.startswith("<path "):
            path = flow.name[6:-1]
            folder, _, _ = path.replace("\\", "/").rpartition("/")
            header = "" if reads[path].header else ", header=False"
            if folder:
                yield f"__import__('os').makedirs({folder!r}, exist_ok=True)\n"
            yield f"{_parameter(flow)}.to_csv({path!r}, index=False{header})\n"
        elif flow.kind.endswith("series"):
            yield f"{flow.name} = {flow.name}.iloc[:, 0]\n"
    if ports.model_in and ports.model_in.name != "model":
        yield f"{ports.model_in.name} = model\n"


def _back(groups: Groups, whole: int, ports: Ports, done: list[Piece]) -> str | None:
    kinds = {f.name: f.kind for f in groups.between() if groups.of[f.source] == whole}
    tables = [f"{name}.to_frame()" if kinds[name].endswith("series") else name for name in ports.tables_out]
    if ports.model_out:
        named = [f'"result_dataset{"" if n == 0 else 2}": {value}' for n, value in enumerate(tables)]
        return f"return {{{', '.join([*named, f'{chr(34)}result_model{chr(34)}: {ports.model_out}'])}}}"
    return f"return {', '.join(tables)}" if tables else None


def _leaf(done: list[Piece]) -> str:
    """What a node gives that nothing takes further: the last table of its code, and its last model."""
    table = model = perhaps = ""
    for piece in done:
        for name, kind in piece.kinds.items():
            if kind in ("table", "moved"):
                table, perhaps = name, ""
            elif kind == "indexed":
                table, perhaps = f"{name}.reset_index()", ""
            elif kind == "model":
                model = name
            elif isinstance(piece.statement.node, ast.Assign) and not name.startswith("<"):
                perhaps = name  # which the code does not tell: it is looked at when it is there
    if perhaps:
        table = f'{perhaps} if hasattr({perhaps}, "columns") else {table or None}'
    if model:
        tables = [f'"result_dataset": {table}'] if table else []
        return f"return {{{', '.join([*tables, f'{chr(34)}result_model{chr(34)}: {model}'])}}}"
    return f"return {table}" if table else ""


def _is_table(value: ast.expr, groups: Groups, whole: int, pieces: Pieces) -> bool:
    known = {
        name: kind
        for number, block in enumerate(groups.blocks)
        for name, kind in block.defines.items()
        if groups.of[number] == whole
        or any(f.source == number and groups.of[f.target] == whole for f in groups.flows)
    }
    return kind_of(value, known, pieces.world) in ("table", "moved")


def _whole(value: ast.expr) -> ast.expr:
    """`df` of `df.head()`: a node shows its rows anyway."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name() as table, attr="head" | "tail")):
            return table
    return value


def _is_quiet(value: ast.expr) -> bool:
    """Calls that are made for what they do."""
    match value:
        case ast.Call(func=ast.Name(id="print")) | ast.Constant():
            return True
        case ast.Call(func=ast.Attribute(attr="show" | "savefig" | "to_csv" | "fit" | "plot" | "hist")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="plt" | "sns" | "ax"))):
            return True
    return False


def _indented(text: str) -> str:
    """Each line four spaces in, but for those within a text of several lines."""
    inner: set[int] = set()
    opened = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        name = tokenize.tok_name[token.type]
        if name == "STRING":
            inner |= set(range(token.start[0] + 1, token.end[0] + 1))
        elif name == "FSTRING_START":  # since Python 3.12 an f-string is several tokens
            opened = token.start[0]
        elif name == "FSTRING_END":
            inner |= set(range(opened + 1, token.end[0] + 1))
    return "".join(
        line if number in inner else textwrap.indent(line, "    ")
        for number, line in enumerate(text.splitlines(keepends=True), 1)
    )
