"""The params of learners: numbers that may be a list of values to try, and the few that most learners have.

class Params(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    learning_rate: Swept = swept(0.2, "Learning rate", [0.025, 0.05, 0.1], gt=0, le=1)
    random_number_seed: int = seed()
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator

from modules.sdk.params import Params, ShownWhen, choice, integer, toggle

TrainerMode = Literal["single_parameter", "parameter_range"]
Swept = int | float | str
"""One number; or, in the mode `parameter_range`, a text of several such as `0.1; 0.2; 0.4`."""

MODES = {"single_parameter": "Single Parameter", "parameter_range": "Parameter Range"}
MODE_HELP = (
    "Parameter Range: write the values to try as 0.1; 0.2; 0.4. Tune Model Hyperparameters tries them; "
    "Train Model takes the first of each."
)
RESAMPLING = {"bagging": "Bagging", "replicate": "Replicate"}
Resampling = Literal["bagging", "replicate"]
ClassWeight = Literal["none", "balanced"]
Normalizer = Literal["binning_normalizer", "gaussian_normalizer", "min_max_normalizer", "do_not_normalize"]
NORMALIZERS = {
    "binning_normalizer": "Binning normalizer",
    "gaussian_normalizer": "Gaussian normalizer",
    "min_max_normalizer": "Min-Max normalizer",
    "do_not_normalize": "Do not normalize",
}


class LearnerParams(Params):
    """The params of a learner. `create_trainer_mode` is the first field of those that have one."""

    @field_validator("*", mode="after")
    @classmethod
    def _values_fit(cls, value: Any, info: ValidationInfo) -> Any:
        facts = cls.swept_fields().get(info.field_name or "")
        if facts is None:
            return value
        values = values_of(value, facts["type"] == "integer")
        for each in values:
            _check(each, facts)
        modes = [info.data[name] for name in ("create_trainer_mode", "training_mode") if name in info.data]
        if len(values) > 1 and modes and modes[0] != "parameter_range":
            raise ValueError("several values need the trainer mode Parameter Range; write one value")
        return values[0] if len(values) == 1 and not isinstance(value, str) else value

    @classmethod
    def swept_fields(cls) -> dict[str, dict[str, Any]]:
        """By name, what is said of each field that can be swept."""
        found = {}
        for name, field in cls.model_fields.items():
            extra: Any = field.json_schema_extra
            if extra["studio"].get("sweep") is not None:
                found[name] = extra["studio"]
        return found

    def mode(self) -> str:
        return str(getattr(self, "create_trainer_mode", getattr(self, "training_mode", "single_parameter")))

    def single(self) -> dict[str, Any]:
        """One value for each param: of a range its first."""
        ranges = self.ranges()
        values = self.model_dump(mode="json")
        for name, facts in self.swept_fields().items():
            values[name] = (ranges.get(name) or values_of(values[name], facts["type"] == "integer"))[0]
        return values

    def ranges(self) -> dict[str, tuple[float, ...]]:
        """The values to try for each param; none in the mode for single values. A param left out has its
        default list."""
        if self.mode() != "parameter_range":
            return {}
        return {
            name: values_of(getattr(self, name), facts["type"] == "integer")
            if name in self.model_fields_set
            else tuple(facts["sweep"])
            for name, facts in self.swept_fields().items()
            if facts["sweep"] or name in self.model_fields_set
        }

    @classmethod
    def default_ranges(cls) -> dict[str, tuple[float, ...]]:
        return {name: tuple(facts["sweep"]) for name, facts in cls.swept_fields().items() if facts["sweep"]}

    def with_values(self, values: dict[str, Any]) -> Self:
        """The same with these single values."""
        kept = {name: value for name, value in self.single().items() if name not in MODE_FIELDS}
        return type(self).model_validate(kept | values)


MODE_FIELDS = ("create_trainer_mode", "training_mode")


def values_of(value: Any, whole: bool) -> tuple[float, ...]:
    """The numbers of a param: one, or those in a text.

    >>> values_of("0.1; 0.2", whole=False), values_of(3, whole=True)
    ((0.1, 0.2), (3,))
    """
    parts = [part.strip() for part in value.split(";")] if isinstance(value, str) else [value]
    return tuple(_number(part, whole) for part in parts if part != "") or _none(value)


def _none(value: Any) -> tuple[float, ...]:
    raise ValueError(f"{value!r} has no number; write one such as 0.1, or several as 0.1; 0.2")


def _number(part: Any, whole: bool) -> float:
    try:
        number = float(part)
    except (TypeError, ValueError):
        raise ValueError(f"{part!r} is not a number; write one value, or several as 0.1; 0.2") from None
    if not abs(number) < float("inf"):
        raise ValueError(f"{part!r} is not a number that can be used")
    if whole and number != int(number):
        raise ValueError(f"{part!r} is not a whole number")
    return int(number) if whole else number


def _check(value: float, facts: dict[str, Any]) -> None:
    low, high, above = facts.get("min"), facts.get("max"), facts.get("above")
    if above is not None and value <= above:
        raise ValueError(f"{value:g} is too small; the value must be above {above:g}")
    if low is not None and value < low:
        raise ValueError(f"{value:g} is too small; the value must be {low:g} or more")
    if high is not None and value > high:
        raise ValueError(f"{value:g} is too large; the value must be {high:g} or less")


def swept(
    default: float,
    label: str,
    sweep: Sequence[float],
    help: str = "",
    *,
    whole: bool = False,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    shown_when: ShownWhen | None = None,
) -> Any:
    """A number that can be swept; `sweep` are the values tried where nobody names others."""
    facts = {
        "type": "integer" if whole else "number",
        "required": False,
        "shown_when": {name: list(values) for name, values in shown_when.items()} if shown_when else None,
        "min": ge if gt is None else gt,
        "max": le,
        "sweep": list(sweep),
    }
    extra: dict[str, Any] = {"studio": facts | ({} if gt is None else {"above": gt})}
    return Field(default, title=label, description=help, json_schema_extra=extra)


def trainer_mode(label: str = "Create trainer mode", **rest: Any) -> Any:
    return choice("single_parameter", label, MODES, MODE_HELP, **rest)


def seed(**rest: Any) -> Any:
    return integer(0, "Random number seed", "The same seed gives the same model.", ge=0, le=2**32 - 1, **rest)


UNKNOWN_HELP = (
    "Off: scoring refuses a text that was not in the training data. On: such a text counts as none of the "
    "known ones."
)


def unknown_levels(label: str = "Allow unknown categorical levels") -> Any:
    return toggle(True, label, UNKNOWN_HELP)


def class_weights() -> Any:
    return choice(
        "none",
        "Class weights",
        {"none": "None", "balanced": "Balanced"},
        "Balanced: rows of a rare class count more, so that all classes count the same.",
    )


def resampling() -> Any:
    return choice(
        "bagging",
        "Resampling method",
        RESAMPLING,
        "Bagging: each tree sees rows drawn with replacement. Replicate: each sees all rows.",
    )


def normalizer(label: str = "The type of normalizer") -> Any:
    return choice("min_max_normalizer", label, NORMALIZERS, "How the features are scaled inside the learner.")
