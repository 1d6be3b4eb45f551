"""The statistics of ML Studio (classic), each against pandas, NumPy or SciPy on its own."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import special, stats

from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from modules.statistics import test_hypothesis_using_t_test as t_test
from modules.statistics._distributions import DISTRIBUTIONS
from modules.statistics.apply_math_operation import BY_CATEGORY, MathParams, apply_math_operation
from modules.statistics.compute_elementary_statistics import (
    METHODS,
    StatisticParams,
    compute_elementary_statistics,
)
from modules.statistics.compute_linear_correlation import CorrelationParams, compute_linear_correlation
from modules.statistics.evaluate_probability_function import (
    ProbabilityParams,
    evaluate_probability_function,
)
from tests.modules.tables import every_type, rows, types, values

LONG = 2**60 + 1
SAMPLE = [2.5, 1.0, 4.0, 4.0, 8.0]
ODD = 'a "b", ü'


def statistic(table: Table, method: str, **params: Any) -> Table:
    return compute_elementary_statistics(table, StatisticParams(method=method, **params)).results_dataset


def math_of(table: Table, category: str, function: str, **params: Any) -> Table:
    chosen = {BY_CATEGORY[category].function: function, "output_mode": "result_only", **params}
    return apply_math_operation(table, MathParams(category=category, **chosen)).results_dataset


def p_and_verdict(table: Table, columns: Any, **params: Any) -> tuple[float, bool]:
    done = t_test.test_hypothesis_using_t_test(
        table, t_test.HypothesisParams(target_columns=columns, **params)
    )
    (p,), (rejected,) = rows(done.p)[0].values(), rows(done.reject_h0)[0].values()
    return p, rejected


STATISTICS: dict[str, Callable[[pd.Series], float]] = {
    "deviation_squared": lambda x: x.var(ddof=0) * len(x),
    "geometric_mean": lambda x: stats.gmean(x),
    "harmonic_mean": lambda x: stats.hmean(x),
    "interquartile_distance": lambda x: stats.iqr(x),
    "k_th_central_moment": lambda x: stats.moment(x, 3),
    "max": lambda x: x.max(),
    "mean": lambda x: x.mean(),
    "mean_deviation": lambda x: (x - x.mean()).abs().mean(),
    "median": lambda x: x.median(),
    "median_deviation": lambda x: stats.median_abs_deviation(x),
    "min": lambda x: x.min(),
    "mode": lambda x: 4.0,
    "population_standard_deviation": lambda x: x.std(ddof=0),
    "population_variance": lambda x: x.var(ddof=0),
    "product": lambda x: x.prod(),
    "range": lambda x: 7.0,
    "sample_kurtosis": lambda x: x.kurt(),
    "sample_skewness": lambda x: x.skew(),
    "sample_standard_deviation": lambda x: x.std(),
    "sample_variance": lambda x: x.var(),
    "sum": lambda x: x.sum(),
}


@pytest.mark.parametrize("method", METHODS)
def test_each_figure_is_what_pandas_or_scipy_finds(method: str) -> None:
    done = statistic(Table.of(x=[*SAMPLE, None], n=[None] * 6), method, column_set="x")
    assert list(rows(done)[0].values()) == pytest.approx([STATISTICS[method](pd.Series(SAMPLE))])
    nothing = statistic(Table.of(x=pa.array([None, None], pa.int64())), method)
    assert list(rows(nothing)[0].values()) == [None]


def test_figures_are_called_by_method_and_column() -> None:
    assert statistic(Table.from_arrow(pa.table({ODD: [1]})), "deviation_squared").names == [
        f"DeviationSquared({ODD})"
    ]
    assert statistic(Table.of(x=[1]), "k_th_central_moment").names == ["KThCentralMoment(x)"]


def test_figures_of_long_integers_keep_every_digit() -> None:
    table = Table.of(x=[LONG, LONG, LONG + 2])
    exact = {"sum": None, "max": LONG + 2, "min": LONG, "range": 2, "mode": LONG}
    for method, figure in exact.items():
        (value,) = rows(statistic(table, method))[0].values()
        assert value == (sum([LONG, LONG, LONG + 2]) if figure is None else figure)
    assert values(statistic(table, "sample_variance"), "SampleVariance(x)") == pytest.approx([4 / 3])
    assert values(statistic(Table.of(x=[3, LONG, 0]), "product"), "Product(x)") == [0]
    assert values(statistic(Table.of(x=[LONG, LONG]), "product"), "Product(x)") == [float(LONG) ** 2]


def test_figures_of_what_is_no_number_are_refused_by_name() -> None:
    with pytest.raises(ModuleError, match=r"hold none: string \(string\)"):
        statistic(every_type(), "mean", column_set="string")


def test_correlation_is_what_pandas_finds() -> None:
    draw = np.random.default_rng(0)
    x = draw.normal(size=50)
    table = Table.of(x=x, y=x + draw.normal(size=50), z=draw.integers(0, 9, 50), t=["a"] * 50, one=[1] * 50)
    done = compute_linear_correlation(table, CorrelationParams()).results_dataset
    wanted = table.select(["x", "y", "z"]).frame().corr()
    for name in ("x", "y", "z"):
        assert values(done, name)[:3] == pytest.approx(wanted[name].tolist())
    assert values(done, "t") == values(done, "one") == [None] * 5
    assert values(done, "x")[0] == 1.0


def test_missing_values_take_a_correlation_away_or_are_left_out() -> None:
    frame = pd.DataFrame({"x": [1.0, 2, None, 4, 7], "y": [2.0, None, 1, 5, 6]})
    table = Table.from_frame(frame)
    assert values(compute_linear_correlation(table, CorrelationParams()).results_dataset, "x") == [None] * 2
    params = CorrelationParams(missing_values="leave_out", name_the_rows=True)
    done = compute_linear_correlation(table, params).results_dataset
    assert values(done, "Column") == ["x", "y"]
    assert values(done, "y") == pytest.approx(frame.corr()["y"].tolist())


def test_integers_too_long_for_floats_have_their_correlation() -> None:
    table = Table.of(x=[LONG, LONG + 1, LONG + 2], y=[1, 2, 3])
    done = compute_linear_correlation(table, CorrelationParams()).results_dataset
    assert values(done, "x") == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize(
    ("tail", "scipy"), [("two_tail", "two-sided"), ("one_tail_gt", "greater"), ("one_tail_lt", "less")]
)
def test_the_t_tests_are_those_of_scipy(tail: Any, scipy: str) -> None:
    x, y = [5.1, 4.9, 6.2, 5.8, None], [4.0, 4.5, 5.0, 5.2, 9.0]
    table, some = Table.of(x=x, y=y), x[:4]
    single = stats.ttest_1samp(some, 4.5, alternative=scipy).pvalue
    p, rejected = p_and_verdict(table, "x", null_hypothesized_mu=4.5, hypothesis_type=tail)
    assert p == pytest.approx(single)
    assert rejected == (single < 0.05)
    paired = stats.ttest_rel(some, y[:4], alternative=scipy).pvalue
    assert p_and_verdict(table, ["x", "y"], type_of_test="paired_samples", hypothesis_type=tail)[
        0
    ] == pytest.approx(paired)
    welch = stats.ttest_ind(np.array(some) - 1, y, equal_var=False, alternative=scipy).pvalue
    chosen: dict[str, Any] = {"type_of_test": "unpaired_samples", "null_hypothesized_mu1": 1}
    found = p_and_verdict(table, ["x", "y"], assume_equal_variances=False, hypothesis_type=tail, **chosen)
    assert found[0] == pytest.approx(welch)


def test_a_t_test_says_in_a_sentence_what_its_number_means(capsys: pytest.CaptureFixture[str]) -> None:
    done = t_test.test_hypothesis_using_t_test(
        Table.of(x=[9.0, 9.5, 10.0]), t_test.HypothesisParams(target_columns="x")
    )
    said = capsys.readouterr().out.strip()
    assert said.startswith("The mean of x is 9.5; the null hypothesis says 0.")
    assert "That is below 0.05: the null hypothesis is rejected." in said
    assert done.p.names == ["P_ss(x)"]
    assert done.p.columns[0].note == said
    assert done.reject_h0.names == ["RejectH0_ss(x)"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [([], "takes one column, but none is chosen"), (["x", "y"], "2 are chosen: x, y"), (["y"], "y has 0")],
)
def test_a_t_test_refuses_what_it_cannot_test(columns: list[str], message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        p_and_verdict(Table.of(x=[1.0, 2.0], y=pa.array([None, None], pa.float64())), columns)


SETTINGS: dict[str, Any] = {
    "shape": 2.0, "scale": 1.5, "location": 0.25, "number_of_degrees_of_freedom": 4.0, "mean": 0.75,
    "standard_deviation": 1.25, "lambda_": 0.8, "upper_bound": 3.0,
}  # fmt: skip
BY_HAND: dict[str, Any] = {
    "bernoulli": stats.bernoulli(0.5), "beta": stats.beta(2, 1.5, 0, 3), "binomial": stats.binom(3, 0.5),
    "cauchy": stats.cauchy(0.25, 1.5), "chi_square": stats.chi2(4), "exponential": stats.expon(scale=1.25),
    "f_fisher": stats.f(3, 6), "gamma": stats.gamma(2, 0.25, 1.5), "geometric": stats.geom(0.5),
    "generalized_extreme_values": stats.genextreme(-2, 0.25, 1.5), "gumbel_max": stats.gumbel_r(0.25, 1.5),
    "gumbel_min": stats.gumbel_l(0.25, 1.5), "hypergeometric": stats.hypergeom(52, 24, 9),
    "laplace": stats.laplace(0.25, 1.5), "logistic": stats.logistic(0.75, 1.5),
    "lognormal": stats.lognorm(1.25, scale=math.exp(0.75)), "negative_binomial": stats.nbinom(24, 0.5),
    "normal": stats.norm(0.75, 1.25), "pareto": stats.pareto(2, scale=1.5), "poisson": stats.poisson(0.75),
    "rayleigh": stats.rayleigh(0, 1.5), "standard_normal": stats.norm(), "t_student": stats.t(4),
    "uniform": stats.uniform(0, 3), "weibull": stats.weibull_min(2, scale=1.5),
}  # fmt: skip


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_each_distribution_is_that_of_scipy(distribution: str) -> None:
    x, p = [0.5, 1.0, 2.0, None], [0.1, 0.5, 0.9, None]
    said = DISTRIBUTIONS[distribution]
    base = distribution.removesuffix("_right_tailed").removesuffix("_two_tailed")
    by_hand = BY_HAND[base]

    def found(numbers: list[float | None], method: str) -> list[float | None]:
        of = "negative_binomial_distribution_method" if base == "negative_binomial" else "method"
        settings = {name: SETTINGS[name] for name in said.settings if name in SETTINGS}
        params = ProbabilityParams(distribution=distribution, **{of: method}, **settings)
        done = evaluate_probability_function(Table.of(x=numbers), params).results_dataset
        assert done.names == [f"{said.label}.{method.title().replace('_', '').replace('cdf', 'Cdf')}(x)"]
        return next(iter(done)).data.to_pylist()

    cdf = {"left": by_hand.cdf, "right": by_hand.sf, "two": lambda v: 2 * by_hand.sf(v)}[said.tail]
    inverse = {"left": by_hand.ppf, "right": by_hand.isf, "two": lambda v: by_hand.isf(v / 2)}[said.tail]
    some = np.array(x[:3], float)
    whole = np.floor(some) if base == "hypergeometric" else some
    assert found(x, "cdf")[:3] == pytest.approx(cdf(whole))
    assert found(x, "cdf")[3] is None
    assert found(p, "inverse_cdf")[:3] == pytest.approx(inverse(np.array(p[:3], float)))
    density = by_hand.pdf if hasattr(by_hand.dist, "pdf") else by_hand.pmf
    assert found(x, "pdf")[:3] == pytest.approx(density(some))


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"distribution": "poisson"}, "Poisson needs a mean above 0; it is 0"),
        ({"distribution": "gamma", "scale": 0}, "Gamma needs a scale above 0"),
        (
            {"distribution": "uniform", "upper_bound": -1},
            r"upper bound \(-1\) must be above the lower one \(0\)",
        ),
        ({"distribution": "hypergeometric", "number_of_success": 60}, "no Hypergeometric distribution with"),
    ],
)
def test_settings_that_make_no_distribution_are_refused(params: Any, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        evaluate_probability_function(Table.of(x=[1.0]), ProbabilityParams(**params))


def test_lambda_may_be_called_so() -> None:
    params = ProbabilityParams.model_validate({"distribution": "exponential", "lambda": 2})
    assert params.lambda_ == 2


X = np.array([0.3, 0.9, 2.0, 5.0])
with np.errstate(invalid="ignore"):
    UNDEFINED = {"acos": np.arccos(X), "asec": np.arccos(1 / X), "acoth": np.arctanh(1 / X)}
OF_ONE: dict[tuple[str, str], Any] = {
    ("basic", "cube_root"): np.cbrt(X), ("basic", "exp_minus1"): np.expm1(X),
    ("basic", "ln_plus1"): np.log1p(X), ("basic", "sqrt_pi"): np.sqrt(np.pi * X),
    ("basic", "eps"): np.spacing(X), ("basic", "log10"): np.log10(X),
    ("special", "erf"): special.erf(X), ("special", "erf_inverse"): special.erfinv(X),
    ("special", "gamma_ln"): special.gammaln(X), ("special", "elliptic_integral_k"): special.ellipk(X),
    ("trigonometric", "acos"): UNDEFINED["acos"], ("trigonometric", "sin_degrees"): np.sin(np.radians(X)),
    ("trigonometric", "asec"): UNDEFINED["asec"], ("trigonometric", "sinc"): np.sin(X) / X,
    ("trigonometric", "acoth"): UNDEFINED["acoth"], ("trigonometric", "csch"): 1 / np.sinh(X),
    ("rounding", "ceiling"): np.ceil(X), ("rounding", "ceiling_power2"): [0.5, 1.0, 2.0, 8.0],
    ("rounding", "to_even"): [0.0, 0.0, 2.0, 4.0], ("rounding", "to_odd"): [1.0, 1.0, 3.0, 5.0],
}  # fmt: skip


@pytest.mark.parametrize(("category", "function"), OF_ONE)
def test_a_function_is_that_of_numpy_or_scipy(category: str, function: str) -> None:
    done = math_of(Table.of(x=[*X, None]), category, function)
    found = np.array(next(iter(done)).data.to_pylist(), float)
    wanted = [*OF_ONE[category, function], np.nan]
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_every_function_gives_a_column_of_its_name() -> None:
    table = Table.of(x=[0.5, None, 2.0], y=[2, 3, None])
    for category, said in BY_CATEGORY.items():
        for slug, name in said.functions.items():
            argument = {said.type: "column_set", said.columns: "y"} if said.type else {}
            done = math_of(table, category, slug, column_set="x", **argument)
            assert all(column.name.startswith(f"{name}(x") for column in done), name
            assert all(value is None for column in done for value in column.data.to_pylist()[1:2])


OF_ARGUMENT = {
    ("basic", "pow", 2): [0.25, 9.0], ("basic", "exp2", 3): [4.0, 24.0], 
    ("basic", "nth_root", 2): [0.5**0.5, 3**0.5],
    ("basic", "log", 2): [-1.0, math.log2(3)], ("rounding", "mod", 2): [0.5, 1.0],
    ("rounding", "quotient", 2): [0.0, 1.0], ("rounding", "round_digits", 0): [1.0, 3.0],
    ("rounding", "to_multiple", 2): [0.0, 4.0], ("special", "polygamma", 1): special.polygamma(1, [0.5, 3]),
    ("special", "gamma_regularized_p", 1): special.gammainc([0.5, 3], 1),
}  # fmt: skip


@pytest.mark.parametrize("case", OF_ARGUMENT)
def test_a_function_of_a_constant(case: tuple[str, str, int]) -> None:
    category, function, constant = case
    done = math_of(Table.of(x=[0.5, 3.0]), category, function, **{BY_CATEGORY[category].constant: constant})
    assert next(iter(done)).name.endswith(f"(x_${constant})")
    assert next(iter(done)).data.to_pylist() == pytest.approx(list(OF_ARGUMENT[case]))


def test_sums_and_comparisons_of_long_integers_are_exact() -> None:
    table = Table.of(x=[LONG, None], y=[LONG - 1, 1])
    by_column: dict[str, Any] = {"operation_argument_type": "column_set", "operation_argument": "y"}
    less = math_of(table, "operations", "subtract", column_set="x", **by_column)
    assert rows(less) == [{"Subtract(x_y)": 1}, {"Subtract(x_y)": None}]
    same = math_of(table, "compare", "equal_to", column_set="x", value_to_compare_type="column_set",
                   value_to_compare_column="y")  # fmt: skip
    assert rows(same) == [{"EqualTo(x_y)": False}, {"EqualTo(x_y)": None}]
    assert values(math_of(table, "basic", "abs", column_set="x"), "Abs(x)") == [LONG, None]
    product = math_of(table, "operations", "multiply", column_set="x", constant_operation_argument=16)
    assert types(product) == {"Multiply(x_$16)": "float"}


def test_results_stand_behind_in_place_or_alone() -> None:
    table = Table.of(x=[4.0], t=["a"])
    names = {}
    for mode in ("append", "inplace", "result_only"):
        done = math_of(table, "basic", "sqrt", output_mode=mode)
        names[mode] = done.names
        assert not done.has("t") or done.column("t") is table.column("t")
    assert names == {"append": ["x", "t", "Sqrt(x)"], "inplace": ["x", "t"], "result_only": ["Sqrt(x)"]}


@pytest.mark.parametrize(
    ("category", "function", "message"),
    [("rounding", "mod", "Mod by 0 has no result"), ("basic", "log", "A logarithm needs a base above 0")],
)
def test_a_constant_without_a_result_is_refused(category: str, function: str, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        math_of(Table.of(x=[1.0]), category, function)
    with pytest.raises(ValueError, match="there is no function 'no'"):
        MathParams(basic_math_function="no")
