"""Edit Metadata

Changes what columns are called and which type they have; the values stay what they are.

**Column** picks the columns; each change below is made to all of them.

**Data type** reads every value as the new type: `1e5` is a floating point number, `yes` a boolean,
`31 Jan 2020` a date, `1 days 02:00:00` a time span. Where a value does not fit (a fraction as an
integer), or would be rounded, the module fails and names the value and its row.

**Order of dates** says how `01/02/2020` is read. *Detect* takes the one order that every value of the
column allows: a `31/12/2019` among them shows that the day is first. Where several orders are possible, the
module asks. Of two digits, 69 to 99 are years of the 1900s. A time alone (`07:30`) is no date.

**Categorical** makes a column one of categories, its distinct values, or a plain one again.

**Fields** says what a column is for. A label is what one predicts: *K-Means Clustering* can start from it, or
complete it. *Features* makes a label or a score an ordinary column again; *Clear label* and *Clear score* do
so only to the one of them.

**New column names** is a list with commas, a name for each chosen column in their order. Names need to
be different from all others in the table.

>>> params = MetadataParams(column=ColumnSelection.of("x"), data_type="integer", new_column_names="count")
>>> edit_metadata(Table.of(x=["1", "2"]), params).results_dataset.arrow().to_pydict()
{'count': [1, 2]}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple

from modules.learning.roles import as_label, is_label, score_role, without_role
from modules.sdk.casting import cast, categorical, uncategorical
from modules.sdk.column import Column
from modules.sdk.date_order import Order
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, columns, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

TYPES = {
    "unchanged": "Unchanged",
    "string": "String",
    "integer": "Integer",
    "float": "Floating point",
    "boolean": "Boolean",
    "datetime": "DateTime",
    "timedelta": "TimeSpan",
}
ORDERS = {
    "detect": "Detect",
    "day_first": "Day first: 31/12/2024",
    "month_first": "Month first: 12/31/2024",
    "year_first": "Year first: 24/12/31",
}
SAID: dict[str, Order] = {
    "day_first": "day-first",
    "month_first": "month-first",
    "year_first": "year-first",
}
KINDS = {
    "unchanged": "Unchanged",
    "make_categorical": "Make categorical",
    "make_uncategorical": "Make uncategorical",
}
FIELDS = {
    "unchanged": "Unchanged",
    "features": "Features",
    "labels": "Labels",
    "clear_label": "Clear label",
    "clear_score": "Clear score",
}


class MetadataParams(Params):
    column: ColumnSelection = columns(
        ColumnSelection.all(), "Column", "The columns to change.", of="dataset", required=True
    )
    data_type: Literal["unchanged", "string", "integer", "float", "boolean", "datetime", "timedelta"] = (
        choice("unchanged", "Data type", TYPES)
    )
    date_order: Literal["detect", "day_first", "month_first", "year_first"] = choice(
        "detect", "Order of dates", ORDERS, "How 01/02/2020 is read.", shown_when={"data_type": ["datetime"]}
    )
    categorical: Literal["unchanged", "make_categorical", "make_uncategorical"] = choice(
        "unchanged", "Categorical", KINDS
    )
    fields: Literal["unchanged", "features", "labels", "clear_label", "clear_score"] = choice(
        "unchanged", "Fields", FIELDS, "What the columns are for."
    )
    new_column_names: str = text(
        "",
        "New column names",
        "One for each chosen column, with commas between.",
        placeholder="first, second",
    )


class Edited(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, foretells=True, synonyms=("metadata editor", "rename", "type", "convert", "categorical"))
def edit_metadata(dataset: Annotated[Table, port("Dataset")], params: MetadataParams) -> Edited:
    chosen = params.column.names(dataset)
    renamed = _new_names(dataset, chosen, params.new_column_names)
    meant = set(chosen)
    edited = [
        _marked(_edited(column, params), params.fields) if column.name in meant else column
        for column in dataset
    ]
    named = (column.renamed(renamed.get(column.name, column.name)) for column in edited)
    return Edited(Table.from_columns(named, len(dataset)))


def _edited(column: Column, params: MetadataParams) -> Column:
    wanted = params.data_type
    if wanted != "unchanged" and uncategorical(column).type != wanted:
        was_categorical = column.type == "categorical"
        column = cast(column, wanted, SAID.get(params.date_order))
        column = categorical(column) if was_categorical else column
    if params.categorical == "make_categorical":
        return categorical(column)
    return uncategorical(column) if params.categorical == "make_uncategorical" else column


def _marked(column: Column, fields: str) -> Column:
    """The column with the role that it gets, or without the one that it had."""
    label, score = is_label(column), score_role(column) is not None
    if fields == "labels":
        return as_label(column)
    taken = {"features": label or score, "clear_label": label, "clear_score": score}
    return without_role(column) if taken.get(fields) else column


def _new_names(table: Table, chosen: Sequence[str], listed: str) -> dict[str, str]:
    """The new name of each chosen column that gets one."""
    names = [name.strip() for name in listed.split(",")] if listed.strip() else []
    if not names:
        return {}
    if len(names) != len(chosen):
        raise ModuleError(
            f"{len(names)} new names are given for {len(chosen)} chosen columns; each needs one.",
            param="new_column_names",
        )
    if "" in names:
        raise ModuleError("A new name is empty; put one between any two commas.", param="new_column_names")
    meant = set(chosen)
    after = Counter([name for name in table.names if name not in meant] + names)
    twice = next((name for name in names if after[name] > 1), None)
    if twice is not None:
        raise ModuleError(f"Two columns would be called {twice!r}.", param="new_column_names")
    return dict(zip(chosen, names, strict=True))
