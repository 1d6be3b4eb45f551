"""How often each class goes with each value of a column: counted, and turned into columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fitted, needed
from modules.sdk.numbers import float_column
from modules.sdk.params import Params, choice, number, toggle
from modules.sdk.values import Table

Output = Literal["counts_only", "log_odds_only", "both_counts_and_log_odds"]
OUTPUTS = {
    "counts_only": "CountsOnly",
    "log_odds_only": "LogOddsOnly",
    "both_counts_and_log_odds": "BothCountsAndLogOdds",
}
MISSING = "\0"
LARGEST = 36.0
"""Of a logarithm of odds: where nothing speaks against a class, and no prior examples do."""


class FeatureParams(Params):
    """How counts become features."""

    garbage_bin_threshold: float = number(
        10.0, "Garbage bin threshold", "Values of fewer rows are counted together.", ge=0
    )
    additional_prior_pseudo_examples: float = number(
        42.0, "Additional prior pseudo examples", "How many rows of the average speak for each value.", ge=0
    )
    laplacian_noise_scale: float = number(
        0.0, "Laplacian noise scale", "Noise on the counts, so that a model cannot learn rows by heart.", ge=0
    )
    output_features_include: Output = choice("both_counts_and_log_odds", "Output features include", OUTPUTS)
    ignore_back_off_column: bool = toggle(
        False, "Ignore back off column", "On: no column says which values are counted together."
    )


class Scheme(Fitted):
    """How values become keys: one hash of so many bits, or, in a sketch, one of each row of it."""

    bits: int
    seed: int
    rows: int = 1
    sketch: bool = False

    def keys(self, texts: Sequence[str]) -> list[list[str]]:
        """The keys of each text, one for each row."""
        from sklearn.utils import murmurhash3_32

        found = []
        for row in range(self.rows):
            ahead = f"{row}:" if self.sketch else ""
            hashes = (
                murmurhash3_32(text, seed=(self.seed + row) % (1 << 31), positive=True) for text in texts
            )
            found.append([f"{ahead}{one & ((1 << self.bits) - 1)}" for one in hashes])
        return found


class Counts(Fitted):
    """`counts`: of each column, by key, the rows of each class. `totals`: of all rows."""

    classes: list[str]
    scheme: Scheme
    totals: list[float]
    counts: dict[str, dict[str, list[float]]]
    features: dict[str, Any]

    def shape(self) -> tuple[Any, ...]:
        """What two tables of counts must have in common to be added up."""
        return self.classes, list(self.counts), self.scheme.model_dump()


def count_values(columns: Sequence[Column], places: np.ndarray, classes: list[str], scheme: Scheme) -> Any:
    """By column and key the rows of each class; `places`: the class of each row, −1 for none."""
    found: dict[str, dict[str, list[float]]] = {}
    for column in columns:
        texts, at = levels(column)
        table = np.zeros((len(texts), len(classes)))
        kept = places >= 0
        np.add.at(table, (at[kept], places[kept]), 1)
        own: dict[str, list[float]] = {}
        for keys in scheme.keys(texts):
            for key, counted in zip(keys, table, strict=True):
                before = own.get(key)
                own[key] = counted.tolist() if before is None else (counted + before).tolist()
        found[column.name] = own
    return found


def levels(column: Column) -> tuple[list[str], np.ndarray]:
    """The different values of a column as texts, a missing one among them, and which one each row has."""
    text = cast(uncategorical(column), "string").data.fill_null(MISSING).combine_chunks()
    coded = text.dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def add_features(table: Table, made: Counts) -> Table:
    """The table with features in place of the columns that were counted, behind the others."""
    params = FeatureParams.model_validate(made.features)
    rng = np.random.default_rng(made.scheme.seed % (1 << 32))
    columns = needed(table, made.counts)
    features = [each for column in columns for each in _features(column, made, params, rng)]
    kept = [column for column in table if column.name not in made.counts]
    return Table.from_columns([*kept, *features], len(table))


def _features(column: Column, made: Counts, params: FeatureParams, rng: np.random.Generator) -> list[Column]:
    texts, at = levels(column)
    own, width = made.counts[column.name], len(made.classes)
    found = np.array(
        [
            [own.get(key, [0.0] * width) for key in keys] if keys else np.zeros((0, width))
            for keys in made.scheme.keys(texts)
        ]
    ).reshape(made.scheme.rows, len(texts), width)
    seen = found.min(axis=0)
    rare = seen.sum(axis=1) < max(params.garbage_bin_threshold, 1e-12)
    counts = np.where(rare[:, None], _garbage(own, made, params.garbage_bin_threshold), seen)[at]
    if params.laplacian_noise_scale:
        counts = np.maximum(0, counts + rng.laplace(0, params.laplacian_noise_scale, counts.shape))
    features = []
    if params.output_features_include != "log_odds_only":
        features += [
            float_column(f"{column.name} Count {name}", counts[:, place])
            for place, name in enumerate(made.classes)
        ]
    if params.output_features_include != "counts_only":
        odds = _log_odds(counts, np.array(made.totals), params.additional_prior_pseudo_examples)
        features += [
            float_column(f"{column.name} LogOdds {name}", odds[:, place])
            for place, name in enumerate(made.classes)
            if place
        ]
    if not params.ignore_back_off_column:
        features.append(Column(f"{column.name} IsBackoff", pa.chunked_array([pa.array(rare[at])])))
    return features


def _garbage(own: dict[str, list[float]], made: Counts, threshold: float) -> np.ndarray:
    """The counts of all rare values together; of a sketch, those of one of its rows."""
    first = [counts for key, counts in own.items() if not made.scheme.sketch or key.startswith("0:")]
    table = np.array(first or np.zeros((0, len(made.classes))))
    return np.asarray(table[table.sum(axis=1) < threshold].sum(axis=0))


def _log_odds(counts: np.ndarray, totals: np.ndarray, prior: float) -> np.ndarray:
    share = totals / totals.sum() if totals.sum() else np.full(len(totals), 1 / len(totals))
    own = counts + prior * share
    others = counts.sum(axis=1, keepdims=True) - counts + prior * (1 - share)
    with np.errstate(all="ignore"):
        odds = np.log(own) - np.log(others)
    return np.nan_to_num(np.clip(odds, -LARGEST, LARGEST), nan=0.0)


def counts_of(transform: Any, what: str) -> Counts:
    """The counts that a transform holds; ModuleError where it is another one, or one of several steps."""
    steps = transform.steps
    if len(steps) != 1 or steps[0].module != "build-counting-transform":
        made = " and ".join(dict.fromkeys(step.module for step in steps)) or "nothing"
        raise ModuleError(
            f"{what} was made by {made}. Connect the output of Build Counting Transform, or of a module "
            "that changes "
            "one."
        )
    return Counts.model_validate(steps[0].fitted)
