"""A first look at a file that was uploaded and is not kept yet, in the sandbox."""

from __future__ import annotations

import shutil
from typing import Any

from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.live.reply import Reply
from studio.uploads import partial
from workers.data.sandbox_input import allowed
from workers.sandbox.job import Job
from workers.sandbox.parent import Sandbox


def preview(upload: str, args: dict[str, Any], sandbox: Sandbox) -> Reply:
    """How an upload would be read. `args`: as for an import."""
    found = partial.find_any(upload)
    if found is None:
        return Reply.failed("The upload is gone. Send the file again.")
    drafts = store().new_drafts()
    try:
        give_back()
        with found.whole() as path:
            job = Job(verb="preview", args=args, file=str(path), limits=allowed())
            outcome = sandbox.run(job, drafts)
    finally:
        shutil.rmtree(drafts, ignore_errors=True)
    if failure := outcome.failure:
        return Reply.failed(failure.message, line=failure.line, column=failure.column)
    return Reply(data=outcome.data)
