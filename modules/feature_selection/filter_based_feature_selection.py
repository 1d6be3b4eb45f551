"""Filter Based Feature Selection

Scores each column by how much it says about the target, and keeps the best.

**Feature scoring method**

- *Pearson Correlation*, *Kendall Correlation* (tau-b), *Spearman Correlation*: without their sign. Of a
  column of classes the mean of the other column in each class is taken, unless both are classes, which are
  not scored.
- *Mutual Information* (in nats) and *Chi Squared*: of the table of counts. Columns of more than ten different
  numbers are grouped into ten quantiles first, the target too.
- *Fisher Score*: the variance of a column between the classes of the target, divided by that within them. A
  target of more than ten different numbers is grouped likewise.
- *Count Based*: the number of values that are neither missing nor 0; needs no target, and keeps the columns
  with at least **Minimum number of non-zero elements**, in the order of the table.

A column without values, with one single value, or of a type that the method cannot take gets the score 0.
Rows in which the column or the target is missing are left out.

**Target column** is kept as the first column, and need not be in other tables. Behind it come the **Number of
desired features** that score best, the best one first. **Operate on feature columns only**: off, labels
and scores of models are scored too, and columns that no method can take, such as dates, are listed with 0.

*Features* holds all scores. *Transformation* keeps the same columns of other tables. Scored on rows that are
tested later, a selection makes the test worthless: wire the transformation into the *transform* of Cross
Validate Model, or split first.

>>> table = Table.of(a=[1, 2, 3, 5], b=[1, 0, 1, 0], y=[2, 4, 6, 9])
>>> chosen = filter_based_feature_selection(table, FilterParams(target_column=["y"]))
>>> chosen.filtered_dataset.names, chosen.features.column("Feature").data.to_pylist()
(['y', 'a'], ['a', 'b'])
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import pyarrow as pa

from modules.feature_selection._scores import SCORES, Measured, count_present
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits, Fitted, needed
from modules.sdk.params import Params, choice, columns, integer, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.transforms import BEFORE, fit_module
from modules.sdk.values import Table, Transform

Method = Literal[
    "pearson_correlation",
    "mutual_information",
    "kendall_correlation",
    "spearman_correlation",
    "chi_squared",
    "fisher_score",
    "count_based",
]
METHODS = {
    "pearson_correlation": "Pearson Correlation",
    "mutual_information": "Mutual Information",
    "kendall_correlation": "Kendall Correlation",
    "spearman_correlation": "Spearman Correlation",
    "chi_squared": "Chi Squared",
    "fisher_score": "Fisher Score",
    "count_based": "Count Based",
}
SCORED = {"feature_scoring_method": [method for method in METHODS if method != "count_based"]}
FEATURES = ("integer", "float", "string", "categorical", "boolean")


class FilterParams(Params):
    feature_scoring_method: Method = choice("pearson_correlation", "Feature scoring method", METHODS)
    operate_on_feature_columns_only: bool = toggle(True, "Operate on feature columns only", shown_when=SCORED)
    target_column: ColumnSelection = columns(
        ColumnSelection.none(), "Target column", of="dataset", single=True, shown_when=SCORED
    )
    number_of_desired_features: int = integer(1, "Number of desired features", ge=1, shown_when=SCORED)
    minimum_number_of_non_zero_elements: int = integer(
        1,
        "Minimum number of non-zero elements",
        ge=1,
        shown_when={"feature_scoring_method": ["count_based"]},
    )


class Chosen(Fitted):
    """`target` stays where it is there; `columns` have to be. `scores`: of all columns there were."""

    target: str | None
    columns: list[str]
    scores: dict[str, float]


class Selected(NamedTuple):
    filtered_dataset: Annotated[Table, port("Filtered dataset")]
    features: Annotated[Table, port("Features")]
    transformation: Annotated[Transform, port("Transformation")]


def _scored(table: Table, params: FilterParams) -> tuple[str | None, dict[str, float]]:
    """The target, and the score of each column, best first; of *Count Based* in the table's order."""
    if params.feature_scoring_method == "count_based":
        return None, {column.name: float(count_present(column)) for column in table}
    names = params.target_column.names(table)
    if len(names) != 1:
        raise ModuleError("Choose one column as the target.", param="target_column")
    target = Measured(table.column(names[0]))
    if target.column.type not in FEATURES:
        raise ModuleError(
            f"The target {names[0]} is {target.column.type}; needed are numbers or classes.",
            param="target_column",
        )
    score = SCORES[params.feature_scoring_method]
    features_only = params.operate_on_feature_columns_only
    found = {
        column.name: score(Measured(column), target) if column.type in FEATURES else 0.0
        for column in table
        if column.name != names[0]
        and (not features_only or (column.type in FEATURES and column.role is None))
    }
    return names[0], dict(sorted(found.items(), key=lambda item: -item[1]))


def _fit(table: Table, params: FilterParams) -> Chosen:
    target, scores = _scored(table, params)
    best = list(scores)[: params.number_of_desired_features]
    if target is None:
        least = params.minimum_number_of_non_zero_elements
        best = [name for name, score in scores.items() if score >= least]
    return Chosen(target=target, columns=best, scores=scores)


def _apply(table: Table, chosen: Chosen) -> Table:
    kept: list[Column] = []
    if chosen.target is not None and table.has(chosen.target):
        kept.append(table.column(chosen.target))
    return Table.from_columns((*kept, *needed(table, chosen.columns)), len(table))


@module(
    version=1,
    synonyms=("feature scoring", "correlation", "chi2", "mutual information", "rank features"),
    fits=Fits(Chosen, _fit, _apply),
)
def filter_based_feature_selection(
    dataset: Annotated[Table, port("Dataset")],
    params: FilterParams,
    transformation: Annotated[Transform | None, BEFORE] = None,
) -> Selected:
    filtered, transform = fit_module(filter_based_feature_selection, dataset, params, transformation)
    scores = Chosen.model_validate(transform.steps[-1].fitted).scores
    features = pa.table(
        {
            "Feature": pa.array(list(scores), pa.large_string()),
            "Score": pa.array(list(scores.values()), pa.float64()),
        }
    )
    return Selected(filtered, Table.from_arrow(features), transform)
