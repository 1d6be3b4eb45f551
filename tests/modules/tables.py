"""Tables and bundles that several module tests use."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa

from modules.sdk.values import Bundle, Table


def every_type() -> Table:
    """Three rows of each column type there is, with a missing value in the middle."""
    columns: dict[str, Any] = {
        "integer": pa.array([1, None, 3]),
        "small": pa.array([1, None, 3], pa.int8()),
        "whole": pa.array([1, 2, 3]),
        "float": pa.array([0.1, None, float("inf")]),
        "string": pa.array(['a "quoted"\nline, é', None, ""], pa.large_string()),
        "boolean": pa.array([True, None, False]),
        "datetime": pa.array([dt.datetime(2020, 1, 31, 12), None, dt.datetime(1900, 1, 1, 1, 2, 3, 500_001)]),
        "zoned": pa.array([0, None, 1_600_000_000_000_000], pa.timestamp("us", "Europe/Berlin")),
        "timedelta": pa.array([dt.timedelta(days=1), None, dt.timedelta(seconds=1.5)]),
        "categorical": pa.array(["u", None, "v"]).dictionary_encode(),
        "binary": pa.array([b"x", None, b""], pa.large_binary()),
        "nothing": pa.array([None, None, None], pa.float64()),
    }
    return Table.from_arrow(pa.table(columns))


def rows(table: Table) -> list[dict[str, Any]]:
    return table.arrow().to_pylist()


def values(table: Table, name: str) -> list[Any]:
    return table.column(name).data.to_pylist()


def types(table: Table) -> dict[str, str]:
    return {column.name: column.type for column in table}


def zipped(folder: Path, files: dict[str, str]) -> Bundle:
    path = folder / "bundle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return Bundle(path)
