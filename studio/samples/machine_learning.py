"""The samples that teach machine learning: each runs in seconds, and its notes say what to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio.samples.files import file, node, note, source


def two_classifiers() -> dict[str, Any]:
    return file(
        "Two classifiers compared",
        "Trains a linear model and boosted trees on the same tumors, and lays their ROC curves over "
        "each other.",
        [
            node("data", "dataset", (1, 0), dataset="Breast cancer"),
            node(
                "split",
                "split-data",
                (1, 1),
                fraction=0.7,
                randomized=True,
                seed=7,
                stratified=True,
                stratification_key_column="diagnosis",
            ),
            node("linear", "two-class-logistic-regression", (-0.2, 1.6)),
            node("trees", "two-class-boosted-decision-tree", (2.2, 1.6)),
            node("train1", "train-model", (0.2, 2.6), label_column="diagnosis", positive_class="malignant"),
            node("train2", "train-model", (1.8, 2.6), label_column="diagnosis", positive_class="malignant"),
            node("score1", "score-model", (0.2, 3.6)),
            node("score2", "score-model", (1.8, 3.6)),
            node("evaluate", "evaluate-model", (1, 4.6)),
        ],
        ("data.dataset", "split.dataset"),
        ("linear.untrained_model", "train1.untrained_model"),
        ("trees.untrained_model", "train2.untrained_model"),
        ("split.results_dataset1", "train1.dataset"),
        ("split.results_dataset1", "train2.dataset"),
        ("train1.trained_model", "score1.trained_model"),
        ("train2.trained_model", "score2.trained_model"),
        ("split.results_dataset2", "score1.dataset"),
        ("split.results_dataset2", "score2.dataset"),
        ("score1.scored_dataset", "evaluate.scored_dataset"),
        ("score2.scored_dataset", "evaluate.scored_dataset_to_compare"),
        notes=[
            note(
                "note1",
                (3.2, 1),
                "**Training and test rows are apart.** Both models learn from 70 % of the rows and "
                "are tested on the other 30 %, which they have never seen.",
            ),
            note(
                "note2",
                (2.9, 4.4),
                "**Open Evaluate Model** to see both ROC curves. Move the threshold: fewer missed "
                "tumors, or fewer false alarms?",
            ),
        ],
    )


def regression() -> dict[str, Any]:
    return file(
        "Regression with residuals",
        "Predicts how far diabetes goes in a year, and shows where the prediction is off.",
        [
            node("data", "dataset", (0.8, 0), dataset="Diabetes"),
            node("split", "split-data", (0.8, 1), fraction=0.7, randomized=True, seed=3),
            node("forest", "decision-forest-regression", (-0.4, 1.4)),
            node("train", "train-model", (0.2, 2.4), label_column="progression"),
            node("score", "score-model", (0.6, 3.4)),
            node("evaluate", "evaluate-model", (0.6, 4.4)),
            node("importance", "permutation-feature-importance", (1.8, 3.4)),
        ],
        ("data.dataset", "split.dataset"),
        ("forest.untrained_model", "train.untrained_model"),
        ("split.results_dataset1", "train.dataset"),
        ("train.trained_model", "score.trained_model"),
        ("split.results_dataset2", "score.dataset"),
        ("score.scored_dataset", "evaluate.scored_dataset"),
        ("train.trained_model", "importance.trained_model"),
        ("split.results_dataset2", "importance.test_data"),
        notes=[
            note(
                "note1",
                (1.9, 4.4),
                "**Evaluate Model** draws predicted against actual and the residuals: a good model "
                "leaves no pattern in them. The worst rows are listed beside.",
            ),
            note(
                "note2",
                (3.1, 3.3),
                "**Permutation Feature Importance** shuffles one column at a time and measures how "
                "much worse the model gets.",
            ),
        ],
    )


def sweep() -> dict[str, Any]:
    return file(
        "A sweep of parameters",
        "Tries twelve settings of boosted trees and keeps the best.",
        [
            node("data", "dataset", (1, 0), dataset="Breast cancer"),
            node(
                "trees",
                "two-class-boosted-decision-tree",
                (0, 1),
                create_trainer_mode="parameter_range",
                maximum_number_of_leaves_per_tree="4; 8; 20",
                minimum_number_of_samples_per_leaf_node="5; 20",
                learning_rate="0.05; 0.2",
                number_of_trees_constructed="30",
            ),
            node(
                "tune",
                "tune-model-hyperparameters",
                (0.6, 2),
                label_column="diagnosis",
                sweeping_mode="entire_grid",
                metric_for_classification="auc",
            ),
        ],
        ("data.dataset", "tune.training_dataset"),
        ("trees.untrained_model", "tune.untrained_model"),
        notes=[
            note(
                "note1",
                (1.9, 1.9),
                "**Open Sweep results**: each line is a run, the best stands first. *Set as "
                "parameters* writes a run's settings into the learner.",
            )
        ],
    )


def folds() -> dict[str, Any]:
    return file(
        "Cross-validation without leaks",
        "The same model validated twice: with its features chosen inside each fold, and chosen on "
        "all rows before.",
        [
            node(
                "noise",
                "execute-python-script",
                (1, 0),
                "A hundred rows of pure noise",
                script=source("noise.py"),
            ),
            node("learner", "two-class-logistic-regression", (-0.4, 1)),
            node(
                "choose",
                "filter-based-feature-selection",
                (2, 1),
                "Chooses on all rows",
                target_column="label",
                number_of_desired_features=10,
            ),
            node(
                "honest",
                "cross-validate-model",
                (0.4, 2.4),
                "Chosen in each fold",
                label_column="label",
                number_of_folds=5,
            ),
            node(
                "leaky",
                "cross-validate-model",
                (2, 2.4),
                "Chosen before: leaks",
                label_column="label",
                number_of_folds=5,
            ),
        ],
        ("noise.result_dataset", "choose.dataset"),
        ("noise.result_dataset", "honest.dataset"),
        ("learner.untrained_model", "honest.untrained_model"),
        ("learner.untrained_model", "leaky.untrained_model"),
        ("choose.transformation", "honest.transform"),
        ("choose.filtered_dataset", "leaky.dataset"),
        notes=[
            note(
                "note1",
                (-0.8, 2.4),
                "The data is **noise**: nothing can be predicted. Here the features are chosen from "
                "each fold's training rows, and the AUC is about 0.5, as it should be.",
            ),
            note(
                "note2",
                (3.1, 2.2),
                "Here they were chosen from **all rows**, the tested ones too. The AUC looks "
                "wonderful and is wrong. Studio warns of it at the node that fits.",
            ),
        ],
    )


def clusters() -> dict[str, Any]:
    return file(
        "Clusters of wines",
        "Finds three kinds of wine by their chemistry, without being told which is which.",
        [
            node("data", "dataset", (1, 0), dataset="Wine chemistry"),
            node(
                "columns",
                "select-columns-in-dataset",
                (1, 1),
                select_columns={
                    "begin": "all",
                    "rules": [{"by": "names", "values": ["sample"], "exclude": True}],
                },
            ),
            node("scale", "normalize-data", (1, 2)),
            node("means", "k-means-clustering", (-0.2, 2), number_of_centroids=3),
            node("train", "train-clustering-model", (0.4, 3)),
        ],
        ("data.dataset", "columns.dataset"),
        ("columns.results_dataset", "scale.dataset"),
        ("scale.transformed_dataset", "train.dataset"),
        ("means.untrained_model", "train.untrained_model"),
        notes=[
            note(
                "note1",
                (1.8, 3),
                "Columns are **scaled** first: otherwise the one with the largest numbers decides "
                "alone which wines are near each other.",
            )
        ],
    )


def anomalies() -> dict[str, Any]:
    return file(
        "Anomalies",
        "Learns what benign tumors look like, then marks what does not look so.",
        [
            node("data", "dataset", (1, 0), dataset="Breast cancer"),
            node(
                "benign",
                "apply-sql-transformation",
                (0.6, 1),
                "Benign only",
                sql="select * from t1 where diagnosis = 'benign';",
            ),
            node("detector", "pca-based-anomaly-detection", (-0.4, 1)),
            node("train", "train-anomaly-detection-model", (0, 2)),
            node("score", "score-model", (0.6, 3)),
        ],
        ("data.dataset", "benign.t1"),
        ("detector.untrained_model", "train.untrained_model"),
        ("benign.results_dataset", "train.dataset"),
        ("train.trained_model", "score.trained_model"),
        ("data.dataset", "score.dataset"),
        notes=[
            note(
                "note1",
                (1.7, 2.8),
                "The label was never shown to the model. Compare **Scored Labels** with *diagnosis* "
                "in the result: what is odd is mostly malignant.",
            )
        ],
    )


def scripted_model() -> dict[str, Any]:
    return file(
        "A scikit-learn model of your own",
        "A script returns any estimator; Studio trains nothing of it and still scores and evaluates it.",
        [
            node("data", "dataset", (0.6, 0), dataset="Breast cancer"),
            node(
                "split",
                "split-data",
                (0.6, 1),
                fraction=0.7,
                randomized=True,
                seed=7,
                stratified=True,
                stratification_key_column="diagnosis",
            ),
            node("script", "execute-python-script", (0, 2), "Fit in a script", script=source("own_model.py")),
            node("score", "score-model", (0.6, 3)),
            node("evaluate", "evaluate-model", (0.6, 4), label_column="diagnosis"),
        ],
        ("data.dataset", "split.dataset"),
        ("split.results_dataset1", "script.dataset1"),
        ("script.result_model", "score.trained_model"),
        ("split.results_dataset2", "score.dataset"),
        ("score.scored_dataset", "evaluate.scored_dataset"),
        notes=[
            note(
                "note1",
                (1.6, 1.9),
                "The second value that the script returns is no table, so it goes out by the port "
                "**Result model** and into Score Model like one of Studio's own.",
            )
        ],
    )


def r_model() -> dict[str, Any]:
    return file(
        "A model in R",
        "R fits a logistic regression and scores new rows; Studio evaluates them like its own.",
        [
            node("data", "dataset", (0.6, 0), dataset="Breast cancer"),
            node(
                "split",
                "split-data",
                (0.6, 1),
                fraction=0.7,
                randomized=True,
                seed=7,
                stratified=True,
                stratification_key_column="diagnosis",
            ),
            node("script", "execute-r-script", (0.6, 2), "Fit and score in R", script=source("own_model.R")),
            node("evaluate", "evaluate-model", (0.6, 3), label_column="diagnosis"),
        ],
        ("data.dataset", "split.dataset"),
        ("split.results_dataset1", "script.dataset1"),
        ("split.results_dataset2", "script.dataset2"),
        ("script.result_dataset", "evaluate.scored_dataset"),
        notes=[
            note(
                "note1",
                (1.6, 1.9),
                "The script gives its scores the **names of Score Model's columns**: *Scored Labels* and "
                "*Scored Probabilities*. By these Evaluate Model knows them. What R prints of the model "
                "stands under **R Device**.",
            )
        ],
    )


SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "two-classifiers": two_classifiers,
    "regression": regression,
    "sweep": sweep,
    "cross-validation": folds,
    "clusters": clusters,
    "anomalies": anomalies,
    "scripted-model": scripted_model,
    "r-model": r_model,
}
