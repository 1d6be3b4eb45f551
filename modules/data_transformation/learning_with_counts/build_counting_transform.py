"""Build Counting Transform

Counts, for each value of the chosen columns, how many rows each class has, and makes features of that.

Columns of many different values, such as names of places or of products, say little to a model as they are.
In *Apply Transformation*, the **Counting transform** puts in their place: `<column> Count <class>`, the
rows of each class that had this value; `<column> LogOdds <class>`, of each class but the first, the
logarithm of its odds; and `<column> IsBackoff`, whether the value is rare. The other columns pass through.

**Label column** holds the classes, at most **Number of classes** of them; rows without one are not counted.
Values are kept as hashes of **The bits of hash function**, so that two may share their counts. *CMSketch*
takes several hashes and the least of their counts, for millions of values: **Depth** of them, of **Width**
bits each.

Values of fewer rows than *Garbage bin threshold* are counted together, those never seen too; *Additional
prior pseudo examples* draw the odds towards the average. These settings can be changed later, in *Modify
Count Table Parameters*.

Count on other rows than you train on, or a model learns the label from the counts of its own rows: split
first, or wire the transform into *Cross Validate Model*, or set a noise scale. ML Studio (classic) could
also count files in Azure, with a cluster; Studio counts the table that is connected.

>>> table = Table.of(city=["Rome"] * 3 + ["Oslo"] * 2, y=[True, True, False, False, False])
>>> params = CountingParams(label_column_index_or_name="y", select_columns_to_count=["city"],
...     garbage_bin_threshold=0, output_features_include="counts_only", ignore_back_off_column=True)
>>> made = build_counting_transform(table, params).counting_transform
>>> from modules.sdk.transforms import replay
>>> replay(made, Table.of(city=["Rome", "Bonn"])).arrow().to_pydict()
{'city Count false': [1.0, 0.0], 'city Count true': [2.0, 0.0]}
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np

from modules.data_transformation._chosen import the_column
from modules.data_transformation.learning_with_counts._counts import (
    MISSING,
    Counts,
    FeatureParams,
    Scheme,
    add_features,
    count_values,
    levels,
)
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits
from modules.sdk.params import choice, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

SKETCH = {"count_table_type": ["cm_sketch"]}


class CountingParams(FeatureParams):
    number_of_classes: int = integer(2, "Number of classes", ge=2, le=1000)
    the_bits_of_hash_function: int = integer(
        20, "The bits of hash function", ge=12, le=31, shown_when={"count_table_type": ["dictionary"]}
    )
    the_seed_of_hash_function: int = integer(1, "The seed of hash function", ge=0)
    label_column_index_or_name: ColumnSelection = columns(
        ColumnSelection.none(), "Label column index or name", of="dataset", single=True, required=True
    )
    select_columns_to_count: ColumnSelection = columns(
        ColumnSelection.none(), "Select columns to count", of="dataset", required=True
    )
    count_table_type: Literal["dictionary", "cm_sketch"] = choice(
        "dictionary", "Count table type", {"dictionary": "Dictionary", "cm_sketch": "CMSketch"}
    )
    depth_of_cm_sketch_table: int = integer(4, "Depth of CM sketch table", ge=1, le=32, shown_when=SKETCH)
    width_of_cm_sketch_table: int = integer(
        20, "Width of CM sketch table", "In bits.", ge=1, le=31, shown_when=SKETCH
    )

    def scheme(self) -> Scheme:
        if self.count_table_type == "dictionary":
            return Scheme(bits=self.the_bits_of_hash_function, seed=self.the_seed_of_hash_function)
        return Scheme(
            bits=self.width_of_cm_sketch_table,
            seed=self.the_seed_of_hash_function,
            rows=self.depth_of_cm_sketch_table,
            sketch=True,
        )


class Counted(NamedTuple):
    counting_transform: Annotated[Transform, port("Counting transform")]


def _fit(table: Table, params: CountingParams) -> Counts:
    label = the_column(table, params.label_column_index_or_name, "label_column_index_or_name", "The label")
    names = [
        name for name in dict.fromkeys(params.select_columns_to_count.names(table)) if name != label.name
    ]
    if not names:
        raise ModuleError("Choose the columns to count; the label is none.", param="select_columns_to_count")
    texts, at = levels(label)
    classes = sorted(text for text in texts if text != MISSING)
    if len(classes) > params.number_of_classes:
        raise ModuleError(
            f"The label {label.name} has {len(classes):,} different values, more than "
            f"{params.number_of_classes} "
            "classes. Choose another column or a larger number.",
            param="number_of_classes",
        )
    if not classes:
        raise ModuleError(f"The label {label.name} has no values.", param="label_column_index_or_name")
    place = {name: number for number, name in enumerate(classes)}
    places = np.array([place.get(text, -1) for text in texts])[at]
    scheme = params.scheme()
    return Counts(
        classes=classes,
        scheme=scheme,
        totals=np.bincount(places[places >= 0], minlength=len(classes)).astype(float).tolist(),
        counts=count_values([table.column(name) for name in names], places, classes, scheme),
        features={name: getattr(params, name) for name in FeatureParams.model_fields},
    )


@module(
    version=1,
    synonyms=("dracula", "count featurizer", "target encoding", "high cardinality", "count table"),
    fits=Fits(Counts, _fit, add_features),
)
def build_counting_transform(
    dataset: Annotated[Table, port("Dataset")],
    params: CountingParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Counted:
    return Counted(fit_module(build_counting_transform, dataset, params, transformation)[1])
