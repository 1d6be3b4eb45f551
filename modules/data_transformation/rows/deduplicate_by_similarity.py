"""Deduplicate by Similarity

Keeps one of rows that are alike though not the same: Jon Smith and John Smith.

**Columns** of text are put together and compared without regard to capitals and doubled spaces. **Measure**:
*Jaro-Winkler* suits names, *Levenshtein* typing mistakes, *Words in common* texts whose words change places.
Rows whose score is **At least** that are alike; what is alike to something alike is one group. **Compare
within** only compares rows that are the same in these columns, which is faster and safer. Rows without any
text are alike to none.

*Results dataset* keeps the first row of each group. *Duplicates* has all rows of the groups of more than one,
with the number of the group and the score against its first row.

>>> table = Table.of(name=["John Smith", "Ada", "Jon Smith"])
>>> done = deduplicate_by_similarity(table, SimilarParams(columns="name"))
>>> done.results_dataset.column("name").data.to_pylist(), done.duplicates.column("Group").data.to_pylist()
(['John Smith', 'Ada'], [1, 1])
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import with_columns
from modules.data_transformation._keys import codes, first_rows
from modules.data_transformation._similarity import MEASURES, Measure, alike_pairs, folded
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import float_column
from modules.sdk.params import Params, choice, number
from modules.sdk.params import columns as column_picker
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table


class SimilarParams(Params):
    columns: ColumnSelection = column_picker(ColumnSelection.none(), "Columns", of="dataset", required=True)
    measure: Measure = choice("jaro_winkler", "Measure", MEASURES)
    at_least: float = number(0.9, "At least", "The score from which rows are alike.", ge=0.5, le=1)
    compare_within: ColumnSelection = column_picker(ColumnSelection.none(), "Compare within", of="dataset")


class Deduplicated(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset", like="dataset")]
    duplicates: Annotated[Table, port("Duplicates")]


@module(version=1, synonyms=("fuzzy", "duplicates", "record linkage", "entity resolution", "near duplicates"))
def deduplicate_by_similarity(
    dataset: Annotated[Table, port("Dataset")], params: SimilarParams
) -> Deduplicated:
    texts = joined_texts(dataset, params.columns, "columns")
    within = [dataset.column(name).data for name in dict.fromkeys(params.compare_within.names(dataset))]
    block = codes(within)[0] if within else np.zeros(len(dataset), dtype=np.int64)
    group, score = _grouped(texts, block, params)
    first = np.unique(group, return_index=True)[1]
    firsts = np.zeros(len(dataset), dtype=bool)
    firsts[first] = True
    several = np.bincount(group, minlength=1)[group] > 1 if len(group) else firsts
    kept = dataset if firsts.all() else dataset.take(pa.array(firsts))
    order = np.flatnonzero(several)[np.argsort(first[group[several]], kind="stable")]
    rows = dataset.take(pa.array(order))
    number = np.unique(first[group[order]], return_inverse=True)[1] + 1
    told = [Column("Group", pa.chunked_array([pa.array(number)])), float_column("Score", score[order])]
    return Deduplicated(kept, with_columns(rows, told, instead=False))


class Texts(NamedTuple):
    """The different texts of a table's rows, in order, and the place of each row's text among them;
    −1 if it is empty."""

    different: list[str]
    place: np.ndarray


def joined_texts(table: Table, selection: ColumnSelection, param: str) -> Texts:
    """The texts of the chosen columns, one behind the other; empty where all are missing. Each is put
    together once, however many rows have it."""
    names = list(dict.fromkeys(selection.names(table)))
    if not names:
        raise ModuleError("Choose the columns whose texts are compared.", param=param)
    parts = [cast(uncategorical(table.column(name)), "string").data for name in names]
    key, _ = codes(parts)
    some = pa.array(first_rows(key))
    rows = zip(*(part.take(some).to_pylist() for part in parts), strict=True)
    made = [folded(" ".join(filter(None, row))) for row in rows]
    different = sorted(set(filter(None, made)))
    place = {text: at for at, text in enumerate(different)}
    return Texts(different, np.array([place.get(text, -1) for text in made], dtype=np.int64)[key])


def _grouped(texts: Texts, block: np.ndarray, params: SimilarParams) -> tuple[np.ndarray, np.ndarray]:
    """The group of each row, and its score against the first row of the group."""
    rows = len(texts.place)
    group, score, made = np.arange(rows), np.ones(rows), rows
    for members in np.split(np.argsort(block, kind="stable"), np.cumsum(np.bincount(block))[:-1]):
        with_text = members[texts.place[members] >= 0]
        kinds, mine = np.unique(texts.place[with_text], return_inverse=True)
        component, alike = _components([texts.different[at] for at in kinds], mine, params)
        group[with_text] = made + component[mine]
        score[with_text] = alike[mine]
        made += len(kinds)
    return np.unique(group, return_inverse=True)[1], score


def _components(
    different: list[str], mine: np.ndarray, params: SimilarParams
) -> tuple[np.ndarray, np.ndarray]:
    """The group of each text, and its score against the text of the group that comes first in the rows.
    `mine`: the text of each row."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    size = len(different)
    if size < 2:
        return np.zeros(size, dtype=np.int64), np.ones(size)
    pairs = alike_pairs(different, different, params.measure, params.at_least, "columns")
    graph = coo_matrix((np.ones(len(pairs.left)), (pairs.left, pairs.right)), (size, size))
    _, component = connected_components(graph, directed=False)
    head = mine[first_rows(component[mine])][component]
    scores = {(i, j): s for i, j, s in zip(*(each.tolist() for each in pairs), strict=True)}
    alike = [1.0 if h == at else scores.get((h, at), np.nan) for at, h in enumerate(head.tolist())]
    return component, np.array(alike)
