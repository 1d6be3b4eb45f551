"""The same functions behind FastAPI and uvicorn, in one process: what a service is measured against."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from fastapi import FastAPI, Request, Response

SCRIPT = "def azureml_main(frame):\n    frame['y'] = frame['x'] * 2\n    return frame,\n"
LARGE_SCRIPT = "def azureml_main(frame):\n    frame['c0'] = frame['c0'] * 2\n    return frame,\n"


def call(*values: int) -> bytes:
    return as_body(pa.table({"x": list(values)}))


def as_body(table: pa.Table) -> bytes:
    """A call in classic's form."""
    columns = [column.to_pylist() for column in table.columns]
    said = {"ColumnNames": table.column_names, "Values": list(map(list, zip(*columns, strict=True)))}
    return json.dumps({"Inputs": {"input1": said}, "GlobalParameters": {}}).encode()


def answer(body: bytes) -> list[int]:
    """The column `y`."""
    value = json.loads(body)["Results"]["output1"]["value"]
    return [int(row[value["ColumnNames"].index("y")]) for row in value["Values"]]


def large_table(rows: int, columns: int) -> pa.Table:
    numbers = np.random.default_rng(0).random((columns, rows))
    return pa.table({f"c{n}": numbers[n] for n in range(columns)})


def make_app() -> Any:
    app = FastAPI()
    functions: dict[str, Any] = {}
    for name, script in (("one", SCRIPT), ("large", LARGE_SCRIPT)):
        names: dict[str, Any] = {}
        exec(script, names)
        functions[name] = names["azureml_main"]

    async def classic(request: Request, function: Any) -> Response:
        said = (await request.json())["Inputs"]["input1"]
        frame = pd.DataFrame(said["Values"], columns=said["ColumnNames"])
        (result,) = function(frame)
        cells = [["" if v is None else str(v) for v in row] for row in result.itertuples(index=False)]
        names = list(result.columns)
        value = {"ColumnNames": names, "ColumnTypes": ["Double"] * len(names), "Values": cells}
        told = {"Results": {"output1": {"type": "table", "value": value}}}
        return Response(json.dumps(told), media_type="application/json")

    @app.post("/one")
    async def one(request: Request) -> Response:
        return await classic(request, functions["one"])

    @app.post("/json")
    async def as_json(request: Request) -> Response:
        return await classic(request, functions["large"])

    @app.post("/arrow")
    async def as_arrow(request: Request) -> Response:
        with pa.ipc.open_stream(await request.body()) as reader:
            (result,) = functions["large"](reader.read_all().to_pandas())
        sink = io.BytesIO()
        table = pa.Table.from_pandas(result, preserve_index=False)
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        return Response(sink.getvalue(), media_type="application/vnd.apache.arrow.stream")

    return app


@contextmanager
def running() -> Iterator[int]:
    """The port at which it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.services_peer", str(port)]
    process = subprocess.Popen(command)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(make_app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
