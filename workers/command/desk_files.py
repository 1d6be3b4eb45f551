"""The files that lie beside an exported script: its datasets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.accounts.owner import owner
from studio.artifacts.store import store
from studio.datasets.lookup import find_dataset
from studio.experiments.desk.writer import DeskFile
from studio.experiments.own_modules import flat_document
from workers.command.arguments import Wrong
from workers.headless import Headless


def write_datasets(document: Mapping[str, Any], engine: Headless, folder: Path) -> dict[str, DeskFile]:
    """Each dataset that the experiment names as a file in `data`. Wrong if one is not there."""
    found: dict[str, DeskFile] = {}
    for node in flat_document(document).get("nodes", []):
        name = str((node.get("params") or {}).get("dataset", ""))
        if node.get("module") != "dataset" or not name or name in found:
            continue
        dataset = find_dataset(owner().pk, name)
        if dataset is None or dataset.artifact is None:
            raise Wrong(f"{node.get('id')}: there is no dataset {name!r} that is ready.")
        table = dataset.artifact.type == "table"
        plain = re.sub(r"[^\w.@-]+", "_", name)
        target = folder / "data" / f"{plain}.{'parquet' if table else 'zip'}"
        target.parent.mkdir(parents=True, exist_ok=True)
        if table:
            shutil.copyfile(engine.export(dataset.artifact, "parquet"), target)
        else:
            (download, *_) = dataset.artifact.read().downloads()
            shutil.copyfile(store().path(str(download.object)), target)
        found[name] = DeskFile(f"data/{target.name}", dataset.artifact.type)
    return found
