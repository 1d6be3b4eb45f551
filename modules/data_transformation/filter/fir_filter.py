"""FIR Filter

Makes a filter whose result is a weighted sum of the last values (finite impulse response).

Connect it to *Apply Filter*. **Order** is how many values before the current one count. **Filter type**
lets low frequencies through, high ones, those between **Low cutoff** and **High cutoff**, or all others; a
cutoff is a fraction of half the sampling rate, so 0.3 means a wave of 6.7 rows. **Window** shapes the
weights; *Rectangular* and *None* leave them as they are. **Scale** makes the filter pass the middle of its
band unchanged.

The design is SciPy's `firwin`. *HighPass* and *BandStop* need an even order; an odd one is raised by 1.

>>> made = fir_filter(FirParams(order=4, window="rectangular"))
>>> [round(weight, 3) for weight in made.filter.steps[0].fitted["forward"]]
[0.135, 0.23, 0.268, 0.23, 0.135]
"""

from __future__ import annotations

from typing import Literal

from modules.data_transformation.filter._bands import SCIPY, Band, band, cutoffs, high_cutoff, low_cutoff
from modules.data_transformation.filter._filters import Filtered, Linear, filter_of
from modules.sdk.declare import module
from modules.sdk.params import Params, choice, integer, toggle

WINDOWS = {
    "hamming": "Hamming",
    "blackman": "Blackman",
    "rectangular": "Rectangular",
    "triangular": "Triangular",
    "none": "None",
}
SCIPY_WINDOWS = {"hamming": "hamming", "blackman": "blackman", "triangular": "triang"}


class FirParams(Params):
    order: int = integer(5, "Order", ge=4, le=10_000)
    window: Literal["hamming", "blackman", "rectangular", "triangular", "none"] = choice(
        "hamming", "Window", WINDOWS
    )
    filter_type: Band = band()
    low_cutoff: float = low_cutoff()
    high_cutoff: float = high_cutoff()
    scale: bool = toggle(True, "Scale")


@module(version=1, synonyms=("signal", "low pass", "high pass", "smooth", "convolution"))
def fir_filter(params: FirParams) -> Filtered:
    from scipy.signal import firwin

    order = params.order
    if params.filter_type in ("high_pass", "band_stop") and order % 2:
        order += 1
        print(f"warning: {params.filter_type} needs an even order, so that the order is {order}")
    weights = firwin(
        order + 1,
        cutoffs(params),
        window=SCIPY_WINDOWS.get(params.window, "boxcar"),
        pass_zero=SCIPY[params.filter_type],
        scale=params.scale,
    )
    return filter_of("fir-filter", params, Linear(forward=[float(weight) for weight in weights]))
