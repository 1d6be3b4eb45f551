"""Rules that all modules obey, whoever writes them."""

from __future__ import annotations

import doctest
import importlib
import inspect
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from modules.machine_learning.train.train_clustering_model import ClusterParams, train_clustering_model
from modules.machine_learning.train.train_model import TrainParams, train_model
from modules.registry import ROOT, catalog, find
from modules.sdk.declare import ModuleSpec
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model, Table, Transform, Value
from modules.wire_types import WIRE_TYPES
from tests.modules.examples import EXAMPLES
from tests.modules.given import GIVEN
from tests.modules.tables import every_type

ALL = pytest.mark.parametrize("spec", [pytest.param(spec, id=slug) for slug, spec in catalog().items()])
DETERMINED = pytest.mark.parametrize(
    "spec",
    [
        pytest.param(spec, id=slug)
        for slug, spec in catalog().items()
        if not spec.reference and not callable(spec.network)
    ],
)
CHOICES: dict[str, dict[str, Any]] = {
    "enter-data-manually": {"data": "a,b\n1,2\n"},
    "join-data": {"join_key_columns_for_l": ["whole"], "join_key_columns_for_r": ["whole"]},
    "clean-missing-data": {"cleaning_mode": "mode"},
    "filter-based-feature-selection": {"target_column": ["whole"]},
    "fisher-linear-discriminant-analysis": {"class_labels_column": ["boolean"]},
    "principal-component-analysis": {
        "selected_columns": ["whole"],
        "number_of_dimensions_to_reduce_to": 1,
    },
    "replace-discrete-values": {"discrete_columns": ["string"], "replacement_columns": ["integer"]},
    "smote": {"label_column": ["boolean"]},
    "execute-python-script": {"script": "def azureml_main(*frames):\n    return frames"},
    "execute-r-script": {"script": "x <- 1"},
    "train-model": {"label_column": "whole", "feature_columns": ["whole", "float"]},
    "evaluate-model": {"label_column": "whole", "scored_columns": "small"},
    "cross-validate-model": {"label_column": "whole", "number_of_folds": 2},
    "tune-model-hyperparameters": {"label_column": "whole", "sweeping_mode": "entire_grid"},
    "train-clustering-model": {"column_set": ["whole"]},
    "sweep-clustering": {"column_set": ["whole"]},
    "train-anomaly-detection-model": {"feature_columns": ["whole"]},
    "test-hypothesis-using-t-test": {"target_columns": ["whole"]},
    "partition-and-sample": {"partition_or_sample_mode": "head"},
    "plot": {"x": "string"},
    "report": {"text": "# A report\n\n{{table1}}"},
    "sort": {"keys": [{"column": "whole"}]},
    "filter-rows": {"conditions": [{"column": "whole", "op": "greater", "value": "1"}]},
    "expectations": {"rules": [{"column": "whole"}]},
    "deduplicate-by-similarity": {"columns": ["string"]},
    "group-and-aggregate": {"group_by": ["string"], "aggregations": [{"column": "whole"}]},
    "pivot": {"names_from": "string", "values_from": "whole"},
    "unpivot": {"columns": ["whole", "float"]},
    "formula-column": {"formula": "whole + 1"},
    "date-parts": {"column": "datetime"},
    "split-text": {"column": "string"},
    "extract-by-pattern": {"column": "string", "pattern": "a"},
    "map-values": {"column": "whole", "values": [{"old": "1", "new": "2"}]},
    "as-of-join": {"left_time": "whole", "right_time": "whole"},
    "fuzzy-join": {"left_columns": ["string"], "right_columns": ["string"]},
    "window-functions": {"functions": [{"column": "whole"}]},
    "extract-n-gram-features-from-text": {
        "minimum_word_length": 1,
        "minimum_n_gram_document_absolute_frequency": 1,
        "target_column": ["whole"],
    },
    "time-series-anomaly-detection": {"data_column": "whole", "time_column": "datetime"},
    "apply-filter": {"column_set": ["whole"]},
    "build-counting-transform": {
        "label_column_index_or_name": "boolean",
        "select_columns_to_count": ["string", "whole"],
    },
}
PARTED = Table.of(x=[1, 2, 8, 9], y=[1.5, 0.5, 1.0, 1.25], boolean=[True, True, False, False])
MODELS = {
    "train-model": "linear-regression",
    "score-model": "decision-forest-regression",
    "cross-validate-model": "decision-forest-regression",
    "tune-model-hyperparameters": "linear-regression",
    "permutation-feature-importance": "decision-forest-regression",
    "one-vs-all-multiclass": "two-class-logistic-regression",
    "ordinal-regression": "two-class-logistic-regression",
    "train-clustering-model": "k-means-clustering",
    "assign-data-to-clusters": "k-means-clustering",
    "sweep-clustering": "k-means-clustering",
    "train-anomaly-detection-model": "pca-based-anomaly-detection",
}
"""Which learner a module is given; trained where it takes only such."""
LOWER_CASE_NAMES = re.compile(r"[a-z][a-z0-9_]*")


