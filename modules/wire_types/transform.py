"""A transform: a row of fitted steps, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, FailFast, model_validator

from modules.sdk.values import Step, Transform
from modules.wire_types.plain_data import check_plain_data
from modules.wire_types.stored import (
    Count,
    Download,
    Drafts,
    Findings,
    Inputs,
    Refused,
    Stored,
    StoredValue,
)

MOST_STEPS = 1000


class StoredStep(Stored):
    """As `modules.sdk.values.Step`."""

    module: str
    params: dict[str, Any] | None
    fitted: dict[str, Any]
    version: Count = 1


class StepOut(BaseModel):
    """What one module learned, and by which settings; null in steps of early versions."""

    module: str
    params: dict[str, Any] | None
    fitted: dict[str, Any]


class TransformMembers(BaseModel):
    steps: list[StepOut]


class StoredTransform(StoredValue):
    value_class = Transform
    members = TransformMembers

    type: Literal["transform"] = "transform"
    steps: Annotated[tuple[StoredStep, ...], FailFast()]

    @model_validator(mode="before")
    @classmethod
    def _one_step(cls, raw: Any) -> Any:
        """Transforms kept by early versions have one step, and no settings."""
        if not isinstance(raw, dict) or "steps" in raw or not {"module", "fitted"} <= raw.keys():
            return raw
        step = {"module": raw["module"], "params": None, "fitted": raw["fitted"]}
        return {"steps": [step]} | {k: v for k, v in raw.items() if k not in step}

    def read(self, port: str, inputs: Inputs) -> Transform:
        return Transform(tuple(Step(**dict(step)) for step in self.steps))

    @classmethod
    def write(cls, value: Transform, drafts: Drafts) -> StoredTransform:
        return cls(steps=tuple(StoredStep(**vars(step)) for step in value.steps))

    def check(self, found: Findings) -> None:
        if len(self.steps) > MOST_STEPS:
            raise Refused(f"The result's transform has more than {MOST_STEPS:,} steps.")
        for step in self.steps:
            check_plain_data([step.params, step.fitted], "transform")

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        return {"steps": [step.model_dump() for step in cls.model_validate(data).steps]}

    def downloads(self) -> Sequence[Download]:
        return (Download("json", "application/json", text=self.model_dump_json(indent=1)),)
