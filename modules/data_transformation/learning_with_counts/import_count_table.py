"""Import Count Table

Makes a counting transform of the two tables that *Export Count Table* writes.

**Count metadata** has the columns `Name` and `Value`, **Count table** `Column`, `Key` and a count for each
class. So counts can be kept as datasets, changed by hand or brought from elsewhere. The count tables of old
experiments of ML Studio (classic) had another form, which nobody can look up any more; count anew instead.

>>> from modules.data_transformation.learning_with_counts.build_counting_transform import *
>>> from modules.data_transformation.learning_with_counts.export_count_table import export_count_table
>>> params = CountingParams(label_column_index_or_name="y", select_columns_to_count=["x"])
>>> made = build_counting_transform(Table.of(x=["a", "b"], y=[0, 1]), params).counting_transform
>>> import_count_table(*export_count_table(made)).counting_transform == made
True
"""

from __future__ import annotations

import json
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import ValidationError

from modules.data_transformation.learning_with_counts._counts import Counts
from modules.sdk.casting import cast
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import number_columns, numbers
from modules.sdk.values import Step, Table, Transform


class Imported(NamedTuple):
    counting_transform: Annotated[Transform, port("Counting transform")]


@module(version=1, synonyms=("dracula", "count featurizer"))
def import_count_table(
    count_metadata: Annotated[Table, port("Count metadata")],
    count_table: Annotated[Table, port("Count table")],
) -> Imported:
    told = _metadata(count_metadata)
    try:
        counts: dict[str, dict[str, list[float]]] = {str(name): {} for name in told["columns"]}
        classes = [str(name) for name in told["classes"]]
        columns, keys = (_texts(count_table, name, "count table") for name in ("Column", "Key"))
        cells = np.column_stack([*map(numbers, number_columns(count_table, [f"Count {c}" for c in classes]))])
        for row, (name, key) in enumerate(zip(columns, keys, strict=True)):
            counts[str(name)][str(key)] = cells[row].tolist()
        made = Counts.model_validate(
            {
                "classes": classes,
                "scheme": told["hash"],
                "totals": told["totals"],
                "counts": counts,
                "features": told["features"],
            }
        )
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise ModuleError(
            f"The two tables do not fit together or lack something ({type(error).__name__}: "
            f"{error!s:.200}). Connect both "
            "outputs of the same Export Count Table."
        ) from None
    step = Step("build-counting-transform", told.get("params"), made.model_dump(mode="json"))
    return Imported(Transform((step,)))


def _metadata(table: Table) -> dict[str, Any]:
    names, values = (_texts(table, name, "count metadata") for name in ("Name", "Value"))
    try:
        return {str(name): json.loads(value or "") for name, value in zip(names, values, strict=True)}
    except ValueError:
        raise ModuleError(
            "A value of the count metadata is no JSON. Connect the output of Export Count Table."
        ) from None


def _texts(table: Table, name: str, what: str) -> list[str | None]:
    if not table.has(name):
        raise ModuleError(f"The {what} has no column {name}. Connect the output of Export Count Table.")
    found: list[str | None] = cast(table.column(name), "string").data.to_pylist()
    return found
