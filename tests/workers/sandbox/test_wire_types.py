"""Each type on the wires: out of a child, into the store, told of, and into the next child."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modules.sdk.values import Model, Transform, Value
from modules.wire_types import MANIFEST, WIRE_TYPES, wire_type
from modules.wire_types.model import StoredModel
from modules.wire_types.stored import DRAFT, Refused, StoredValue, objects
from modules.wire_types.transform import StoredTransform
from studio.artifacts.naming import Names
from tests.modules.examples import EXAMPLES
from workers.sandbox.inputs import map_inputs, read_inputs
from workers.sandbox.job import Input, Job
from workers.sandbox.outputs import Outbox
from workers.sandbox.trust import Findings

EVERY = pytest.mark.parametrize("name", WIRE_TYPES)


class Travelled:
    """A value that left a child, was checked, and has its content names."""

    def __init__(self, value: Value, folder: Path) -> None:
        drafts = folder / "drafts"
        drafts.mkdir()
        left = Outbox(drafts, Job(verb="node")).store(value)
        Findings(drafts, Job(verb="node")).check(left)
        names = Names()
        names.learn(left, drafts)
        self.manifest = left.renamed(names)
        files = {name: str(drafts / draft.removeprefix(DRAFT)) for draft, name in names.files.items()}
        self.job = Job(verb="node", inputs={"port": Input(manifest=self.manifest, files=files)})

    def read(self) -> Value:
        mapped = map_inputs(self.job)
        return read_inputs(self.job, mapped, mapped.files)["port"]


def test_there_is_an_example_of_every_type():
    assert set(EXAMPLES) == set(WIRE_TYPES)
    assert all(stored.value_class.type == name for name, stored in WIRE_TYPES.items())


@EVERY
def test_a_value_comes_back_as_it_was(name, tmp_path):
    value = EXAMPLES[name](tmp_path)
    assert seen(Travelled(value, tmp_path).read()) == seen(value)


@pytest.mark.parametrize("name", WIRE_TYPES.keys() - {"device"})  # no module has a device as its input
def test_what_nobody_touched_is_passed_on_by_name_of_an_input_only(name, tmp_path):
    travelled = Travelled(EXAMPLES[name](tmp_path), tmp_path)
    again = Outbox(tmp_path, travelled.job).store(travelled.read())
    assert again == travelled.manifest
    assert not list(tmp_path.glob("0*"))
    Findings(tmp_path, travelled.job).check(again)
    if objects(again):
        with pytest.raises(Refused, match="not among its inputs"):
            Findings(tmp_path, Job(verb="node")).check(again)


@EVERY
def test_the_database_keeps_all_of_a_manifest(name, tmp_path):
    manifest = Travelled(EXAMPLES[name](tmp_path), tmp_path).manifest
    data = manifest.data()
    assert MANIFEST.validate_python(data) == manifest
    assert WIRE_TYPES[name].object_names(data) == set(objects(manifest))
    assert not any(object.startswith(DRAFT) for object in objects(manifest))
    assert MANIFEST.validate_python(data).identity() == manifest.identity()


@EVERY
def test_what_is_told_of_it_are_the_members_it_declares(name, tmp_path):
    stored = WIRE_TYPES[name]
    data = Travelled(EXAMPLES[name](tmp_path), tmp_path).manifest.data()
    assert _has_members(stored.told(data, None), stored.members)
    stored.members.model_validate(stored.told(data, None))
    assert _has_members({**stored.outline(data), "first": ()}, stored.outline_members, "first")


def _has_members(told, members, *more):
    """All that must be told, and nothing that is not declared."""
    required = {name for name, field in members.model_fields.items() if field.is_required()}
    return required <= told.keys() <= {*members.model_fields, *more}


@EVERY
def test_a_file_of_it_that_is_not_there_is_refused(name, tmp_path):
    outbox = Outbox(tmp_path, Job(verb="node"))
    left = outbox.store(EXAMPLES[name](tmp_path))
    for file in tmp_path.glob("0*"):
        file.unlink()
    if objects(left):
        with pytest.raises(Refused, match="not there"):
            Findings(tmp_path, Job(verb="node")).check(left)


def test_a_type_whose_check_leaves_a_file_out_is_refused_all_the_same(tmp_path, monkeypatch):
    left = Outbox(tmp_path, Job(verb="node")).store(EXAMPLES["model"](tmp_path))
    monkeypatch.setattr(StoredModel, "check", lambda *_: None)
    with pytest.raises(Refused):
        Findings(tmp_path, Job(verb="node")).check(left)


def test_a_stored_file_is_passed_on_with_its_own_size(tmp_path):
    travelled = Travelled(EXAMPLES["model"](tmp_path), tmp_path)
    longer = travelled.manifest.model_copy(update={"bytes": travelled.manifest.bytes + 1})
    with pytest.raises(Refused, match="not among its inputs"):
        Findings(tmp_path, travelled.job).check(longer)


def test_an_untrained_model_has_no_file(tmp_path):
    card = {"task": "two-class", "learner": "x", "params": {"c": None}}
    untrained = Model(None, "two-class-logistic-regression", card=card)
    travelled = Travelled(untrained, tmp_path)
    assert objects(travelled.manifest) == []
    assert travelled.read() == untrained
    assert [file.ending for file in travelled.manifest.downloads()] == ["json"]


def test_a_model_without_a_card_is_called_as_before_there_were_cards():
    old = StoredModel(object="0" * 64, bytes=3, class_name="x", text="y")
    said = f'{{"type":"model","object":"{"0" * 64}","bytes":3,"class_name":"x","text":"y"}}'
    assert old.identity() == said.encode()


def nested(depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for _ in range(depth):
        data = {"x": [data]}
    return data


@pytest.mark.parametrize("data", [nested(30), {"x": "y" * (20 << 20)}])
def test_plain_data_have_an_end(data, tmp_path):
    for left in (
        StoredModel(class_name="x", card=data),
        StoredTransform.model_validate({"module": "x", "fitted": data}),
    ):
        with pytest.raises(Refused, match=r"nested deeper|more than 20 MB"):
            Findings(tmp_path, Job(verb="node")).check(left)


def seen(value: Value) -> list[Any]:
    """All that can be seen of a value, wherever its files lie."""
    told: dict[str, Any] = {name: member for name, member in vars(value).items() if name != "origin"}
    if "columns" in told:
        told["columns"] = [
            (c.name, c.type, c.pandas, c.note, str(c.data.to_pylist())) for c in told["columns"]
        ]
    if "pictures" in told:
        told["pictures"] = [(p.name, p.media_type, p.path.read_bytes()) for p in told["pictures"]]
    if "path" in told:
        told["path"] = told["path"].read_bytes()
    return sorted((name, str(member)) for name, member in told.items())


def test_every_type_is_stored_by_the_class_of_its_name(tmp_path):
    for name, make in EXAMPLES.items():
        stored: type[StoredValue] = wire_type(make(tmp_path))
        assert stored is WIRE_TYPES[name]
    assert wire_type(Transform()) is StoredTransform
