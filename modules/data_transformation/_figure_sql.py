"""Figures of groups, and the columns of two tables side by side, as SQL, for the line that a module shows."""

from __future__ import annotations

from collections.abc import Collection

from modules.data_transformation._aggregating import FIGURES, OF_NUMBERS
from modules.sdk.frames import unique_names
from modules.sdk.line import Known, one_of, sql_name

OF_ROWS = {
    "min": "min(v)",
    "max": "max(v)",
    "first": "first(v) filter (where v is not null)",
    "last": "last(v) filter (where v is not null)",
    "list": "string_agg(v::varchar, ', ')",
}


def figure_sql(known: Known, op: str, column: str, share: float) -> str:
    """A figure of a column.

    >>> figure_sql(Known({"n": "integer"}), "mean", "n", 0.5)
    'avg("n")'
    """
    if op in OF_NUMBERS:
        one_of(known, [column], "integer", "float", "boolean")
    name = sql_name(column)
    if op in OF_NUMBERS and known.type_of(column) == "boolean":
        name = f"{name}::int"
    said = OF_ROWS.get(op) or FIGURES[op]
    return (
        said.replace("?", repr(share))
        .replace("(v)", f"({name})")
        .replace("v is", f"{name} is")
        .replace("(v:", f"({name}:")
        .replace("distinct v", f"distinct {name}")
        .replace("(v,", f"({name},")
    )


def beside(left: Known, right: Known, without: Collection[str] = ()) -> str:
    """All columns of `t1`, then those of `t2`; a name that is taken gets a number.

    >>> beside(Known({"k": "integer"}), Known({"k": "integer", "b": "string"}))
    't1.*, t2."k" as "k (2)", t2."b"'
    """
    return ", ".join(filter(None, ["t1.*", renamed(left, right, without)]))


def renamed(left: Known, right: Known, without: Collection[str] = ()) -> str:
    """The columns of `t2`, by names that `t1` does not have."""
    kept = [name for name in right.every if name not in without]
    names = unique_names([*left.every, *kept])[len(left.every) :]
    return ", ".join(
        f"t2.{sql_name(name)}" + ("" if new == name else f" as {sql_name(new)}")
        for name, new in zip(kept, names, strict=True)
    )
