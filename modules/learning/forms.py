"""Params that several learners share, so that each is said once."""

from __future__ import annotations

from typing import Literal

from modules.learning.params import (
    ClassWeight,
    LearnerParams,
    Normalizer,
    Resampling,
    Swept,
    TrainerMode,
    class_weights,
    normalizer,
    resampling,
    seed,
    swept,
    trainer_mode,
    unknown_levels,
)
from modules.sdk.params import choice, number, text, toggle


class PenaltyParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    optimization_tolerance: Swept = swept(1e-7, "Optimization tolerance", [1e-5, 1e-8], gt=0)
    l1_regularization_weight: Swept = swept(1.0, "L1 regularization weight", [0.0, 0.01, 0.1, 1.0], ge=0)
    l2_regularization_weight: Swept = swept(1.0, "L2 regularization weight", [0.01, 0.1, 1.0], ge=0)
    memory_size_for_l_bfgs: Swept = swept(
        20,
        "Memory size for L-BFGS",
        [5, 20, 50],
        "Kept for experiments of ML Studio (classic); it changes nothing here.",
        whole=True,
        ge=1,
    )


class LogisticParams(PenaltyParams):
    class_weight: ClassWeight = class_weights()
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()


SPLITS_HELP = "Kept for experiments of ML Studio (classic): all thresholds are tried here."


class ForestParams(LearnerParams):
    resampling_method: Resampling = resampling()
    create_trainer_mode: TrainerMode = trainer_mode()
    number_of_decision_trees: Swept = swept(
        8, "Number of decision trees", [1, 8, 32], whole=True, ge=1, le=10_000
    )
    maximum_depth_of_the_decision_trees: Swept = swept(
        32, "Maximum depth of the decision trees", [1, 16, 64], whole=True, ge=1
    )
    number_of_random_splits_per_node: Swept = swept(
        128, "Number of random splits per node", [1, 128, 1024], SPLITS_HELP, whole=True, ge=1
    )
    minimum_number_of_samples_per_leaf_node: Swept = swept(
        1, "Minimum number of samples per leaf node", [1, 4, 16], whole=True, ge=1
    )
    random_number_seed: int = seed()
    allow_unknown_values_for_categorical_features: bool = unknown_levels(
        "Allow unknown values for categorical features"
    )


class ClassForestParams(ForestParams):
    class_weight: ClassWeight = class_weights()


class JungleParams(LearnerParams):
    resampling_method: Resampling = resampling()
    create_trainer_mode: TrainerMode = trainer_mode()
    number_of_decision_dags: Swept = swept(8, "Number of decision DAGs", [], whole=True, ge=1, le=10_000)
    maximum_depth_of_the_decision_dags: Swept = swept(
        32, "Maximum depth of the decision DAGs", [], whole=True, ge=1
    )
    maximum_width_of_the_decision_dags: Swept = swept(
        128, "Maximum width of the decision DAGs", [], "At most so many leaves in a tree.", whole=True, ge=8
    )
    number_of_optimization_steps_per_decision_dag_layer: Swept = swept(
        2048,
        "Number of optimization steps per decision DAG layer",
        [],
        "Kept for experiments of ML Studio (classic); it changes nothing here.",
        whole=True,
        ge=1000,
    )
    class_weight: ClassWeight = class_weights()
    random_number_seed: int = seed()
    allow_unknown_values_for_categorical_features: bool = unknown_levels(
        "Allow unknown values for categorical features"
    )


class BoostedParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    maximum_number_of_leaves_per_tree: Swept = swept(
        20, "Maximum number of leaves per tree", [2, 8, 32, 128], whole=True, ge=2
    )
    minimum_number_of_samples_per_leaf_node: Swept = swept(
        10, "Minimum number of samples per leaf node", [1, 10, 50], whole=True, ge=1
    )
    learning_rate: Swept = swept(0.2, "Learning rate", [0.025, 0.05, 0.1, 0.2, 0.4], gt=0, le=1)


class NetworkParams(LearnerParams):
    create_trainer_mode: TrainerMode = trainer_mode()
    hidden_layer_specification: Literal["fully_connected_case", "custom_definition_script"] = choice(
        "fully_connected_case",
        "Hidden layer specification",
        {
            "fully_connected_case": "Fully-connected case",
            "custom_definition_script": "Custom definition script",
        },
        "Net# scripts of ML Studio (classic) are kept, but cannot run here.",
    )
    neural_network_definition: str = text(
        "",
        "Neural network definition",
        multiline=True,
        shown_when={"hidden_layer_specification": ["custom_definition_script"]},
    )
    number_of_hidden_nodes: str = text(
        "100",
        "Number of hidden nodes",
        "Of several layers with commas between: 100, 50.",
        shown_when={"hidden_layer_specification": ["fully_connected_case"]},
    )
    number_of_learning_iterations: Swept = swept(
        100, "Number of learning iterations", [20, 40, 80, 160], whole=True, ge=1
    )
    the_initial_learning_weights_diameter: float = number(
        0.1,
        "The initial learning weights diameter",
        "Kept for experiments of ML Studio (classic); it changes nothing here.",
        gt=0,
    )
    the_momentum: float = number(0.0, "The momentum", ge=0, le=1)
    the_type_of_normalizer: Normalizer = normalizer()
    shuffle_examples: bool = toggle(True, "Shuffle examples")
    random_number_seed: int = seed()
    allow_unknown_categorical_levels: bool = unknown_levels()
