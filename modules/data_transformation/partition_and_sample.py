"""Partition and Sample

Takes the first rows or a random sample of a table, deals its rows into folds, or picks one fold.

**Partition or sample mode**: *Head* takes the first rows. *Sampling* draws a share of the rows by chance and
keeps their order; *Stratified split* draws the same share of each group of rows that are alike in the key
column. *Assign to Folds* adds the column *Fold*, which says the fold of each row, from 1. *Pick Fold* takes
the rows of one fold, or all others, without that column.

The folds are a role of the column: Cross-Validate Model and Tune Model Hyperparameters use these folds
instead of dealing their own, and no model takes the column as a feature by itself.

**Partition evenly** makes folds of the same size, within each stratum too; *Randomized split*, off, deals
the rows in turn. **Partition with customized proportions** takes shares such as `0.6, 0.2`; if they add up
to less than 1, the rest is one more fold. *Use replacement* draws as many rows as there are, some of them
twice and others never, before they are dealt. The same seed draws the same rows; 0 is a seed like any
other.

>>> params = PartitionParams(partition_or_sample_mode="assign_to_folds", randomized_split=False,
...     specify_number_of_folds_to_split_evenly_into=2)
>>> partition_and_sample(Table.of(x=["a", "b", "c"]), params).o_dataset.arrow().to_pydict()
{'x': ['a', 'b', 'c'], 'Fold': [1, 2, 1]}
"""

from __future__ import annotations

import math
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._drawing import dealt, drawn, proportioned, strata_of
from modules.data_transformation.rows.sample import drawn_text
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fold_role import as_fold, fold_column, is_fold
from modules.sdk.frames import unique_names
from modules.sdk.line import SEVERAL, Known, Line, NoLine, assigned, pandas
from modules.sdk.params import Params, choice, columns, integer, number, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

MODES = {
    "assign_to_folds": "Assign to Folds",
    "pick_fold": "Pick Fold",
    "sampling": "Sampling",
    "head": "Head",
}
METHODS = {
    "partition_evenly": "Partition evenly",
    "partition_with_customized_proportions": "Partition with customized proportions",
}
MOST_FOLDS = 10_000
SAMPLING = {"partition_or_sample_mode": ["sampling"]}
PICK = {"partition_or_sample_mode": ["pick_fold"]}
ASSIGN = {"partition_or_sample_mode": ["assign_to_folds"]}
EVENLY = {**ASSIGN, "specify_the_partitioner_method": ["partition_evenly"]}
CUSTOM = {**ASSIGN, "specify_the_partitioner_method": ["partition_with_customized_proportions"]}


class PartitionParams(Params):
    partition_or_sample_mode: Literal["assign_to_folds", "pick_fold", "sampling", "head"] = choice(
        "sampling", "Partition or sample mode", MODES
    )
    number_of_rows_to_select: int = integer(
        10, "Number of rows to select", ge=0, shown_when={"partition_or_sample_mode": ["head"]}
    )
    rate_of_sampling: float = number(0.01, "Rate of sampling", ge=0, le=1, shown_when=SAMPLING)
    random_seed_for_sampling: int = integer(
        0, "Random seed for sampling", "The same seed draws the same rows.", ge=0, shown_when=SAMPLING
    )
    stratified_split_for_sampling: bool = toggle(False, "Stratified split for sampling", shown_when=SAMPLING)
    stratification_key_column_for_sampling: ColumnSelection = columns(
        ColumnSelection.none(),
        "Stratification key column for sampling",
        of="dataset",
        single=True,
        shown_when={**SAMPLING, "stratified_split_for_sampling": [True]},
    )
    use_replacement_in_the_partitioning: bool = toggle(
        False,
        "Use replacement in the partitioning",
        "Draws as many rows as there are, some of them twice.",
        shown_when=ASSIGN,
    )
    randomized_split: bool = toggle(
        True, "Randomized split", "Off: deals the rows in turn.", shown_when=ASSIGN
    )
    random_seed: int = integer(
        0, "Random seed", "The same seed deals the same folds.", ge=0, shown_when=ASSIGN
    )
    specify_the_partitioner_method: Literal["partition_evenly", "partition_with_customized_proportions"] = (
        choice("partition_evenly", "Specify the partitioner method", METHODS, shown_when=ASSIGN)
    )
    specify_number_of_folds_to_split_evenly_into: int = integer(
        5, "Specify number of folds to split evenly into", ge=1, le=MOST_FOLDS, shown_when=EVENLY
    )
    stratified_split: bool = toggle(False, "Stratified split", shown_when=EVENLY)
    stratification_key_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Stratification key column",
        of="dataset",
        single=True,
        shown_when={**EVENLY, "stratified_split": [True]},
    )
    list_of_proportions_separated_by_comma: str = text(
        "",
        "List of proportions separated by comma",
        placeholder="0.6, 0.2, 0.2",
        shown_when=CUSTOM,
    )
    stratified_split_for_customized_fold_assignment: bool = toggle(
        False, "Stratified split for customized fold assignment", shown_when=CUSTOM
    )
    stratification_key_column_for_customized_fold_assignment: ColumnSelection = columns(
        ColumnSelection.none(),
        "Stratification key column for customized fold assignment",
        of="dataset",
        single=True,
        shown_when={**CUSTOM, "stratified_split_for_customized_fold_assignment": [True]},
    )
    specify_which_fold_to_be_sampled_from: int = integer(
        1, "Specify which fold to be sampled from", "Folds count from 1.", ge=1, shown_when=PICK
    )
    pick_complement_of_the_selected_fold: bool = toggle(
        False, "Pick complement of the selected fold", "All other rows.", shown_when=PICK
    )


