"""The distributions of Evaluate Probability Function: which settings each has, and what SciPy calls it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from modules.sdk.errors import ModuleError

Settings = Mapping[str, float]
Values = Callable[[np.ndarray], np.ndarray]


class Distribution(NamedTuple):
    """`made`: the name of SciPy's distribution and its arguments, from the settings named in `settings`.
    `tail`: of what its Cdf is the probability, `left`, `right` or `two`."""

    label: str
    settings: tuple[str, ...]
    made: Callable[[Settings], tuple[str, dict[str, float]]]
    tail: str = "left"


def _spread(name: str, location: str = "location") -> Callable[[Settings], tuple[str, dict[str, float]]]:
    return lambda s: (name, {"loc": s[location], "scale": s["scale"]})


def _freedom(name: str) -> Callable[[Settings], tuple[str, dict[str, float]]]:
    return lambda s: (name, {"df": s["number_of_degrees_of_freedom"]})


def _fisher(s: Settings) -> tuple[str, dict[str, float]]:
    return "f", {"dfn": s["numerator_degrees_of_freedom"], "dfd": s["denominator_degrees_of_freedom"]}


def _bounded(s: Settings) -> dict[str, float]:
    if not s["upper_bound"] > s["lower_bound"]:
        raise ModuleError(
            f"The upper bound ({s['upper_bound']:g}) must be above the lower one ({s['lower_bound']:g}).",
            param="upper_bound",
        )
    return {"loc": s["lower_bound"], "scale": s["upper_bound"] - s["lower_bound"]}


FREEDOM = ("number_of_degrees_of_freedom",)
FISHER = ("numerator_degrees_of_freedom", "denominator_degrees_of_freedom")
SPREAD = ("location", "scale")

DISTRIBUTIONS: Mapping[str, Distribution] = {
    "bernoulli": Distribution(
        "Bernoulli", ("probability_of_success",), lambda s: ("bernoulli", {"p": s["probability_of_success"]})
    ),
    "beta": Distribution(
        "Beta",
        ("shape", "scale", "lower_bound", "upper_bound"),
        lambda s: ("beta", {"a": s["shape"], "b": s["scale"], **_bounded(s)}),
    ),
    "binomial": Distribution(
        "Binomial",
        ("probability_of_success", "number_of_trials"),
        lambda s: ("binom", {"n": s["number_of_trials"], "p": s["probability_of_success"]}),
    ),
    "cauchy": Distribution("Cauchy", SPREAD, _spread("cauchy")),
    "chi_square": Distribution("ChiSquare", FREEDOM, _freedom("chi2")),
    "chi_square_right_tailed": Distribution("ChiSquareRightTailed", FREEDOM, _freedom("chi2"), "right"),
    "exponential": Distribution(
        "Exponential", ("lambda_",), lambda s: ("expon", {"scale": 1 / s["lambda_"]})
    ),
    "f_fisher": Distribution("FFisher", FISHER, _fisher),
    "f_fisher_right_tailed": Distribution("FFisherRightTailed", FISHER, _fisher, "right"),
    "gamma": Distribution(
        "Gamma",
        ("shape", "scale", "location"),
        lambda s: ("gamma", {"a": s["shape"], "loc": s["location"], "scale": s["scale"]}),
    ),
    "generalized_extreme_values": Distribution(
        "GeneralizedExtremeValues",
        ("shape", "scale", "location"),
        lambda s: ("genextreme", {"c": -s["shape"], "loc": s["location"], "scale": s["scale"]}),
    ),
    "geometric": Distribution(
        "Geometric", ("probability_of_success",), lambda s: ("geom", {"p": s["probability_of_success"]})
    ),
    "gumbel_max": Distribution("GumbelMax", SPREAD, _spread("gumbel_r")),
    "gumbel_min": Distribution("GumbelMin", SPREAD, _spread("gumbel_l")),
    "hypergeometric": Distribution(
        "Hypergeometric",
        ("number_of_samples", "number_of_success", "population_size"),
        lambda s: (
            "hypergeom",
            {"M": s["population_size"], "n": s["number_of_success"], "N": s["number_of_samples"]},
        ),
    ),
    "laplace": Distribution("Laplace", SPREAD, _spread("laplace")),
    "logistic": Distribution("Logistic", ("mean", "scale"), _spread("logistic", "mean")),
    "lognormal": Distribution(
        "Lognormal",
        ("mean", "standard_deviation"),
        lambda s: ("lognorm", {"s": s["standard_deviation"], "scale": float(np.exp(s["mean"]))}),
    ),
    "negative_binomial": Distribution(
        "NegativeBinomial",
        ("probability_of_success", "number_of_success"),
        lambda s: ("nbinom", {"n": s["number_of_success"], "p": s["probability_of_success"]}),
    ),
    "normal": Distribution(
        "Normal",
        ("mean", "standard_deviation"),
        lambda s: ("norm", {"loc": s["mean"], "scale": s["standard_deviation"]}),
    ),
    "pareto": Distribution(
        "Pareto", ("shape", "scale"), lambda s: ("pareto", {"b": s["shape"], "scale": s["scale"]})
    ),
    "poisson": Distribution("Poisson", ("mean",), lambda s: ("poisson", {"mu": s["mean"]})),
    "rayleigh": Distribution("Rayleigh", ("lower_bound", "scale"), _spread("rayleigh", "lower_bound")),
    "standard_normal": Distribution("StandardNormal", (), lambda s: ("norm", {})),
    "t_student": Distribution("TStudent", FREEDOM, _freedom("t")),
    "t_student_right_tailed": Distribution("TStudentRightTailed", FREEDOM, _freedom("t"), "right"),
    "t_student_two_tailed": Distribution("TStudentTwoTailed", FREEDOM, _freedom("t"), "two"),
    "uniform": Distribution("Uniform", ("lower_bound", "upper_bound"), lambda s: ("uniform", _bounded(s))),
    "weibull": Distribution(
        "Weibull", ("shape", "scale"), lambda s: ("weibull_min", {"c": s["shape"], "scale": s["scale"]})
    ),
}
POSITIVE = {"scale", "standard_deviation", "lambda_", *FREEDOM, *FISHER}
"""Settings that must be above 0, whatever the distribution."""


def shown_for(setting: str) -> dict[str, list[Any]]:
    """The distributions that have the setting, as `shown_when` of its param."""
    return {"distribution": [slug for slug, each in DISTRIBUTIONS.items() if setting in each.settings]}


def function(distribution: str, settings: Settings, method: str) -> Values:
    """The function of the distribution: `cdf`, `inverse_cdf` or `pdf`. ModuleError where its settings make
    no distribution."""
    from scipy import stats

    said = DISTRIBUTIONS[distribution]
    for name in said.settings:
        above = name in POSITIVE or (name == "shape" and distribution != "generalized_extreme_values")
        if (above or (distribution == "poisson" and name == "mean")) and not settings[name] > 0:
            called = name.strip("_").replace("_", " ")
            raise ModuleError(f"{said.label} needs a {called} above 0; it is {settings[name]:g}.", param=name)
    scipy_name, arguments = said.made(settings)
    frozen = getattr(stats, scipy_name)(**arguments)
    if np.isnan(frozen.cdf(frozen.support()[0])):
        given = ", ".join(f"{name.replace('_', ' ')} {settings[name]:g}" for name in said.settings)
        raise ModuleError(f"There is no {said.label} distribution with {given}.", param="distribution")
    density = frozen.pdf if hasattr(frozen.dist, "pdf") else frozen.pmf
    if said.tail == "two":
        return {
            "cdf": lambda x: 2 * frozen.sf(np.abs(x)),
            "inverse_cdf": lambda p: frozen.isf(p / 2),
            "pdf": density,
        }[method]
    left = said.tail == "left"
    if not hasattr(frozen.dist, "pdf"):  # of whole numbers; SciPy's hypergeometric knows no others
        return {
            "cdf": lambda x: frozen.cdf(np.floor(x)),
            "inverse_cdf": frozen.ppf,
            "pdf": density,
        }[method]
    return {
        "cdf": frozen.cdf if left else frozen.sf,
        "inverse_cdf": frozen.ppf if left else frozen.isf,
        "pdf": density,
    }[method]
