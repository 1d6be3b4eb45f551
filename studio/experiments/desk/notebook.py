"""A script in cells as a notebook, and a notebook as such a script."""

from __future__ import annotations

import json
from typing import Any

from modules.sdk.source import clean


def as_notebook(script: str) -> str:
    """The notebook, a cell for each `# %%`; what stands above the first is its first cell."""
    cells: list[list[str]] = [[]]
    for line in script.splitlines(keepends=True):
        if line.startswith("# %%"):
            cells.append([])
        cells[-1].append(line)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document: dict[str, Any] = {
        "cells": [_cell(number, lines) for number, lines in enumerate(cells) if lines],
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, lines: list[str]) -> dict[str, Any]:
    source = "".join(lines).rstrip("\n").splitlines(keepends=True)
    return {
        "cell_type": "code", "execution_count": None, "id": f"cell-{number}", "metadata": {}, "outputs": [],
        "source": source,
    }  # fmt: skip


def from_notebook(text: str) -> str:
    """The code of a notebook as a script in cells; lines for the notebook alone (`%matplotlib`, `!pip`)
    become comments. ValueError if it is no notebook."""
    document = json.loads(text)
    cells = document.get("cells") if isinstance(document, dict) else None
    if cells is None and isinstance(document, dict):  # version 3 had sheets
        cells = [cell for sheet in document.get("worksheets", []) for cell in sheet.get("cells", [])]
    if not cells:
        raise ValueError("This file is no notebook: it has no cells.")
    parts: list[str] = []
    title = ""
    for cell in cells:
        if cell.get("cell_type") == "markdown":
            title = _heading(cell.get("source", "")) or title
        if cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            code = clean(source if isinstance(source, str) else "".join(source))
            code = "".join(
                f"# {line}" if line.startswith(("%", "!")) else line for line in code.splitlines(True)
            )
            ours = code.startswith(("# %%", "# ///"))
            parts.append(code if ours else f"{f'# %% {title}'.rstrip()}\n{code}")
            title = ""
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _heading(source: str | list[str]) -> str:
    """The first heading in a cell of text."""
    for line in (source if isinstance(source, str) else "".join(source)).splitlines():
        if line.startswith("#"):
            return line.strip("# ").strip()[:60]
    return ""
