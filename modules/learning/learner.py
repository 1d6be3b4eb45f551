"""What a learner is: its task, its params, and the scikit-learn estimator that they make.

A module of the palette declares one beside its function:

    LEARNER = learner("two-class-logistic-regression", "two-class", LogisticParams, build)

    @module(version=1)
    def two_class_logistic_regression(params: LogisticParams) -> Untrained:
        return untrained(LEARNER, params)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from modules.learning.params import LearnerParams
from modules.learning.recipe import Recipe
from modules.learning.tasks import Task
from modules.sdk.declare import port
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

UNKNOWN = (
    "allow_unknown_categorical_levels",
    "allow_unknown_values_for_categorical_features",
    "allow_unknown_values_in_categorical_features",
)


class Untrained(NamedTuple):
    """What a learner's module gives."""

    untrained_model: Annotated[Model, port("Untrained model")]


@dataclass(frozen=True)
class Shape:
    """What an estimator may need to know of the data: `codes` are the places of features that are codes of
    categories, `threads` how many it may use."""

    rows: int
    width: int
    classes: int
    codes: tuple[int, ...] = ()
    threads: int = 1
    seed: int = 0
    inner: Callable[[Shape], Any] | None = None


Build = Callable[[Any, Shape], Any]


@dataclass(frozen=True)
class Learner:
    """`categories`: whether text becomes an indicator for each level, or a code. `missing`: whether rows
    with missing features are taken, or left out. `deviation`: whether scores are a mean and its deviation.
    `keeps`: what of the params scoring needs to know."""

    slug: str
    task: Task
    params: type[LearnerParams]
    build: Build
    categories: Literal["indicators", "codes"] = "indicators"
    missing: Literal["taken", "left out"] = "left out"
    deviation: bool = False
    weights: bool = True
    keeps: Callable[[Any], dict[str, Any]] | None = None

    @property
    def name(self) -> str:
        from modules.registry import module_title

        return module_title(self.slug)

    def more(self, params: LearnerParams) -> dict[str, Any]:
        """What of the params scoring needs to know."""
        return self.keeps(params) if self.keeps else {}

    def recipe(self, params: LearnerParams, inner: Recipe | None = None) -> Recipe:
        return Recipe(self.slug, params.single(), params.ranges(), inner)


LEARNERS: dict[str, Learner] = {}


def learner(slug: str, task: Task, params: type[LearnerParams], build: Build, **more: Any) -> Learner:
    """Declares a learner, so that recipes that name it find it again."""
    made = LEARNERS[slug] = Learner(slug, task, params, build, **more)
    return made


def find_learner(slug: str) -> Learner | None:
    """The learner that the module of that slug makes; None where there is none."""
    if slug not in LEARNERS:
        from modules.registry import catalog  # imports all modules: each declares its learner

        catalog()
    return LEARNERS.get(slug)


def untrained(learner: Learner, params: LearnerParams, inner: Recipe | None = None) -> Untrained:
    return Untrained(learner.recipe(params, inner).model())


def around(learner: Learner, model: Model) -> Untrained:
    """A learner that is made of another one, which must tell two classes apart."""
    from modules.learning.pickling import recipe_of

    inner = recipe_of(model)
    if inner.task != "two-class" or inner.thing is not None:
        raise ModuleError(
            f"{learner.name} takes a learner of two classes, such as Two-Class Logistic Regression; "
            f"{inner.name} is none."
        )
    return untrained(learner, learner.params(), inner)


def allows_unknown(params: LearnerParams) -> bool:
    return all(getattr(params, name, True) for name in UNKNOWN)
