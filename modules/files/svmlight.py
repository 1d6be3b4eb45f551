"""SVMLight, by scikit-learn: `Label`, then the features as Col1, Col2 …"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
from sklearn.datasets import load_svmlight_file

from modules.files.names import numbered_names
from modules.files.spill import Scratch
from modules.files.text_source import Text, load_text
from modules.sdk.column import Column
from modules.sdk.errors import FileError
from modules.sdk.values import Table

MOST_CELLS, MOST_FEATURES = 200_000_000, 50_000
LINE = re.compile(r"\s*[^\s:#,]+(\s+(qid|\d+):[^\s:]+)*\s*(#.*)?")


def read_svmlight(path: Path, scratch: Scratch | None = None, encoding: str | None = None) -> Table:
    """The table of an SVMLight file; a feature that a line leaves out is 0. `QueryId` where there is one."""
    text = load_text(path, scratch, encoding)
    try:
        features, labels, queries = load_svmlight_file(io.BytesIO(text.data), query_id=True)
    except (ValueError, OverflowError, IndexError) as error:
        raise _fault(text) or FileError(f"it is not SVMLight ({error})") from error
    rows, width = features.shape
    if rows * width > MOST_CELLS or width > MOST_FEATURES:
        raise FileError(
            f"{rows:,} rows of {width:,} features are too large for a table, which keeps the zeros too: it "
            f"has at most {MOST_FEATURES:,} features and {MOST_CELLS:,} cells; leave out rare features"
        )
    columns = [Column("Label", _narrow(labels))]
    if len(queries) and queries.any():
        columns.append(Column("QueryId", pa.chunked_array([pa.array(queries)])))
    by_column = features.tocsc()
    for at, name in enumerate(numbered_names(width)):
        values = np.asarray(by_column[:, [at]].todense()).ravel()
        columns.append(Column(name, pa.chunked_array([pa.array(values, from_pandas=True)])))
    return Table.from_columns(columns, rows)


def _narrow(labels: np.ndarray) -> pa.ChunkedArray:
    """Labels as integers where all of them are whole."""
    whole = np.isfinite(labels).all() and (labels == labels.round()).all() and (abs(labels) < 2**53).all()
    return pa.chunked_array([pa.array(labels.astype(np.int64) if whole else labels)])


def _fault(text: Text) -> FileError | None:
    """The first line that is not `label index:value …` with indexes that grow."""
    with text.reader() as stream:
        for number, line in enumerate(stream, 1):
            if not line.partition("#")[0].strip():
                continue
            indexes = [int(found) for found in re.findall(r"\s(\d+):", line.partition("#")[0])]
            grows = all(one < two for one, two in pairwise(indexes))
            if not LINE.fullmatch(line.rstrip()) or not grows or not _numbers(line):
                return FileError(
                    f"line {number} is not 'label index:value index:value …' with growing indexes",
                    line=number,
                )
    return None


def _numbers(line: str) -> bool:
    try:
        for part in line.partition("#")[0].split():
            float(part.rpartition(":")[2])
    except ValueError:
        return False
    return True
