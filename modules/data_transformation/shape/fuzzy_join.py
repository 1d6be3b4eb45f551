"""Fuzzy Join

Joins rows whose texts are alike though not the same: `Müller GmbH` and `Mueller GmbH`.

**Left columns** and **Right columns** of text are put together and compared without regard to capitals and
doubled spaces. **Measure**: *Jaro-Winkler* suits names, *Levenshtein* typing mistakes, *Words in common*
texts whose words change places. Pairs whose score is **At least** that are joined; **Partners** takes the
*best one* of each left row, or *all*. The score is a column, from 0 to 1. *Left rows without a partner*
stay with missing values, or are left out.

>>> left, right = Table.of(name=["Jon Smith"]), Table.of(who=["Ada", "John Smith"], n=[1, 2])
>>> params = FuzzyParams(left_columns="name", right_columns="who")
>>> done = fuzzy_join(left, right, params).results_dataset
>>> [(row["n"], round(row["Score"], 2)) for row in done.arrow().to_pylist()]
[(2, 0.97)]
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

import numpy as np

from modules.data_transformation._chosen import side_by_side, taken
from modules.data_transformation._side_by_side_sql import renamed
from modules.data_transformation._similarity import MEASURES, Alike, Measure, alike_pairs
from modules.data_transformation.rows.deduplicate_by_similarity import Texts, joined_texts
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import SEVERAL, Known, Line, NoLine, sql, sql_name
from modules.sdk.numbers import float_column
from modules.sdk.params import Params, choice, columns, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

PARTNERS = {"best": "The best one", "all": "All"}
MOST_ROWS = 100_000_000


class FuzzyParams(Params):
    left_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Left columns", of="dataset1", required=True
    )
    right_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Right columns", of="dataset2", required=True
    )
    measure: Measure = choice("jaro_winkler", "Measure", MEASURES)
    at_least: float = number(0.85, "At least", "The score from which rows are joined.", ge=0.5, le=1)
    partners: Literal["best", "all"] = choice("best", "Partners", PARTNERS)
    keep_left_rows: bool = toggle(True, "Keep left rows without a partner")


class FuzzyJoined(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset1: Known, dataset2: Known, params: FuzzyParams) -> Line:
    one = dataset1.one(params.left_columns, "Left columns")
    two = dataset2.one(params.right_columns, "Right columns")
    if params.measure == "words":
        raise NoLine(SEVERAL)
    a, b = f"lower(t1.{sql_name(one)})", f"lower(t2.{sql_name(two)})"
    score = f"jaro_winkler_similarity({a}, {b})"
    if params.measure == "levenshtein":
        score = f"1 - levenshtein({a}, {b}) / greatest(length({a}), length({b}), 1)"
    kind = "left join" if params.keep_left_rows else "join"
    best = " order by Score desc limit 1" if params.partners == "best" else ""
    others = f"{renamed(dataset1, dataset2)}, {score} as Score"
    where = f"where {score} >= {params.at_least}{best})"
    return sql("select t1.*, r.* from t1", kind, "lateral (select", others, "from t2", where, "r on true")


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("fuzzy lookup", "fuzzy match", "approximate", "similarity join", "record linkage"),
)
def fuzzy_join(
    dataset1: Annotated[Table, port("Dataset1")],
    dataset2: Annotated[Table, port("Dataset2")],
    params: FuzzyParams,
) -> FuzzyJoined:
    lefts = joined_texts(dataset1, params.left_columns, "left_columns")
    rights = joined_texts(dataset2, params.right_columns, "right_columns")
    left, right, scores = partner_rows(lefts, rights, params)
    heads = Table.from_columns((taken(column, left) for column in dataset1), len(left))
    others = [taken(column, right, always=True) for column in dataset2]
    return FuzzyJoined(side_by_side(heads, [*others, float_column("Score", scores)]))


def partner_rows(
    lefts: Texts, rights: Texts, params: FuzzyParams
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The left row, the right row (−1 is none) and the score of each row of the result."""
    pairs = alike_pairs(lefts.different, rights.different, params.measure, params.at_least, "at_least")
    return _joined(lefts.place, rights.place, pairs, len(lefts.different), params)


def _joined(
    lefts: np.ndarray, rights: np.ndarray, pairs: Alike, texts: int, params: FuzzyParams
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`lefts`, `rights`: the text of each row; there are so many left `texts`."""
    order = np.argsort(rights, kind="stable")
    order = order[np.searchsorted(rights[order], 0) :]  # rows without a text have no partner
    begins, ends = (np.searchsorted(rights[order], pairs.right, side=side) for side in ("left", "right"))
    many = np.minimum(ends - begins, 1 if params.partners == "best" else ends - begins)
    partners = np.bincount(pairs.left, weights=many, minlength=texts).astype(np.int64)
    if params.partners == "best":
        partners = np.minimum(partners, 1)
    found = np.where(lefts >= 0, np.append(partners, 0)[lefts], 0)
    shown = np.maximum(found, 1) if params.keep_left_rows else found
    if shown.sum() > MOST_ROWS:
        message = f"More than {MOST_ROWS:,} pairs are alike. Ask for a higher score."
        raise ModuleError(message, param="at_least")
    # Of each left text its partners, the most alike first, then in the order of the right table.
    rows = order[np.repeat(begins, many) + _counted(many)]
    text, score = np.repeat(pairs.left, many), np.repeat(pairs.score, many)
    ranked = np.lexsort((rows, -score, text))
    start = np.searchsorted(text[ranked], np.arange(texts))
    left = np.repeat(np.arange(len(lefts)), shown)
    some = found[left] > 0
    at = ranked[(np.append(start, 0)[lefts[left]] + _counted(shown))[some]]
    right, scores = np.full(len(left), -1), np.full(len(left), np.nan)
    right[some], scores[some] = rows[at], score[at]
    return left, right, scores


def _counted(many: np.ndarray) -> np.ndarray:
    """0, 1, … for each: 2 and 3 are 0, 1, 0, 1, 2."""
    return np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
