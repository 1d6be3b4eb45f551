"""Transforms: rows of steps that are replayed, and fitted anew on other rows."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest
from pydantic import TypeAdapter

from modules.data_transformation.apply_transformation import apply_transformation
from modules.data_transformation.clean_missing_data import CleanParams, clean_missing_data
from modules.registry import catalog
from modules.sdk.errors import ModuleError
from modules.sdk.transforms import refit, replay
from modules.sdk.values import Step, Table, Transform
from modules.wire_types import Manifest
from modules.wire_types.transform import StoredTransform
from tests.modules.tables import values
from tests.modules.test_every_module import run, table_for, told

TRAIN = Table.of(x=[1.0, None, 3.0], y=[10, None, 30])
OTHER = Table.of(y=[None, 7], more=["a", "b"], x=[None, 5.0])


def test_steps_of_several_modules_are_replayed_in_their_order() -> None:
    both = two_steps()
    done = apply_transformation(both, OTHER).transformed_dataset
    assert [step.params["cleaning_mode"] for step in both.steps if step.params] == ["mean", "custom"]
    assert (values(done, "x"), values(done, "y")) == ([2.0, 5.0], [0, 7])
    assert done.names == ["y", "more", "x"]


def test_steps_are_fitted_anew_each_on_what_the_one_before_made() -> None:
    fold = Table.of(x=[5.0, None, 7.0, 9.0], y=[1, 2, None, 4])
    trained, transform = refit(two_steps(), fold)
    assert values(trained, "x") == [5.0, 7.0, 7.0, 9.0]
    assert values(trained, "y") == [1, 2, 0, 4]
    assert values(replay(transform, OTHER), "x") == [7.0, 5.0]
    assert values(replay(two_steps(), OTHER), "x") == [2.0, 5.0]


def test_steps_that_remove_rows_leave_those_that_are_scored() -> None:
    made = clean_missing_data(TRAIN, CleanParams(cleaning_mode="remove_row"))
    trained, transform = refit(made.cleaning_transformation, TRAIN)
    assert len(trained) == 2
    assert len(replay(transform, OTHER)) == 2
    assert len(replay(transform, OTHER, drop_rows=True)) == 1


def test_a_label_may_be_absent() -> None:
    with pytest.raises(ModuleError, match=r"^Clean Missing Data: The table has no column 'x', which"):
        replay(two_steps(), Table.of(z=[1]))
    with pytest.raises(ModuleError, match="no column 'x' or 'y'"):
        replay(Transform(two_steps().steps[1:]), Table.of(z=[1]))
    done = replay(two_steps(), Table.of(x=[None, 1.0], z=[1, 2]), optional=["y", "z"])
    assert done.names == ["x", "z"]
    assert values(done, "x") == [2.0, 1.0]


def test_a_transform_without_steps_changes_nothing() -> None:
    assert replay(Transform(), OTHER) is not None
    assert replay(Transform(), OTHER).names == OTHER.names
    assert refit(Transform(), OTHER) == (OTHER, Transform())


@pytest.mark.parametrize("step", [{"params": {"gone": 1}}, {"fitted": {"gone": 1}}])
def test_what_another_version_made_is_refused_with_a_sentence(step: dict[str, Any]) -> None:
    damaged = Transform((Step(**({"module": "clean-missing-data", "params": {}, "fitted": {}} | step)),))
    with pytest.raises(ModuleError, match=r"another version of the module\. Run the node"):
        refit(damaged, OTHER) if "params" in step else replay(damaged, OTHER)


def test_a_step_of_a_module_that_fits_nothing_is_refused() -> None:
    with pytest.raises(ModuleError, match="made by split-data cannot be applied"):
        replay(Transform((Step("split-data", {}, {}),)), OTHER)


def test_transforms_of_early_versions_are_still_read() -> None:
    (step, _) = two_steps().steps
    early = {"type": "transform", "module": step.module, "fitted": step.fitted}
    stored = TypeAdapter(Manifest).validate_python(early)
    assert isinstance(stored, StoredTransform)
    transform = Transform(tuple(Step(**dict(step)) for step in stored.steps))
    assert values(replay(transform, OTHER), "x") == [2.0, 5.0]
    with pytest.raises(ModuleError, match="cannot be fitted anew"):
        refit(transform, OTHER)


FITS = [spec for spec in catalog().values() if spec.fits]


@pytest.mark.parametrize("spec", FITS, ids=lambda spec: spec.slug)
def test_every_module_that_fits_says_by_which_ports(spec: Any) -> None:
    ports = spec.fit_ports
    assert spec.input(ports.dataset).type == "table"
    assert spec.input(ports.transformation).optional
    assert spec.output(ports.transform).type == "transform"
    assert ports.result is None or spec.output(ports.result).type == "table"
    assert isinstance(spec.fits.learns(spec.params_class()), bool)


@pytest.mark.parametrize("spec", FITS, ids=lambda spec: spec.slug)
def test_what_was_fitted_does_the_same_again_after_a_trip_as_text(spec: Any) -> None:
    table = table_for(spec)
    made = dict(zip([port.name for port in spec.outputs], run(spec, table), strict=True))
    ports = spec.fit_ports
    kept = over_text(made[ports.transform])
    if ports.result:
        assert told([replay(kept, table, drop_rows=True)]) == told([made[ports.result]])
    assert refit(kept, table)[1] == kept
    assert len(replay(kept, table.take(pa.array([], pa.int64())))) == 0
    turned = replay(kept, table.take(pa.array(range(len(table) - 1, -1, -1))))
    assert told([turned.take(pa.array(range(len(table) - 1, -1, -1)))]) == told([replay(kept, table)])


def test_what_gives_a_transform_fits() -> None:
    giving = {slug for slug, spec in catalog().items() if any(p.type == "transform" for p in spec.outputs)}
    learning = giving - {"import-count-table"}  # its table holds counts, not rows
    learning = {slug for slug in learning if any(p.type == "table" for p in catalog()[slug].inputs)}
    assert learning == {spec.slug for spec in FITS}


def two_steps() -> Transform:
    first = clean_missing_data(TRAIN, CleanParams(cleaning_mode="mean", columns_to_be_cleaned=["x"]))
    second = clean_missing_data(first.cleaned_dataset, CleanParams(), first.cleaning_transformation)
    return over_text(second.cleaning_transformation)


def over_text(transform: Transform) -> Transform:
    return Transform(tuple(Step(**json.loads(json.dumps(vars(step)))) for step in transform.steps))
