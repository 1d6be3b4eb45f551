"""`Fits`: how a module learns from one table and does the same to others.

A module that fits declares it once, and its function is `fit_module` (`modules.sdk.transforms`):

    @module(version=1, fits=Fits(Scaling, fit, apply))
    def normalize_data(
        dataset: Table, params: NormalizeParams, transformation: Annotated[Transform | None, BEFORE] = None
    ) -> Normalized:
        return Normalized(*fit_module(normalize_data, dataset, params, transformation))

What it learned is plain data, so that it can be kept, shown, carried to other tables and learned anew from
other rows: those of each fold of a cross-validation, say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params
from modules.sdk.values import Table


class Fitted(BaseModel):
    """What a module learned, or a part of it. A subclass a module; every number is finite."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


P = TypeVar("P", bound=Params)
F = TypeVar("F", bound=Fitted)


def _always(params: Any) -> bool:
    return True


@dataclass(frozen=True)
class Fits(Generic[P, F]):
    """`fit` learns, `apply` does it to a table, with the same rows in the same order.

    `drop` removes rows: of the table that is learned from, and of one that a person transforms; not of rows
    that are to be scored. `resample` changes which rows there are, of the table that is learned from alone.
    Both come before `apply`. `learns`: whether with these params anything is learned from the rows, so that
    rows which are tested later must not be among them; no where all is said by the params.
    """

    fitted: type[F]
    fit: Callable[[Table, P], F]
    apply: Callable[[Table, F], Table]
    drop: Callable[[Table, F], Table] | None = None
    resample: Callable[[Table, F], Table] | None = None
    learns: Callable[[P], bool] = _always


class FitPorts(BaseModel):
    """The ports of a module that fits: the table it learns from, the transformation that made this table
    (None where it takes none), the table after it (None where it gives none), and what it learned."""

    dataset: str
    transformation: str | None
    result: str | None
    transform: str


def needed(table: Table, names: Iterable[str]) -> list[Column]:
    """The columns of these names; ModuleError names all that are not there."""
    names = list(names)
    absent = [name for name in names if not table.has(name)]
    if absent:
        shown = " or ".join(filter(None, [", ".join(map(repr, absent[:-1][:20])), repr(absent[-1])]))
        raise ModuleError(f"The table has no column {shown}, which the transformation was made for.")
    return [table.column(name) for name in names]
