"""Parse Dates

Makes dates of texts: `31.1.2020`, `2020-01-31 14:00`, `1/31/20`.

**Columns** are those of text or whole numbers. **Order** says which of day and month stands first where
both could; *Found in the column* decides by values that leave no doubt, and refuses a column in which none
does. **Format**, if it is given, reads just that: `%d.%m.%Y %H:%M` (day, month, year, hour, minute; `%y` is
a year of two digits, `%B` the name of a month, `%S` seconds). **Time zone**, such as `Europe/Berlin`, says
where the clock stood; empty leaves the dates without one. **What is no date** stops the run with its row,
or becomes missing.

>>> params = ParseParams(columns="d", order="day_first")
>>> parse_dates(Table.of(d=["31.1.2020", None]), params).results_dataset.column("d").data.to_pylist()
[datetime.datetime(2020, 1, 31, 0, 0), None]
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.date_order import Order
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.line import Known, Line, assigned, one_of
from modules.sdk.params import Params, choice, text
from modules.sdk.params import columns as column_picker
from modules.sdk.selection import ColumnSelection
from modules.sdk.storable import one_piece
from modules.sdk.values import Table

ORDERS = {"found": "Found in the column", "day_first": "Day first", "month_first": "Month first"}
SAID: dict[str, Order | None] = {"found": None, "day_first": "day-first", "month_first": "month-first"}
OTHERS = {"stop": "Stops the run", "missing": "Becomes missing"}


class ParseParams(Params):
    columns: ColumnSelection = column_picker(ColumnSelection.none(), "Columns", of="dataset")
    order: Literal["found", "day_first", "month_first"] = choice("found", "Order", ORDERS)
    format: str = text("", "Format", placeholder="%d.%m.%Y %H:%M")
    time_zone: str = text("", "Time zone", placeholder="Europe/Berlin")
    what_is_no_date: Literal["stop", "missing"] = choice("stop", "What is no date", OTHERS)


class Parsed(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


def line(dataset: Known, params: ParseParams) -> Line:
    said = {"day_first": ", dayfirst=True", "month_first": ", dayfirst=False"}.get(params.order, "")
    how = f", format={params.format.strip()!r}" if params.format.strip() else f', format="mixed"{said}'
    errors = ', errors="coerce"' if params.what_is_no_date == "missing" else ""
    zone = f".dt.tz_localize({params.time_zone.strip()!r})" if params.time_zone.strip() else ""
    names = dataset.names(params.columns)
    one_of(dataset, names, "string", "categorical")
    return assigned({name: f"pd.to_datetime(dataframe1[{name!r}]{how}{errors}){zone}" for name in names})


@module(
    version=1,
    line=line,
    foretells=True,
    synonyms=("to_datetime", "strptime", "string to date", "String to Date&Time", "datevalue"),
)
def parse_dates(dataset: Annotated[Table, port("Dataset")], params: ParseParams) -> Parsed:
    chosen = set(params.columns.names(dataset))
    made = (_parsed(column, params) if column.name in chosen else column for column in dataset)
    return Parsed(Table.from_columns(made, len(dataset)))


def _parsed(column: Column, params: ParseParams) -> Column:
    if column.type == "datetime":
        return column
    if column.type not in ("string", "categorical", "integer"):
        raise ModuleError(
            f"Column {column.name} is {column.type}; dates are made of text or whole numbers.",
            param="columns",
        )
    texts = cast(uncategorical(column), "string")
    distinct = one_piece(texts.data).cast(pa.large_string()).dictionary_encode()
    levels = Column(column.name, pa.chunked_array([distinct.dictionary]))
    dates = _dates(levels, params)
    data = pa.chunked_array([one_piece(dates).take(distinct.indices)])
    return Column(column.name, _in_zone(data, params.time_zone.strip()))


def _dates(levels: Column, params: ParseParams) -> pa.ChunkedArray:
    if params.format.strip():
        read = [_by_format(levels, value, params) for value in levels.data.to_pylist()]
        return pa.chunked_array([pa.array(read, pa.timestamp("us"))])
    order = SAID[params.order] or _found_order(levels)
    if params.what_is_no_date == "stop":
        return cast(levels, "datetime", order).data
    good = [_is_date(levels.name, value, order) for value in levels.data.to_pylist()]
    kept = pc.if_else(pa.array(good, pa.bool_()), levels.data, pa.scalar(None, pa.large_string()))
    return cast(Column(levels.name, kept), "datetime", order).data


def _found_order(levels: Column) -> Order | None:
    """The one order in which all values of digits are dates; None if several are possible, or none, which the
    reader of dates judges."""
    digits = pc.match_substring_regex(levels.data, r"^\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
    some = Column(levels.name, levels.data.filter(pc.fill_null(digits, False)))
    both: tuple[Order, ...] = ("day-first", "month-first")
    fit = [order for order in both if len(some.data) and _all_dates(some, order)]
    return fit[0] if len(fit) == 1 else None


def _all_dates(column: Column, order: Order | None) -> bool:
    try:
        cast(column, "datetime", order)
    except ModuleError:
        return False
    return True


def _is_date(name: str, value: str, order: Order | None) -> bool:
    one = Column(name, pa.chunked_array([pa.array([value], pa.large_string())]))
    return any(_all_dates(one, each) for each in ((order,) if order else (None, "day-first", "month-first")))


def _by_format(levels: Column, value: str, params: ParseParams) -> dt.datetime | None:
    try:
        made = dt.datetime.strptime(value.strip(), params.format.strip())
        return made.astimezone(dt.UTC).replace(tzinfo=None) if made.tzinfo else made
    except ValueError as error:
        if params.what_is_no_date == "missing":
            return None
        raise ModuleError(
            f"Column {levels.name}: {value[:80]!r} is no date of the format {params.format!r} ({error}).",
            param="format",
        ) from None


def _in_zone(data: pa.ChunkedArray, zone: str) -> pa.ChunkedArray:
    if not zone or data.type.tz:
        return data
    try:
        return pc.assume_timezone(data, zone, ambiguous="earliest", nonexistent="latest")
    except pa.ArrowInvalid:
        raise ModuleError(
            f"There is no time zone {zone!r}; write one such as Europe/Berlin or UTC.", param="time_zone"
        ) from None
