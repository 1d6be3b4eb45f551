"""What a service takes and gives: the columns of its inputs and outputs, and its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from modules.sdk.column import ColumnType

ParameterType = Literal["integer", "float", "string", "boolean"]


class Described(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ServiceColumn(Described):
    """A column of an input or output.

    `optional`, of an input: nothing on the service's path names the column, so that callers may leave it out
    (it is then missing in every row) or send anything in it. Of a categorical column `levels` are the known
    ones in order, where they are known, `level_type` is their type, and `ordered` says whether they have an
    order. `zone`: of datetimes the time zone, None where they have none. `sample`: a value as an answer would
    write it, for forms and documents."""

    name: str
    type: ColumnType
    optional: bool = False
    levels: tuple[str, ...] | None = None
    level_type: ColumnType = "string"
    ordered: bool = False
    zone: str | None = None
    sample: str | None = None


class ServiceInput(Described):
    """`columns`: what callers give. `absent`: columns that the graph must find and that callers do not know
    (the label of a model); they are missing in every row, whatever a call says."""

    name: str
    columns: tuple[ServiceColumn, ...]
    absent: tuple[ServiceColumn, ...] = ()


class ServiceOutput(Described):
    """`type`: a service that leaves a model trains one, and is called as a job alone."""

    name: str
    columns: tuple[ServiceColumn, ...]
    type: Literal["table", "model"] = "table"


class ServiceParameter(Described):
    """A setting that each call may give. `required`: there is no default, so each call must. Where it is set
    in the graph stands in the plan's steps."""

    name: str
    type: ParameterType
    default: Any = None
    required: bool = False
    nullable: bool = False
    choices: tuple[str, ...] | None = None
    min: float | None = None
    max: float | None = None
    help: str = ""


class Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


class ServiceSchema(Described):
    inputs: tuple[ServiceInput, ...]
    outputs: tuple[ServiceOutput, ...]
    parameters: tuple[ServiceParameter, ...] = ()

    @property
    def trains(self) -> bool:
        """Whether it leaves a model."""
        return any(output.type == "model" for output in self.outputs)

    def input(self, name: str) -> ServiceInput | None:
        return _named(self.inputs, name)

    def output(self, name: str) -> ServiceOutput | None:
        return _named(self.outputs, name)

    def parameter(self, name: str) -> ServiceParameter | None:
        return _named(self.parameters, name)


def _named(items: Sequence[N], name: str) -> N | None:
    return next((item for item in items if item.name == name), None)
