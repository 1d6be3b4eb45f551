"""IIR Filter

Makes a Butterworth or Chebyshev filter, whose results feed back into it (infinite impulse response).

Connect it to *Apply Filter*. **Filter kind**: *Butterworth* is flat in its band; *Chebyshev Type 1* is
steeper and ripples in its band, by at most **Ripple** decibels; *Chebyshev Type 2* is flat in its band and
keeps what it stops at least *Ripple* decibels down, so that a larger number stops more. **Order** makes it
steeper. **Filter type** and the cutoffs, fractions of half the sampling rate, say what passes.

The design is SciPy's, kept as sections of the second order, so that high orders stay exact. The first rows
show how the filter settles from zero.

>>> made = iir_filter(IirParams(order=4))
>>> len(made.filter.steps[0].fitted["sections"])
2
"""

from __future__ import annotations

from typing import Literal

from modules.data_transformation.filter._bands import SCIPY, Band, band, cutoffs, high_cutoff, low_cutoff
from modules.data_transformation.filter._filters import Filtered, Sections, filter_of
from modules.sdk.declare import module
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, integer, number

KINDS = {
    "butterworth": "Butterworth",
    "chebyshev_type_1": "Chebyshev Type 1",
    "chebyshev_type_2": "Chebyshev Type 2",
}
RIPPLED = {"filter_kind": ["chebyshev_type_1", "chebyshev_type_2"]}


class IirParams(Params):
    order: int = integer(5, "Order", ge=4, le=13)
    filter_kind: Literal["butterworth", "chebyshev_type_1", "chebyshev_type_2"] = choice(
        "butterworth", "Filter kind", KINDS
    )
    filter_type: Band = band()
    low_cutoff: float = low_cutoff()
    high_cutoff: float = high_cutoff()
    ripple: float = number(0.5, "Ripple", "In decibels.", ge=0, shown_when=RIPPLED)


@module(version=1, synonyms=("signal", "butterworth", "chebyshev", "low pass", "high pass"))
def iir_filter(params: IirParams) -> Filtered:
    from scipy.signal import butter, cheby1, cheby2

    ends, kind = cutoffs(params), SCIPY[params.filter_type]
    if params.filter_kind == "butterworth":
        sections = butter(params.order, ends, btype=kind, output="sos")
    elif params.ripple == 0:
        raise ModuleError("A Chebyshev filter needs a ripple above 0.", param="ripple")
    else:
        design = cheby1 if params.filter_kind == "chebyshev_type_1" else cheby2
        sections = design(params.order, params.ripple, ends, btype=kind, output="sos")
    return filter_of("iir-filter", params, Sections(sections=sections.tolist()))
