"""Unpack Zipped Datasets

Reads one table file out of a zip.

**Dataset to unpack** is the file's name in the zip, with its ending and its folders; it may be left
empty where the zip holds just one file. **Dataset file format** says how that file is written, and
**File has header row** whether the first line of a CSV or TSV file has the column names (else they are
`Col1`, `Col2` …). Types are found from the values, as in an upload. A text file in the zip may be packed once
more, as .gz or .zst.

>>> import zipfile
>>> with zipfile.ZipFile("small.zip", "w") as archive: archive.writestr("x.csv", "a,b\\n1,2\\n")
>>> params = UnpackParams(file_has_header_row=True)
>>> unpack_zipped_datasets(Bundle(Path("small.zip")), params).results_dataset.names
['a', 'b']
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from modules.files.bundle import entries, read_entry
from modules.files.formats import FORMATS
from modules.files.read import read
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, text, toggle
from modules.sdk.values import Bundle, Table

CHOICES = {
    name: format.short
    for name, format in FORMATS.items()
    if format.kind == "table" and name not in ("rdata", "text") and not name.endswith("-no-header")
}
if TYPE_CHECKING:
    Choice = str
else:
    Choice = Literal[tuple(CHOICES)]


class UnpackParams(Params):
    dataset_to_unpack: str = text(
        "", "Dataset to unpack", "May be empty where the zip holds one file.", placeholder="folder/file.csv"
    )
    dataset_file_format: Choice = choice("csv", "Dataset file format", CHOICES)
    file_has_header_row: bool = toggle(
        False, "File has header row", shown_when={"dataset_file_format": ["csv", "tsv"]}
    )


class UnpackResults(NamedTuple):
    results_dataset: Annotated[Table, port("Results dataset")]


@module(version=1, synonyms=("zip", "archive", "unzip", "extract"))
def unpack_zipped_datasets(
    dataset: Annotated[Bundle, port("Dataset")], params: UnpackParams
) -> UnpackResults:
    name = params.dataset_to_unpack.strip() or _only_file(dataset)
    kind: str = params.dataset_file_format
    if kind in ("csv", "tsv") and not params.file_has_header_row:
        kind += "-no-header"
    with tempfile.TemporaryDirectory(prefix=".unpacked-", dir=".") as folder:
        file = Path(folder, "data")
        file.write_bytes(read_entry(dataset, name))
        table = read(kind, file, name)
    assert isinstance(table, Table)
    return UnpackResults(table)


def _only_file(bundle: Bundle) -> str:
    names = [entry.name for entry in entries(bundle)]
    if len(names) == 1:
        return names[0]
    if not names:
        raise ModuleError("The zip holds no files.")
    listed = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
    raise ModuleError(
        f"The zip holds {len(names)} files; name the one to unpack: {listed}.", param="dataset_to_unpack"
    )
