"""Martingales over how strange each value of a series is beside those before it."""

from __future__ import annotations

from typing import Literal

import numpy as np

Martingale = Literal["power_avg", "power"]
Strangeness = Literal["range_percentile", "slow_pos_trend", "slow_neg_trend"]
CHUNK = 2_000_000


def p_values(values: np.ndarray, length: int, strangeness: Strangeness) -> np.ndarray:
    """For each value the share of the last `length` values (0: of all before), itself among them, that are at
    least as strange; ties count half. A value without any before it has 0.5."""
    n = len(values)
    window = min(n, length) or n
    found = np.full(n, 0.5)
    if n < 2:
        return found
    padded = np.concatenate([np.full(window, np.nan), values])
    views = np.lib.stride_tricks.sliding_window_view(padded, window)[:n]
    step = max(1, CHUNK // window)
    for start in range(0, n, step):
        part = slice(start, min(n, start + step))
        found[part] = _shares(views[part], values[part, None], strangeness)
    return found


def _shares(before: np.ndarray, now: np.ndarray, strangeness: Strangeness) -> np.ndarray:
    known = (~np.isnan(before)).sum(axis=1)
    above = (before > now).sum(axis=1)
    equal = (before == now).sum(axis=1)
    below = known - above - equal
    half = 0.5 * (equal + 1)
    up, down = (above + half) / (known + 1), (below + half) / (known + 1)
    if strangeness == "slow_pos_trend":
        return np.asarray(up)
    if strangeness == "slow_neg_trend":
        return np.asarray(down)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(up, down)))


def scores(p: np.ndarray, length: int, kind: Martingale, epsilon: float) -> np.ndarray:
    """The logarithm to the base 10 of what a bet on strange values has won: the most over all beginnings
    among the last `length` values (0: all), never below 0."""
    if kind == "power":
        won = np.log(epsilon) + (epsilon - 1) * np.log(p)
    else:
        log = np.log(np.minimum(p, 1 - 1e-9))
        won = np.log((1 - np.exp(log) + np.exp(log) * log) / (np.exp(log) * log**2))
    total = np.concatenate([[0.0], np.cumsum(won)])
    window = length + 1 if 0 < length < len(p) else len(total)
    return np.asarray((total - _trailing_minimum(total, window))[1:] / np.log(10))


def _trailing_minimum(values: np.ndarray, length: int) -> np.ndarray:
    """The least of the last `length` values, the current one among them."""
    import pandas as pd

    return pd.Series(values).rolling(length, min_periods=1).min().to_numpy()
