r"""Rename by Pattern

Renames many columns at once: what a pattern finds in a name is replaced.

**Pattern** is a text, or a regular expression if *Regular expression* is on; in **Replacement** `\1` is
what its first parentheses found. **Case** makes names lower or upper case, or words joined by `_`. A name
that would be taken twice gets a number. Columns that keep their name, and the values of all, are passed on
untouched.

>>> params = RenameParams(pattern=r"^(\d+)_(\w+)", replacement=r"\2 \1")
>>> rename_by_pattern(Table.of(**{"1_a": [1], "b": [2]}), params).results_dataset.names
['a 1', 'b']
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.line import SEVERAL, Known, Line, NoLine, pandas
from modules.sdk.params import Params, choice, text, toggle
from modules.sdk.params import columns as column_picker
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

CASES = {
    "as_is": "As it is",
    "lower": "lower case",
    "upper": "UPPER CASE",
    "snake": "words_joined_by_underlines",
}


class RenameParams(Params):
    columns: ColumnSelection = column_picker(ColumnSelection.all(), "Columns", of="dataset")
    pattern: str = text("", "Pattern")
    regular_expression: bool = toggle(True, "Regular expression", "Off: the pattern is a plain text.")
    replacement: str = text("", "Replacement", "Empty takes away what was found.")
    case: Literal["as_is", "lower", "upper", "snake"] = choice("as_is", "Case", CASES)


class Renamed(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: RenameParams) -> Line:
    said = "name"
    if params.pattern and params.regular_expression:
        said = f"re.sub({params.pattern!r}, {params.replacement!r}, name)"
    elif params.pattern:
        said = f"name.replace({params.pattern!r}, {params.replacement!r})"
    if params.case == "snake":
        raise NoLine(SEVERAL)
    if params.case != "as_is":
        said = f"{said}.{params.case}()"
    if params.columns != ColumnSelection.all():
        said = f"{said} if name in {dataset.names(params.columns)} else name"
    return pandas(f"dataframe1.rename(columns=lambda name: {said})")


@module(
    version=1,
    row_by_row=True,
    line=line,
    foretells=lambda params: not (params.pattern and params.regular_expression),
    synonyms=("rename columns", "clean names", "prefix", "Column Rename (Regex)", "rename_with"),
)
def rename_by_pattern(dataset: Annotated[Table, port("Dataset")], params: RenameParams) -> Renamed:
    chosen = set(params.columns.names(dataset))
    try:
        pattern = re.compile(params.pattern if params.regular_expression else re.escape(params.pattern))
        new = [_named(name, pattern, params) if name in chosen else name for name in dataset.names]
    except (re.error, IndexError) as error:
        raise ModuleError(
            f"The pattern and its replacement cannot be used: {error}.", param="pattern"
        ) from None
    names = unique_names(new)
    return Renamed(
        Table(tuple(c.renamed(name) for c, name in zip(dataset, names, strict=True)), len(dataset))
    )


def _named(name: str, pattern: re.Pattern[str], params: RenameParams) -> str:
    if params.pattern:
        by = params.replacement if params.regular_expression else params.replacement.replace("\\", r"\\")
        name = pattern.sub(by, name)
    if params.case == "snake":
        return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())).strip("_").lower()
    return {"lower": name.lower(), "upper": name.upper()}.get(params.case, name)
