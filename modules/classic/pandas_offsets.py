"""Names of frequencies: `M` is `ME` today, `H` is `h`; and units in which dates and durations are counted."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

MODERN = {
    "M": "ME",
    "BM": "BME",
    "CBM": "CBME",
    "SM": "SME",
    "Q": "QE",
    "BQ": "BQE",
    "A": "YE",
    "Y": "YE",
    "BA": "BYE",
    "BY": "BYE",
    "AS": "YS",
    "BAS": "BYS",
    "H": "h",
    "BH": "bh",
    "T": "min",
    "S": "s",
    "L": "ms",
    "U": "us",
    "N": "ns",
    "WEEKDAY": "B",
    "EOM": "BME",
}
PART = re.compile(r"([-+]?\d*\.?\d*)\s*([A-Za-z]+)((?:-[A-Za-z]+)?)")


def modern(rule: Any) -> Any:
    """The frequency under its present name; anything but a text as it is.

    >>> modern("5T"), modern("M"), modern("Q-DEC"), modern("1D12H"), modern("min")
    ('5min', 'ME', 'QE-DEC', '1D12h', 'min')
    """
    if not isinstance(rule, str) or PART.sub("", rule).strip():
        return rule
    return PART.sub(lambda found: f"{found[1]}{MODERN.get(found[2], found[2])}{found[3]}", rule)


UNIT = re.compile(r"(?:[mM]8|datetime64|timedelta64)\[(Y|M|W|D|h|m|s|ms|us)\]")


def in_units(column: pd.Series, unit: str) -> pd.Series:
    """Durations as whole numbers of units (floats: a gap is NaN), dates rounded down to one."""
    counted = column.to_numpy().astype(f"{column.dtype.kind}8[{unit}]")
    if column.dtype.kind == "M":
        return pd.Series(counted.astype("M8[ns]"), column.index, name=column.name)
    numbers = np.where(np.isnat(counted), np.nan, counted.astype("i8").astype(float))
    return pd.Series(numbers, column.index, name=column.name)
