"""The canvas under a finger: pan, pinch, wires by two taps, the menu by holding still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server


def two_apart() -> dict[str, Any]:
    exp = (
        Exp("Two")
        .table("data", "x\n1\n2\n")
        .node("split", "split-data")
        .node("zip", "unpack-zipped-datasets")
    )
    for place, node in enumerate(exp.nodes):
        node["position"] = {"x": 60, "y": 40 + 150 * place}
    return exp.file()


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    return new_page(has_touch=True, viewport={"width": 900, "height": 700})


@pytest.fixture
def experiment(phone: Page, server: Server) -> str:
    id: str = server.create(two_apart())["id"]
    user.open_experiment(phone, server.url, id)
    return id


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def width_of(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["width"]


def fingers(page: Page) -> Callable[..., None]:
    session: CDPSession = page.context.new_cdp_session(page)

    def put(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touched})

    return put


def free_spot(page: Page) -> tuple[float, float]:
    box = user.canvas(page).bounding_box()
    assert box
    return box["x"] + box["width"] - 60, box["y"] + 60


def test_two_taps_draw_a_wire(phone: Page, server: Server, experiment: str) -> None:
    table = user.node(phone, "Enter Data Manually").get_by_role("button", name="Output Dataset")
    split = user.node(phone, "Split Data").get_by_role("button", name="Input Dataset")
    bundle = user.node(phone, "Unpack Zipped Datasets").get_by_role("button", name="Input")
    table.tap()
    expect(phone.get_by_text("Tap the input to connect to")).to_be_visible()
    expect(split).to_have_attribute("data-wiring", "fits")
    expect(bundle).to_have_attribute("data-wiring", "dim")
    bundle.tap()
    expect(phone.get_by_text("takes a bundle")).to_be_visible()
    split.tap()
    expect(user.wires(phone)).to_have_count(1)
    expect(split).not_to_have_attribute("data-wiring", "fits")

    # A tap on the canvas leaves it; so does a second one on the same port.
    table.tap()
    expect(split).to_have_attribute("data-wiring", "fits")
    phone.touchscreen.tap(*free_spot(phone))
    expect(split).not_to_have_attribute("data-wiring", "fits")
    phone.touchscreen.tap(*middle(user.node(phone, "Split Data")))
    expect(user.selected(phone)).to_contain_text("Split Data")
    expect(user.wires(phone)).to_have_count(1)


def test_fingers_pan_and_pinch(phone: Page, experiment: str) -> None:
    put = fingers(phone)
    x, y = free_spot(phone)
    before = middle(user.node(phone, "Split Data"))
    put("Start", (x, y))
    for step in range(1, 9):
        put("Move", (x - 10 * step, y + 5 * step))
    put("End")
    after = middle(user.node(phone, "Split Data"))
    assert after[0] == pytest.approx(before[0] - 80, abs=15)
    assert after[1] == pytest.approx(before[1] + 40, abs=10)

    width = width_of(user.node(phone, "Split Data"))
    put("Start", (x - 40, y), (x, y))
    for step in range(1, 9):
        put("Move", (x - 40 - 5 * step, y), (x + 5 * step, y))
    put("End")
    assert width_of(user.node(phone, "Split Data")) > 1.5 * width


def test_holding_still_opens_the_menu(phone: Page, experiment: str) -> None:
    put = fingers(phone)
    put("Start", middle(user.node(phone, "Split Data")))
    expect(phone.get_by_role("menuitem", name="Duplicate")).to_be_visible()
    put("End")
    user.expect_still(phone)
    phone.get_by_role("menuitem", name="Duplicate").tap()
    expect(user.node(phone, "Split Data")).to_have_count(2)
    phone.keyboard.press("Escape")
    put("Start", free_spot(phone))
    expect(phone.get_by_role("menuitem", name="Select all")).to_be_visible()
    put("End")