class Partitioned(NamedTuple):
    o_dataset: Annotated[Table, port("oDataset", like="dataset")]


def line(dataset: Known, params: PartitionParams) -> Line:
    mode = params.partition_or_sample_mode
    if mode == "head":
        return pandas(f"dataframe1.head({params.number_of_rows_to_select})")
    if mode == "sampling" and not params.stratified_split_for_sampling:
        many = f"int(len(dataframe1) * {params.rate_of_sampling} + 0.5)"
        return pandas(drawn_text(params.random_seed_for_sampling, many))
    evenly = params.specify_the_partitioner_method == "partition_evenly" and not params.stratified_split
    if mode != "assign_to_folds" or not evenly or params.use_replacement_in_the_partitioning:
        raise NoLine(SEVERAL)
    folds = params.specify_number_of_folds_to_split_evenly_into
    order = "np.arange(len(dataframe1))"
    if params.randomized_split:
        order = f"np.argsort(np.random.default_rng({params.random_seed}).permutation(len(dataframe1)))"
    return assigned({"Fold": f"{order} % {folds} + 1"})


@module(
    version=1,
    line=line,
    synonyms=("sample", "folds", "head", "k-fold", "bootstrap", "first rows", "random rows"),
)
def partition_and_sample(dataset: Annotated[Table, port("Dataset")], params: PartitionParams) -> Partitioned:
    mode = params.partition_or_sample_mode
    if mode == "head":
        return Partitioned(_first(dataset, params.number_of_rows_to_select))
    if mode == "sampling":
        return Partitioned(_sample(dataset, params))
    return Partitioned(_pick(dataset, params) if mode == "pick_fold" else _assign(dataset, params))


def _first(table: Table, many: int) -> Table:
    return table if many >= len(table) else table.take(pa.array(np.arange(many)))


def _sample(table: Table, params: PartitionParams) -> Table:
    strata = None
    if params.stratified_split_for_sampling:
        key = params.stratification_key_column_for_sampling
        strata = strata_of(table, key, "stratification_key_column_for_sampling")
    mask = drawn(len(table), params.rate_of_sampling, params.random_seed_for_sampling, strata)
    return table if mask.all() else table.take(pa.array(mask))


def _assign(table: Table, params: PartitionParams) -> Table:
    seed = params.random_seed if params.randomized_split else None
    table = Table(tuple(column for column in table if not is_fold(column)), len(table))
    if params.use_replacement_in_the_partitioning:
        draw = np.random.default_rng(params.random_seed).integers(0, max(len(table), 1), len(table))
        table = table.take(pa.array(np.sort(draw)))
    if params.specify_the_partitioner_method == "partition_evenly":
        key = params.stratification_key_column
        strata = strata_of(table, key, "stratification_key_column") if params.stratified_split else None
        folds = dealt(len(table), params.specify_number_of_folds_to_split_evenly_into, seed, strata)
    else:
        of = "stratification_key_column_for_customized_fold_assignment"
        stratified = params.stratified_split_for_customized_fold_assignment
        strata = strata_of(table, getattr(params, of), of) if stratified else None
        shares = proportions(params.list_of_proportions_separated_by_comma)
        folds = proportioned(len(table), shares, seed, strata)
    name = unique_names([*table.names, "Fold"])[-1]
    made = as_fold(Column(name, pa.chunked_array([pa.array(folds)])))
    return Table((*table.columns, made), len(table))


def proportions(said: str) -> list[float]:
    """The shares, with the rest as one more.

    >>> proportions("0.5, 0.25")
    [0.5, 0.25, 0.25]
    """
    param = "list_of_proportions_separated_by_comma"
    parts = [part.strip() for part in said.split(",") if part.strip()]
    try:
        shares = [float(part) for part in parts]
    except ValueError:
        raise ModuleError(
            f"The proportions must be numbers with commas between them, such as 0.6, 0.2; they are {said!r}.",
            param=param,
        ) from None
    total = math.fsum(shares)
    if not shares or not all(0 < share <= 1 for share in shares) or total > 1 + 1e-9:
        raise ModuleError(
            f"The proportions must each be above 0 and add up to 1 at most; they are {said!r}.", param=param
        )
    if len(shares) > MOST_FOLDS:
        raise ModuleError(f"There are {len(shares):,} proportions; {MOST_FOLDS:,} is the most.", param=param)
    return shares if total > 1 - 1e-9 else [*shares, 1 - total]


def _pick(table: Table, params: PartitionParams) -> Table:
    folds = fold_column(table)
    if folds is None:
        raise ModuleError("The table has no folds. Assign its rows to folds first, by this module.")
    wanted = params.specify_which_fold_to_be_sampled_from
    most = pc.max(folds.data).as_py() or 0
    if wanted > most:
        raise ModuleError(
            f"There is no fold {wanted}; folds count from 1 to {most}.",
            param="specify_which_fold_to_be_sampled_from",
        )
    picked = pc.fill_null(pc.equal(folds.data, wanted), False)
    if params.pick_complement_of_the_selected_fold:
        picked = pc.invert(picked)
    rest = Table(tuple(column for column in table if column is not folds), len(table))
    return rest.take(picked.combine_chunks())
