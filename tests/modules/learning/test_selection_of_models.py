"""Cross-validation, tuning, importance, clusters and anomalies."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_validate

from modules.data_transformation.normalize_data import NormalizeParams, normalize_data
from modules.data_transformation.partition_and_sample import PartitionParams, partition_and_sample
from modules.feature_selection.permutation_feature_importance import (
    ImportanceParams,
    permutation_feature_importance,
)
from modules.learning.roles import without_role
from modules.machine_learning.evaluate.cross_validate_model import CrossParams, cross_validate_model
from modules.machine_learning.evaluate.evaluate_model import EvaluateParams, evaluate_model
from modules.machine_learning.score.score_model import ScoreParams, score_model
from modules.machine_learning.train.sweep_clustering import SweepClusterParams, sweep_clustering
from modules.machine_learning.train.train_anomaly_detection_model import (
    AnomalyParams,
    train_anomaly_detection_model,
)
from modules.machine_learning.train.train_clustering_model import ClusterParams, train_clustering_model
from modules.machine_learning.train.train_model import TrainParams, train_model
from modules.machine_learning.train.tune_model_hyperparameters import (
    TuneParams,
    tune_model_hyperparameters,
)
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.fold_role import as_fold
from modules.sdk.values import Table
from tests.modules.learning.tables import model, numeric


def values(table: Table, name: str) -> list:
    return table.column(name).data.to_pylist()


def test_folds_give_the_metrics_of_scikit_learn() -> None:
    table = numeric().select(["a", "b", "c", "two"])
    done = cross_validate_model(
        model("two-class-decision-forest"), table, params=CrossParams(label_column="two", number_of_folds=4)
    )
    scored, folds = done.scored_results, done.evaluation_results_by_fold
    assert scored.names == ["a", "b", "c", "two", "Fold Assignments", "Scored Labels", "Scored Probabilities"]
    assert folds.names == [
        "Fold Number", "Number of examples in fold", "Model", "Accuracy", "Precision", "Recall", "F-Score",
        "AUC", "Average Log Loss", "Training Log Loss",
    ]  # fmt: skip
    fold = np.array(values(scored, "Fold Assignments"))
    frame = table.frame()
    y = (frame["two"] == "yes").to_numpy()
    forest = RandomForestClassifier(8, max_depth=32, random_state=0)
    beside = cross_validate(
        forest,
        frame[["a", "b", "c"]].to_numpy(),
        y,
        cv=[(np.flatnonzero(fold != n), np.flatnonzero(fold == n)) for n in range(4)],
        scoring=["accuracy", "precision", "recall", "f1", "roc_auc", "neg_log_loss"],
    )
    names = ("Accuracy", "Precision", "Recall", "F-Score", "AUC")
    for name, theirs in zip(names, ("accuracy", "precision", "recall", "f1", "roc_auc"), strict=True):
        found = values(folds, name)
        assert found[:4] == pytest.approx(list(beside[f"test_{theirs}"]), abs=1e-12)
        assert found[4] == pytest.approx(np.mean(found[:4]), abs=1e-12)
        assert found[5] == pytest.approx(np.std(found[:4], ddof=1), abs=1e-12)
    assert values(folds, "Average Log Loss")[:4] == pytest.approx(
        list(-beside["test_neg_log_loss"]), abs=1e-12
    )
    assert values(folds, "Fold Number") == ["0", "1", "2", "3", "Mean", "Standard Deviation"]
    assert np.ptp([(y & (fold == n)).sum() for n in range(4)]) <= 1  # stratified


def test_a_transformation_is_fitted_anew_in_each_fold_and_kept_in_the_model() -> None:
    table = numeric().select(["a", "count"])
    step = normalize_data(table, NormalizeParams(columns_to_transform=["a"])).transformation_function
    params = CrossParams(label_column="count", number_of_folds=3)
    done = cross_validate_model(model("linear-regression"), table, step, params=params)
    fold = np.array(values(done.scored_results, "Fold Assignments"))
    import pyarrow as pa

    for number in range(3):
        others, held = (table.take(pa.array(fold != number)), table.take(pa.array(fold == number)))
        trained = train_model(
            model("linear-regression"), others, step, params=TrainParams(label_column="count")
        )
        said = score_model(trained.trained_model, held.select(["a"]), ScoreParams()).scored_dataset
        expected = np.array(values(done.scored_results, "Scored Labels"))[fold == number]
        assert values(said, "Scored Labels") == pytest.approx(list(expected), abs=1e-12)
        assert trained.trained_model.card["transform"][0]["module"] == "normalize-data"


def test_too_many_folds_are_refused() -> None:
    table = Table.of(x=[1, 2, 3], y=[1, 2, 3])
    with pytest.raises(ModuleError, match="10 folds need as many rows"):
        cross_validate_model(model("linear-regression"), table, params=CrossParams(label_column="y"))


def in_folds(table: Table, folds: int) -> Table:
    params = PartitionParams(
        partition_or_sample_mode="assign_to_folds", specify_number_of_folds_to_split_evenly_into=folds
    )
    return partition_and_sample(table, params).o_dataset


def test_the_folds_of_partition_and_sample_are_those_of_cross_validation() -> None:
    table = in_folds(numeric().select(["a", "b", "c", "two"]), 3)
    done = cross_validate_model(
        model("two-class-logistic-regression"), table, params=CrossParams(label_column="two")
    )
    assert values(done.scored_results, "Fold Assignments") == [n - 1 for n in values(table, "Fold")]
    assert values(done.evaluation_results_by_fold, "Number of examples in fold")[:3] == [20, 20, 20]
    again = cross_validate_model(
        model("two-class-logistic-regression"),
        Table.from_columns([without_role(column) for column in table], len(table)).select(table.names[:-1]),
        params=CrossParams(label_column="two"),
    )
    assert len(again.evaluation_results_by_fold) == 12  # ten folds of its own, their mean and their spread


def test_rows_in_no_fold_are_left_out_and_one_fold_is_refused() -> None:
    table = numeric().select(["a", "b", "c", "two"])
    for taken, folds in ((2, "2 folds"), (1, "1 folds")):
        numbers = pa.chunked_array([pa.array([n % 3 + 1 if n % 3 < taken else None for n in range(60)])])
        marked = Table.from_columns([*table, as_fold(Column("Fold", numbers))], 60)
        params = CrossParams(label_column="two")
        if taken == 1:
            with pytest.raises(ModuleError, match=folds):
                cross_validate_model(model("two-class-decision-forest"), marked, params=params)
            continue
        done = cross_validate_model(model("two-class-decision-forest"), marked, params=params)
        scored = values(done.scored_results, "Scored Labels")
        assert [n for n, said in enumerate(scored) if said is None] == list(range(2, 60, 3))


def test_tuning_measures_on_the_folds_of_partition_and_sample(capsys: pytest.CaptureFixture[str]) -> None:
    table = in_folds(numeric().select(["a", "b", "c", "two"]), 3)
    params = TuneParams(label_column="two", sweeping_mode="entire_grid")
    learner = model(
        "two-class-decision-forest",
        create_trainer_mode="parameter_range",
        number_of_decision_trees="2; 4",
        maximum_depth_of_the_decision_trees="3",
        number_of_random_splits_per_node="128",
        minimum_number_of_samples_per_leaf_node="1",
    )
    done = tune_model_hyperparameters(learner, table, params=params)
    assert "The 3 folds of the column Fold are used" in capsys.readouterr().out
    row = {name: values(done.sweep_results, name)[0] for name in ("True Positive", "False Negative")}
    assert sum(row.values()) == values(table, "two").count("yes")
    assert [one["name"] for one in done.trained_best_model.card["features"]] == ["a", "b", "c"]


@pytest.mark.parametrize(("mode", "rows"), [("entire_grid", 4), ("random_grid", 3), ("random_sweep", 3)])
def test_tuning_has_a_row_a_run_and_trains_the_best(mode: str, rows: int) -> None:
    table = numeric().select(["a", "b", "c", "two"])
    untrained = model(
        "two-class-decision-forest",
        create_trainer_mode="parameter_range",
        number_of_decision_trees="1; 8",
        maximum_depth_of_the_decision_trees="1; 5",
        number_of_random_splits_per_node="128",
        minimum_number_of_samples_per_leaf_node="1",
    )
    params = TuneParams(
        label_column="two", sweeping_mode=mode, maximum_number_of_runs=3, metric_for_classification="auc"
    )
    done = tune_model_hyperparameters(untrained, table, table, params=params)
    assert len(done.sweep_results) == rows
    area = values(done.sweep_results, "AUC")
    assert area == sorted(area, reverse=True)
    card = done.trained_best_model.card
    for name in ("number_of_decision_trees", "maximum_depth_of_the_decision_trees"):
        assert card["params"][name] == values(done.sweep_results, name)[0]
    assert (card["trained"], card["rows"]) == (True, len(table))
    folds = tune_model_hyperparameters(untrained, table, params=params).sweep_results
    assert sum(values(folds, name)[0] for name in folds.names[-4:]) == len(table)


def test_a_tuned_model_is_cross_validated_anew() -> None:
    table = numeric().select(["a", "count"])
    trained = train_model(model("linear-regression"), table, params=TrainParams(label_column="count"))
    params = CrossParams(label_column="count", number_of_folds=3)
    again = cross_validate_model(trained.trained_model, table, params=params).evaluation_results_by_fold
    first = cross_validate_model(model("linear-regression"), table, params=params).evaluation_results_by_fold
    assert again.arrow().equals(first.arrow())


def test_the_feature_that_counts_is_first_whatever_the_metric() -> None:
    table = numeric().select(["c", "a", "b", "count"])
    trained = train_model(model("linear-regression"), table, params=TrainParams(label_column="count"))
    for metric in ("root_mean_squared_error", "coefficient_of_determination", "accuracy"):
        params = ImportanceParams(metric=metric)
        found = permutation_feature_importance(trained.trained_model, table, params).feature_importance
        assert found.names == ["Feature", "Score", "Standard Deviation"]
        assert values(found, "Feature") == ["a", "b", "c"]
        assert values(found, "Score")[0] > 0.1


def test_clusters_are_counted_from_0_and_evaluated() -> None:
    table = Table.of(x=[0.0, 0.2, 9.0, 9.4, None])
    done = train_clustering_model(model("k-means-clustering"), table, ClusterParams()).results_dataset
    assert done.names == [
        "x",
        "Assignments",
        "DistancesToClusterCenter no.0",
        "DistancesToClusterCenter no.1",
    ]
    assigned = values(done, "Assignments")
    assert assigned[0] == assigned[1] != assigned[2] == assigned[3]
    assert set(assigned[:4]) == {0, 1}
    assert assigned[4] is None
    results = evaluate_model(done, params=EvaluateParams()).evaluation_results
    assert values(results, "Result Description")[0] == "Combined Evaluation"
    assert values(results, "Number of Points") == [4, 2, 2]
    assert values(results, "Maximal Distance To Cluster Center")[0] == pytest.approx(0.2)


def test_the_right_number_of_clusters_is_found() -> None:
    draw = np.random.default_rng(0)
    table = Table.of(x=np.concatenate([draw.normal(at, 0.1, 20) for at in (0, 5, 10)]).tolist())
    ranged = model("k-means-clustering", create_trainer_mode="parameter_range", number_of_seeds_to_sweep=3)
    for metric in ("simplified_silhouette", "davies_bouldin", "dunn"):
        params = SweepClusterParams(
            metric_for_measuring_clustering_result=metric, specify_parameter_sweeping_mode="entire_grid"
        )
        done = sweep_clustering(ranged, table, params)
        assert values(done.sweep_results, "Number of Centroids")[0] == 3
        assert len(set(values(done.results_dataset, "Assignments"))) == 3


@pytest.mark.parametrize("slug", ["one-class-support-vector-machine", "pca-based-anomaly-detection"])
def test_an_odd_row_is_found(slug: str) -> None:
    draw = np.random.default_rng(1)
    x = draw.normal(size=200)
    table = Table.of(
        x=x.tolist(), y=(2 * x + draw.normal(0, 0.05, 200)).tolist(), z=draw.normal(size=200).tolist()
    )
    made = train_anomaly_detection_model(model(slug), table, AnomalyParams()).trained_model
    said = score_model(
        made, Table.of(x=[0.5, 9.0], y=[1.0, -9.0], z=[0.5, 0.0]), ScoreParams()
    ).scored_dataset
    assert said.names[-2:] == ["Scored Labels", "Scored Probabilities"]
    assert values(said, "Scored Labels") == [0, 1]


@pytest.mark.parametrize("kind", ["folds", "sweep", "clusters"])
def test_many_trainings_give_the_same_bytes_on_any_number_of_threads(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = numeric().select(["a", "b", "c", "two"])
    plain = table.select(["a", "b"])
    grid = {"create_trainer_mode": "parameter_range", "number_of_decision_trees": "1; 3"}
    forest = model("two-class-decision-forest", **grid)
    clusters = model("k-means-clustering", create_trainer_mode="parameter_range")
    made = []
    for threads in (1, 2, 5):
        monkeypatch.setattr("modules.learning.pool.processors", lambda threads=threads: threads)
        monkeypatch.setattr("modules.learning.training.processors", lambda threads=threads: threads)
        if kind == "folds":
            done = cross_validate_model(forest, table, params=CrossParams(label_column="two"))
            told = done.scored_results, done.evaluation_results_by_fold
        elif kind == "sweep":
            params = TuneParams(label_column="two", maximum_number_of_runs=3)
            tuned = tune_model_hyperparameters(forest, table, table, params=params)
            told = tuned.sweep_results, tuned.trained_best_model
        else:
            swept = sweep_clustering(clusters, plain, SweepClusterParams())
            told = swept.sweep_results, swept.results_dataset
        made.append(
            [repr(one.arrow().to_pylist()) if isinstance(one, Table) else one.pickled for one in told]
        )
    assert made[0] == made[1] == made[2]
