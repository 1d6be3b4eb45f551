"""Tune Model Hyperparameters

Tries several values for the params of a learner and trains the model that does best.

The learner in the mode *Parameter Range* says the values to try; of one in the mode *Single Parameter* the
default ranges of its params are tried, as in ML Studio (classic).

**Sweeping mode:** *Entire grid* tries all combinations, *Random grid* draws some of them, *Random sweep*
draws a value for each param anew in each run, so that a combination may come twice.

Each combination is trained on *Training dataset* and measured on *Validation dataset*. Without one, it is
measured on ten folds of the training dataset, or on those that *Partition and Sample* has assigned: the
metrics are then means over the folds, and counts are sums. **Transform** is fitted anew on the rows that are
trained on, each time.

*Sweep results* has a row for each run, the best first by the metric chosen here. *Trained best model* is
trained on all rows of the training dataset.

>>> from modules.machine_learning.regression.linear_regression import LinearParams, linear_regression
>>> params = {"solution_method": "online_gradient_descent", "create_trainer_mode": "parameter_range"}
>>> params |= {"learning_rate": "0.01; 0.1", "number_of_training_epochs": 10, "l2_regularization_weight": 0}
>>> learner = linear_regression(LinearParams.model_validate(params)).untrained_model
>>> table = Table.of(x=list(range(20)), y=[2 * x for x in range(20)])
>>> tune = TuneParams(label_column="y", sweeping_mode="entire_grid")
>>> done = tune_model_hyperparameters(learner, table, params=tune)
>>> len(done.sweep_results), done.trained_best_model.card["params"]["learning_rate"]
(2, 0.1)
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.learning.names import one_name
from modules.sdk.declare import module, port
from modules.sdk.params import Params, choice, columns, integer
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Model, Table, Transform

RANDOM = {"sweeping_mode": ["random_sweep", "random_grid"]}


class TuneParams(Params):
    sweeping_mode: Literal["entire_grid", "random_sweep", "random_grid"] = choice(
        "random_sweep",
        "Specify parameter sweeping mode",
        {"entire_grid": "Entire grid", "random_sweep": "Random sweep", "random_grid": "Random grid"},
    )
    maximum_number_of_runs: int = integer(5, "Maximum number of runs", ge=1, le=10_000, shown_when=RANDOM)
    random_seed: int = integer(0, "Random seed", ge=0, le=2**32 - 1)
    label_column: ColumnSelection = columns(
        ColumnSelection.none(),
        "Label column",
        "The column that the model is to predict.",
        of="training_dataset",
        single=True,
        required=True,
    )
    metric_for_classification: Literal[
        "accuracy", "precision", "recall", "f_score", "auc", "average_log_loss", "train_log_loss"
    ] = choice(
        "accuracy",
        "Metric for measuring performance for classification",
        {
            "accuracy": "Accuracy",
            "precision": "Precision",
            "recall": "Recall",
            "f_score": "F-score",
            "auc": "AUC",
            "average_log_loss": "Average Log Loss",
            "train_log_loss": "Train Log Loss",
        },
        "Of several classes the average over the classes.",
    )
    metric_for_regression: Literal[
        "mean_absolute_error",
        "root_of_mean_squared_error",
        "relative_absolute_error",
        "relative_squared_error",
        "coefficient_of_determination",
    ] = choice(
        "mean_absolute_error",
        "Metric for measuring performance for regression",
        {
            "mean_absolute_error": "Mean absolute error",
            "root_of_mean_squared_error": "Root of mean squared error",
            "relative_absolute_error": "Relative absolute error",
            "relative_squared_error": "Relative squared error",
            "coefficient_of_determination": "Coefficient of determination",
        },
    )


class Tuned(NamedTuple):
    sweep_results: Annotated[Table, port("Sweep results", shows="sweep")]
    trained_best_model: Annotated[Model, port("Trained best model")]


@module(version=1, synonyms=("sweep parameters", "grid search", "random search", "optimize"))
def tune_model_hyperparameters(
    untrained_model: Annotated[Model, port("Untrained model")],
    training_dataset: Annotated[Table, port("Training dataset")],
    validation_dataset: Annotated[Table | None, port("Validation dataset")] = None,
    transform: Annotated[Transform | None, port("Transform")] = None,
    *,
    params: TuneParams,
) -> Tuned:
    from dataclasses import replace

    from modules.learning.pickling import model_of
    from modules.learning.supervised import fit_recipe
    from modules.learning.sweeping import Sweep, sweep_recipe
    from modules.learning.trials import choices_for

    label = one_name(params.label_column, training_dataset, "label_column", "The label")
    recipe, choices = choices_for(untrained_model, training_dataset, label, transform)
    sweep = Sweep(
        params.sweeping_mode,
        params.maximum_number_of_runs,
        params.random_seed,
        params.metric_for_classification,
        params.metric_for_regression,
    )
    results, best = sweep_recipe(recipe, training_dataset, validation_dataset, choices, sweep)
    trained = fit_recipe(best, training_dataset, replace(choices, threads=0))
    return Tuned(results, model_of(trained))
