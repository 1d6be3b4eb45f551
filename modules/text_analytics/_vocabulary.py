"""A vocabulary as a table, with the columns Id, Ngram, DF and IDF, and back."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa

from modules.sdk.errors import ModuleError
from modules.sdk.numbers import number_columns, numbers
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.text_analytics._ngrams import Vocabulary, counted
from modules.text_analytics._texts import text_columns, texts

COLUMNS = ("Ngram", "DF", "IDF")


def vocabulary_table(known: Vocabulary) -> Table:
    grams = list(known.frequency)
    return Table.from_arrow(
        pa.table(
            {
                "Id": pa.array(range(len(grams)), pa.int64()),
                "Ngram": pa.array(grams, pa.large_string()),
                "DF": pa.array([float(known.frequency[gram]) for gram in grams], pa.float64()),
                "IDF": pa.array([known.idf[gram] for gram in grams], pa.float64()),
            }
        )
    )


def read_vocabulary(table: Table) -> Vocabulary:
    """The vocabulary in a table. How many documents it was counted in follows from DF and IDF."""
    absent = [name for name in COLUMNS if not table.has(name)]
    if absent:
        raise ModuleError(
            f"The input vocabulary has no column {' and no column '.join(absent)}. Connect the *Result "
            "vocabulary* of another Extract N-Gram Features from Text."
        )
    grams = texts(text_columns(table, ColumnSelection.of("Ngram"), "vocabulary_mode")[0])
    df, idf = (numbers(column) for column in number_columns(table, ["DF", "IDF"]))
    wrong = [
        row for row, gram in enumerate(grams) if not gram or not (df[row] > 0) or not np.isfinite(idf[row])
    ]
    if wrong:
        raise ModuleError(
            f"Row {wrong[0] + 1} of the input vocabulary needs an Ngram, a DF above 0 and an IDF."
        )
    if len(set(grams)) < len(grams):
        raise ModuleError(
            "An n-gram stands twice in the input vocabulary. Remove Duplicate Rows by Ngram first."
        )
    frequency = {str(gram): float(df[row]) for row, gram in enumerate(grams)}
    weights = {str(gram): float(idf[row]) for row, gram in enumerate(grams)}
    documents = max((round(df[row] * math.exp(min(idf[row], 50))) for row in range(len(grams))), default=0)
    return Vocabulary(int(documents), frequency, weights)


def updated(old: Vocabulary, new: Vocabulary) -> Vocabulary:
    """As if it were counted in the documents of both."""
    frequency = dict(old.frequency)
    for gram, df in new.frequency.items():
        frequency[gram] = frequency.get(gram, 0.0) + df
    return counted(old.documents + new.documents, frequency)


def merged(old: Vocabulary, new: Vocabulary) -> Vocabulary:
    """The n-grams of both; those of the old one keep what it says of them."""
    frequency = {**new.frequency, **old.frequency}
    return Vocabulary(
        max(old.documents, new.documents),
        {
            gram: frequency[gram]
            for gram in (*old.frequency, *(g for g in new.frequency if g not in old.frequency))
        },
        {**new.idf, **old.idf},
    )
