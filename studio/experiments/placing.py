"""Places for nodes that nobody has put anywhere. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DOWN, ACROSS = 160, 280


def place_new(new: list[dict[str, Any]], nodes: list[dict[str, Any]], wires: list[dict[str, Any]]) -> None:
    """Below the first node that they take from, beside what stands there; else below all."""
    by_id = {node["id"]: node for node in nodes}
    waiting = {node["id"] for node in new}
    taken = [_at(node) for node in nodes if node["id"] not in waiting]
    for node in new:
        above = next(
            (
                by_id[wire["from"].rpartition(".")[0]]
                for wire in wires
                if wire["to"].rpartition(".")[0] == node["id"]
                and wire["from"].rpartition(".")[0] not in waiting
            ),
            None,
        )
        lowest = max((place["y"] for place in taken), default=-DOWN)
        over = _at(above) if above else {"x": 0, "y": lowest}
        place = {"x": over["x"], "y": over["y"] + DOWN}
        while any(abs(place["x"] - p["x"]) < ACROSS and abs(place["y"] - p["y"]) < DOWN / 2 for p in taken):
            place["x"] += ACROSS
        node["position"] = place
        taken.append(place)
        waiting.discard(node["id"])


def _at(node: Mapping[str, Any]) -> dict[str, float]:
    """Its place; a file may lack it, or have anything there."""
    place = node.get("position")
    found = {side: place.get(side) if isinstance(place, dict) else 0 for side in ("x", "y")}
    return {side: value if isinstance(value, int | float) else 0 for side, value in found.items()}
