"""Evaluate Probability Function

Computes, for each number, a probability under the distribution you choose, or the number that has a given
probability.

**Method**: *Cdf* is the probability of a value up to this one. *InverseCdf* is the value up to which lies
this probability: the column holds numbers from 0 to 1, others give missing. *Pdf* is the density at this
value; of distributions of whole numbers the probability of exactly this value.

**Distribution** shows the settings of the one that is chosen. Of *Right tailed* ones the Cdf is the
probability of a value from this one on, of *TStudentTwoTailed* that of one at least as far from 0 on either
side. *Geometric* counts the trials up to the first success, *NegativeBinomial* the failures before the given
number of successes. *Lognormal* has the mean and the standard deviation of the logarithm. *Beta* has its two
shapes as *Shape* and *Scale*. A positive shape of *GeneralizedExtremeValues* has the heavy tail above.

**Result mode**: the results alone, behind the table, or in place of the columns. They are called
`StandardNormal.Cdf(x)`.

>>> params = ProbabilityParams(distribution="standard_normal", column_set="x")
>>> evaluate_probability_function(Table.of(x=[0.0, None]), params).results_dataset.arrow().to_pydict()
{'StandardNormal.Cdf(x)': [0.5, None]}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import model_validator

from modules.sdk.declare import module, port
from modules.sdk.numbers import ALL_NUMBERS, float_column, number_columns, numbers
from modules.sdk.params import Params, choice, columns, integer, number
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table
from modules.statistics._distributions import DISTRIBUTIONS, function, shown_for
from modules.statistics._output_mode import OUTPUT_MODES, Computed, OutputMode, placed

Distribution = Literal[
    "bernoulli",
    "beta",
    "binomial",
    "cauchy",
    "chi_square",
    "chi_square_right_tailed",
    "exponential",
    "f_fisher",
    "f_fisher_right_tailed",
    "gamma",
    "generalized_extreme_values",
    "geometric",
    "gumbel_max",
    "gumbel_min",
    "hypergeometric",
    "laplace",
    "logistic",
    "lognormal",
    "negative_binomial",
    "normal",
    "pareto",
    "poisson",
    "rayleigh",
    "standard_normal",
    "t_student",
    "t_student_right_tailed",
    "t_student_two_tailed",
    "uniform",
    "weibull",
]
METHODS = {"cdf": "Cdf", "inverse_cdf": "InverseCdf", "pdf": "Pdf"}
OTHERS = [slug for slug in DISTRIBUTIONS if slug != "negative_binomial"]


class ProbabilityParams(Params):
    distribution: Distribution = choice(
        "standard_normal", "Distribution", {slug: each.label for slug, each in DISTRIBUTIONS.items()}
    )
    method: Literal["cdf", "inverse_cdf", "pdf"] = choice(
        "cdf", "Method", METHODS, shown_when={"distribution": OTHERS}
    )
    negative_binomial_distribution_method: Literal["cdf", "inverse_cdf", "pdf"] = choice(
        "cdf",
        "Negative binomial distribution method",
        METHODS,
        shown_when={"distribution": ["negative_binomial"]},
    )
    probability_of_success: float = number(
        0.5, "Probability of success", ge=0, le=1, shown_when=shown_for("probability_of_success")
    )
    shape: float = number(1.0, "Shape", shown_when=shown_for("shape"))
    scale: float = number(1.0, "Scale", ge=0, shown_when=shown_for("scale"))
    number_of_trials: int = integer(3, "Number of trials", ge=1, shown_when=shown_for("number_of_trials"))
    lower_bound: float = number(0.0, "Lower bound", shown_when=shown_for("lower_bound"))
    upper_bound: float = number(1.0, "Upper bound", shown_when=shown_for("upper_bound"))
    location: float = number(0.0, "Location", shown_when=shown_for("location"))
    number_of_degrees_of_freedom: float = number(
        1.0, "Number of degrees of freedom", shown_when=shown_for("number_of_degrees_of_freedom")
    )
    numerator_degrees_of_freedom: float = number(
        3.0, "Numerator degrees of freedom", shown_when=shown_for("numerator_degrees_of_freedom")
    )
    denominator_degrees_of_freedom: float = number(
        6.0, "Denominator degrees of freedom", shown_when=shown_for("denominator_degrees_of_freedom")
    )
    lambda_: float = number(1.0, "Lambda", ge=0, shown_when=shown_for("lambda_"))
    number_of_samples: int = integer(9, "Number of samples", ge=0, shown_when=shown_for("number_of_samples"))
    number_of_success: int = integer(24, "Number of success", ge=0, shown_when=shown_for("number_of_success"))
    population_size: int = integer(52, "Population size", ge=0, shown_when=shown_for("population_size"))
    mean: float = number(0.0, "Mean", "Of Poisson above 0.", shown_when=shown_for("mean"))
    standard_deviation: float = number(
        1.0, "Standard deviation", ge=0, shown_when=shown_for("standard_deviation")
    )
    column_set: ColumnSelection = columns(ALL_NUMBERS, "Column set", of="dataset")
    result_mode: OutputMode = choice("result_only", "Result mode", OUTPUT_MODES)

    @model_validator(mode="before")
    @classmethod
    def _lambda(cls, raw: Any) -> Any:
        """`lambda` is a word of Python's; a file may say it all the same."""
        if isinstance(raw, Mapping) and "lambda" in raw and "lambda_" not in raw:
            return {("lambda_" if name == "lambda" else name): value for name, value in raw.items()}
        return raw


class Evaluated(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(
    version=1,
    row_by_row=True,
    synonyms=("distribution", "cdf", "pdf", "quantile", "normdist", "p value", "probability"),
)
def evaluate_probability_function(
    dataset: Annotated[Table, port("Dataset")], params: ProbabilityParams
) -> Evaluated:
    negative = params.distribution == "negative_binomial"
    method = params.negative_binomial_distribution_method if negative else params.method
    said = DISTRIBUTIONS[params.distribution]
    settings = {name: getattr(params, name) for name in said.settings}
    computes = function(params.distribution, settings, method)
    computed = []
    for column in number_columns(dataset, params.column_set.names(dataset)):
        with np.errstate(all="ignore"):
            values = computes(numbers(column))
        name = f"{said.label}.{METHODS[method]}({column.name})"
        computed.append(Computed(column.name, [float_column(name, values)]))
    return Evaluated(placed(dataset, computed, params.result_mode))
