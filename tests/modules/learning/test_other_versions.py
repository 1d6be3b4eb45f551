"""A model trained with other libraries says so before it scores; two models are compared row by row."""

from __future__ import annotations

from typing import Any

import pytest

from modules.learning.log import silent
from modules.learning.pickling import model_of, opened
from modules.learning.supervised import train_labeled
from modules.learning.versions import versions
from modules.look.models import model_difference
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model
from modules.wire_types.model import StoredModel
from tests.modules.learning.tables import features, model, numeric

TABLE = numeric()


def trained(slug: str = "two-class-logistic-regression", label: str = "two", **params: Any) -> Model:
    with silent():
        return train_labeled(model(slug, **params), TABLE, None, label, features(TABLE), None, "")


def of_other_versions() -> Model:
    thing = opened(trained())
    thing.learned_.libraries = {**versions(), "scikit-learn": "0.1"}
    return model_of(thing)


def test_it_says_so_in_the_log_before_it_scores(capsys: pytest.CaptureFixture[str]) -> None:
    score_model(trained(), TABLE, ScoreParams())
    assert "other versions" not in capsys.readouterr().out
    score_model(of_other_versions(), TABLE, ScoreParams())
    said = capsys.readouterr().out
    now = versions()["scikit-learn"]
    assert f"warning: The model was trained with other versions: scikit-learn 0.1 (now {now})" in said


def test_one_that_no_longer_opens_says_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    old = of_other_versions()
    broken = Model(b"\x80\x05no pickle", old.class_name, old.text, old.card)
    with pytest.raises(ModuleError, match="cannot be opened here"):
        score_model(broken, TABLE, ScoreParams())
    assert "scikit-learn 0.1" in capsys.readouterr().out


def test_the_api_tells_it() -> None:
    def told(one: Model) -> dict[str, Any]:
        return StoredModel.told({"card": one.card, "class_name": one.class_name, "text": one.text}, None)

    assert "libraries_now" not in told(trained())
    assert told(of_other_versions())["libraries_now"] == {"scikit-learn": versions()["scikit-learn"]}


def test_the_same_model_trained_again_differs_in_nothing() -> None:
    said = model_difference(trained(), trained())
    assert (said["rows"], said["largest"], said["mean"], said["other_labels"]) == (60, 0, 0, 0)
    assert (said["of"], said["worst"]) == ("Probability of yes", [])


@pytest.mark.parametrize(
    ("slug", "label", "params"),
    [
        ("two-class-logistic-regression", "two", {"l2_regularization_weight": 50}),
        ("multiclass-logistic-regression", "three", {"l2_regularization_weight": 50}),
        ("linear-regression", "count", {"l2_regularization_weight": 50}),
    ],
)
def test_another_model_differs_by_what_the_worst_row_says(slug: str, label: str, params: Any) -> None:
    said = model_difference(trained(slug, label), trained(slug, label, **params))
    worst = said["worst"]
    assert said["largest"] == abs(worst[0]["new"] - worst[0]["old"]) > said["mean"] > 0
    assert [abs(w["new"] - w["old"]) for w in worst] == sorted(
        (abs(w["new"] - w["old"]) for w in worst), reverse=True
    )
    assert (said["other_labels"] is None) == (label == "count")


def test_models_of_other_tasks_are_not_compared() -> None:
    with pytest.raises(ModuleError, match="One model is for two-class, the other for regression"):
        model_difference(trained(), trained("linear-regression", "count"))
