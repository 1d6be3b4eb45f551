"""Date Parts

Adds columns with the parts of a date: its year, its month, its day of the week.

**Column** is one of dates; of a time zone, the parts are those of its clock. **Parts** are the columns that
are added, `date year`, `date month` … *Weekday* counts from 1, Monday, to 7; *Weekday name* and *Month
name* are in English; *Week* is that of ISO 8601, in which the first week of a year has its first Thursday.
*Date only* is the day without the time.

>>> import datetime as dt
>>> params = PartsParams(column="d", parts=[{"part": "year"}, {"part": "weekday_name"}])
>>> date_parts(Table.of(d=[dt.datetime(2024, 2, 29)]), params).results_dataset.arrow().to_pylist()
[{'d': datetime.datetime(2024, 2, 29, 0, 0), 'd year': 2024, 'd weekday name': 'Thursday'}]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.data_transformation._chosen import the_column, with_columns
from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, assigned, one_of
from modules.sdk.params import Params, choice, columns, records
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import storable
from modules.sdk.values import Table

PARTS = {
    "year": "Year",
    "quarter": "Quarter",
    "month": "Month",
    "month_name": "Month name",
    "week": "Week",
    "day": "Day",
    "weekday": "Weekday",
    "weekday_name": "Weekday name",
    "day_of_year": "Day of the year",
    "hour": "Hour",
    "minute": "Minute",
    "second": "Second",
    "date_only": "Date only",
}
Part = Literal[
    "year", "quarter", "month", "month_name", "week", "day", "weekday", "weekday_name", "day_of_year", "hour",
    "minute", "second", "date_only",
]  # fmt: skip
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]  # fmt: skip
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _named(names: list[str]) -> Callable[[Any], Any]:
    return lambda places: pa.chunked_array(
        [pa.array(names, pa.large_string()).take(places.combine_chunks())], pa.large_string()
    )


COMPUTE: dict[str, Callable[[pa.ChunkedArray], pa.ChunkedArray]] = {
    "year": pc.year,
    "quarter": pc.quarter,
    "month": pc.month,
    "month_name": lambda x: _named(MONTHS)(pc.subtract(pc.month(x), 1)),
    "week": pc.iso_week,
    "day": pc.day,
    "weekday": lambda x: pc.add(pc.day_of_week(x), 1),
    "weekday_name": lambda x: _named(DAYS)(pc.day_of_week(x)),
    "day_of_year": pc.day_of_year,
    "hour": pc.hour,
    "minute": pc.minute,
    "second": pc.second,
    "date_only": lambda x: pc.floor_temporal(x, unit="day"),
}

PANDAS = {
    **{part: part for part in ("year", "quarter", "month", "day", "hour", "minute", "second")},
    "month_name": "month_name()",
    "week": "isocalendar().week",
    "weekday": "dayofweek + 1",
    "weekday_name": "day_name()",
    "day_of_year": "dayofyear",
    "date_only": "normalize()",
}
"""The parts as they are called behind `.dt`."""


class DatePart(Params):
    part: Part = choice("year", "Part", PARTS)


class PartsParams(Params):
    column: ColumnSelection = columns(
        ColumnSelection.none(), "Column", of="dataset", single=True, required=True
    )
    parts: tuple[DatePart, ...] = records("Parts", default=(DatePart(), DatePart(part="month")))


class Parts(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: PartsParams) -> Line:
    name = dataset.one(params.column, "Column")
    one_of(dataset, [name], "datetime")
    dates = f"dataframe1[{name!r}].dt"
    parts = {f"{name} {each.part.replace('_', ' ')}": f"{dates}.{PANDAS[each.part]}" for each in params.parts}
    return assigned(parts)


@module(
    version=1,
    row_by_row=True,
    line=line,
    foretells=True,
    synonyms=("year", "month", "weekday", "extract", "datepart", "Date&Time Part Extractor", "dt"),
)
def date_parts(dataset: Annotated[Table, port("Dataset")], params: PartsParams) -> Parts:
    column = the_column(dataset, params.column, "column", "Column")
    if column.type != "datetime":
        raise ModuleError(
            f"Column {column.name} is {column.type}, and only dates have parts. Parse Dates makes some.",
            param="column",
        )
    data = storable(column.data)
    made = [
        Column(f"{column.name} {each.part.replace('_', ' ')}", storable(COMPUTE[each.part](data)))
        for each in params.parts
    ]
    return Parts(with_columns(dataset, made))
