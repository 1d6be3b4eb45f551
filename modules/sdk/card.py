"""The card of a model: in plain data, what it is and what it was trained on.

It lies beside the pickled model and is what the API tells of it, so that nothing has to be unpickled to know.
A child of the sandbox writes it, so it is bounded here before anybody believes it.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field

MOST_LEVELS = 1_000
MOST_FEATURES = 150_000

Name = Annotated[str, Field(max_length=10_000)]
Plain = bool | int | float | Name | None
Text = Annotated[str, Field(max_length=64 << 10)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CardFeature(Part):
    """A feature; `levels`: the texts that a feature of text may be, sorted; None of a number."""

    name: Name
    type: Annotated[str, Field(max_length=20)]
    levels: Annotated[tuple[Name, ...], Field(max_length=MOST_LEVELS)] | None = None


class CardStep(Part):
    """A step of the transformation that the model applies to new rows first."""

    module: Annotated[str, Field(max_length=100)]
    params: dict[str, Any] = {}


class Card(Part):
    """`learner`: the slug of the module that made the recipe, or the class of a script's object. `params`:
    one value each; `ranges`: the values that Tune Model Hyperparameters tries. `inner`: the card of the
    learner that this one is built on. `transform`: the steps that new rows go
    through first. `rows`: how many it was trained on. `libraries`: their versions
    then."""

    task: Annotated[str, Field(max_length=40)]
    learner: Annotated[str, Field(max_length=500)]
    params: dict[Name, Plain | Text] = {}
    ranges: dict[Name, Annotated[tuple[Plain, ...], Field(max_length=10_000)]] = {}
    inner: Card | None = None
    trained: bool = False
    label: Name | None = None
    label_type: Annotated[str, Field(max_length=20)] | None = None
    positive_class: Plain = None
    classes: Annotated[tuple[Plain, ...], Field(max_length=100_000)] | None = None
    threshold: float | None = None
    features: Annotated[tuple[CardFeature, ...], Field(max_length=MOST_FEATURES), FailFast()] = ()
    feature_columns: Annotated[tuple[Name, ...], Field(max_length=MOST_FEATURES)] | None = None
    weight_column: Name | None = None
    transform: Annotated[tuple[CardStep, ...], Field(max_length=1_000), FailFast()] = ()
    rows: Annotated[int, Field(ge=0)] | None = None
    libraries: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=100)]] = {}
