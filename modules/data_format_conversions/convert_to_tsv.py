r"""Convert to TSV

Passes the table on as it is after it was written to a file of tab-separated values and read again.

TSV has values and nothing else, so types are found anew from the text, as in Convert to CSV: categories
become their values, text of which every value is a number becomes numbers, and bytes become hexadecimal
text. The menu of the output has the file itself, as *Download as TSV*.

>>> convert_to_tsv(Table.of(x=["1", "2"], y=["a\tb", None])).results_dataset.arrow().to_pydict()
{'x': [1, 2], 'y': ['a\tb', None]}
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.data_format_conversions._round_trip import as_file_of
from modules.look.csv_text import write_tsv
from modules.sdk.declare import module, port
from modules.sdk.values import Table


class Converted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("tab separated", "export data", "download", "file", "Excel"))
def convert_to_tsv(dataset: Annotated[Table, port("Dataset")]) -> Converted:
    return Converted(as_file_of("tsv", dataset, write_tsv))
