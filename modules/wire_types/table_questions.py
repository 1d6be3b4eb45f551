"""What a table can be asked: pages, summaries, charts, comparisons, exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modules.look.cells import LONGEST
from modules.look.charts import chart
from modules.look.comparison import compare
from modules.look.evaluation import evaluation, measured
from modules.look.exports import export
from modules.look.key_matches import key_matches
from modules.look.pages import page
from modules.look.summaries import summary
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table
from modules.wire_types.stored import Question


def answer(table: Table, question: Question) -> Any:
    """The answer as JSON; an export is left in the question's folder, and the answer names the file."""
    args, memory = question.args, question.memory
    match question.verb:
        case "page":
            return _page(table, args, memory)
        case "summary":
            return summary(table, args.get("columns"), args.get("filter"), args.get("search"), memory)
        case "chart":
            return chart(table, dict(args))
        case "evaluation":
            return evaluation(table, args.get("label"))
        case "metrics":
            return measured(table, _model(question), args.get("label"))
        case "compare":
            return compare(table, _other(question), dict(args))
        case "matches":
            return key_matches(table, _other(question), args)
        case "export":
            name = f"export.{args['format']}"
            filters = args.get("filter") or ()
            export(table, args["format"], question.folder / name, filters, args.get("search"))
            return {"file": name}
    raise ModuleError("This is a table; that cannot be asked of it.")


def _other(question: Question) -> Table:
    other = question.others["other"]
    if not isinstance(other, Table):
        raise ModuleError(f"The other is a {other.type}, not a table.")
    return other


def _model(question: Question) -> Model | None:
    model = question.others.get("other")
    if model is not None and not isinstance(model, Model):
        raise ModuleError(f"The other is a {model.type}, not a model.")
    return model


def asked_columns(verb: str, args: Mapping[str, Any]) -> set[str] | None:
    """The names a question may touch; None where that may be any column.

    >>> sorted(asked_columns("page", {"columns": ["a"], "sort": "-b"}) or [])
    ['-b', 'a', 'b']
    """
    if args.get("search") or (verb in ("page", "summary") and args.get("columns") is None):
        return None
    rules = [str(rule.get("column")) for rule in args.get("filter") or []]
    sort = args.get("sort") or ""
    if verb in ("page", "summary"):
        return {*args["columns"], sort, sort.removeprefix("-"), *rules}
    if verb == "matches":
        return {*args["left"], *args["right"]}
    if verb == "chart" and args.get("kind") != "correlation":
        return {*rules, args.get("x") or "", args.get("y") or ""}
    return None


def _page(table: Table, args: Mapping[str, Any], memory: Any) -> dict[str, Any]:
    return page(
        table,
        args.get("offset", 0),
        args.get("limit", 100),
        args.get("sort"),
        args.get("filter"),
        args.get("search"),
        args.get("columns"),
        args.get("longest", LONGEST),
        memory,
        args.get("descending"),
    )
