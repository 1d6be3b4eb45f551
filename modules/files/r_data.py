"""R's own files, RDS and RData (load, save), by rdata: data frames, and matrices and vectors as such.

What becomes of R's classes is told in `r_classes`; NA is missing. Row names that are more than numbers are a
column of their own. Nothing in the file is carried out.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import rdata

from modules.files.r_classes import Converter
from modules.files.report import Report
from modules.sdk.errors import FileError
from modules.sdk.values import Table

ROW_NAMES = "Row names"


def read_r_data(path: Path, object: str | None = None, report: Report | None = None) -> Table:
    """The data frame of a file, or the one of that name where there are several, by default the first."""
    if not path.stat().st_size:
        raise FileError("the file is empty")
    frames, others = dict[str, pd.DataFrame](), list[str]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes that stay what they are made of
        for name, value in _objects(path):
            frame = _frame(value)
            if frame is None:
                others.append(name)
            else:
                frames[name] = frame
    if not frames:
        listed = f"; it has {', '.join(others[:20])}" if any(others) else ""
        raise FileError(f"it holds no data frame, matrix or vector{listed}")
    if object is not None and object not in frames:
        raise FileError(f"it has no table '{object}'; there are {', '.join(frames)}")
    chosen = next(iter(frames)) if object is None else object
    if report:
        report.found |= {"object": chosen, "objects": list(frames)}
    return Table.from_frame(frames[chosen])


def _objects(path: Path) -> Iterator[tuple[str, Any]]:
    """What the file holds, by name; what Python has no word for (functions, models) is None."""
    try:
        parsed = rdata.parser.parse_file(path)
    except Exception as error:  # the parser meets whatever a stranger wrote
        raise FileError(f"it is not R data, or it is damaged or cut off ({_said(error)})") from error
    found, converter = parsed.object, Converter(default_encoding=parsed.extra.encoding or "utf-8")
    if found.info.type is not rdata.parser.RObjectType.LIST:
        value = _converted(converter, found)
        several = value if isinstance(value, Mapping) else {"": value}
        yield from ((str(name), one) for name, one in several.items())
        return
    while found is not None and found.info.type is rdata.parser.RObjectType.LIST:
        yield (
            rdata.conversion.convert_symbol(found.tag, rdata.conversion.convert_char),
            _converted(converter, found.value[0]),
        )
        found = found.value[1]


def _converted(converter: Converter, found: Any) -> Any:
    try:
        return converter.convert(found)
    except Exception:  # functions, say
        return None


def _frame(value: Any) -> pd.DataFrame | None:
    if isinstance(value, pd.DataFrame):
        return _with_row_names(value)
    array = getattr(value, "values", value)
    if not isinstance(array, (np.ndarray, pd.api.extensions.ExtensionArray, pd.Index)) or array.ndim > 2:
        return None
    if array.ndim == 1:
        return pd.DataFrame({"value": array}) if len(array) > 1 else None
    names = (
        value.coords[value.dims[1]].values
        if getattr(value, "dims", ())[1:] and value.dims[1] in value.coords
        else None
    )
    labels = (
        [f"Col{at + 1}" for at in range(array.shape[1])] if names is None else [str(name) for name in names]
    )
    return pd.DataFrame(array, columns=labels)


def _with_row_names(frame: pd.DataFrame) -> pd.DataFrame:
    if pd.api.types.is_numeric_dtype(frame.index.dtype) or ROW_NAMES in frame.columns:
        return frame
    named = frame.reset_index(drop=True)
    named.insert(0, ROW_NAMES, frame.index.astype("str"))
    return named


def _said(error: Exception) -> str:
    return str(error).partition("\n")[0][:200] or type(error).__name__
