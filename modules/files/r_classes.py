"""What R's classes become: data frames, dates and times, spans, integers of 64 bits.

| R                       | becomes                                                                      |
|-------------------------|------------------------------------------------------------------------------|
| factor                  | categories                                                                   |
| Date, POSIXct, POSIXlt  | datetimes; an instant keeps its zone, where it names one                     |
| difftime                | timedeltas                                                                   |
| integer64 (bit64)       | integers                                                                     |
| a matrix, a data frame  | as a column `m` of a data frame: columns `m.1` or `m.name`, as R prints them |
| a list                  | as a column: JSON                                                            |
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray
from rdata.conversion import DEFAULT_CLASS_MAP, SimpleConverter, convert_attrs
from rdata.parser import RData, RObject, RObjectType

from modules.sdk.errors import FileError
from modules.sdk.json_text import json_text

UNITS = {"secs": 1, "mins": 60, "hours": 3600, "days": 86400, "weeks": 604800}
MICRO = 1_000_000
NO_INTEGER = np.iinfo(np.int64).min
MAKE_FRAME = DEFAULT_CLASS_MAP["data.frame"]


class Converter(SimpleConverter):
    """rdata's, which forgets the shape of a matrix of text, and all but one of the columns of a name."""

    def __init__(self, *, default_encoding: str) -> None:
        super().__init__(CLASSES, default_encoding=default_encoding)

    def _convert_next(self, data: RData | RObject) -> Any:
        if not isinstance(data, RObject) or data.info.type not in (
            RObjectType.VEC,
            RObjectType.STR,
            RObjectType.CHAR,
        ):
            return super()._convert_next(data)
        if data.info.type is RObjectType.CHAR:
            text = super()._convert_next(data)
            return text.decode("cp1252", "replace") if isinstance(text, bytes) else text
        attrs = convert_attrs(data, self._convert_next)
        if data.info.type is RObjectType.VEC and "data.frame" in attrs.get("class", ()):
            return data_frame([self._convert_next(column) for column in data.value], attrs)
        value = super()._convert_next(data)
        if data.info.type is RObjectType.STR and len(attrs.get("dim", ())) == 2:
            return _matrix(np.reshape(value, attrs["dim"], order="F"), attrs.get("dimnames"))
        return value


def _matrix(values: np.ndarray, dimnames: Any) -> xarray.DataArray:
    """As rdata makes one of numbers."""
    names = list(dimnames.values()) if isinstance(dimnames, Mapping) else dimnames or []
    coords = {f"dim_{at}": found for at, found in enumerate(names) if found is not None}
    return xarray.DataArray(values, dims=["dim_0", "dim_1"], coords=coords)


def data_frame(values: Sequence[Any], attrs: Mapping[str, Any]) -> pd.DataFrame:
    """A data frame of its columns' values. A column may be a table itself; several may have one name."""
    rows = len(MAKE_FRAME({}, attrs))
    names = map(str, attrs.get("names", range(1, len(values) + 1)))
    columns = [
        found for name, value in zip(names, values, strict=True) for found in _columns(name, value, rows)
    ]
    frame = MAKE_FRAME({at: value for at, (_, value) in enumerate(columns)}, attrs)
    frame.columns = pd.Index([name for name, _ in columns], dtype="str")
    return frame


def labels_of(matrix: Any, unnamed: str = "") -> list[str]:
    """The names of a matrix's columns; where it has none, their numbers behind `unnamed`."""
    dims = getattr(matrix, "dims", ())
    if dims and dims[1] in matrix.coords:
        return [str(name) for name in matrix.coords[dims[1]].values]
    return [f"{unnamed}{at}" for at in range(1, matrix.shape[1] + 1)]


def _columns(name: str, value: Any, rows: int) -> Iterator[tuple[str, Any]]:
    """What a column of a data frame becomes: several, where it is a table."""
    array = getattr(value, "values", value) if not isinstance(value, pd.DataFrame) else value
    if isinstance(array, pd.DataFrame):
        for at, label in enumerate(array.columns):
            yield f"{name}.{label}", array.iloc[:, at].array
    elif isinstance(array, np.ndarray) and array.ndim == 2:
        for at, label in enumerate(labels_of(value)):
            yield f"{name}.{label}", array[:, at]
    elif isinstance(array, Mapping) and all(
        np.ndim(part) == 1 and len(part) == rows for part in array.values()
    ):
        for label, part in array.items():
            yield f"{name}.{label}", part
    elif isinstance(array, (Mapping, list)):
        items = list(array.values()) if isinstance(array, Mapping) else array
        if len(items) != rows:
            raise FileError(
                f"its column '{name}' is of a class that is not known here; make it plain values in R"
            )
        yield name, np.array([_json(item) for item in items], dtype=object)
    else:
        yield name, array


