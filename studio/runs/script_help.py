"""What helps a person who writes a script. It is parsed, here and in a worker's sandbox, never executed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from modules.registry import catalog
from modules.scripting import tidy, words
from modules.scripting.completion import Column, python_columns, r_columns, sql_columns
from modules.scripting.finding import Columns
from modules.scripting.make_current import make_current
from modules.scripting.renaming import CannotRename, renamed
from studio.artifacts.models import Artifact
from studio.errors import Invalid, NotFound, Unavailable
from studio.experiments.graph import read_graph
from studio.experiments.models import Experiment
from studio.experiments.script_warnings import tables_of
from studio.live.ask import ask
from studio.runs.last_outputs import last_left
from studio.runs.missing_values import missing_shares
from studio.runs.table_columns import bundle_of, known_columns

TASK = "workers.help_script"
PATIENCE = 15
BUNDLE = "script_bundle"


class Asked:
    """About the script of one node, as the experiment was last saved. NotFound where it has no such node."""

    def __init__(self, experiment: Experiment, node: str) -> None:
        self.experiment = experiment
        self.graph = read_graph(experiment.document)
        if node not in self.graph.nodes:
            raise NotFound(
                f"This experiment has no node {node!r}. It may have been deleted, or not saved yet."
            )
        self.node = self.graph.nodes[node]
        spec = catalog().get(self.node.module)
        code = next((param for param in spec.params if param.type == "code"), None) if spec else None
        if spec is None or code is None:
            raise Invalid(f"The node {node!r} has no script.", [])
        self.spec, self.language = spec, code.language or ""

    def complete(self, script: str, line: int, column: int) -> dict[str, Any]:
        tables = self._tables()
        if self.language == "sql":
            named = {name: columns or {} for name, columns in tables}
            found = sql_columns(script, line, column, named)
            if found is None:
                return {"items": []}
            return {"items": [*self._items(found), *words.of_sql(script, line, column, named)]}
        if self.language == "r":
            numbered = {int(name[-1]): columns for name, columns in tables if columns}
            found = r_columns(script, line, column, numbered)
            return {
                "items": [
                    *self._items(found or ()),
                    *(words.of_r(script, line, column) if found is None else ()),
                ]
            }
        found = python_columns(script, line, column, [columns for _, columns in tables])
        if found is not None and words.is_in_text(script, line, column):
            return {"items": self._items(found)}
        told = self._ask("complete", script, line, column)
        others = words.matching(told.get("items") or (), script, line, column)
        others = others or words.of_python(script, line, column)
        return {"items": [*self._items(found or ()), *others], "helper": _helper(told)}

    def docs(self, what: str, script: str, line: int, column: int) -> dict[str, Any]:
        if self.language != "python":
            return {}
        told = self._ask(what, script, line, column)
        return {key: told.get(key) for key in ("docs", "signature", "definition")} | {"helper": _helper(told)}

    def rename(self, script: str, line: int, column: int, name: str) -> dict[str, Any]:
        """The name as it was and the edits; Invalid, with the reason, for what is not the script's own."""
        if self.language != "python":
            raise Invalid("Names are renamed in Python scripts only.", [])
        told = self._ask("rename", script, line, column)
        if told.get("gone") or told.get("busy"):
            raise Unavailable("The helper for scripts did not answer. Try it again.")
        try:
            found = renamed(script, told.get("places") or (), name, told.get("files"))
        except CannotRename as why:
            at = {"loc": ["body", "name"], "code": "rename", "message": str(why)}
            raise Invalid(str(why), [at]) from None
        files = [{"name": file, "text": text} for file, text in found.files.items()]
        return {"old": found.old, "edits": [vars(each) for each in found.edits], "files": files}

    def tidy(self, script: str) -> str:
        try:
            return tidy.tidy(script, self.language, str(self.node.params.get("engine", "sqlite")))
        except tidy.Untidy as error:
            message = f"The script cannot be formatted: {error}"
            raise Invalid(
                message, [{"loc": ["body", "script"], "code": "untidy", "message": message}]
            ) from None

    def current(self, script: str) -> dict[str, Any]:
        """The script for libraries of today, and what was rewritten. Invalid if it cannot be parsed."""
        if self.language != "python":
            raise Invalid("Only a Python script can be made current.", [])
        try:
            found = make_current(script)
        except SyntaxError as wrong:
            message = f"The script cannot be read: {wrong.msg}, line {wrong.lineno}."
            raise Invalid(
                message, [{"loc": ["body", "script"], "code": "syntax", "message": message}]
            ) from None
        return {
            "script": found.script,
            "changes": [vars(each) for each in found.changes],
            "left": [{"line": line, "message": why} for line, why in found.left],
        }

    def _tables(self) -> list[tuple[str, Columns | None]]:
        known = known_columns(self.graph, self.experiment.owner_id, self.experiment)
        return [(name, columns) for name, _, columns in tables_of(self.node, self.spec, self.graph, known)]

    def _items(self, columns: Iterable[Column]) -> list[dict[str, str]]:
        columns = list(columns)
        missing = missing_shares(self._artifacts()) if columns else {}
        return [_item(column, missing.get(column.label)) for column in columns]

    def _artifacts(self) -> list[str]:
        """Those that were last seen on the inputs."""
        found = []
        for wire in self.graph.into(self.node.id):
            left = last_left(self.experiment, wire.source.node).get(wire.source.port)
            found += [left["artifact"]] if left else []
        return found

    def _ask(self, verb: str, script: str, line: int, column: int) -> dict[str, Any]:
        bundle: Artifact | None = bundle_of(self.graph, self.node.id, BUNDLE, self.experiment)
        place = {"script": script, "line": line, "column": column}
        try:
            reply = ask(TASK, bundle.id if bundle else None, verb, place, patience=PATIENCE)
        except Unavailable:
            return {"gone": True}
        return reply.data if reply.failure is None and isinstance(reply.data, dict) else {"gone": True}


def restart() -> None:
    ask(TASK, None, "restart", {}, patience=PATIENCE)


def _helper(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": told.get("helper", ""),
        "version": told.get("version", ""),
        "seconds": told.get("seconds"),
        "gone": bool(told.get("gone")),
        "busy": bool(told.get("busy")),
    }


def _item(column: Column, missing: float | None) -> dict[str, str]:
    told = [column.type] if column.type else []
    told += [f"{missing:.0%} missing" if missing >= 0.01 else "under 1% missing"] if missing else []
    return {"label": column.label, "kind": "column"} | ({"detail": ", ".join(told)} if told else {})
