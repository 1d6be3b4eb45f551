"""The examples of the help, as `example_maker` wrote them."""

from __future__ import annotations

import json
from typing import Any

from ninja import Schema

from studio import config

FILE = config.ROOT / "studio" / "catalog" / "examples.json"


class ExampleColumn(Schema):
    name: str
    type: str


class ExampleTable(Schema):
    """The first rows of a table; `total` counts all of them."""

    columns: list[ExampleColumn]
    rows: list[list[Any]]
    total: int


class Example(Schema):
    """What goes into a module and what comes out, by port, and an experiment file that does the same."""

    inputs: dict[str, ExampleTable]
    outputs: dict[str, ExampleTable]
    experiment: dict[str, Any] | None


def example_of(slug: str) -> dict[str, Any] | None:
    """The example of that module's help. The file is read anew each time: few helps are looked at."""
    example: dict[str, Any] | None = json.loads(FILE.read_text(encoding="utf-8")).get(slug)
    return example


def write_examples(examples: dict[str, Any]) -> None:
    """Writes the file, a line for each module."""
    lines = [f"{json.dumps(slug)}: {json.dumps(each, ensure_ascii=False)}" for slug, each in examples.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
