"""The financial functions that NumPy had until 1.19. `when`: payments at "begin" or "end" of a period."""

from __future__ import annotations

from typing import Any

import numpy as np

BEGIN = ("begin", "b", 1, "beginning", "start")


def _begin(when: Any) -> int:
    return 1 if when in BEGIN else 0


def _growth(rate: Any, nper: Any, when: Any) -> tuple[Any, Any]:
    """What 1 grows to, and what a payment of 1 in each period does."""
    growth = (1 + rate) ** nper
    safe = np.where(rate == 0, 1, rate)
    return growth, np.where(rate == 0, nper, (1 + safe * _begin(when)) * (growth - 1) / safe)


def fv(rate: Any, nper: Any, pmt: Any, pv: Any, when: Any = "end") -> Any:
    """The value at the end."""
    rate, nper, pmt, pv = map(np.asarray, (rate, nper, pmt, pv))
    growth, factor = _growth(rate, nper, when)
    return (-(pv * growth + pmt * factor))[()]


def pv(rate: Any, nper: Any, pmt: Any, fv: Any = 0, when: Any = "end") -> Any:
    """The value today."""
    rate, nper, pmt, fv = map(np.asarray, (rate, nper, pmt, fv))
    growth, factor = _growth(rate, nper, when)
    return (-(fv + pmt * factor) / growth)[()]


def pmt(rate: Any, nper: Any, pv: Any, fv: Any = 0, when: Any = "end") -> Any:
    """The payment of each period."""
    rate, nper, pv, fv = map(np.asarray, (rate, nper, pv, fv))
    growth, factor = _growth(rate, nper, when)
    return (-(fv + pv * growth) / factor)[()]


def nper(rate: Any, pmt: Any, pv: Any, fv: Any = 0, when: Any = "end") -> Any:
    """The number of periods."""
    rate, pmt, pv, fv = map(np.asarray, (rate, pmt, pv, fv))
    safe = np.where(rate == 0, 1, rate)
    z = pmt * (1 + safe * _begin(when)) / safe
    return np.where(rate == 0, -(fv + pv) / pmt, np.log((-fv + z) / (pv + z)) / np.log(1 + safe))[()]


def ipmt(rate: Any, per: Any, nper: Any, pv: Any, fv: Any = 0, when: Any = "end") -> Any:
    """The interest in the payment of period `per`, from 1."""
    rate, per = np.asarray(rate), np.asarray(per)
    total = pmt(rate, nper, pv, fv, when)
    interest = globals()["fv"](rate, per - 1, total, pv, when) * rate
    if _begin(when):
        interest = np.where(per == 1, 0.0, interest / (1 + rate))
    return np.asarray(interest)[()]


def ppmt(rate: Any, per: Any, nper: Any, pv: Any, fv: Any = 0, when: Any = "end") -> Any:
    """The part of the payment of period `per` that pays back."""
    return pmt(rate, nper, pv, fv, when) - ipmt(rate, per, nper, pv, fv, when)


def rate(
    nper: Any,
    pmt: Any,
    pv: Any,
    fv: Any,
    when: Any = "end",
    guess: float = 0.1,
    tol: float = 1e-6,
    maxiter: int = 100,
) -> Any:
    """The rate of a period; NaN if it is not found."""
    from scipy.optimize import newton

    try:
        return newton(lambda r: globals()["fv"](r, nper, pmt, pv, when) - fv, guess, tol=tol, maxiter=maxiter)
    except RuntimeError:
        return np.nan


def npv(rate: float, values: Any) -> float:
    """The value of payments today; the first is due today."""
    values = np.asarray(values)
    return float((values / (1 + rate) ** np.arange(len(values))).sum())


def irr(values: Any) -> float:
    """The rate at which the payments are worth nothing; NaN if there is none."""
    values = np.trim_zeros(np.asarray(values, dtype=float))
    if len(values) < 2:
        return np.nan
    roots = np.roots(values[::-1])
    real = roots[(np.abs(roots.imag) < 1e-9) & (roots.real > 0)].real
    if not len(real):
        return np.nan
    found = 1 / real - 1
    return float(found[np.argmin(np.abs(found))])


def mirr(values: Any, finance_rate: float, reinvest_rate: float) -> float:
    """The rate where what is paid costs `finance_rate` and what comes in bears `reinvest_rate`."""
    values = np.asarray(values, dtype=float)
    gains, costs = values > 0, values < 0
    if not (gains.any() and costs.any()):
        return np.nan
    worth = abs(npv(reinvest_rate, values * gains)) / abs(npv(finance_rate, values * costs))
    return float(worth ** (1 / (len(values) - 1)) * (1 + reinvest_rate) - 1)


FINANCE = {
    "fv": fv,
    "pv": pv,
    "pmt": pmt,
    "nper": nper,
    "ipmt": ipmt,
    "ppmt": ppmt,
    "rate": rate,
    "npv": npv,
    "irr": irr,
    "mirr": mirr,
}
