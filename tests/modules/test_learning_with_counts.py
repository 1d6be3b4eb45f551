"""Counts of labels as features."""

from __future__ import annotations

import math

import pytest

from modules.data_transformation.learning_with_counts._counts import FeatureParams
from modules.data_transformation.learning_with_counts.build_counting_transform import (
    CountingParams,
    build_counting_transform,
)
from modules.data_transformation.learning_with_counts.export_count_table import export_count_table
from modules.data_transformation.learning_with_counts.import_count_table import import_count_table
from modules.data_transformation.learning_with_counts.merge_count_transform import (
    MergeParams,
    merge_count_transform,
)
from modules.data_transformation.learning_with_counts.modify_count_table_parameters import (
    modify_count_table_parameters,
)
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import refit, replay
from modules.sdk.values import Table, Transform
from tests.modules.tables import values

TABLE = Table.of(
    **{"Ort, é": ["Köln"] * 6 + ["Bonn"] * 4 + [None], "y": ["b", "a"] * 5 + ["a"], "rest": range(11)}
)


def build(table=TABLE, **params):
    given = {"label_column_index_or_name": "y", "select_columns_to_count": ["Ort, é"], **params}
    return build_counting_transform(table, CountingParams(**given)).counting_transform


@pytest.mark.parametrize("kind", ["dictionary", "cm_sketch"])
def test_counts_and_odds_are_those_of_the_rows(kind) -> None:
    made = build(count_table_type=kind, garbage_bin_threshold=2, additional_prior_pseudo_examples=42)
    done = replay(made, Table.of(**{"Ort, é": ["Köln", "Bonn", None, "new"]}))
    assert done.names == ["Ort, é Count a", "Ort, é Count b", "Ort, é LogOdds b", "Ort, é IsBackoff"]
    assert values(done, "Ort, é Count a") == [3, 2, 1, 1]
    assert values(done, "Ort, é Count b") == [3, 2, 0, 0]
    assert values(done, "Ort, é IsBackoff") == [False, False, True, True]
    share = 5 / 11
    expected = [
        math.log((b + 42 * share) / (a + 42 * (1 - share))) for a, b in ((3, 3), (2, 2), (1, 0), (1, 0))
    ]
    assert values(done, "Ort, é LogOdds b") == pytest.approx(expected)


def test_three_classes_no_prior_and_noise() -> None:
    table = Table.of(x=[1, 1, 2, 2, 2], y=[7, 8, 9, 9, 9])
    params = CountingParams(
        label_column_index_or_name="y",
        select_columns_to_count="x",
        number_of_classes=3,
        garbage_bin_threshold=0,
        additional_prior_pseudo_examples=0,
    )
    made = build_counting_transform(table, params).counting_transform
    done = replay(made, Table.of(x=[1, 2]))
    assert values(done, "x LogOdds 8") == [0, -36]
    assert values(done, "x LogOdds 9") == [-36, 36]
    noisy = modify_count_table_parameters(made, FeatureParams(laplacian_noise_scale=1.0)).modified_transform
    one, two = (values(replay(noisy, Table.of(x=[1, 2])), "x Count 9") for _ in range(2))
    assert one == two != values(done, "x Count 9")


def test_modified_settings_hold_when_it_is_fitted_anew() -> None:
    made = modify_count_table_parameters(build(), FeatureParams(output_features_include="counts_only"))
    table, again = refit(made.modified_transform, TABLE)
    assert table.names == ["y", "rest", "Ort, é Count a", "Ort, é Count b", "Ort, é IsBackoff"]
    assert again == made.modified_transform


def test_merged_counts_are_those_of_all_rows_and_travel_as_tables() -> None:
    import pyarrow as pa

    first, second = TABLE.take(pa.array(range(5))), TABLE.take(pa.array(range(5, 11)))
    both = merge_count_transform(build(first), build(second), params=MergeParams()).merged_counting_transform
    assert replay(both, TABLE).arrow().equals(replay(build(), TABLE).arrow())
    assert import_count_table(*export_count_table(both)).counting_transform == both
    assert merge_count_transform(both, params=MergeParams()).merged_counting_transform == both


def test_what_does_not_fit_is_refused_in_a_sentence() -> None:
    with pytest.raises(ModuleError, match="The label rest has 11 different values"):
        build(label_column_index_or_name="rest")
    with pytest.raises(ModuleError, match="other settings of the hash"):
        merge_count_transform(build(), build(the_seed_of_hash_function=2), params=MergeParams())
    with pytest.raises(ModuleError, match="other classes"):
        merge_count_transform(build(), build(Table.of(**{"Ort, é": ["x"], "y": ["z"]})), params=MergeParams())
    with pytest.raises(ModuleError, match="was made by nothing"):
        export_count_table(Transform())
    with pytest.raises(ModuleError, match="no column Name"):
        import_count_table(TABLE, TABLE)
    with pytest.raises(ModuleError, match="'Ort, é'"):
        replay(build(), Table.of(x=[1]))
    with pytest.raises(ModuleError, match="the label is none"):
        build(select_columns_to_count=["y"])
