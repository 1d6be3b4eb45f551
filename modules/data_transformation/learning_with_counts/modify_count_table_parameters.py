"""Modify Count Table Parameters

Changes how a counting transform makes features, without counting again.

*Modified transform* has the same counts as the one connected. The settings are those of *Build Counting
Transform*: from how many rows on a value counts for itself (**Garbage bin threshold**), how strongly odds
are drawn to the average (**Additional prior pseudo examples**), the noise on the counts, which features
come out, and whether a column says which values are rare.

>>> from modules.data_transformation.learning_with_counts.build_counting_transform import *
>>> from modules.sdk.transforms import replay
>>> params = CountingParams(label_column_index_or_name="y", select_columns_to_count=["x"])
>>> made = build_counting_transform(Table.of(x=["a", "b"], y=[0, 1]), params).counting_transform
>>> params = FeatureParams(output_features_include="log_odds_only", ignore_back_off_column=True)
>>> done = modify_count_table_parameters(made, params).modified_transform
>>> replay(done, Table.of(x=["a"])).names
['x LogOdds 1']
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, NamedTuple

from modules.data_transformation.learning_with_counts._counts import FeatureParams, counts_of
from modules.sdk.declare import module, port
from modules.sdk.values import Transform


class Modified(NamedTuple):
    modified_transform: Annotated[Transform, port("Modified transform")]


@module(version=1, synonyms=("count featurizer", "dracula", "log odds"))
def modify_count_table_parameters(
    counting_transform: Annotated[Transform, port("Counting transform")], params: FeatureParams
) -> Modified:
    step, features = counting_transform.steps, params.model_dump(mode="json")
    made = counts_of(counting_transform, "The transform").model_copy(update={"features": features})
    settings = {**(step[0].params or {}), **features}
    return Modified(Transform((replace(step[0], params=settings, fitted=made.model_dump(mode="json")),)))
