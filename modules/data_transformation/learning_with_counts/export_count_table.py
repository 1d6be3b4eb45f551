"""Export Count Table

Writes the counts of a counting transform as two tables, to look at or to keep.

*Dracula count metadata* has `Name` and `Value`: the classes, the settings of the hash and of the features,
and the rows of each class. *Dracula count table* has a row for each column and hash: `Column`, `Key`, and
`Count <class>` for each class. *Import Count Table* makes the transform of them again.

>>> from modules.data_transformation.learning_with_counts.build_counting_transform import *
>>> params = CountingParams(label_column_index_or_name="y", select_columns_to_count=["x"])
>>> made = build_counting_transform(Table.of(x=["a", "a"], y=[0, 1]), params).counting_transform
>>> export_count_table(made).dracula_count_table.arrow().to_pydict()
{'Column': ['x'], 'Key': ['711912'], 'Count 0': [1.0], 'Count 1': [1.0]}
"""

from __future__ import annotations

import json
from typing import Annotated, Any, NamedTuple

import pyarrow as pa

from modules.data_transformation.learning_with_counts._counts import counts_of
from modules.sdk.declare import module, port
from modules.sdk.values import Table, Transform


class Exported(NamedTuple):
    dracula_count_metadata: Annotated[Table, port("Dracula count metadata")]
    dracula_count_table: Annotated[Table, port("Dracula count table")]


@module(version=1, synonyms=("dracula", "count featurizer"))
def export_count_table(counting_transform: Annotated[Transform, port("Counting transform")]) -> Exported:
    made = counts_of(counting_transform, "The transform")
    told: dict[str, Any] = {
        "classes": made.classes,
        "totals": made.totals,
        "columns": list(made.counts),
        "hash": made.scheme.model_dump(),
        "features": made.features,
        "params": counting_transform.steps[0].params,
    }
    rows = [(name, key, counts) for name, own in made.counts.items() for key, counts in own.items()]
    table: dict[str, Any] = {
        "Column": pa.array([name for name, _, _ in rows], pa.large_string()),
        "Key": pa.array([key for _, key, _ in rows], pa.large_string()),
    }
    for place, label in enumerate(made.classes):
        table[f"Count {label}"] = pa.array([counts[place] for _, _, counts in rows], pa.float64())
    metadata = {
        "Name": pa.array(list(told), pa.large_string()),
        "Value": pa.array([json.dumps(value) for value in told.values()], pa.large_string()),
    }
    return Exported(Table.from_arrow(pa.table(metadata)), Table.from_arrow(pa.table(table)))
