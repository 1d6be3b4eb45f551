"""A prompt of Python: the connected tables as frames, plots inline, names completed as they are."""

from __future__ import annotations

import ast
import base64
import builtins
import io
import keyword
import linecache
import re
import sys
import time
import traceback
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from modules.debugging import shown
from modules.debugging.breakpoints import BUNDLE
from modules.debugging.frames import run_tree
from modules.debugging.protocol import Door
from modules.files.bundle import unpack
from modules.python_language._figures import headless
from modules.python_language._wheels import unpack_wheels
from modules.sdk.values import Bundle, Model, Table, Value

MOST_PRINTED = 256 << 10
"""Characters that one entry may print; what is beyond is counted."""
AT_ONCE, PAUSE = 4096, 0.05
MOST_PICTURES, PICTURE = 10, 500 << 10
LONGEST, REPR_SECONDS = 20_000, 5.0
MOST_ITEMS, MOST_KEPT = 300, 200


class PythonConsole:
    """`inputs`: the node's, by port. What is printed goes to `door` as it comes."""

    def __init__(self, inputs: Mapping[str, Value], door: Door) -> None:
        import numpy as np
        import pandas as pd
        from matplotlib import pyplot as plt

        headless().__enter__()  # for good: the process ends with the console
        self._door = door
        self._names: dict[str, Any] = {"pd": pd, "np": np, "plt": plt, "__name__": "__console__"}
        tables = [inputs[port] for port in ("dataset1", "dataset2") if inputs.get(port) is not None]
        for number, table in enumerate(tables, 1):
            if isinstance(table, Table):
                self._names[f"dataframe{number}"] = table.frame()
        if isinstance(bundle := inputs.get("script_bundle"), Bundle):
            place = Path.cwd() / BUNDLE
            unpack(bundle, place)
            sys.path[:0] = [str(place), *map(str, unpack_wheels(place))]
        if isinstance(model := inputs.get("model"), Model):
            from modules.learning.objects import estimator_of

            self._names["model"] = estimator_of(model)
        self._kept: list[Any] = []
        self._count = 0

    def names(self) -> list[dict[str, Any]]:
        """What is there beside the libraries: name, short text, type."""
        budget = shown.Budget()
        return [
            {"name": name, "value": budget.text(value), "type": shown.type_name(value)}
            for name, value in list(self._names.items())[:MOST_ITEMS]
            if not name.startswith("_") and name not in ("pd", "np", "plt")
        ]

    def execute(self, code: str) -> dict[str, Any]:
        """Runs an entry. `result`: of its last expression; `table`: its first rows, if it is a table;
        `pictures`: of the figures that it leaves; `error`: the traceback."""
        self._count += 1
        name, started = f"In [{self._count}]", time.monotonic()
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        printed = _Printed(self._door)
        value, error = None, ""
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                tree = ast.parse(code.strip("\n") + "\n", name)
                value, _ = run_tree(tree, name, self._names)
            except KeyboardInterrupt:
                error = "KeyboardInterrupt: interrupted"
            except BaseException as failure:
                error = _traceback(failure, name)
        printed.close_up()
        told: dict[str, Any] = {"number": self._count, "error": error, **self._shown(value)}
        told["pictures"] = _pictures()
        told["names"] = self.names()
        told["seconds"] = time.monotonic() - started
        return told

    def _shown(self, value: Any) -> dict[str, Any]:
        if value is None:
            return {"result": ""}
        self._names["_"] = value
        if shown.is_table(value):
            try:
                page = shown.table_page(value, 0, 20)
            except Exception as error:
                return {"result": f"<{shown.type_name(value)}: cannot be shown, {type(error).__name__}>"}
            if len(self._kept) < MOST_KEPT:
                self._kept.append(value)
                page["reference"] = len(self._kept)
            return {"result": f"{shown.type_name(value)} {shown.Budget().text(value)}", "table": page}
        try:
            with shown.within(REPR_SECONDS):
                return {"result": shown.clean(repr(value), LONGEST)}
        except BaseException:
            return {"result": shown.Budget().text(value)}

    def table(self, reference: int, offset: int, limit: int) -> dict[str, Any]:
        if not 1 <= reference <= len(self._kept):
            raise ValueError("This table is no longer held.")
        return shown.table_page(self._kept[reference - 1], offset, limit)

    def complete(self, text: str) -> dict[str, Any]:
        """What could stand at the end of this line: columns of a live frame, attributes, names. Nothing is
        called for it but attributes of objects that are there."""
        if found := re.search(
            r"([A-Za-z_][\w.]*)\[\s*\[?(?:\s*[\"'][^\"']*[\"']\s*,)*\s*([\"'])([^\"']*)$", text
        ):
            columns = getattr(self._look_up(found[1]), "columns", ())
            labels = [str(name) for name in list(columns)[: 10 * MOST_ITEMS]]
            return _items(labels, found[3], "column")
        if found := re.search(r"([A-Za-z_][\w.]*)\.(\w*)$", text):
            value = self._look_up(found[1])
            if value is None:
                return {"items": [], "from": len(text)}
            with shown.within(shown.SECONDS):
                labels = [name for name in dir(value) if found[2].startswith("_") or not name.startswith("_")]
            return _items(labels, found[2], "property")
        word = re.search(r"\w*$", text)
        begun = word[0] if word else ""
        return _items([*self._names, *keyword.kwlist, *dir(builtins)], begun, "variable")

    def _look_up(self, dotted: str) -> Any:
        first, *rest = dotted.split(".")
        value = self._names.get(first)
        try:
            with shown.within(shown.SECONDS):
                for name in rest:
                    value = getattr(value, name)
        except BaseException:
            return None
        return value


