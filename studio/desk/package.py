"""An experiment as files to take away: the script alone, or a zip with its datasets and studio-modules."""

from __future__ import annotations

import asyncio
import io
import re
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from modules.registry import module_title
from studio.artifacts.artifact_use import kept_file
from studio.artifacts.downloads import table_file
from studio.artifacts.files import CHUNK
from studio.artifacts.models import Artifact
from studio.datasets.lookup import Lookup
from studio.environments.carried import with_environments
from studio.errors import Invalid
from studio.experiments.desk.modules_wheel import WHEEL, outside_requirements, requirements, write_wheel
from studio.experiments.desk.notebook import as_notebook
from studio.experiments.desk.packages import NoPackages
from studio.experiments.desk.writer import DeskFile, write_script
from studio.experiments.graph import FileProblem, read_graph
from studio.experiments.models import Experiment
from studio.experiments.own_modules import flat_document
from studio.text import file_name

Form = Literal["py", "ipynb"]


@dataclass(frozen=True)
class Package:
    """`name`: of the script's file; `data`: by path in the zip the artifact that lies there."""

    name: str
    script: str
    data: dict[str, Artifact]


def make_package(experiment: Experiment, form: Form) -> Package:
    """The script, with its datasets as they are. Invalid if one is not ready or the graph has a circle."""
    _refuse_pinned(experiment)
    files: dict[str, DeskFile] = {}
    data: dict[str, Artifact] = {}
    lookup = Lookup(experiment.owner_id)
    for node in flat_document(experiment.document).get("nodes", []):
        name = str((node.get("params") or {}).get("dataset", ""))
        if node.get("module") != "dataset" or not name or name in files:
            continue
        found = lookup.find(name)
        if found is None or found.artifact is None:
            message = (
                f"There is no dataset {name!r} that is ready. Choose another in this node, or upload it."
            )
            raise Invalid(message, [{"node": str(node.get("id")), "code": "no-dataset", "message": message}])
        ending = "parquet" if found.artifact.type == "table" else "zip"
        plain = re.sub(r"[^\w.@-]+", "_", name)
        path = _free(f"data/{plain}", ending, data)
        files[name], data[path] = DeskFile(path, found.artifact.type), found.artifact
    try:
        document = with_environments(experiment.document, experiment.owner_id)
        script = write_script(document, files, requirements(), WHEEL, outside_requirements())
    except NoPackages as wrong:
        raise Invalid(str(wrong), [{"node": wrong.node, "code": "packages", "message": str(wrong)}]) from None
    except (FileProblem, ValueError) as wrong:
        raise Invalid(str(wrong)) from None
    plain = re.sub(r"\W+", "_", experiment.name).strip("_").lower() or "experiment"
    return Package(f"{plain}.{form}", as_notebook(script) if form == "ipynb" else script, data)


def _refuse_pinned(experiment: Experiment) -> None:
    for node in read_graph(experiment.document).nodes.values():
        if node.pinned:
            title = node.name or module_title(node.module)
            message = f"{title} is pinned, and a script would run it all the same. Unpin it, then export."
            raise Invalid(message, [{"node": node.id, "code": "pinned", "message": message}])


def _free(path: str, ending: str, taken: dict[str, Artifact]) -> str:
    candidate, count = f"{path}.{ending}", 2
    while candidate in taken:
        candidate, count = f"{path}_{count}.{ending}", count + 1
    return candidate


def files_of(package: Package) -> dict[str, Path]:
    """By path in the zip the file on this machine. Tables are written by a worker, in the sandbox."""
    return {path: _file(artifact) for path, artifact in package.data.items()}


def _file(artifact: Artifact) -> Path:
    if artifact.type == "table":
        return table_file(artifact, "parquet")
    (download, *_) = artifact.read().downloads()
    return kept_file(artifact, str(download.object))


async def zip_parts(package: Package, files: dict[str, Path]) -> AsyncIterator[bytes]:
    """The zip as it is written, so that no more than a piece of it is in memory."""
    parts = _zip_parts(package, files)
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        yield part


def _zip_parts(package: Package, files: dict[str, Path]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # what is in it is packed already
        archive.writestr(file_name(package.name), package.script)
        with tempfile.TemporaryDirectory() as folder:
            archive.write(write_wheel(Path(folder)), WHEEL)
        yield sink.taken()
        for name, path in files.items():
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                while piece := source.read(CHUNK):
                    target.write(piece)
                    yield sink.taken()
    yield sink.taken()


class _Sink(io.BytesIO):
    """A file that cannot be sought in: what is written is taken away at once."""

    def tell(self) -> int:
        raise io.UnsupportedOperation

    def seekable(self) -> bool:
        return False

    def taken(self) -> bytes:
        piece = self.getvalue()
        self.seek(0)
        self.truncate(0)
        return piece
