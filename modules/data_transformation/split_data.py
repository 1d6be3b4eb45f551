r"""Split Data

Divides the rows of a table into two.

**Split rows** sends a fraction of the rows to the first output and the rest to the second; both keep
the order of the table. *Randomized split* draws the rows, and the same *Random seed* draws the same
ones (0 is a seed like any other); else they are the first rows. *Stratified split* draws the same
fraction from each group of rows that are alike in the *Stratification key column*.

**Recommender Split** takes users from the first column and items from the second. The ratings of *training
only* users go to the first output, as the chosen fraction of each other user's does; the rest is for the
test. *Cold* users and items are in the test alone, *ignored* ones in neither. Removed on request are items
that only by chance are in the test alone.

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

from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._conditions import matches_pattern, meets_condition
from modules.data_transformation._drawing import drawn, strata_of
from modules.data_transformation._recommender_split import Shares, split_ratings
from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns, integer, number, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

MODES = {
    "split_rows": "Split rows",
    "recommender_split": "Recommender Split",
    "regular_expression": "Regular expression",
    "relative_expression": "Relative expression",
}
ROWS = {"splitting_mode": ["split_rows"]}
RATINGS = {"splitting_mode": ["recommender_split"]}


def _share(default: float, label: str) -> Any:
    return number(default, label, ge=0, le=1, shown_when=RATINGS)


class SplitParams(Params):
    splitting_mode: Literal[
        "split_rows", "recommender_split", "regular_expression", "relative_expression"
    ] = choice("split_rows", "Splitting mode", MODES)
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
    fraction_of_training_only_users: float = _share(0.5, "Fraction of training only users")
    fraction_of_test_user_ratings_for_training: float = _share(
        0.25, "Fraction of test user ratings for training"
    )
    fraction_of_cold_users: float = _share(0.0, "Fraction of cold users")
    fraction_of_cold_items: float = _share(0.0, "Fraction of cold items")
    fraction_of_ignored_users: float = _share(0.0, "Fraction of ignored users")
    fraction_of_ignored_items: float = _share(0.0, "Fraction of ignored items")
    remove_occasionally_produced_cold_items: bool = toggle(
        False, "Remove occasionally produced cold items", shown_when=RATINGS
    )
    random_seed_for_recommender: int = integer(0, "Random seed for recommender", ge=0, shown_when=RATINGS)
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
    if params.splitting_mode == "recommender_split":
        return Split(*(dataset.take(pa.array(rows)) for rows in _ratings(dataset, params)))
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


def _ratings(table: Table, params: SplitParams) -> tuple[np.ndarray, np.ndarray]:
    shares = Shares(
        params.fraction_of_training_only_users,
        params.fraction_of_test_user_ratings_for_training,
        params.fraction_of_cold_users,
        params.fraction_of_cold_items,
        params.fraction_of_ignored_users,
        params.fraction_of_ignored_items,
        params.remove_occasionally_produced_cold_items,
    )
    return split_ratings(table, shares, params.random_seed_for_recommender)
