"""Pages, summaries, charts and exports of what nodes left, made in the sandbox."""

from __future__ import annotations

import json
import re
import shutil
from typing import Any

from studio.artifacts.artifact_use import touch
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.live.reply import Reply
from workers.data.datasets import read_anew
from workers.data.sandbox_input import ArtifactGone, allowed, as_input
from workers.looks.reader_pool import Readers
from workers.replies import Tell
from workers.sandbox.job import Failure, Input, Job
from workers.sandbox.parent import Sandbox

GONE = Reply.failed("The table is no longer in the store.", gone=True)


def look(
    artifact_id: str,
    verb: str,
    args: dict[str, Any],
    sandbox: Sandbox,
    readers: Readers | None = None,
    tell: Tell | None = None,
) -> Reply:
    """What is asked about an artifact.

    Exports, and answers that `args` names a file for ("kept"), are kept beside the artifact; what is told of
    an export too, if `args` names a file for that ("told"). `readers` may have the table open already. `tell`
    hears first where an export is being written that nothing is told of.
    """
    if not all(is_file_name(args.get(name, "x")) for name in ("kept", "told", "format")):
        return Reply.failed("This question names a file that nothing is kept in.")
    ids = {"table": artifact_id} | ({"other": args["other"]} if "other" in args else {})
    artifacts = Artifact.objects.in_bulk(ids.values())
    if len(artifacts) < len(set(ids.values())):
        return GONE
    touch(list(artifacts.values()))
    drafts = None
    try:
        stays = readers is not None and "kept" not in args and readers.take_in(artifacts[artifact_id], verb)
        asked = None if stays else args
        inputs = {port: _input(artifacts[id], verb, asked, sandbox) for port, id in ids.items()}
        if readers and stays and (answer := readers.ask(artifact_id, inputs["table"], verb, args)):
            return _reply(answer.failure, answer.data)
        drafts = store().new_drafts()
        if tell and verb == "export" and "told" not in args:
            tell(Reply(writing=drafts.name))
        job = Job(verb=verb, args=args, inputs=inputs, limits=allowed())
        give_back()
        outcome = sandbox.run(job, drafts)
        if outcome.failure:
            return _reply(outcome.failure)
        if verb == "export":
            name = args.get("kept", f"export.{args['format']}")
            store().derived.keep(drafts / outcome.data.pop("file"), artifact_id, name)
        if kept := args.get("told" if verb == "export" else "kept"):
            made = drafts / "answer"
            made.write_text(json.dumps(outcome.data))
            store().derived.keep(made, artifact_id, kept)
        return Reply(data=outcome.data)
    except ArtifactGone:
        return GONE
    finally:
        if drafts:
            shutil.rmtree(drafts, ignore_errors=True)


def _input(artifact: Artifact, verb: str, args: dict[str, Any] | None, sandbox: Sandbox) -> Input:
    """It as a job's input; what a dataset holds is read anew where it is damaged."""
    try:
        return as_input(artifact, verb, args)
    except ArtifactGone:
        if not read_anew(artifact, sandbox):
            raise
        return as_input(Artifact.objects.get(pk=artifact.pk), verb, args)


def is_file_name(name: object) -> bool:
    """Whether it may be part of a path: a question comes by Redis, to which others may write.

    >>> is_file_name("summary-5.0-20.json"), is_file_name("../x"), is_file_name("csv/../x"), is_file_name(5)
    (True, False, False, False)
    """
    return isinstance(name, str) and re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", name) is not None


def _reply(failure: Failure | None, data: Any = None) -> Reply:
    return Reply.failed(failure.message) if failure else Reply(data=data)