def test_the_palette_has_the_modules_of_the_contract() -> None:
    assert set(catalog()) >= {
        "dataset", "enter-data-manually", "unpack-zipped-datasets", "execute-python-script",
        "apply-sql-transformation", "execute-r-script", "select-columns-in-dataset", "clean-missing-data",
        "join-data", "split-data", "add-rows", "add-columns", "remove-duplicate-rows", "edit-metadata",
        "summarize-data", "convert-to-csv", "web-service-input", "web-service-output", "apply-transformation",
    }  # fmt: skip
    assert find("no-such-module") is None


@ALL
def test_is_called_the_same_in_file_function_and_slug(spec: ModuleSpec) -> None:
    file = Path(inspect.getsourcefile(spec.function) or "")
    assert file.stem == spec.function.__name__ == spec.slug.replace("-", "_")
    assert ROOT in file.parents[1:]
    assert spec.name.lower().replace(" ", "-") == spec.slug


@ALL
def test_has_a_manual_page(spec: ModuleSpec) -> None:
    assert spec.summary.endswith(".")
    assert len(spec.docs.split()) > 25
    assert spec.category
    home = importlib.import_module(spec.function.__module__)
    if not spec.reference:
        assert doctest.DocTestFinder().find(home)[0].examples, "the manual page has no example"


@ALL
def test_this_machine_can_run_it(spec: ModuleSpec) -> None:
    """And with it the examples of its manual page, which pytest collects beside these tests."""
    assert not spec.missing()


@ALL
def test_ports_and_params_have_names_and_labels(spec: ModuleSpec) -> None:
    parts: tuple[Any, ...] = (*spec.inputs, *spec.outputs, *spec.params)
    for part in parts:
        assert LOWER_CASE_NAMES.fullmatch(part.name)
        assert part.label.strip()
    assert spec.outputs
    assert all(port.type in WIRE_TYPES for port in (*spec.inputs, *spec.outputs))


@ALL
def test_its_defaults_are_valid(spec: ModuleSpec) -> None:
    params = spec.params_class()
    again = spec.params_class.model_validate(json.loads(params.model_dump_json()))
    assert again == params
    for param in spec.params:
        if param.choices:
            assert param.default in [choice.value for choice in param.choices]
        for other, values in (param.shown_when or {}).items():
            asked = spec.param(other)
            assert asked, f"{param.name} is shown by {other}, which is no param"
            if asked.choices:
                assert set(values) <= {choice.value for choice in asked.choices}


@ALL
def test_can_be_told_as_json(spec: ModuleSpec) -> None:
    for part in (*spec.inputs, *spec.outputs, *spec.params):
        json.dumps(part.model_dump(mode="json"))
    for param in spec.params:
        if param.type == "columns":
            assert spec.input(param.of or ""), f"{param.name} picks columns of {param.of}, which is no input"


@ALL
def test_params_that_do_not_exist_are_refused(spec: ModuleSpec) -> None:
    with pytest.raises(ValueError, match="no_such_param"):
        spec.read_params({"no_such_param": 1})


@DETERMINED
def test_gives_a_value_of_the_right_type_on_every_port(spec: ModuleSpec) -> None:
    for port, value in zip(spec.outputs, first_run(spec.slug).results, strict=True):
        if value is None:
            assert port.optional
        else:
            assert value.type == port.type


@DETERMINED
def test_an_output_said_to_be_like_an_input_has_its_columns(spec: ModuleSpec) -> None:
    ran = first_run(spec.slug)
    for port, value in zip(spec.outputs, ran.results, strict=True):
        if port.like:
            assert spec.input(port.like), f"{port.name} is said to be like {port.like}, which is no input"
            assert isinstance(value, Table)
            assert {(c.name, c.type) for c in value} <= {(c.name, c.type) for c in ran.table}
            assert len(value.columns) >= len(ran.table.columns) - 1


