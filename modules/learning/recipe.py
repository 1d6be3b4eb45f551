"""A recipe: which learner with which params, and the values to try for them. A model without its training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from modules.sdk.card import Card
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

if TYPE_CHECKING:
    from modules.learning.learner import Learner


@dataclass(frozen=True)
class Recipe:
    """`inner`: the recipe that it is built on (One-vs-All, Ordinal). `thing`: a script's object, which is
    learner and params in one."""

    learner: str
    params: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    inner: Recipe | None = None
    thing: Any = None

    def declared(self) -> Learner | None:
        """The learner as its module declares it; None of a script's object."""
        from modules.learning.learner import find_learner

        return None if self.thing is not None else find_learner(self.learner)

    @property
    def name(self) -> str:
        """What people call it."""
        declared = self.declared()
        return self.learner if declared is None else declared.name

    @property
    def task(self) -> str:
        declared = self.declared()
        if declared is not None:
            return declared.task
        kind = getattr(self.thing, "_estimator_type", None) or _tagged(self.thing)
        return {"classifier": "multiclass", "regressor": "regression"}.get(str(kind), "unknown")

    def card(self) -> Card:
        return Card(
            task=self.task,
            learner=self.learner,
            params=dict(self.params),
            ranges={name: tuple(values) for name, values in self.ranges.items()},
            inner=self.inner and self.inner.card(),
        )

    def model(self) -> Model:
        """The untrained model on a wire."""
        if self.thing is not None:
            from modules.learning.pickling import pickled

            return Model(pickled(self.thing), self.learner, "", self.card().model_dump(mode="json"))
        return Model(None, self.learner, self.name, self.card().model_dump(mode="json"))

    def axes(self) -> dict[str, tuple[float, ...]]:
        """The params that can be tried with other values, the inner recipe's among them."""
        return {**self.ranges, **(self.inner.axes() if self.inner else {})}

    def default_axes(self) -> dict[str, tuple[float, ...]]:
        """The same by the defaults of the learner."""
        declared = self.declared()
        own = declared.params.default_ranges() if declared else {}
        return {**own, **(self.inner.default_axes() if self.inner else {})}

    def with_values(self, values: Mapping[str, Any]) -> Recipe:
        """The recipe with these single values, each where the param belongs."""
        own = {name: value for name, value in values.items() if name in self.params}
        inner = self.inner.with_values(values) if self.inner else None
        return replace(self, params={**self.params, **own}, ranges={}, inner=inner)


def recipe_of_card(card: Card) -> Recipe:
    """The recipe that a card tells; ModuleError where this version of Studio has no such learner."""
    from modules.learning.learner import find_learner

    if find_learner(card.learner) is None:
        raise ModuleError(
            f"There is no learner {card.learner!r:.100} in this version of Studio, so the model cannot be "
            f"used."
        )
    ranges = {
        name: tuple(v for v in values if isinstance(v, int | float)) for name, values in card.ranges.items()
    }
    inner = None if card.inner is None else recipe_of_card(card.inner)
    return Recipe(card.learner, dict(card.params), ranges, inner)


def _tagged(thing: Any) -> str | None:
    try:
        from sklearn.utils import get_tags

        return get_tags(thing).estimator_type
    except Exception:
        return None
