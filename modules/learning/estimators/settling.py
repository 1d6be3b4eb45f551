"""The minimum of a smooth function with bounds, by L-BFGS that begins anew where it gave up too early."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import OptimizeResult, minimize
from sklearn.exceptions import ConvergenceWarning

Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]
MEMORY = 10


def settle(
    loss: Loss, start: np.ndarray, bounds: Sequence[tuple[float | None, float | None]], tolerance: float,
    rounds: int, memory: int = MEMORY,
) -> OptimizeResult:  # fmt: skip
    """Where the loss is least. `loss` gives the value and the gradient.

    L-BFGS-B sometimes stops where the gradient is not 0 yet: what it remembers of earlier steps no longer
    fits when weights come to their bounds. So it starts again there without that memory, until nothing is
    gained.
    """
    at, before, spent = start, np.inf, 0
    least = tolerance * 1e-3
    while True:
        found = minimize(
            loss,
            at,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={
                "maxcor": memory,
                "ftol": least,
                "gtol": min(tolerance, 1e-8),
                "maxiter": max(1, rounds - spent),
                "maxfun": 2 * rounds,
            },
        )
        spent += max(1, int(found.nit))
        if spent >= rounds or before - found.fun <= least * max(1.0, abs(found.fun)):
            found.nit = spent
            if spent >= rounds:
                warnings.warn("It did not converge in its rounds.", ConvergenceWarning, stacklevel=2)
            return found
        at, before = found.x, found.fun