def _items(labels: list[str], begun: str, kind: str) -> dict[str, Any]:
    fitting = [name for name in labels if name.startswith(begun) and (begun or not name.startswith("__"))]
    return {
        "begun": begun,
        "items": [{"label": shown.clean(name, 200), "kind": kind} for name in fitting[:MOST_ITEMS]],
    }


class _Printed(io.TextIOBase):
    """Text on its way to the browser: a piece when a line is whole and some time has gone by."""

    def __init__(self, door: Door) -> None:
        self._door, self._size, self._total, self._last = door, 0, 0, 0.0
        self._pieces: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        room = MOST_PRINTED - self._total
        self._total += len(text)
        if room > 0:
            self._pieces.append(text[:room])
            self._size += len(text)
            whole = "\n" in text or "\r" in text
            if self._size > AT_ONCE or (whole and time.monotonic() - self._last > PAUSE):
                self.flush()
        return len(text)

    def flush(self) -> None:
        text, self._pieces, self._size = "".join(self._pieces), [], 0
        self._last = time.monotonic()
        for start in range(0, len(text), 100_000):
            self._door.tell("output", text=shown.clean(text[start : start + 100_000], 100_000))

    def close_up(self) -> None:
        if self._total > MOST_PRINTED:
            self._pieces.append(f"\n… {self._total - MOST_PRINTED:,} characters left out …\n")
        self.flush()


def _pictures() -> list[str]:
    """The figures that are open, as PNG in base64; they are closed."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    found = []
    for number in pyplot.get_fignums()[:MOST_PICTURES]:
        drawn = io.BytesIO()
        try:
            pyplot.figure(number).savefig(drawn, format="png", dpi=80)
        except Exception as error:
            print(f"warning: figure {number} cannot be drawn: {shown.type_name(error)}")
            continue
        if len(drawn.getvalue()) <= PICTURE // MOST_PICTURES * 5:
            found.append(base64.b64encode(drawn.getvalue()).decode())
    pyplot.close("all")
    return found if sum(map(len, found)) <= PICTURE else found[:1]


def _traceback(error: BaseException, name: str) -> str:
    """From the entry's own frame on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != name:
        trace = trace.tb_next
    try:
        with shown.within(shown.SECONDS):
            return shown.clean("".join(traceback.format_exception(type(error), error, trace)), LONGEST)
    except BaseException:
        return f"{shown.type_name(error)} (its message cannot be shown)"
