"""The columns of two tables side by side as SQL, for the line that a module shows."""

from __future__ import annotations

from collections.abc import Collection

from modules.sdk.frames import unique_names
from modules.sdk.line import Known, sql_name


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
