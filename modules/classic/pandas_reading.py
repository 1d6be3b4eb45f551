"""Readers of pandas, and what turns text into numbers and dates, with the words they knew."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd


def read(function: Any) -> Any:
    @functools.wraps(function)
    def call(source: Any, *args: Any, **named: Any) -> Any:
        squeeze, prefix = named.pop("squeeze", False), named.pop("prefix", None)
        if named.pop("error_bad_lines", True) is False:
            named["on_bad_lines"] = "warn" if named.pop("warn_bad_lines", True) else "skip"
        named.pop("warn_bad_lines", None)
        if named.pop("delim_whitespace", False):
            named["sep"] = r"\s+"
        for word in (
            "mangle_dupe_cols",
            "tupleize_cols",
            "infer_datetime_format",
            "verbose",
            "compact_ints",
            "use_unsigned",
            "buffer_lines",
            "as_recarray",
            "skip_footer",
            "keep_date_col",
        ):
            if word in named:
                value = named.pop(word)
                if word == "skip_footer":
                    named["skipfooter"] = value
        parser = named.pop("date_parser", None)
        if isinstance(named.get("parse_dates"), str):
            named["parse_dates"] = [named["parse_dates"]]
        by_hand = named.pop("parse_dates", None) or [] if parser is not None else []
        if by_hand is True:
            by_hand = [found_index] if (found_index := named.get("index_col")) is not None else []
        if "sheetname" in named:
            named["sheet_name"] = named.pop("sheetname")
        if "parse_cols" in named:
            named["usecols"] = named.pop("parse_cols")
        found = function(source, *args, **named)
        if isinstance(found, pd.DataFrame):
            for column in by_hand:
                _parse(found, column, parser)
        if prefix is not None and named.get("header", "infer") is None:
            found.columns = [f"{prefix}{n}" for n in range(found.shape[1])]
        if isinstance(found, pd.DataFrame):
            for place, dtype in enumerate(found.dtypes):
                if dtype.kind == "M":
                    found.isetitem(place, nanoseconds(found.iloc[:, place]))
        return found.iloc[:, 0] if squeeze and found.shape[1] == 1 else found

    return call


def _parse(frame: pd.DataFrame, column: Any, parser: Any) -> None:
    """Dates of one column, or of the index that it became, by a function of a text."""
    if frame.index.name is not None and (column == frame.index.name or column not in frame.columns):
        frame.index = pd.DatetimeIndex([parser(value) for value in frame.index], name=frame.index.name)
        return
    name = frame.columns[column] if isinstance(column, int) else column
    frame[name] = [parser(value) for value in frame[name]]


def to_datetime(function: Any) -> Any:
    @functools.wraps(function)
    def call(arg: Any, errors: str = "raise", *args: Any, **named: Any) -> Any:
        if named.pop("coerce", False):
            errors = "coerce"
        named.pop("infer_datetime_format", None)
        named.pop("box", None)
        if "format" not in named and len(args) < 3 and "unit" not in named:
            named["format"] = "mixed"  # each text for itself, as it was
        if errors != "ignore":
            return nanoseconds(function(arg, errors, *args, **named))
        try:
            return nanoseconds(function(arg, "raise", *args, **named))
        except (ValueError, TypeError):
            return arg

    return call


def nanoseconds(dates: Any) -> Any:
    """Dates as they were counted; those before 1677 or after 2262 stay as they are."""
    try:
        if isinstance(dates, pd.Series):
            return dates.dt.as_unit("ns") if dates.dtype.kind in "mM" else dates
        return dates.as_unit("ns") if isinstance(dates, pd.DatetimeIndex | pd.Timestamp) else dates
    except (OverflowError, ValueError):
        return dates


def to_numeric(function: Any) -> Any:
    @functools.wraps(function)
    def call(arg: Any, errors: str = "raise", *args: Any, **named: Any) -> Any:
        if errors != "ignore":
            return function(arg, errors, *args, **named)
        try:
            return function(arg, "raise", *args, **named)
        except (ValueError, TypeError):
            return arg

    return call
