"""Rules that all learners obey, on small tables."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from modules.learning.learner import Learner
from modules.learning.pickling import model_of, opened
from modules.learning.supervised import train_labeled, train_odd
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.machine_learning.train.train_clustering_model import ClusterParams, train_clustering_model
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table
from tests.modules.learning.tables import dirty, features, label_for, learners, mixed, model, numeric

ALL = pytest.mark.parametrize("one", [pytest.param(each, id=each.slug) for each in learners()])
OF_LABELS = pytest.mark.parametrize(
    "one", [pytest.param(e, id=e.slug) for e in learners() if e.task not in ("anomaly", "clustering")]
)
OF_CLASSES = pytest.mark.parametrize(
    "one", [pytest.param(e, id=e.slug) for e in learners() if e.task in ("two-class", "multiclass")]
)


OF_TWO_CLASSES = pytest.mark.parametrize(
    "one", [pytest.param(e, id=e.slug) for e in learners() if e.task == "two-class"]
)


def trained(one: Learner, table: Table, label: str = "", **params: Any) -> Model:
    untrained, names = model(one.slug, **params), features(table)
    if one.task == "anomaly":
        return train_odd(untrained, table, names)
    if one.task == "clustering":
        return train_clustering_model(untrained, table, ClusterParams(column_set=names)).trained_model
    return train_labeled(untrained, table, None, label or label_for(one.task), names, None, "")


def scores(one: Learner, made: Model, table: Table) -> Table:
    if one.task == "clustering":
        from modules.machine_learning.score.assign_data_to_clusters import (
            AssignParams,
            assign_data_to_clusters,
        )

        return assign_data_to_clusters(made, table, AssignParams()).results_dataset
    return score_model(made, table, ScoreParams()).scored_dataset


def scored_only(one: Learner, made: Model, table: Table) -> dict[str, list[Any]]:
    whole = scores(one, made, table)
    return {c.name: c.data.to_pylist() for c in whole.columns[len(table.columns) :]}


def test_all_learners_of_classic_are_there() -> None:
    assert len(learners()) == 25


@ALL
@pytest.mark.parametrize("make", [numeric, dirty])
def test_what_is_scored_does_not_depend_on_order_or_other_columns(
    one: Learner, make: Callable[[], Table]
) -> None:
    table = make()
    made = trained(one, table)
    first = scored_only(one, made, table)
    order = np.random.default_rng(0).permutation(len(table))
    moved = Table.from_columns(reversed(table.columns), len(table)).take(pa.array(order))
    other = Table.from_columns((*moved, Table.of(extra=["x"] * len(table)).column("extra")), len(table))
    again = scored_only(one, made, other)
    assert list(first) == list(again)
    for name, values in first.items():
        back = [again[name][place] for place in np.argsort(order)]
        if isinstance(values[0], float):
            assert back == pytest.approx(values, abs=1e-12, nan_ok=True)
        else:
            assert back == values


@ALL
def test_the_same_seed_gives_the_same_bytes_on_any_number_of_threads(
    one: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = numeric()
    made = []
    for threads in (1, 2, 2):
        monkeypatch.setattr("modules.learning.training.processors", lambda threads=threads: threads)
        model = trained(one, table)
        made.append((model.pickled, repr(scored_only(one, model, table))))
    assert made[0] == made[1] == made[2]


@OF_CLASSES
def test_the_label_is_that_of_the_probabilities(one: Learner) -> None:
    table = numeric()
    said = scored_only(one, trained(one, table), table)
    if one.task == "two-class":
        assert list(said) == ["Scored Labels", "Scored Probabilities"]
        assert said["Scored Labels"] == ["yes" if p > 0.5 else "no" for p in said["Scored Probabilities"]]
    else:
        names = ["high", "low", "mid"]
        assert list(said) == [*(f'Scored Probabilities for Class "{n}"' for n in names), "Scored Labels"]
        shares = np.array([said[f'Scored Probabilities for Class "{n}"'] for n in names]).T
        assert np.allclose(shares.sum(axis=1), 1)
        assert said["Scored Labels"] == [names[place] for place in shares.argmax(axis=1)]


@OF_CLASSES
@pytest.mark.parametrize(
    "classes", [[False, True, True], [0, 1, 1], [10, 20, 30], ["A", "b c", '"q"'], [0.5, 1.5, 1.5]]
)
def test_labels_may_be_text_true_and_false_or_numbers(one: Learner, classes: list[Any]) -> None:
    table = numeric()
    two = one.task == "two-class"
    places = [int(value == "yes") for value in table.column(label_for("two-class")).data.to_pylist()]
    if not two:
        places = [["low", "mid", "high"].index(v) for v in table.column("three").data.to_pylist()]
    label = [classes[place] for place in places]
    known = Table.from_columns((*table, Table.of(label=label).column("label")), len(table))
    made = train_labeled(model(one.slug), known, None, "label", ["a", "b"], None, "")
    said = scored_only(one, made, known)
    assert set(said["Scored Labels"]) <= set(label)
    assert np.mean([a == b for a, b in zip(said["Scored Labels"], label, strict=True)]) > 0.5


@ALL
@pytest.mark.parametrize("make", [mixed, dirty])
def test_any_table_and_label_is_learned_from_or_refused_in_a_sentence(
    one: Learner, make: Callable[[], Table]
) -> None:
    table = make()
    plain = table.select(features(table))
    if one.task in ("anomaly", "clustering"):
        said = scored_only(one, trained(one, plain), plain)
        assert len(next(iter(said.values()))) == len(table)
        return
    yes = [value == "yes" for value in table.column("two").data.to_pylist()]
    labels = {
        "text": pa.array(["" if each else '<b>"ß' for each in yes]),
        "levels": pa.array(["A" if each else "B" for each in yes]).dictionary_encode(),
        "boolean": pa.array(yes),
        "integer": pa.array([int(each) for each in yes]),
        "float": pa.array([None if at == 3 else float(each) for at, each in enumerate(yes)]),
    }
    for kind, label in labels.items():
        known = Table.from_columns((*plain, Column('the "label"', pa.chunked_array([label]))), len(table))
        if one.task not in ("two-class", "multiclass") and kind in ("text", "levels"):
            with pytest.raises(
                ModuleError, match=r"predicts numbers, but the label column 'the \"label\"' is"
            ):
                train_labeled(model(one.slug), known, None, 'the "label"', None, None, "")
            continue
        made = train_labeled(model(one.slug), known, None, 'the "label"', None, None, "")
        said = scored_only(one, made, known)
        there = {value for values in said.values() for value in values if value is not None}
        assert there, kind
        if one.task in ("two-class", "multiclass"):
            assert set(said["Scored Labels"]) <= {None, *label.to_pylist()}, kind


@OF_TWO_CLASSES
def test_the_label_follows_from_the_probability_at_any_threshold(one: Learner) -> None:
    table = dirty()
    names = features(table)
    made = opened(train_labeled(model(one.slug), table, None, "two", names, None, "no"))
    for threshold in (0.0, 0.1, 0.5, 0.73, 1.0):
        made.learned_.threshold = threshold
        said = scored_only(one, model_of(made), table)
        assert said["Scored Labels"] == [
            None if p is None else "no" if p > threshold else "yes" for p in said["Scored Probabilities"]
        ]


@OF_LABELS
@pytest.mark.parametrize("rows", [0, 1, 2])
def test_very_few_rows_are_learned_from_or_refused_in_a_sentence(one: Learner, rows: int) -> None:
    table = numeric(rows=rows)
    with suppress(ModuleError):  # any other error fails
        made = trained(one, table)
        assert len(scores(one, made, table)) == rows


@ALL
def test_no_rows_are_scored_to_no_rows(one: Learner) -> None:
    table = numeric()
    made = trained(one, table)
    none = scores(one, made, table.take(pa.array([], pa.int64())))
    some = scores(one, made, table)
    assert [(c.name, c.type) for c in none] == [(c.name, c.type) for c in some]
    assert len(none) == 0


@OF_CLASSES
def test_one_class_only_is_refused(one: Learner) -> None:
    table = Table.of(a=[1.0, 2.0, 3.0], two=["yes"] * 3, three=["mid"] * 3)
    with pytest.raises(ModuleError, match="has only the value"):
        trained(one, table)


@ALL
def test_missing_columns_are_refused_with_all_their_names(one: Learner) -> None:
    table = numeric()
    made = trained(one, table)
    with pytest.raises(ModuleError, match=r"'a', 'b'"):
        scores(one, made, table.select(["c", "two", "three", "count"]))


@ALL
def test_a_missing_feature_has_a_score_or_none_but_no_accident(one: Learner) -> None:
    table = numeric()
    made = trained(one, table)
    gap = Table.of(a=[None, 1.0], b=[1.0, 1.0], c=[0.0, 0.0])
    said = scored_only(
        one, made, Table.from_arrow(gap.arrow().cast(pa.schema([(n, pa.float64()) for n in "abc"])))
    )
    first = next(iter(said.values()))
    inner = one.missing if one.slug not in ("one-vs-all-multiclass", "ordinal-regression") else "left out"
    assert (first[0] is None) == (inner == "left out")
    assert first[1] is not None


@ALL
def test_unknown_levels_are_taken_or_refused_by_name(one: Learner) -> None:
    draw = np.random.default_rng(3)
    base = numeric()
    city = Table.of(city=draw.choice(["Bonn", "Ulm"], len(base)).tolist()).column("city")
    table = Table.from_columns((*base, city), len(base))
    new = Table.of(a=[0.0], b=[0.0], c=[0.0], city=["Kiel"])
    made = trained(one, table)
    assert next(iter(scored_only(one, made, new).values()))[0] is not None
    param = next((name for name in one.params.model_fields if name.startswith("allow_unknown")), None)
    if param:
        strict = trained(one, table, **{param: False})
        with pytest.raises(ModuleError, match="Kiel"):
            scores(one, strict, new)


@OF_LABELS
def test_a_trained_model_is_a_scikit_learn_estimator_to_a_script(one: Learner) -> None:
    table = numeric()
    made = trained(one, table)
    thing = opened(made)
    frame = table.frame()
    assert list(thing.feature_names_in_) == ["a", "b", "c"]
    said = thing.predict(frame)
    assert len(said) == len(frame)
    columns = scored_only(one, made, table)
    if one.task in ("two-class", "multiclass"):
        assert list(thing.classes_) == sorted(set(frame[label_for(one.task)]))
        assert list(said) == columns["Scored Labels"]
        assert thing.predict_proba(frame).shape == (len(frame), len(thing.classes_))
    from sklearn.utils.validation import check_is_fitted

    check_is_fitted(thing)


@ALL
def test_range_params_take_one_value_or_several(one: Learner) -> None:
    swept = one.params.swept_fields()
    for name, facts in swept.items():
        several = "; ".join(str(value) for value in facts["sweep"][:2])
        if len(facts["sweep"]) < 2:
            continue
        mode = next(n for n in one.params.model_fields if n in ("create_trainer_mode", "training_mode"))
        params = one.params.model_validate({name: several, mode: "parameter_range"})
        assert params.ranges()[name] == tuple(facts["sweep"][:2])
        assert params.single()[name] == facts["sweep"][0]
        with pytest.raises(ValueError, match="Parameter Range"):
            one.params.model_validate({name: several})
        with pytest.raises(ValueError, match="not a"):
            one.params.model_validate({name: "many"})
