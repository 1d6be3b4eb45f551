"""How far a training is, told on the node."""

from __future__ import annotations

import pytest

from modules.learning import progressing
from modules.learning.supervised import train_labeled
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.sdk.values import Model, Table
from tests.modules.learning.tables import features, label_for, learners, model, numeric

IN_ROUNDS = {
    "two-class-boosted-decision-tree": 5,
    "two-class-decision-forest": 8,
    "multiclass-decision-jungle": 8,
    "decision-forest-regression": 8,
    "fast-forest-quantile-regression": 5,
    "two-class-neural-network": 60,
    "neural-network-regression": 60,
    "two-class-averaged-perceptron": 10,
    "two-class-support-vector-machine": 1,
}


def train(slug: str, table: Table, **params: object) -> Model:
    task = next(one.task for one in learners() if one.slug == slug)
    return train_labeled(model(slug, **params), table, None, label_for(task), features(table), None, "")


@pytest.mark.parametrize("slug", IN_ROUNDS)
def test_rounds_and_trees_are_counted_to_the_end_and_the_log_stays_clean(
    slug: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    table, seen = numeric(), []
    monkeypatch.setattr(progressing, "progress", seen.append)
    params = {"number_of_iterations": 10} if slug == "two-class-support-vector-machine" else {}
    made = train(slug, table, **params)
    assert len(seen) >= 4
    assert max(seen) == 1
    said = capfd.readouterr()
    assert "building tree" not in said.out + said.err
    assert "Parallel" not in said.out + said.err
    monkeypatch.setattr(progressing, "VERBOSE", {})
    quiet = train(slug, table, **params)
    first, second = (score_model(one, table, ScoreParams()).scored_dataset.arrow() for one in (made, quiet))
    assert first.equals(second)
