"""What a hand does on a canvas, and how long each frame took meanwhile, in milliseconds."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

STEPS = 90
READING = 1.0


def frames(page: Page, gesture: Callable[[Page], None]) -> list[float]:
    page.wait_for_timeout(250)
    page.evaluate("bench.start()")
    gesture(page)
    return [float(one) for one in page.evaluate("bench.stop()")]


def pan(page: Page) -> None:
    drag(page, _point(page, "pane"))


def drag_one(page: Page) -> None:
    drag(page, _point(page, "node"))


def drag_selected(page: Page) -> None:
    drag(page, _point(page, "selected"))


def zoom(page: Page) -> None:
    """A little in and out again."""
    view = page.evaluate("bench.viewport()")
    page.mouse.move(view["x"] + view["width"] / 2, view["y"] + view["height"] / 2)
    for step in range(STEPS):
        page.mouse.wheel(0, -20 if step % 30 < 15 else 20)


def read_closely(page: Page) -> None:
    """Zooms to 100 % at a node in the middle, a selected one where there is one."""
    selected = page.locator(".react-flow__node.selected").count() > 0
    at = _point(page, "selected" if selected else "node")
    page.mouse.move(at["x"], at["y"])
    page.mouse.wheel(0, -math.log2(READING / page.evaluate("bench.viewport().scale")) / 0.002)
    page.wait_for_timeout(400)


def select_part(page: Page, part: float) -> None:
    """A rubber band around this part of the whole width."""
    view = page.evaluate("bench.viewport()")
    page.keyboard.down("Shift")
    page.mouse.move(view["x"] + 6, view["y"] + 60)
    page.mouse.down()
    page.mouse.move(view["x"] + 60, view["y"] + 90)
    page.mouse.move(view["x"] + view["width"] * part, view["y"] + view["height"] - 60, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")


def drag(page: Page, at: dict[str, Any]) -> None:
    """Around in a wide loop, and back to where it began."""
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    for step in range(1, STEPS + 1):
        turn = 2 * math.pi * step / STEPS
        page.mouse.move(at["x"] + 90 * math.sin(turn), at["y"] + 60 * (1 - math.cos(turn)))
    page.mouse.up()


def _point(page: Page, on: str) -> dict[str, Any]:
    at: dict[str, Any] | None = page.evaluate("on => bench.point(on)", on)
    assert at, f"There is no {on} in the middle of the canvas to take hold of."
    return at
