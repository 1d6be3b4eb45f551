r"""Split Data

Divides the rows of a table into two.

**Split rows** sends a fraction of the rows to the first output and the rest to the second; both keep
the order of the table. *Randomized split* draws the rows, and the same *Random seed* draws the same
ones (0 is a seed like any other); else they are the first rows. *Stratified split* draws the same
fraction from each group of rows that are alike in the *Stratification key column*.

**Regular expression** sends the rows whose value has the pattern in it to the first output:
`\"Name" ^Mc`. Missing values have no pattern.

**Relative expression** sends the rows that meet a comparison to the first output: `\"Year" > 2010`,
`\"Size" >= 10 & < 20`, `\"City" = "Bonn" | = "Köln"`. Missing values meet none. Dates are written
`2020-01-31`. In both, `(\0)` is the first column, `(\1)` the second.

>>> parts = split_data(Table.of(x=[1, 2, 3, 4]), SplitParams(fraction=0.25, randomized=False))
>>> len(parts.results_dataset1), len(parts.results_dataset2)
(1, 3)
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._conditions import matches_pattern, meets_condition
from modules.data_transformation._drawing import drawn, strata_of
from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns, integer, number, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

MODES = {
    "split_rows": "Split rows",
    "regular_expression": "Regular expression",
    "relative_expression": "Relative expression",
}
ROWS = {"splitting_mode": ["split_rows"]}


class SplitParams(Params):
    splitting_mode: Literal["split_rows", "regular_expression", "relative_expression"] = choice(
        "split_rows", "Splitting mode", MODES
    )
    fraction: float = number(0.5, "Fraction of rows in the first output dataset", ge=0, le=1, shown_when=ROWS)
    randomized: bool = toggle(True, "Randomized split", "Off: takes the first rows.", shown_when=ROWS)
    seed: int = integer(
        0,
        "Random seed",
        "The same seed draws the same rows.",
        ge=0,
        shown_when={**ROWS, "randomized": [True]},
    )
    stratified: bool = toggle(False, "Stratified split", shown_when=ROWS)
    stratification_key_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Stratification key column",
        of="dataset",
        single=True,
        shown_when={**ROWS, "stratified": [True]},
    )
    regular_expression: str = text(
        r'\"column name" pattern',
        "Regular expression",
        r'For example \"Name" ^Mc',
        shown_when={"splitting_mode": ["regular_expression"]},
    )
    relational_expression: str = text(
        r'\"column name" > 0',
        "Relational expression",
        r'For example \"Year" > 2010',
        shown_when={"splitting_mode": ["relative_expression"]},
    )


class Split(NamedTuple):
    results_dataset1: Annotated[Table, port("Results dataset1", like="dataset")]
    results_dataset2: Annotated[Table, port("Results dataset2", like="dataset")]


@module(version=1, synonyms=("partition and sample", "train", "test", "sample", "filter rows"))
def split_data(dataset: Annotated[Table, port("Dataset")], params: SplitParams) -> Split:
    if params.splitting_mode == "regular_expression":
        first = matches_pattern(dataset, params.regular_expression)
    elif params.splitting_mode == "relative_expression":
        first = meets_condition(dataset, params.relational_expression)
    else:
        first = _drawn(dataset, params)
    if first.all():
        return Split(dataset, dataset.take(pa.array(~first)))
    if not first.any():
        return Split(dataset.take(pa.array(first)), dataset)
    return Split(dataset.take(pa.array(first)), dataset.take(pa.array(~first)))


def _drawn(table: Table, params: SplitParams) -> np.ndarray:
    strata = None
    if params.stratified:
        strata = strata_of(table, params.stratification_key_column, "stratification_key_column")
    return drawn(len(table), params.fraction, params.seed if params.randomized else None, strata)
