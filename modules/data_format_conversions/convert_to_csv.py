"""Convert to CSV

Passes the table on as it is after it was written to a CSV file and read again.

CSV has values and nothing else, so types are found anew from the text: categories become their
values, text of which every value is a number becomes numbers, bytes become hexadecimal text, and a column
without any value becomes one of numbers. Column names must be different and not empty; they are made so. The
output's menu has the file itself.

>>> import pyarrow as pa
>>> table = Table.from_arrow(pa.table({"c": pa.array(["a", "b"]).dictionary_encode()}))
>>> convert_to_csv(table).results_dataset.column("c").type
'string'
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from modules.data_format_conversions._round_trip import as_file_of
from modules.look.csv_text import write_csv
from modules.sdk.declare import module, port
from modules.sdk.values import Table


class Converted(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("export data", "writer", "download", "file"))
def convert_to_csv(dataset: Annotated[Table, port("Dataset")]) -> Converted:
    return Converted(as_file_of("csv", dataset, write_csv))
