"""Methods of pandas that take a frequency: its name is another today, as are the words around it."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd

from modules.classic import notes
from modules.classic.pandas_numbers import numbers_only
from modules.classic.pandas_offsets import modern
from modules.classic.pandas_reading import nanoseconds

PART_OF_DAY = {"min": "min", "s": "s", "h": "h"}


def resample_words(function: Any) -> Any:
    @functools.wraps(function)
    def resample(
        self: Any,
        rule: Any,
        how: Any = None,
        axis: Any = 0,
        fill_method: Any = None,
        closed: Any = None,
        label: Any = None,
        convention: str = "start",
        kind: Any = None,
        loffset: Any = None,
        limit: Any = None,
        base: int = 0,
        **named: Any,
    ) -> Any:
        if base:
            named["offset"] = pd.Timedelta(base, unit=PART_OF_DAY.get(modern(rule).lstrip("0123456789"), "h"))
        windows = function(self, modern(rule), closed=closed, label=label, convention=convention, **named)
        if how is None and fill_method is None:
            return windows
        notes.replaced(
            "resample(how=…)" if how is not None else "resample(fill_method=…)", ".resample(…).f() did it"
        )
        if fill_method is not None and how is None:
            found = (
                windows.ffill(limit=limit) if fill_method in ("pad", "ffill") else windows.bfill(limit=limit)
            )
        else:
            found = numbers_only(
                lambda w, **k: w.agg(how) if not isinstance(how, str) else getattr(w, how)(**k)
            )(windows)
            found = {None: lambda: found, "pad": found.ffill, "ffill": found.ffill}.get(
                fill_method, found.bfill
            )()
        if loffset is not None:
            found.index = found.index + pd.tseries.frequencies.to_offset(modern(loffset))
        return found.to_period() if kind == "period" else found

    return resample


def frequency_words(function: Any) -> Any:
    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        if "freq" in named:
            named["freq"] = modern(named["freq"])
        if len(args) > 3:
            args = (*args[:3], modern(args[3]), *args[4:])
        if "closed" in named:
            named["inclusive"] = {None: "both"}.get(named["closed"], named["closed"])
            del named["closed"]
        return nanoseconds(function(*args, **named))

    return call


def frequency_first(function: Any) -> Any:
    @functools.wraps(function)
    def asfreq(self: Any, freq: Any, *args: Any, **named: Any) -> Any:
        return function(self, modern(freq), *args, **named)

    return asfreq


def shifted_by(function: Any) -> Any:
    @functools.wraps(function)
    def shift(self: Any, periods: Any = 1, freq: Any = None, *args: Any, **named: Any) -> Any:
        return function(self, periods, modern(freq), *args, **named)

    return shift
