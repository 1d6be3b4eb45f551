"""Which chart is asked for, of which columns and rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from modules.look.charts.axis import is_measured
from modules.look.charts.bars import bars
from modules.look.charts.boxes import boxes
from modules.look.charts.correlations import correlations
from modules.look.charts.cross import cross
from modules.look.charts.histogram import histogram
from modules.look.charts.lines import lines
from modules.look.charts.scatter import scatter
from modules.look.filters import find_column
from modules.look.searching import rows_wanted
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

KINDS = ("histogram", "box", "scatter", "bar", "line", "cross", "correlation")
BINS = (1, 500)


def chart(table: Table, asked: Mapping[str, Any]) -> dict[str, Any]:
    """`{"kind", "rows", "x"?, "y"?, …}`, of the rows that pass `filter` and `search`.

    `asked`: `kind`, and `x`, `y` (names of columns), `bins`, `log`, `measure` as the kind takes them.
    ModuleError for a kind or column that is not there, and for a column the chart can make nothing of.
    """
    kind = asked.get("kind")
    if kind not in KINDS:
        raise ModuleError(f"'{kind}' is not a chart; there are {', '.join(KINDS)}", param="kind")
    mask = rows_wanted(table, asked.get("filter") or (), asked.get("search"))
    rows = len(table) if mask is None else pc.sum(mask).as_py() or 0

    def column(param: str) -> Column | None:
        name = asked.get(param)
        if name is None:
            return None
        found = find_column(table, name, param)
        return found if mask is None else Column(found.name, found.data.filter(mask))

    if kind == "correlation":
        shown = table if mask is None else table.take(mask.combine_chunks())
        return {"kind": kind, "rows": rows} | correlations(shown)
    x, y = column("x"), column("y")
    if x is None:
        raise ModuleError("this chart needs a column x", param="x")
    if y is None and kind in ("scatter", "cross"):
        raise ModuleError("this chart needs a column y to compare with", param="y")
    facts = {"kind": kind, "rows": rows, "x": _named(x)} | ({"y": _named(y)} if y else {})
    bins = max(BINS[0], min(BINS[1], int(asked.get("bins") or 30)))
    return facts | _made(kind, x, y, bins, asked)


def _made(kind: str, x: Column, y: Column | None, bins: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    match kind, y:
        case "histogram", _:
            return histogram(x, bins, bool(asked.get("log")))
        case "box", None:
            return boxes(x, None)
        case "box", Column():  # whichever of the two is measured is
            return boxes(x, y) if is_measured(x) and not is_measured(y) else boxes(y, x)
        case "scatter", Column():
            return scatter(x, y)
        case "cross", Column():
            return cross(x, y)
        case "line", _:
            return lines(x, y, bins)
    return bars(x, y, str(asked.get("measure") or "count"))


def _named(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": column.type}
