"""Group Categorical Values

Maps the levels of columns of categories to fewer, named levels.

**New number of levels** counts the default level. Each other new level has a name and a list of the old
levels that it takes, with commas between them; spaces around a level do not count. **Default level name** is
given to every value that no list names. Missing values stay missing. An old level may stand in one list only.

**Selected columns**: all columns of categories by default; columns of text, integers and Booleans are taken
too. **Output mode**: *Append* adds columns `x_grouped`, *Inplace* replaces the columns, *ResultOnly* gives
the new ones alone. *Transformation* groups the same columns of another table.

>>> params = GroupParams(selected_columns=["x"], name_of_new_level_1="warm", **{
...     "comma_separated_list_of_old_levels_to_map_to_new_level_1": "red, orange"})
>>> done = group_categorical_values(Table.of(x=["red", "blue", None]), params).results_dataset
>>> done.column("x").data.to_pylist()
['warm', 'Other', None]
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import create_model

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits, Fitted
from modules.sdk.frames import unique_names
from modules.sdk.levels import ALL_CATEGORIES, categories, discrete_columns, level_numbers
from modules.sdk.params import Params, choice, columns, integer, text
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

MOST = 20
NAME = "name_of_new_level_{}"
OLD = "comma_separated_list_of_old_levels_to_map_to_new_level_{}"


class _GroupParams(Params):
    selected_columns: ColumnSelection = columns(ALL_CATEGORIES, "Selected columns", of="dataset")
    output_mode: Literal["append", "inplace", "result_only"] = choice(
        "result_only", "Output mode", {"append": "Append", "inplace": "Inplace", "result_only": "ResultOnly"}
    )
    default_level_name: str = text("Other", "Default level name", "Of every value that no list names.")
    new_number_of_levels: int = integer(
        2, "New number of levels", "The default level is one of them.", ge=1, le=MOST
    )


def _level(number: int) -> dict[str, Any]:
    shown = {"new_number_of_levels": list(range(number + 1, MOST + 1))}
    old = f"Comma-separated list of old levels to map to new level {number}"
    return {
        NAME.format(number): (str, text("", f"Name of new level {number}", shown_when=shown)),
        OLD.format(number): (str, text("", old, shown_when=shown)),
    }


GroupParams = create_model(
    "GroupParams",
    __base__=_GroupParams,
    **{name: field for number in range(1, MOST) for name, field in _level(number).items()},
)


class Grouping(Fitted):
    """`old`: by new level the old ones; the last new level is the default and has none."""

    columns: list[str]
    levels: list[str]
    old: list[list[str]]
    output_mode: Literal["append", "inplace", "result_only"]


class Grouped(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]
    transformation: Annotated[Transform, port("Transformation")]


def _fit(table: Table, params: _GroupParams) -> Grouping:
    chosen = discrete_columns(table, params.selected_columns.names(table))
    if not params.default_level_name.strip():
        raise ModuleError("Give the default level a name.", param="default_level_name")
    levels: list[str] = []
    old: list[list[str]] = []
    for number in range(1, params.new_number_of_levels):
        name = getattr(params, NAME.format(number)).strip()
        taken = [part.strip() for part in getattr(params, OLD.format(number)).split(",") if part.strip()]
        if not name and not taken:
            continue
        if not name:
            raise ModuleError(f"Give the new level {number} a name.", param=NAME.format(number))
        twice = next((level for level in taken if any(level in others for others in old)), None)
        if twice is not None:
            raise ModuleError(
                f"The level {twice!r} stands in two lists; leave it in one.", param=OLD.format(number)
            )
        levels.append(name)
        old.append(taken)
    levels.append(params.default_level_name.strip())
    return Grouping(
        columns=[column.name for column in chosen], levels=levels, old=old, output_mode=params.output_mode
    )


def _apply(table: Table, grouping: Grouping) -> Table:
    made = [_grouped(column, grouping) for column in discrete_columns(table, grouping.columns)]
    if grouping.output_mode == "result_only":
        return Table.from_columns(made, len(table))
    if grouping.output_mode == "inplace":
        changed = {column.name: column for column in made}
        return Table.from_columns((changed.get(column.name, column) for column in table), len(table))
    every = [*table, *(column.renamed(f"{column.name}_grouped") for column in made)]
    names = unique_names(column.name for column in every)
    return Table.from_columns((c.renamed(name) for c, name in zip(every, names, strict=True)), len(table))


def _grouped(column: Column, grouping: Grouping) -> Column:
    levels = list(dict.fromkeys(grouping.levels))
    old = [(level, levels.index(name)) for name, taken in zip(grouping.levels, grouping.old, strict=False)
           for level in taken]  # fmt: skip
    places = level_numbers(column, [level for level, _ in old])
    new = np.array([place for _, place in old] + [levels.index(grouping.levels[-1])])
    return categories(column.name, np.where(places == -1, -1, new[np.maximum(places, -1)]), levels)


@module(
    version=1,
    synonyms=("map levels", "recode", "merge categories"),
    fits=Fits(Grouping, _fit, _apply, learns=lambda params: False),
)
def group_categorical_values(
    dataset: Annotated[Table, port("Dataset")],
    params: GroupParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Grouped:
    return Grouped(*fit_module(group_categorical_values, dataset, params, transformation))
