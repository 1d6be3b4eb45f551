"""Test Hypothesis Using t-Test

Asks whether a mean, or the difference of two means, could have come about by chance.

*P* is the probability of data that lie as far from the null hypothesis as yours, or farther, if it were true.
A small P speaks against the null hypothesis; a large one does not prove it. *Reject H0* is true if P is below
**α**. 0.05 is usual; ML Studio (classic) showed 0.95, which rejects almost anything. The log says both in a
sentence.

**Type of test**: *SingleSampleSet* compares the mean of one column with *Null hypothesized μ*.
*PairedSamples* compares the mean of the differences of two columns, row by row, with *Null hypothesized μ*:
the same people before and after. *UnpairedSamples* compares the means of two columns that have nothing to
do with each other, less *Null hypothesized μ1* and *μ2*; off, *Assume equal variances* makes it Welch's
test.

**Hypothesis type**: *Two-tail* asks whether the mean is another one, *One Tail GT* whether it is greater,
*One Tail LT* whether it is less. Missing values are left out; of pairs, both values.

>>> table = Table.of(x=[4.0, 5.0, 6.0, 5.5])
>>> params = HypothesisParams(target_columns="x", null_hypothesized_mu=5.0)
>>> done = test_hypothesis_using_t_test(table, params)  # doctest: +NORMALIZE_WHITESPACE
The mean of x is 5.125; the null hypothesis says 5. If it is true, data like these or farther from it come
about with probability 0.7888 (t = 0.2928, 3 degrees of freedom). That is not below 0.05: the null hypothesis
is kept, which does not prove it.
>>> [round(value, 4) for value in done.p.column("P_ss(x)").data.to_pylist()]
[0.7888]
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
import pyarrow as pa

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.numbers import base_of, number_columns, numbers
from modules.sdk.params import Params, choice, columns, number, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Table

__test__: dict[str, Any] = {}  # to pytest, this is no file of tests

TYPES = {
    "single_sample_set": "SingleSampleSet",
    "paired_samples": "PairedSamples",
    "unpaired_samples": "UnpairedSamples",
}
TAILS = {"two_tail": "Two-tail", "one_tail_gt": "One Tail GT", "one_tail_lt": "One Tail LT"}
ALTERNATIVES = {"two_tail": "two-sided", "one_tail_gt": "greater", "one_tail_lt": "less"}
SHORT = {"single_sample_set": "ss", "paired_samples": "ps", "unpaired_samples": "us"}
UNPAIRED = {"type_of_test": ["unpaired_samples"]}


class HypothesisParams(Params):
    type_of_test: Literal["single_sample_set", "paired_samples", "unpaired_samples"] = choice(
        "single_sample_set", "Type of test", TYPES
    )
    null_hypothesized_mu: float = number(
        0.0, "Null hypothesized μ", shown_when={"type_of_test": ["single_sample_set", "paired_samples"]}
    )
    null_hypothesized_mu1: float = number(0.0, "Null hypothesized μ1", shown_when=UNPAIRED)
    null_hypothesized_mu2: float = number(0.0, "Null hypothesized μ2", shown_when=UNPAIRED)
    assume_equal_variances: bool = toggle(True, "Assume equal variances", shown_when=UNPAIRED)
    target_columns: ColumnSelection = columns(
        ColumnSelection.none(), "Target column(s)", "One for a single sample, else two.", of="dataset"
    )
    hypothesis_type: Literal["two_tail", "one_tail_gt", "one_tail_lt"] = choice(
        "two_tail", "Hypothesis type", TAILS
    )
    alpha: float = number(0.05, "α", "The null hypothesis is rejected if P is below it.", ge=0, le=1)


class Tested(NamedTuple):
    p: Annotated[Table, port("P")]
    reject_h0: Annotated[Table, port("Reject H0")]


@module(version=1, synonyms=("t test", "student", "welch", "significance", "p value", "ttest"))
def test_hypothesis_using_t_test(
    dataset: Annotated[Table, port("Dataset")], params: HypothesisParams
) -> Tested:
    chosen = _chosen(dataset, params)
    values = _samples(chosen, params)
    names = [column.name for column in chosen]
    result, mean, wanted, what = _tested(values, names, params)
    said = _sentence(result, mean, wanted, what, params.alpha)
    print(said)
    label = f"{SHORT[params.type_of_test]}({', '.join(names)})"
    p = float(result.pvalue)
    return Tested(
        _one(f"P_{label}", pa.array([p], from_pandas=True), said),
        _one(f"RejectH0_{label}", pa.array([None if np.isnan(p) else p < params.alpha], pa.bool_()), said),
    )


def _one(name: str, value: pa.Array, note: str) -> Table:
    return Table.from_columns([Column(name, pa.chunked_array([value]), note=note)], 1)


def _chosen(table: Table, params: HypothesisParams) -> list[Column]:
    names = list(dict.fromkeys(params.target_columns.names(table)))
    wanted = 1 if params.type_of_test == "single_sample_set" else 2
    if len(names) != wanted:
        many = "one column" if wanted == 1 else "two columns"
        chosen = f"{len(names)} are chosen: {', '.join(names[:10])}" if names else "none is chosen"
        raise ModuleError(f"{TYPES[params.type_of_test]} takes {many}, but {chosen}.", param="target_columns")
    return number_columns(table, names)


def _samples(columns: list[Column], params: HypothesisParams) -> list[np.ndarray]:
    bases = [base_of(column) for column in columns]
    base = min(bases)  # one for both, so that their difference stays
    values = [numbers(column, base) for column in columns]
    if params.type_of_test == "paired_samples":
        both = np.isfinite(values[0]) & np.isfinite(values[1])
        differences = (values[0] - values[1])[both]
        samples = [differences]
    elif params.type_of_test == "unpaired_samples":
        samples = [x[np.isfinite(x)] for x in values]
    else:
        samples = [x[np.isfinite(x)] + float(base) for x in values]
    for column, sample in zip(columns, samples, strict=False):
        if len(sample) < 2:
            raise ModuleError(
                f"A t-test needs two values or more; {column.name} has {len(sample)} that count.",
                param="target_columns",
            )
    return samples


def _tested(
    samples: list[np.ndarray], names: list[str], params: HypothesisParams
) -> tuple[Any, float, float, str]:
    """The test's result, the mean that was found, the one that was supposed, and of what."""
    from scipy import stats

    tail = ALTERNATIVES[params.hypothesis_type]
    with np.errstate(all="ignore"):
        if params.type_of_test == "unpaired_samples":
            one, two = samples
            difference = params.null_hypothesized_mu1 - params.null_hypothesized_mu2
            result = stats.ttest_ind(
                one - difference, two, equal_var=params.assume_equal_variances, alternative=tail
            )
            what = f"the difference of the means of {names[0]} and {names[1]}"
            return result, float(one.mean() - two.mean()), difference, what
        (sample,) = samples
        result = stats.ttest_1samp(sample, params.null_hypothesized_mu, alternative=tail)
        paired = params.type_of_test == "paired_samples"
        what = f"the mean of {names[0]} - {names[1]}" if paired else f"the mean of {names[0]}"
        return result, float(sample.mean()), params.null_hypothesized_mu, what


def _sentence(result: Any, mean: float, wanted: float, what: str, alpha: float) -> str:
    p = float(result.pvalue)
    begin = f"{what[0].upper()}{what[1:]} is {mean:.6g}; the null hypothesis says {wanted:g}."
    if np.isnan(p):
        return f"{begin} All values are the same, so that there is no P."
    verdict = (
        f"That is below {alpha:g}: the null hypothesis is rejected."
        if p < alpha
        else f"That is not below {alpha:g}: the null hypothesis is kept, which does not prove it."
    )
    return (
        f"{begin} If it is true, data like these or farther from it come about with probability {p:.4g} "
        f"(t = {float(result.statistic):.4g}, {float(result.df):.6g} degrees of freedom). {verdict}"
    )
