"""What a spare child does while it waits: it goes once through what a node goes through.

A fork shares its memory with the template until it writes; each first touch of a page costs a fault.
A spare takes those faults before its job comes. It works on a table of ours, and nothing is left of it
that a script could tell.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

SCRIPT = """\
import numpy as np
import pandas as pd

def azureml_main(frame):
    frame["a"] = frame["a"] + 1
    return frame,
"""


def rehearse(folder: str) -> None:
    """`folder` is empty. Whatever goes wrong here is no matter."""
    with suppress(Exception):
        os.chdir(folder)
        _rehearse()
    os.chdir("/")


def _rehearse() -> None:
    import pandas as pd

    from modules.registry import catalog
    from modules.sdk import columns
    from modules.sdk.values import Table
    from modules.wire_types.stored import DRAFT
    from modules.wire_types.table import StoredColumn, StoredTable
    from workers.sandbox.answer import Answer
    from workers.sandbox.job import Job

    spec = catalog()["execute-python-script"]
    table = Table.from_frame(pd.DataFrame({"a": [1.5, None], "b": [1, 2]}), [])
    job = Job.model_validate_json(Job(verb="node", args={"module": spec.slug}).model_dump_json())
    params = spec.read_params({**job.args.get("params", {}), "script": SCRIPT})
    made = spec.function(dataset1=table, params=params)
    stored = []
    for column in made.result_dataset:
        memory = os.memfd_create("column")
        path = Path(f"/proc/self/fd/{memory}")
        size = columns.write_column(column.data, path)
        columns.read_column(columns.map_file(path))
        stored.append(StoredColumn(name=column.name, type="float", object=f"{DRAFT}1.arrow", bytes=size))
        os.close(memory)
    Answer(outputs={"result_dataset": StoredTable(rows=2, columns=tuple(stored))}).model_dump_json()
