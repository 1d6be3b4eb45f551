"""Transforms: fitted, fitted anew on other rows, and replayed.

A step is carried out by the code of the module that it names, found in the catalog.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from modules.registry import find
from modules.sdk.column import Column
from modules.sdk.declare import ModuleSpec, port
from modules.sdk.errors import ModuleError
from modules.sdk.fits import Fits, Fitted
from modules.sdk.params import Params
from modules.sdk.values import Step, Table, Transform

BEFORE = port("Transformation before")
"""The optional input of a module that fits: the transformation that made its dataset."""

MOST_BYTES = 16 << 20
"""Of what a step learned, written as JSON."""


def fit_module(
    module: Callable[..., Any], table: Table, params: Params, before: Transform | None = None
) -> tuple[Table, Transform]:
    """Learns from the table. Returns the table after it, and a transform with the new step behind those of
    `before`: the transformation that made the table, if it is known."""
    spec: ModuleSpec = vars(module)["spec"]
    after, step = _fit(spec, table, params)
    return after, Transform((*(before.steps if before else ()), step))


def refit(transform: Transform, table: Table) -> tuple[Table, Transform]:
    """Learns every step anew from this table, each one from what the step before made of it. Returns the
    table to train on (steps may drop and add rows), and the transform for other rows."""
    steps = []
    for step in transform.steps:
        spec = _spec(step)
        if step.params is None:
            raise ModuleError(
                f"{spec.name}: This transformation was kept before transformations knew their settings, so "
                "that it cannot be fitted anew. Run the node that made it again."
            )
        try:
            params = spec.params_class.model_validate(step.params)
        except ValidationError:
            raise _another_version(spec) from None
        with _Named(spec):
            table, made = _fit(spec, table, params)
        steps.append(made)
    return table, Transform(tuple(steps))


def replay(
    transform: Transform, table: Table, *, optional: Collection[str] = (), drop_rows: bool = False
) -> Table:
    """Does all steps to this table, with what they learned. Nothing is learned.

    Every row stays, in its place, so that a row can be scored whatever is missing in it; with `drop_rows`,
    steps that remove rows do so. Of the columns in `optional` (a label, which new rows lack) those that are
    absent are taken as missing in every row, and do not appear in the result.
    """
    absent = [name for name in dict.fromkeys(optional) if not table.has(name)]
    nulls = (Column(name, pa.chunked_array([pa.nulls(len(table), pa.float64())])) for name in absent)
    table = Table.from_columns((*table, *nulls), len(table))
    for step in transform.steps:
        spec = _spec(step)
        fits = _fits(spec)
        try:
            fitted = fits.fitted.model_validate(step.fitted)
        except ValidationError:
            raise _another_version(spec) from None
        with _Named(spec):
            if drop_rows and fits.drop:
                table = fits.drop(table, fitted)
            table = fits.apply(table, fitted)
    return table.select([name for name in table.names if name not in absent]) if absent else table


def _fit(spec: ModuleSpec, table: Table, params: Params) -> tuple[Table, Step]:
    fits = _fits(spec)
    try:
        fitted: Fitted = fits.fit(table, params)
    except ValidationError:
        raise ModuleError(
            f"{spec.name} cannot learn from these columns: they have numbers near 1e300, whose sums are "
            "infinite. Leave them out, or clip them first."
        ) from None
    for change in (fits.drop, fits.resample, fits.apply):
        table = change(table, fitted) if change else table
    learned = fitted.model_dump(mode="json")
    if len(json.dumps(learned)) > MOST_BYTES:
        raise ModuleError(
            f"{spec.name} would keep more than {MOST_BYTES >> 20} MB of numbers as its transformation. "
            "Choose fewer columns or fewer dimensions."
        )
    return table, Step(spec.slug, params.model_dump(mode="json"), learned, spec.version)


def _spec(step: Step) -> ModuleSpec:
    spec = find(step.module)
    if spec is None or spec.fits is None:
        raise ModuleError(f"A transformation made by {step.module} cannot be applied here.")
    return spec


def _fits(spec: ModuleSpec) -> Fits[Any, Any]:
    if spec.fits is None:
        raise TypeError(f"{spec.slug} declares nothing that fits")
    return spec.fits


def _another_version(spec: ModuleSpec) -> ModuleError:
    return ModuleError(
        f"{spec.name}: This transformation was made by another version of the module. Run the node that made "
        "it again."
    )


class _Named:
    """Says of a refusal in which step of a transformation it was."""

    def __init__(self, spec: ModuleSpec) -> None:
        self.name = spec.name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, ModuleError):
            raise ModuleError(f"{self.name}: {error.message}") from error
