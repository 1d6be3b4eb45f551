"""Files of a zip, changed: a new version of its dataset."""

from __future__ import annotations

from studio.artifacts.looks import changed_bundle
from studio.datasets.actions import Wish, take_file
from studio.datasets.lookup import is_latest
from studio.datasets.models import Dataset
from studio.errors import Invalid, Taken

MOST_CHARACTERS = 4 << 20
"""Of all texts together: they go to a worker in one message."""


def change_files(dataset: Dataset, files: dict[str, str]) -> Dataset:
    """The next version of a zip, with these texts in these of its files; a worker writes it. Raises Invalid
    for what is no zip or has no such file, Taken if there is a newer version already."""
    if dataset.kind != "bundle" or dataset.artifact is None:
        raise Invalid(f"{dataset} is not a zip that is ready; only the files of one can be changed.", [])
    if not files or sum(map(len, files.values())) > MOST_CHARACTERS:
        message = "Name the files to change, with at most 4 MB of text in all."
        raise Invalid(message, [{"loc": ["body", "files"], "code": "size", "message": message}])
    for name, text in files.items():
        half = next((at for at, char in enumerate(text) if "\ud800" <= char <= "\udfff"), None)
        if half is not None:
            message = (
                f"{name!r} has half a character (a lone surrogate) at place {half}, which no file can hold."
            )
            raise Invalid(message, [{"loc": ["body", "files"], "code": "text", "message": message}])
    if not is_latest(dataset):
        raise Taken(
            f"{dataset.name!r} has a newer version than {dataset.version}. Open the files of that one, and "
            "make the change there."
        )
    wish = Wish(type="zip", description=dataset.description, new_version_of=dataset)
    return take_file(dataset.owner, changed_bundle(dataset.artifact, files), dataset.file_name, wish)