def _json(item: Any) -> str | None:
    """What stands in a place of a list."""
    plain = _plain(item)
    return None if plain is None else json_text(plain)


def _plain(item: Any) -> Any:
    if isinstance(item, pd.DataFrame):
        return item.to_dict("list")
    if isinstance(item, Mapping):
        return {str(key): _plain(part) for key, part in item.items()}
    if isinstance(item, (list, tuple)):
        return [_plain(part) for part in item]
    values = getattr(item, "values", item)
    if isinstance(values, np.ndarray):
        found = [
            None if isinstance(one, float) and not math.isfinite(one) else one for one in values.tolist()
        ]
        return found[0] if len(found) == 1 else found
    return item


def _floats(obj: Any) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(obj).astype(np.float64), np.nan)


def _micros(seconds: np.ndarray) -> np.ndarray:
    known = np.isfinite(seconds)
    whole = np.rint(np.where(known, seconds, 0) * MICRO).astype(np.int64)
    whole[~known] = NO_INTEGER  # numpy's NaT
    return whole


def _date(obj: Any, attrs: Mapping[str, Any]) -> pd.api.extensions.ExtensionArray:
    return pd.array(_micros(np.floor(_floats(obj)) * 86400).view("M8[us]"))


def _moment(obj: Any, attrs: Mapping[str, Any]) -> pd.api.extensions.ExtensionArray:
    """An instant; in the zone it names, where that is one, else in UTC."""
    zone = str(attrs["tzone"][0]) if len(attrs.get("tzone", ())) else ""
    return _in_zone(_micros(_floats(obj)), zone)


def _moment_of_parts(obj: Any, attrs: Mapping[str, Any]) -> pd.api.extensions.ExtensionArray:
    """An instant where its offset or zone is known; else the time that the clock on the wall showed."""
    rows = max((len(part) for part in obj.values()), default=0)
    part = {
        name: np.resize(_floats(obj[name]), rows) for name in ("year", "mon", "mday", "hour", "min", "sec")
    }
    known = np.all([np.isfinite(values) for values in part.values()], axis=0)
    whole = {name: np.where(known, values, 0).astype(np.int64) for name, values in part.items()}
    months = (whole["year"] - 70) * 12 + whole["mon"]
    days = months.astype("M8[M]").astype("M8[D]").astype(np.int64) + whole["mday"] - 1
    minutes = (days * 24 + whole["hour"]) * 60 + whole["min"]
    wall = minutes * 60 * MICRO + _micros(np.where(known, part["sec"], 0))
    zone = str(attrs["tzone"][0]) if len(attrs.get("tzone", ())) else ""
    offset = np.resize(_floats(obj["gmtoff"]), rows) if rows and "gmtoff" in obj else np.full(rows, np.nan)
    if zone in ("UTC", "GMT"):
        offset = np.zeros(rows)
    if np.isfinite(offset[known]).all() and known.any():
        instants = wall - _micros(np.where(known, offset, 0))
        return _in_zone(np.where(known, instants, NO_INTEGER), zone)
    times = pd.DatetimeIndex(np.where(known, wall, NO_INTEGER).view("M8[us]"))
    try:
        summer = np.resize(_floats(obj["isdst"]), rows) > 0
        return (
            times.tz_localize(zone, ambiguous=summer, nonexistent="shift_forward").array
            if zone
            else times.array
        )
    except (KeyError, ValueError, OSError):
        return times.array


def _in_zone(micros: np.ndarray, zone: str) -> pd.api.extensions.ExtensionArray:
    """Instants in a zone, where it is one; else in UTC."""
    times = pd.DatetimeIndex(micros.view("M8[us]")).tz_localize("UTC")
    try:
        return times.tz_convert(zone).array if zone else times.array
    except (KeyError, ValueError, OSError):
        return times.array


def _span(obj: Any, attrs: Mapping[str, Any]) -> pd.api.extensions.ExtensionArray:
    unit = UNITS.get(str(attrs.get("units", ["secs"])[0]), 1)
    return pd.array(_micros(_floats(obj) * unit).view("m8[us]"))


def _integer64(obj: Any, attrs: Mapping[str, Any]) -> pd.api.extensions.ExtensionArray:
    """bit64 keeps integers in the bits of doubles."""
    bits = np.ascontiguousarray(np.ma.getdata(obj), np.float64).view(np.int64)
    return pd.arrays.IntegerArray(bits.copy(), bits == NO_INTEGER)


CLASSES = {
    **DEFAULT_CLASS_MAP,
    "Date": _date,
    "POSIXct": _moment,
    "POSIXlt": _moment_of_parts,
    "difftime": _span,
    "integer64": _integer64,
}
