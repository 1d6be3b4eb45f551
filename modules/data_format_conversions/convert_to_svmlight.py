"""Convert to SVMLight

Passes the table on as it is after it was written to an SVMlight file and read again.

Such a file has a line for each row: the label, then the features that are not 0, each with its place.

The label is the column that is marked as one, else the one called Label, else the first; it must have no
missing values. All columns must hold numbers. The file has no names: they become `Label`, `Col1`, `Col2` …
in the order of the table. The menu of the output has the file itself, as *Download as SVMlight*.

>>> convert_to_svmlight(Table.of(y=[1, 0], a=[0.5, 0.0], b=[0, 7])).results_dataset.arrow().to_pydict()
{'Label': [1, 0], 'Col1': [0.5, 0.0], 'Col2': [0.0, 7.0]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.data_format_conversions._round_trip import as_file_of
from modules.look.svmlight_text import write_svmlight
from modules.sdk.declare import module, port
from modules.sdk.values import Table


class Converted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("libsvm", "sparse", "export data", "download", "file"))
def convert_to_svmlight(dataset: Annotated[Table, port("Dataset")]) -> Converted:
    return Converted(as_file_of("svmlight", dataset, write_svmlight))
