"""Wide tables in the store: small columns share files, and every column has the name of its content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from modules.files.names import header_names, numbered_names
from modules.files.read import read as read_file
from modules.sdk import width
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from modules.wire_types import table_files
from modules.wire_types.stored import Refused
from modules.wire_types.table import StoredTable
from studio.artifacts.folder import Store
from studio.artifacts.models import Artifact
from studio.housekeeping.stock import names_in
from workers.sandbox.answer import Answer
from workers.sandbox.inputs import map_inputs, read_inputs
from workers.sandbox.job import Input, Job
from workers.sandbox.outputs import Outbox
from workers.sandbox.trust import check_answer

WIDTH = 5_000

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def wide(columns: int = WIDTH) -> Table:
    values = [pa.chunked_array([pa.array([at, None, at + 2])]) for at in range(columns)]
    return Table.from_columns((Column(f"c{at}", data) for at, data in enumerate(values)), 3)


@pytest.fixture(scope="module")
def table() -> Table:
    return wide()


def keep(store: Store, table: Table, *inputs: Input) -> Artifact:
    """As a child writes it and its parent keeps it."""
    drafts = store.new_drafts()
    job = Job(verb="node", inputs={str(at): given for at, given in enumerate(inputs)})
    try:
        return store.keep(Outbox(drafts, job).store(table), drafts)
    finally:
        shutil.rmtree(drafts)


def given(store: Store, artifact: Artifact) -> Input:
    manifest = artifact.read()
    assert isinstance(manifest, StoredTable)
    return Input(
        manifest=manifest, files={name: str(store.path(name)) for name in names_in(artifact.manifest)}
    )


def read(given: Input) -> Table:
    job = Job(verb="node", inputs={"table": given})
    table = read_inputs(job, map_inputs(job), {})["table"]
    assert isinstance(table, Table)
    return table


def test_a_wide_table_lies_in_few_files_and_comes_back(store: Store, table: Table) -> None:
    artifact = keep(store, table)
    assert len(names_in(artifact.manifest)) == 1
    assert store.holds(artifact.read())
    assert artifact.bytes == sum(store.weigh().values())
    again = read(given(store, artifact))
    assert again.names == [f"c{at}" for at in range(WIDTH)]
    assert again.columns[WIDTH - 1].data.to_pylist() == [WIDTH - 1, None, WIDTH + 1]


def test_a_column_has_the_name_of_its_content_wherever_it_lies(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = keep(store, wide(300))
    monkeypatch.setattr(table_files, "SHARED_FROM", 301)
    alone = keep(store, wide(300))
    assert shared.pk == alone.pk
    assert "packs" in shared.manifest
    assert "packs" not in alone.manifest
    assert [c["object"] for c in shared.manifest["columns"]] == [
        c["object"] for c in alone.manifest["columns"]
    ]


def test_what_is_kept_again_after_its_files_went_is_found_where_it_lies_now(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keep(store, wide(300))
    for name in names_in(first.manifest):
        store.unlink(name)
    Artifact.objects.filter(pk=first.pk).update(dropped=first.created)
    monkeypatch.setattr(table_files, "SHARED_FROM", 301)
    keep(store, wide(300))
    found = Artifact.objects.get()
    assert found.dropped is None
    assert store.holds(found.read())


def test_a_node_passes_columns_on_and_writes_what_is_new(store: Store, table: Table) -> None:
    before = given(store, keep(store, table))
    weight = sum(store.weigh().values())
    came = read(before)
    changed = Column("c7", pa.chunked_array([[7.5, 8.5, 9.5]]))
    after = keep(store, Table.from_columns([*came.columns[:7], changed, *came.columns[8:]], 3), before)
    objects = [column["object"] for column in after.manifest["columns"]]
    known = [column.object for column in before.manifest.columns]  # type: ignore[union-attr]
    assert [at for at, (one, two) in enumerate(zip(objects, known, strict=True)) if one != two] == [7]
    assert sum(store.weigh().values()) - weight < 1000
    few = keep(store, came.select(["c3", "c4999", "c3"]), before)
    assert [column["object"] for column in few.manifest["columns"]] == [known[3], known[-1], known[3]]
    assert read(given(store, few)).columns[1].data.to_pylist() == [WIDTH - 1, None, WIDTH + 1]


def test_a_child_cannot_give_another_place_or_length_to_what_it_was_given(store: Store) -> None:
    before = given(store, keep(store, wide(300)))
    assert isinstance(before.manifest, StoredTable)
    job = Job(verb="node", args={"module": "split-data"}, inputs={"dataset": before})
    first, second = before.manifest.columns[:2]
    lies = [
        {"start": second.start},
        {"bytes": first.bytes - 1},
        {"object": second.object},
        {"pack": None, "start": None},
    ]
    for lie in ({}, *lies):
        forged = before.manifest.model_copy(update={"columns": (first.model_copy(update=lie),)})
        answer = Answer(outputs={"results_dataset1": forged})
        if lie:
            with pytest.raises(Refused, match="not among its inputs"):
                check_answer(answer, job, store.root)
        else:
            assert check_answer(answer, job, store.root) == set()


def test_more_columns_than_are_kept_are_refused_in_a_sentence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(width, "MOST_COLUMNS", 299)
    said = "has 300 columns; Studio keeps at most 299"
    with pytest.raises(ModuleError, match=said):
        keep(store, wide(300))
    with pytest.raises(ModuleError, match=said):
        header_names(map(str, range(300)))
    with pytest.raises(ModuleError, match=said):
        numbered_names(300)
    (tmp_path / "wide.csv").write_text(",".join(map(str, range(300))) + "\n")
    with pytest.raises(ModuleError, match=said) as refused:
        read_file("csv", tmp_path / "wide.csv", "wide.csv")
    assert refused.value.message.endswith("one with the values.")
    assert not refused.value.message.endswith("..")


def test_a_list_tells_of_a_wide_table_without_its_manifest(store: Store) -> None:
    artifact = Artifact.objects.defer("manifest").get(pk=keep(store, wide(300)).pk)
    told = artifact.told()
    assert (told["rows"], told["columns"], len(told["first"])) == (3, 300, 100)
    assert "manifest" in artifact.get_deferred_fields()
