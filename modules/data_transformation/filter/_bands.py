"""Params that tell which frequencies a filter lets through, and what the filters' designs make of them."""

from __future__ import annotations

from typing import Any, Literal

from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, number

Band = Literal["low_pass", "high_pass", "band_pass", "band_stop"]
BANDS = {"low_pass": "LowPass", "high_pass": "HighPass", "band_pass": "BandPass", "band_stop": "BandStop"}
SCIPY = {"low_pass": "lowpass", "high_pass": "highpass", "band_pass": "bandpass", "band_stop": "bandstop"}
TWO = {"filter_type": ["band_pass", "band_stop"]}
MOST = 0.9999999


def band() -> Any:
    return choice("low_pass", "Filter type", BANDS)


def low_cutoff() -> Any:
    return number(0.3, "Low cutoff", "1 is half of the sampling rate.", gt=0, le=MOST)


def high_cutoff() -> Any:
    return number(0.7, "High cutoff", "1 is half of the sampling rate.", gt=0, le=MOST, shown_when=TWO)


def cutoffs(params: Params) -> float | list[float]:
    """Where the band ends: one frequency, or two; ModuleError where they do not rise."""
    low, high = vars(params)["low_cutoff"], vars(params)["high_cutoff"]
    if vars(params)["filter_type"] not in TWO["filter_type"]:
        return float(low)
    if not low < high:
        raise ModuleError(
            f"The high cutoff ({high:g}) must be above the low one ({low:g}).", param="high_cutoff"
        )
    return [float(low), float(high)]
