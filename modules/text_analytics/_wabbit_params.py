"""Params and results of the modules that train and score Vowpal Wabbit models."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from modules.sdk.declare import port
from modules.sdk.params import Params, choice, text, toggle
from modules.sdk.values import Model, Table

FORMATS = {"vw": "VW", "svmlight": "SVMLight"}
Format = Literal["vw", "svmlight"]
PRE_TRAINED = port("Pre-trained model")
"""The optional input of a module that trains: a model to go on with."""


class TrainWabbitParams(Params):
    please_specify_file_type: Format = choice("vw", "Please specify file type", FORMATS)
    vw_arguments: str = text("", "VW arguments", placeholder="--loss_function logistic")


class ScoreWabbitParams(Params):
    vw_arguments: str = text("", "VW arguments", placeholder="--link logistic")
    specify_data_type: Format = choice("vw", "Specify data type", FORMATS)
    include_an_extra_column_containing_labels: bool = toggle(
        False, "Include an extra column containing labels"
    )


class ScoreWabbitRawParams(ScoreWabbitParams):
    include_an_extra_column_containing_raw_scores: bool = toggle(
        False, "Include an extra column containing raw scores"
    )


class WabbitTrained(NamedTuple):
    trained_model: Annotated[Model, port("Trained model")]


class WabbitScored(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]
