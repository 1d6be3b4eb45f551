"""Cross-validation: each fold is scored by a model that was trained on the others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from modules.learning.folds import assign_folds, given_folds
from modules.learning.log import silent
from modules.learning.pool import each
from modules.learning.predictions import Predictions, joined
from modules.learning.recipe import Recipe
from modules.learning.results import metrics_table
from modules.learning.scoring import appended
from modules.learning.training import Choices
from modules.learning.trials import check_rows, labeled, measure, rows_of, try_out
from modules.sdk.column import Column
from modules.sdk.values import Table

FOLDS = "Fold Assignments"


def cross_validate(
    recipe: Recipe, table: Table, choices: Choices, count: int, stratified: bool, seed: int
) -> tuple[Table, Table]:
    """The table with the fold and the scores of each row, and the metrics by fold with their mean and
    spread."""
    data = labeled(recipe, table, choices)
    check_rows(data.known)
    given = given_folds(table, data.known)
    if given is None:
        by_class = stratified and data.classes is not None
        known, fold = data.known, assign_folds(data.y[data.known], count, by_class, seed)
    else:
        (known, fold), count = given, int(given[1].max()) + 1
    labels = table.column(data.label)

    def one(number: int) -> tuple[np.ndarray, Predictions]:
        held, others = known[fold == number], known[fold != number]
        said = try_out(recipe, rows_of(table, others), rows_of(table, held), choices, data.classes)
        return held, said

    parts = each(one, range(count))
    rows = []
    for number, (held, said) in enumerate(parts):
        with silent():
            metrics = measure(said, rows_of(Table.from_columns([labels], len(table)), held).columns[0], True)
        rows.append(
            {
                "Fold Number": str(number),
                "Number of examples in fold": len(held),
                "Model": recipe.name,
                **metrics,
            }
        )
    whole = np.full(len(table), -1)
    whole[known] = fold
    assigned = Column(FOLDS, pa.chunked_array([pa.array(whole, pa.int64(), mask=whole < 0)]))
    scored = appended(table, joined(parts, len(table)), data.label, [assigned])
    return scored, metrics_table([*rows, *_spread(rows, recipe.name)])


def _spread(rows: list[dict], name: str) -> list[dict]:
    """The mean of each column over the folds, and its standard deviation, that of a sample."""
    numbers = [key for key in rows[0] if key not in ("Fold Number", "Model")]
    found = []
    for title, of in (("Mean", np.mean), ("Standard Deviation", lambda values: np.std(values, ddof=1))):
        row = {"Fold Number": title, "Number of examples in fold": 0.0, "Model": name}
        for key in numbers:
            values = np.array([each[key] for each in rows], dtype=float)
            values = values[~np.isnan(values)]
            with np.errstate(all="ignore"):
                row[key] = float(of(values)) if len(values) > (title != "Mean") else np.nan
        found.append(row)
    return found
