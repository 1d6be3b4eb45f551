"""What runs while things go wrong, and what each run must come to."""

from __future__ import annotations

import random
from typing import Any

from tests.builders import Exp
from tests.server import Server

STEP = """\
import time
def azureml_main(frame, other=None):
    print("step {number}")
    time.sleep({pause})
    frame["x"] = frame["x"] * 3 + {number}
    return frame,
"""


def experiment(seed: int) -> Exp:
    """A graph of a table, scripts in a chain or a fan, and a join of rows at the end."""
    dice = random.Random(seed)
    exp = Exp(f"Chaos {seed}").table("data", "x\n" + "\n".join(str(seed * 100 + row) for row in range(50)))
    ports = ["data.dataset"]
    for number in range(dice.randint(2, 6)):
        source = STEP.format(number=number, pause=round(dice.uniform(0, 0.3), 2))
        exp.script(f"s{number}", source).wire(dice.choice(ports), f"s{number}.dataset1")
        ports.append(f"s{number}.result_dataset")
    exp.node("rows", "add-rows").wire(ports[-1], "rows.dataset1").wire(dice.choice(ports), "rows.dataset2")
    return exp


def results(body: dict[str, Any]) -> dict[str, Any]:
    """What a run came to: of each node its state, its error, and the content on each of its ports."""
    return {
        id: (
            node["state"],
            node["error"],
            {port: output["artifact"] for port, output in node["outputs"].items()},
        )
        for id, node in body["nodes"].items()
    }


def printed(studio: Server, run: str) -> dict[str, str]:
    """Of each script what its log holds."""
    nodes = [id for id in studio.get(f"runs/{run}")["nodes"] if id.startswith("s")]
    return {id: studio.http.get(f"runs/{run}/nodes/{id}/log").text for id in nodes}


def differ(what: str, disturbed: dict[str, Any], calmly: dict[str, Any]) -> None:
    """AssertionError where they do, with what does."""
    differing = {
        key: (disturbed.get(key), calmly.get(key)) for key in calmly if disturbed.get(key) != calmly[key]
    }
    assert not differing, f"{what}: disturbed and calmly {differing}"
