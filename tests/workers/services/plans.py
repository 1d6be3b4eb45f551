"""Small services for tests: a plan of scripts in a row, and bodies of calls."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

from modules.exchange.plan import ServicePlan

COLUMNS = [{"name": "x", "type": "integer"}]


def plan(
    *scripts: str,
    columns: list[dict[str, Any]] = COLUMNS,
    module: str = "execute-python-script",
    **step: Any,
) -> ServicePlan:
    """Each script gets what the one before it left; the first gets the caller's rows."""
    steps = [
        {
            "node": f"script{number}",
            "module": module,
            "params": {"script": dedent(script)},
            "inputs": {
                "dataset1": {"caller": "input1"}
                if number == 1
                else {"node": f"script{number - 1}", "port": "result_dataset"}
            },
            **step,
        }
        for number, script in enumerate(scripts, 1)
    ]
    return ServicePlan.model_validate(
        {
            "interface": {
                "inputs": [{"name": "input1", "columns": columns}],
                "outputs": [{"name": "output1", "columns": columns}],
            },
            "steps": steps,
            "outputs": {"output1": {"node": f"script{len(scripts)}", "port": "result_dataset"}},
        }
    )


def body(*values: Any, column: str = "x") -> bytes:
    rows = [[value] for value in values]
    return json.dumps({"Inputs": {"input1": {"ColumnNames": [column], "Values": rows}}}).encode()


def column(answer: bytes, name: str) -> list[str]:
    """The cells of an answer's column."""
    value = json.loads(answer)["Results"]["output1"]["value"]
    place = value["ColumnNames"].index(name)
    return [row[place] for row in value["Values"]]
