"""Models in scripts: what a script gets for its `model` input, and the card of an object that it returns."""

from __future__ import annotations

from typing import Any

from modules.learning.pickling import model_of, opened, recipe_of
from modules.learning.scripted import ScriptedModel
from modules.learning.tasks import CLASSES
from modules.learning.trained import TrainedClassifier, TrainedModel, TrainedRegressor
from modules.learning.versions import versions
from modules.sdk.card import CardFeature
from modules.sdk.values import Model

MOST = 10_000
PLAIN = (bool, int, float, str)


def estimator_of(model: Model) -> Any:
    """The model as a scikit-learn estimator: one that is trained, or one with `fit` that is not. A script's
    own object is given back as it was."""
    if model.pickled is None:
        recipe = recipe_of(model)
        return (TrainedClassifier if recipe.task in (*CLASSES, "anomaly") else TrainedRegressor)(recipe)
    thing = opened(model)
    return thing.thing if isinstance(thing, ScriptedModel) else thing


def card_of_object(thing: Any, name: str) -> dict[str, Any]:
    """What can be told of a script's object without its help; nothing of one that is no estimator."""
    if isinstance(thing, TrainedModel) and hasattr(thing, "learned_"):
        return model_of(thing).card
    if not callable(getattr(thing, "predict", None)):
        return {}
    from modules.learning.recipe import Recipe

    card = Recipe(name[:500], thing=thing).card()
    classes = _plain(getattr(thing, "classes_", None))
    names = _plain(getattr(thing, "feature_names_in_", None)) or ()
    task = "two-class" if card.task == "multiclass" and classes and len(classes) == 2 else card.task
    features = tuple(CardFeature(name=str(each)[:MOST], type="") for each in names[:MOST])
    trained = _is_trained(thing)
    libraries = versions() if trained else {}
    return card.model_copy(
        update={
            "task": task,
            "trained": trained,
            "classes": classes,
            "features": features,
            "libraries": libraries,
        }
    ).model_dump(mode="json")


def _plain(values: Any) -> tuple[Any, ...] | None:
    """An array as plain values; None where it is none, or too long."""
    try:
        found = tuple(values.tolist())
    except Exception:
        return None
    return found if len(found) <= MOST and all(isinstance(value, PLAIN) for value in found) else None


def _is_trained(thing: Any) -> bool:
    from sklearn.utils.validation import check_is_fitted

    try:
        check_is_fitted(thing)
    except Exception:
        return False
    return True
