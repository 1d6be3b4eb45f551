"""The work itself, shared by all peers: steps that read a Feather file and write another."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Step:
    """A node: its name and the names of those it stands on."""

    name: str
    above: tuple[str, ...]
    kind: str


def graph(workload: str) -> list[Step]:
    """W1: 20 nodes in a chain; W2: 5; W3: 16 side by side and their join. `in` is the input's file."""
    if workload == "W3":
        burners = [Step(f"b{place}", (), "burn") for place in range(16)]
        return [*burners, Step("join", tuple(step.name for step in burners), "join")]
    count, kind = (20, "add") if workload == "W1" else (5, "change")
    names = ["in", *(f"s{place}" for place in range(count))]
    return [Step(name, (above,), kind) for above, name in pairwise(names)]


def make_input(workload: str, folder: Path) -> None:
    if workload == "W1":
        numbers = np.random.default_rng(1).random((1000, 10))
        frame = pd.DataFrame(numbers, columns=[f"c{place}" for place in range(10)])
    elif workload == "W2":
        frame = five_million()
    else:
        return
    frame.to_feather(folder / "in.feather", compression="uncompressed")


def five_million(rows: int = 5_000_000) -> pd.DataFrame:
    dice = np.random.default_rng(2)
    columns: dict[str, object] = {f"f{place}": dice.random(rows) for place in range(4)}
    missing = dice.random(rows) < 0.05
    columns["i0"] = dice.integers(0, 1000, rows)
    columns["i1"] = pd.arrays.IntegerArray(dice.integers(0, 1000, rows), missing)
    words = pd.Series([f"word{place}" for place in range(1000)], dtype="str")
    columns["t0"] = words.take(dice.integers(0, 1000, rows)).reset_index(drop=True)
    columns["t1"] = words.take(dice.integers(0, 1000, rows)).reset_index(drop=True)
    return pd.DataFrame(columns)


def carry_out(step: Step, folder: Path) -> None:
    """Reads what lies above, does the step's work, writes what it made."""
    frames = [pd.read_feather(folder / f"{name}.feather") for name in step.above]
    made = work(step, frames)
    made.to_feather(folder / f"{step.name}.feather", compression="uncompressed")


def work(step: Step, frames: list[pd.DataFrame]) -> pd.DataFrame:
    match step.kind:
        case "burn":
            end = time.process_time() + 0.5
            count = 0
            while time.process_time() < end:
                count += 1
            return pd.DataFrame({"count": [count]})
        case "join":
            return pd.concat(frames, ignore_index=True)
        case "add":
            return frames[0].assign(c0=frames[0]["c0"] + 1)
    column = f"f{int(step.name[1:]) % 4}"
    return frames[0].assign(**{column: frames[0][column] * 2 + 1})


if __name__ == "__main__":
    make_input(sys.argv[1], Path(sys.argv[2]))
