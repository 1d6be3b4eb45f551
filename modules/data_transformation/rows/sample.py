"""Sample

Draws rows by chance: so many, or a share of them.

**Size** says which. *Rows* draws this number, all rows if there are fewer; *Share* draws this part of them.
*Draw with replacement* may draw a row several times, and more rows than there are. *Same share of each group*
draws from each group of rows that are alike in a column. The rows keep their order; the same seed draws the
same rows.

>>> params = SampleParams(size="rows", number_of_rows=2)
>>> len(sample(Table.of(x=[1, 2, 3]), params).results_dataset)
2
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._drawing import drawn, strata_of
from modules.sdk.declare import module, port
from modules.sdk.line import SEVERAL, Known, Line, NoLine, pandas
from modules.sdk.params import Params, choice, columns, integer, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

SIZES = {"rows": "Rows", "share": "Share"}


class SampleParams(Params):
    size: Literal["rows", "share"] = choice("share", "Size", SIZES)
    number_of_rows: int = integer(1000, "Number of rows", ge=0, shown_when={"size": ["rows"]})
    share: float = number(0.1, "Share", "From 0 to 1.", ge=0, le=1, shown_when={"size": ["share"]})
    with_replacement: bool = toggle(False, "Draw with replacement", "A row may be drawn several times.")
    same_share_of_each_group: ColumnSelection = columns(
        ColumnSelection.none(),
        "Same share of each group",
        "Rows alike in this column are a group.",
        of="dataset",
        single=True,
        shown_when={"with_replacement": [False]},
    )
    random_seed: int = integer(0, "Random seed", "The same seed draws the same rows.", ge=0)


class Sampled(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]


def line(dataset: Known, params: SampleParams) -> Line:
    if dataset.names(params.same_share_of_each_group) and not params.with_replacement:
        raise NoLine(SEVERAL)
    many = str(params.number_of_rows)
    if params.size == "share":
        many = f"int(len(dataframe1) * {params.share} + 0.5)"
    return pandas(drawn_text(params.random_seed, many, params.with_replacement))


def drawn_text(seed: int, many: str, with_replacement: bool = False) -> str:
    """Rows drawn by chance, the same that the module draws."""
    random = f"np.random.default_rng({seed})"
    if with_replacement:
        many = f"{many} if len(dataframe1) else 0"
        return f"dataframe1.iloc[np.sort({random}.integers(0, len(dataframe1) or 1, {many}))]"
    return f"dataframe1.iloc[np.sort({random}.permutation(len(dataframe1))[:{many}])]"


@module(version=1, line=line, synonyms=("random rows", "row sampling", "bootstrap", "subset", "draw"))
def sample(dataset: Annotated[Table, port("Dataset")], params: SampleParams) -> Sampled:
    rows = len(dataset)
    share = params.number_of_rows / max(rows, 1) if params.size == "rows" else params.share
    if params.with_replacement:
        many = params.number_of_rows if params.size == "rows" else int(rows * params.share + 0.5)
        draw = np.random.default_rng(params.random_seed).integers(0, max(rows, 1), many if rows else 0)
        return Sampled(dataset.take(pa.array(np.sort(draw))))
    key = params.same_share_of_each_group
    strata = strata_of(dataset, key, "same_share_of_each_group") if key.names(dataset) else None
    mask = drawn(rows, min(share, 1.0), params.random_seed, strata)
    return Sampled(dataset if mask.all() else dataset.take(pa.array(mask)))
