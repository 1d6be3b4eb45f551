"""How a sample's experiment file is written: nodes in columns and rows, wires in pairs, notes beside them."""

from __future__ import annotations

from typing import Any

from studio.experiments.graph import FORMAT
from studio.samples.data import SCRIPTS

LEFT, STEP, WIDE = 80, 160, 280
NOTE = (260, 130)


def source(name: str) -> str:
    """A script of the samples."""
    return (SCRIPTS / name).read_text(encoding="utf-8")


def node(id: str, module: str, at: tuple[float, float], comment: str = "", **params: Any) -> dict[str, Any]:
    """`at`: column and row."""
    return {"id": id, "module": module, "params": params, "position": _position(at), "comment": comment}


def note(id: str, at: tuple[float, float], text: str, height: int = NOTE[1]) -> dict[str, Any]:
    """Markdown beside the nodes."""
    return {
        "id": id,
        "text": text,
        "position": _position(at),
        "size": {"width": NOTE[0], "height": height},
        "color": "yellow",
    }


def file(
    name: str,
    description: str,
    nodes: list[dict[str, Any]],
    *wires: tuple[str, str],
    notes: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "format": FORMAT,
        "name": name,
        "description": description,
        "nodes": nodes,
        "wires": [{"from": source, "to": target} for source, target in wires],
    }
    return made | ({"notes": notes} if notes else {})


def _position(at: tuple[float, float]) -> dict[str, int]:
    return {"x": LEFT + round(WIDE * at[0]), "y": 60 + round(STEP * at[1])}
