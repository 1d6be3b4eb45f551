"""Feature Hashing

Turns text into a fixed number of columns of counts, whatever words it has.

Each word, and each run of up to **N-grams** words, is hashed to one of 2 to the power of **Hashing bitsize**
columns, which counts how often that happened: `<column> - Hashing feature 1` and so on, behind the columns
that were there. With 0 *N-grams* a value is one word as a whole. Nothing is learned, so new rows get the same
columns. Two words may share a column; more bits make that rarer.

**Target columns** are those of type text; each gets columns of its own. Words are runs of letters, digits and
`_`; capital letters count, so make the text lower case in Preprocess Text first. A missing text has no words.

The hash is that of scikit-learn (MurmurHash3 of the UTF-8 text). ML Studio (classic) used Vowpal Wabbit's,
which puts words into other columns: train a model anew on columns that were made here.

>>> table = Table.of(t=["I loved this book", "I hated this book", "I love books"])
>>> made = feature_hashing(table, FeatureHashingParams(hashing_bitsize=3, n_grams=1)).transformed_dataset
>>> len(made.names), [sum(row.as_py() for row in made.column(n).data) for n in made.names[1:4]]
(9, [0, 1, 4])
"""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple

import numpy as np
import pyarrow as pa

from modules.data_transformation._chosen import side_by_side
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.params import Params, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.text_analytics._texts import ALL_TEXT, check_width, text_columns, texts

WORD = re.compile(r"\w+")


class FeatureHashingParams(Params):
    target_columns: ColumnSelection = columns(ALL_TEXT, "Target columns", of="dataset")
    hashing_bitsize: int = integer(10, "Hashing bitsize", "10 bits are 1,024 columns.", ge=1, le=31)
    n_grams: int = integer(2, "N-grams", "Runs of up to so many words.", ge=0, le=10)


class Hashed(NamedTuple):
    transformed_dataset: Annotated[Table, port("Transformed dataset")]


@module(
    version=1, row_by_row=True, synonyms=("hashing trick", "bag of words", "vowpal wabbit", "text features")
)
def feature_hashing(dataset: Annotated[Table, port("Dataset")], params: FeatureHashingParams) -> Hashed:
    chosen = text_columns(dataset, params.target_columns, "target_columns")
    width = 1 << params.hashing_bitsize
    check_width(len(dataset), width * len(chosen), 4, f"{params.hashing_bitsize} bits", "hashing_bitsize")
    made: list[Column] = []
    for column in chosen:
        counts = _counts([text or "" for text in texts(column)], width, params.n_grams)
        made += [
            Column(
                f"{column.name} - Hashing feature {at + 1}",
                pa.chunked_array([pa.array(counts[:, [at]].toarray().ravel(), pa.int32())]),
            )
            for at in range(width)
        ]
    return Hashed(side_by_side(dataset, made))


def _counts(rows: list[str], width: int, most: int) -> Any:
    """Rows × columns of counts, as a sparse matrix by columns."""
    from scipy.sparse import csc_array
    from sklearn.feature_extraction.text import HashingVectorizer

    if not rows:
        return csc_array((0, width), dtype=np.int32)
    vectorizer = HashingVectorizer(
        n_features=width,
        ngram_range=(1, max(1, most)),
        tokenizer=WORD.findall if most else _whole,
        token_pattern=None,
        lowercase=False,
        norm=None,
        alternate_sign=False,
        dtype=np.int32,
    )
    return csc_array(vectorizer.transform(rows))


def _whole(text: str) -> list[str]:
    return [text] if text else []
