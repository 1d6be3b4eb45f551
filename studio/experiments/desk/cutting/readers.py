"""Files that a script reads: each becomes a dataset."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from studio.experiments.desk.cutting.kinds import READERS, dotted

HARMLESS = frozenset([
    "encoding", "engine", "low_memory", "sep", "delimiter", "quotechar", "memory_map", "header",
])  # fmt: skip
"""What reading as a dataset finds by itself."""
RE_READ = frozenset([
    "parse_dates", "index_col", "usecols", "dtype", "names", "converters", "na_values", "true_values",
    "false_values", "thousands", "decimal", "date_parser", "dayfirst", "infer_datetime_format", "nrows",
    "keep_default_na", "date_format", "encoding_errors", "skipinitialspace",
])  # fmt: skip
"""What may be done by reading the dataset's text again."""


@dataclass(frozen=True)
class Read:
    """`variable`: what takes the table. `direct`: the dataset is that table; otherwise the node writes the
    file into its folder first, and reads it as the script does."""

    variable: str
    path: str
    direct: bool
    header: bool = True
    type: str = ""

    @property
    def dataset(self) -> str:
        return PurePath(self.path.replace("\\", "/")).stem


def read_of(node: ast.stmt, imported: Mapping[str, str], written: set[str]) -> Read | None:
    """The file that the statement reads; None if it reads none, or one that the script writes itself."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
            found = _of_call(name, call, imported)
            return found if found and found.path not in written else None
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            found = _of_call("", part, imported)
            if found and found.path not in written:
                can = found.path.lower().endswith((".csv", ".tsv", ".txt", ".data"))
                return Read("", found.path, False, found.header, found.type) if can else None
    return None


def _of_call(variable: str, call: ast.Call, imported: Mapping[str, str]) -> Read | None:
    origin = dotted(call.func, imported)
    name = origin.rpartition(".")[2] or (call.func.attr if isinstance(call.func, ast.Attribute) else "")
    keywords = {str(k.arg): k.value for k in call.keywords}
    path = call.args[0] if call.args else keywords.pop("filepath_or_buffer", None)
    if name not in READERS or not isinstance(path, ast.Constant) or not isinstance(path.value, str):
        return None
    if "://" in path.value or keywords.keys() - RE_READ - HARMLESS or name == "read_json":
        return None
    header = keywords.get("header")
    headed = header is None or not (isinstance(header, ast.Constant) and header.value is None)
    headed = headed and ("names" not in keywords)
    direct = not (keywords.keys() - HARMLESS) and headed and len(call.args) == 1
    if not direct and name not in ("read_csv", "read_table"):
        return None
    type = {"read_table": "tsv"}.get(name, "csv" if name == "read_csv" else "")
    sep = keywords.get("sep", keywords.get("delimiter"))
    if isinstance(sep, ast.Constant) and sep.value == "\t":
        type = "tsv"
    type = f"{type}-no-header" if type and not headed else ""
    return Read(variable, path.value, direct, headed, type)


def written_paths(node: ast.stmt) -> Iterator[str]:
    """Files that the statement writes."""
    for part in ast.walk(node):
        match part:
            case ast.Call(func=ast.Attribute(attr=attr), args=[ast.Constant(value=str(path)), *_]) if (
                attr.startswith("to_") or attr in ("savetxt", "dump")
            ):
                yield path
            case ast.Call(
                func=ast.Name(id="open"),
                args=[ast.Constant(value=str(path)), ast.Constant(value=str(mode)), *_],
            ) if mode[:1] in "wax":
                yield path
