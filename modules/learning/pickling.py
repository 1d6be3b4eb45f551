"""Models as bytes and back. They are opened inside the sandbox only, whoever made them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from modules.learning.log import tell
from modules.learning.recipe import Recipe, recipe_of_card
from modules.learning.versions import other_versions
from modules.sdk.card import Card
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model


def pickled(thing: Any) -> bytes:
    """The thing as bytes; classes that a script made travel in them."""
    import cloudpickle

    try:
        made: bytes = cloudpickle.dumps(thing, protocol=5)
    except MemoryError:
        raise
    except BaseException as error:
        raise ModuleError(f"The model cannot be kept: {type(error).__name__}: {error}") from error
    return made


_open: dict[int, tuple[Model, Any]] = {}
"""What was opened ahead, by the identity of its model."""


def open_ahead(model: Model) -> None:
    """Opens a model before it is asked for: the first `opened` of this very model gets what was opened here.
    A model that is not trained, or cannot be opened, is left for then."""
    with suppress(ModuleError):
        _open[id(model)] = model, opened(model)


def opened(model: Model) -> Any:
    """What the model holds. The caller may change it."""
    import cloudpickle

    if id(model) in _open:
        return _open.pop(id(model))[1]
    if model.pickled is None:
        raise ModuleError(
            "The model is not trained yet. Connect it to Train Model first, and that module's output here."
        )
    try:
        return cloudpickle.loads(model.pickled)
    except MemoryError:
        raise
    except BaseException as error:  # what a script wrote into it may call exit
        raise ModuleError(
            f"The model cannot be opened here: {type(error).__name__}: {error}. Train it again with the "
            f"libraries "
            "that are installed now."
        ) from error


def card_of(model: Model) -> Card | None:
    return Card.model_validate(model.card) if model.card else None


def recipe_of(model: Model) -> Recipe:
    """How to train the model, anew or for the first time. A script's object is its own recipe."""
    from modules.learning.learner import find_learner

    card = card_of(model)
    if card is not None and find_learner(card.learner) is not None:
        return recipe_of_card(card)
    thing = opened(model)
    again = getattr(thing, "recipe", None)
    if isinstance(again, Recipe):
        return again
    return Recipe(model.class_name, thing=thing)


def trained_of(model: Model) -> Any:
    """What was trained; ModuleError where nothing was. Other versions of libraries than those that the model
    was trained with are told in the log, before it is opened."""
    card = card_of(model)
    others = other_versions(card.libraries if card else {})
    if others:
        told = ", ".join(f"{name} {then} (now {now})" for name, (then, now) in others.items())
        tell(
            f"warning: The model was trained with other versions: {told}. Scores may differ. Train again, on "
            "the page of the model, compares them."
        )
    return opened(model)


def model_of(trained: Any) -> Model:
    """A trained model on a wire."""
    card = trained.card()
    return Model(pickled(trained), card.learner, trained.recipe.name, card.model_dump(mode="json"))
