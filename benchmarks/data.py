"""The tables the workloads run over: the same every time."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd


def numbers(rows: int, columns: int) -> bytes:
    """A CSV of numbers."""
    values = np.random.default_rng(0).normal(size=(rows, columns)).round(6)
    return pd.DataFrame(values, columns=[f"c{n}" for n in range(columns)]).to_csv(index=False).encode()


def mixed(rows: int) -> pd.DataFrame:
    """Eight columns: f0 … f3 float, i0 integer, i1 integer with 5 % missing, t0 and t1 text."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame({f"f{n}": random.normal(size=rows) for n in range(4)})
    frame["i0"] = random.integers(0, 1_000_000, rows)
    frame["i1"] = pd.array(random.integers(0, 1000, rows), dtype="Int64")
    frame.loc[random.random(rows) < 0.05, "i1"] = pd.NA
    words = np.array([f"word {n:04d}" for n in range(5000)], dtype=object)
    for name in ("t0", "t1"):
        frame[name] = pd.Series(words[random.integers(0, len(words), rows)], dtype="str")
    return frame


def orders(rows: int, customers: int) -> pd.DataFrame:
    """id of a customer, and an amount."""
    random = np.random.default_rng(1)
    return pd.DataFrame({"customer": random.integers(0, customers, rows), "amount": random.random(rows)})


def customers(rows: int) -> pd.DataFrame:
    """id, and one of 1,000 regions."""
    regions = np.random.default_rng(2).integers(0, 1000, rows)
    return pd.DataFrame({"customer": np.arange(rows), "region": regions})


def parquet(frame: pd.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.to_parquet(file)
    return file.getvalue()
