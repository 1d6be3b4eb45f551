"""A first look at a file that was uploaded and is not kept yet, in the sandbox."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from studio.artifacts.store import store
from workers.jobs import allowed
from workers.sandbox.job import Job
from workers.sandbox.parent import Sandbox


def preview(path: Path, args: dict[str, Any], sandbox: Sandbox) -> dict[str, Any]:
    """`{"data": …}`, or `{"failure": {"message", "line", "column"}}`. `args`: as for an import."""
    if not path.is_file():
        return {"failure": {"message": "The upload is gone. Send the file again."}}
    drafts = store().new_drafts()
    try:
        outcome = sandbox.run(Job(verb="preview", args=args, file=str(path), limits=allowed()), drafts)
    finally:
        shutil.rmtree(drafts, ignore_errors=True)
    if failure := outcome.failure:
        return {"failure": {"message": failure.message, "line": failure.line, "column": failure.column}}
    return {"data": outcome.data}
