"""What goes in through the sandbox's door, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from modules.scripting.error_frames import ErrorFrame
from modules.scripting.line_values import LineValue
from modules.wire_types import Manifest

Verb = Literal[
    "node", "import", "preview", "page", "summary", "export", "chart", "compare", "file", "files", "model",
    "thumbnail", "evaluation", "metrics", "tree", "clusters", "inputs", "try", "difference", "read", "sample",
    "serve", "call", "help", "build", "console", "mark", "matches",
]  # fmt: skip

SPILLING: tuple[Verb, ...] = ("import", "preview")
"""Verbs that run no script, and keep what they read of large files in unnamed files among the drafts."""


class Limits(BaseModel):
    """What one child may use. Each exceeded limit ends the job with a sentence that names it."""

    memory_bytes: int = 4 << 30
    cpu_seconds: int = 3600
    wall_seconds: int = 3600
    processes: int = 64
    open_files: int = 1024
    work_bytes: int = 1 << 30
    files: int = 200_000
    locks: int = 10_000
    output_bytes: int = 16 << 30
    log_bytes: int = 4 << 20
    pictures: int = 100
    picture_bytes: int = 32 << 20
    picture_pixels: int = 100_000_000


class Environment(BaseModel):
    """Packages of an environment that a child has before base's. `folder`: where they lie. `names`: what can
    be imported from it, at the top. `alone`: the module file to read, where not all can be had warm."""

    folder: str
    names: tuple[str, ...] = ()
    alone: str = ""


class Network(BaseModel):
    """What a child that has network says to the worker's proxy to be let in."""

    word: str


class Input(BaseModel):
    """A stored value and where its files are: `files` maps each object's name to a path."""

    manifest: Manifest
    files: dict[str, str]


class Job(BaseModel):
    """One piece of work for one child.

    verb "node":    args {"module": slug, "params": {...}, "watch"?, "pieces"?}; inputs by port name.
                    `watch`: what each line of its script makes is told. `pieces`: the input that may be gone
                    through in pieces.
    verb "import":  args {"type": "csv", "name": "pima.csv", "reading": {…}?}; `file` is the uploaded file.
    verb "preview": args and `file` as for "import"; nothing is kept of it.
    verb "page":    args {"offset", "limit", "sort", "descending", "filter", "search", "columns", "longest"};
                    inputs {"table": ...}.
    verb "summary": args {"columns": [names] | null}; inputs {"table": ...}.
    verb "export":  args {"format": "csv"}; inputs {"table": ...}.
    verb "chart":   args as `modules.look.charts.chart` takes them; inputs {"table": ...}.
    verb "compare": args as `modules.look.comparison.compare` takes them; inputs {"table", "other"}: old, new.
    verb "matches": args {"left": [names], "right": [names], "match_case"}; inputs {"table", "other"}.
    verb "evaluation": args {"label": name of a column | null}; inputs {"table": a scored table}.
    verb "metrics": args {"label": name of a column | null}; inputs {"table": ..., "other": a model?}.
    verb "file":    args {"name": path in the bundle}; inputs {"table": a bundle}.
    verb "files":   inputs {"table": a bundle}.
    verb "model", "clusters", "inputs": inputs {"table": a model}.
    verb "tree":    args {"tree", "levels"}; inputs {"table": a model}.
    verb "try":     args {"row": values by name}; inputs {"table": a model}.
    verb "difference": inputs {"table", "other"}, both models.
    verb "thumbnail": inputs {"table": a device with one picture}.
    verb "sample":  args as `workers.sandbox.samples.SampleWish`; inputs by whatever name its steps use.
    verb "read":    inputs {"table": ...}; stays, and is asked "page" and "chart" on its channel.
    verb "call":    args {"form", "schema", "query"}; `file` is the body of a job's call. Outputs are its
                    inputs (or, of a call without rows, its outputs); data says so.
    verb "serve":   args {"plan": a ServicePlan}; inputs: its constants by artifact; stays, gets a door for
                    each call at its own (`workers.sandbox.copies`), and leaves nothing.
    """

    # "build": args as `workers.sandbox.building.Build`; its drafts are a folder that it may do all in, and
    # keep what they hold afterwards.
    # "mark": args as for "node"; data is what the source of the node's data looks like, or None.
    # "node" with the channel "debugger": args has "debug" as well, as `modules.debugging.debugger` takes it.
    # "help": inputs {"bundle": ...} or none; stays, and is asked about scripts on its channel.
    # "console": args {"language": "python"}; inputs of the node by port; stays, leaves nothing.
    verb: Verb
    args: dict[str, Any] = {}
    inputs: dict[str, Input] = {}
    file: str | None = None
    limits: Limits = Limits()
    environment: Environment | None = None
    # `network`: it may use the worker's proxy. `secrets`: values by name, which it finds in its surroundings.
    network: Network | None = None
    secrets: dict[str, str] = Field(default={}, repr=False)


MESSAGE = 10_000
"""Characters of a failure's sentence."""


class Failure(BaseModel):
    """Why a job did not end well. `line` is the script's own line, counted from 1. `node`: where, if a job
    runs several. `frames`: the calls that led there, with the values of their variables."""

    type: str
    message: str
    line: int | None = None
    column: int | None = None
    param: str | None = None
    traceback: str = ""
    node: str | None = None
    frames: list[ErrorFrame] = []


@dataclass
class Outcome:
    """What came of a job.

    outputs: verb "node" and "import": a manifest by port name, its new files still drafts in
             `drafts`; "import" has "dataset" and, where rows were set apart, "rejects".
    data:    the other verbs, and "call": the JSON they answer; "export": {"file": NAME in drafts}.
    timings: seconds by phase (forking, reading, running, writing …).
    lines:   what each line of the script made, if that was wanted; of a failed one too.
    """

    drafts: Path
    outputs: dict[str, Manifest] = field(default_factory=dict)
    data: Any = None
    failure: Failure | None = None
    cancelled: bool = False
    timings: dict[str, float] = field(default_factory=dict)
    peak_bytes: int = 0
    lines: list[LineValue] = field(default_factory=list)