@DETERMINED
@pytest.mark.parametrize("rows", [0, 4])
def test_a_table_without_columns_is_no_accident(spec: ModuleSpec, rows: int) -> None:
    with_sentence(spec, Table((), rows))


@DETERMINED
def test_a_table_without_rows_is_no_accident(spec: ModuleSpec) -> None:
    results = with_sentence(spec, table_for(spec).take(no_rows()))
    for value in results or ():
        if isinstance(value, Table):
            assert all(len(column.data) == value.rows for column in value)


@DETERMINED
def test_the_same_inputs_give_the_same_outputs(spec: ModuleSpec) -> None:
    assert first_run(spec.slug).told == told(run(spec, table_for(spec)))


@DETERMINED
def test_leaves_its_inputs_alone(spec: ModuleSpec) -> None:
    ran = first_run(spec.slug)
    assert told([ran.table]) == ran.told_before


class FirstRun(NamedTuple):
    """A module run once, for all the rules that look at what came of it. `told`: the results; `told_before`:
    the table as it was."""

    table: Table
    told_before: list[Any]
    results: tuple[Value | None, ...]
    told: list[Any]


@cache
def first_run(slug: str) -> FirstRun:
    spec = spec_of(slug)
    table = table_for(spec)
    before = told([table])
    results = run(spec, table)
    return FirstRun(table, before, results, told(results))


def table_for(spec: ModuleSpec) -> Table:
    """A table with a column of every type, or with what the module cannot do without."""
    if spec.slug == "convert-to-svmlight":
        return every_type().select(["whole", "small", "float", "boolean"])
    return PARTED if spec.slug == "fisher-linear-discriminant-analysis" else every_type()


def run(spec: ModuleSpec, table: Table) -> tuple[Value | None, ...]:
    """The module's outputs, with this table on every table input."""
    inputs: dict[str, Value] = {}
    for port in spec.inputs:
        if port.name in GIVEN.get(spec.slug, {}):
            inputs[port.name] = GIVEN[spec.slug][port.name]()
        elif port.type == "table":
            inputs[port.name] = table
        elif port.type == "transform":
            inputs[port.name] = Transform()
        elif port.type == "model" and not port.optional:
            inputs[port.name] = model_for(spec.slug)
        elif not port.optional:
            inputs[port.name] = EXAMPLES[port.type](Path.cwd())
    if spec.params:
        inputs["params"] = spec.params_class.model_validate(CHOICES.get(spec.slug, {}))  # type: ignore[assignment]
    return spec.function(**inputs)


@cache
def model_for(slug: str) -> Model:
    """The model that a module is tried with."""
    learner = find(MODELS[slug])
    assert learner
    model: Model = learner.function(learner.params_class()).untrained_model
    if spec_of(slug).inputs[0].name != "trained_model":
        return model
    if model.card["task"] == "clustering":
        return train_clustering_model(model, every_type(), ClusterParams(column_set="whole")).trained_model
    return train_model(model, every_type(), params=TrainParams(label_column="whole")).trained_model


def spec_of(slug: str) -> ModuleSpec:
    spec = find(slug)
    assert spec
    return spec


def with_sentence(spec: ModuleSpec, table: Table) -> tuple[Value | None, ...] | None:
    """Runs the module; where it refuses, it does so in a sentence."""
    try:
        return run(spec, table)
    except ModuleError as error:
        refused = error.message
    assert re.fullmatch(r"[A-Z].+[.:!?].*", refused, re.DOTALL)
    return None


def no_rows() -> Any:
    import pyarrow as pa

    return pa.array([], pa.int64())


def told(values: Any) -> list[Any]:
    """All that can be seen of values, as comparable data."""
    seen: list[Any] = []
    for value in values:
        if isinstance(value, Table):
            seen += [
                value.rows,
                [(c.name, str(c.data.type), c.pandas, repr(c.data.to_pylist())) for c in value],
            ]
        elif isinstance(value, Transform):
            seen.append(json.dumps([vars(step) for step in value.steps]))
        else:
            seen.append(repr(value).replace(str(Path.cwd()), ""))  # each test has a folder of its own
    return seen
