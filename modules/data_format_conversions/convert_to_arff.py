"""Convert to ARFF

Passes the table on as it is after it was written to an ARFF file, the format of Weka, and read again.

The file says the types of its columns: integers are INTEGER, floats NUMERIC, categories nominal, datetimes
DATE. Booleans become categories; time spans, bytes, datetimes of a zone and times finer than milliseconds
become text. The menu of the output has the file itself, as *Download as ARFF*.

>>> done = convert_to_arff(Table.of(x=[1, None], b=[True, False])).results_dataset
>>> done.column("x").type, done.column("b").type, done.column("b").data.to_pylist()
('integer', 'categorical', ['true', 'false'])
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.data_format_conversions._round_trip import as_file_of
from modules.look.arff_text import write_arff
from modules.sdk.declare import module, port
from modules.sdk.values import Table


class Converted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("Weka", "export data", "download", "file"))
def convert_to_arff(dataset: Annotated[Table, port("Dataset")]) -> Converted:
    return Converted(as_file_of("arff", dataset, write_arff))
