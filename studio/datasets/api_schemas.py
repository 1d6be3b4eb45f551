"""What the API of datasets answers, and what it is told."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, WithJsonSchema

from modules.files.formats import FORMATS
from modules.sdk.column import ColumnType
from modules.wire_types.table import ColumnOut
from studio.datasets.models import KINDS as SAVED

TYPES = [*FORMATS, *(kind for kind in SAVED if kind not in FORMATS)]
DatasetType = Annotated[str, WithJsonSchema({"type": "string", "enum": TYPES})]
"""How a file is read, as the API's document lists the ways; of a saved model or transform, what it is."""

DatasetKind = Literal["table", "bundle", "model", "transform"]


class InputOut(Schema):
    """A dataset that another was made from; `id` is null once it is deleted."""

    id: str | None
    dataset: str
    version: int


class Lineage(Schema):
    """The node run whose output a dataset was saved from; `experiment_name` is null once it is deleted."""

    experiment: str
    experiment_name: str | None
    run: str
    number: int
    node: str
    node_name: str
    inputs: list[InputOut]


class MadeOut(Schema):
    """A dataset that was saved from an output."""

    id: str
    name: str
    version: int
    created: str


class Made(Schema):
    datasets: list[MadeOut]


class RejectedOut(Schema):
    """Rows of the file that broke a rule and were set apart, as a dataset until that is deleted."""

    rows: int
    dataset: str | None


class ImportErrorOut(Schema):
    """Why a file could not be read: at which line, and at which column of it or of the table."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)
    message: str = ""
    line: int | None = None
    column: int | str | None = None


class DatasetOut(Schema):
    """A dataset. `rows`, `columns` and `column_count` are null until it is ready, and for a bundle. A list
    tells no more than the first 100 columns of each; `column_count` counts them all."""

    id: str
    name: str
    version: int
    latest: bool
    type: DatasetType
    kind: DatasetKind
    state: Literal["importing", "ready", "failed"]
    progress: float | None
    error: ImportErrorOut | None
    description: str
    rows: int | None
    columns: list[ColumnOut] | None
    column_count: int | None
    bytes: int
    sha256: str
    artifact: str | None
    folder: str
    tags: list[str]
    sample: bool
    used_by: int
    lineage: Lineage | None
    rejected: RejectedOut | None
    created: str
    updated: str


class DatasetChange(Schema):
    name: str | None = None
    description: str | None = None


class UseOut(Schema):
    """An experiment that uses a dataset; `pinned` where it names the version."""

    id: str
    name: str
    pinned: bool


class Uses(Schema):
    experiments: list[UseOut]


class RowsOfBoth(Schema):
    old: int
    new: int


class Retyped(Schema):
    name: str
    old: ColumnType
    new: ColumnType


class Comparison(Schema):
    """What changed between two versions, column by column."""

    rows: RowsOfBoth
    added: list[str]
    removed: list[str]
    retyped: list[Retyped]
    changed: list[str]
    same: list[str]


class FileTexts(Schema):
    """`files`: the new text of files that the zip has, by their names in it."""

    files: dict[str, str]


class SaveOutput(Schema):
    """`run` and `node`: where the output was left, for its lineage; else the newest run that left it.
    `new_version_of`: the id of a dataset of the same kind; this becomes its next version, under its name.
    `filter` and `search`: of a table only the rows that `GET /artifacts/{id}/rows` tells with them."""

    name: str = ""
    description: str = ""
    run: str | None = None
    node: str | None = None
    new_version_of: str | None = None
    filter: list[dict[str, Any]] = []
    search: str = ""
