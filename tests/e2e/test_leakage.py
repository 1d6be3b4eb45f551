"""A graph that learns from rows it tests later: told, repaired by a click, undone by a step."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

ROWS = "x,y\n" + "".join(f"{n % 7},{n % 2}\n" for n in range(40))


def leaky() -> Exp:
    exp = Exp("Leaky").table("data", ROWS).node("scale", "normalize-data", columns_to_transform=["x"])
    exp.node("split", "split-data").node("learner", "two-class-logistic-regression")
    exp.node("train", "train-model", label_column=["y"]).node("score", "score-model")
    exp.wire("data.dataset", "scale.dataset").wire("scale.transformed_dataset", "split.dataset")
    exp.wire("learner.untrained_model", "train.untrained_model")
    exp.wire("split.results_dataset1", "train.dataset").wire("split.results_dataset2", "score.dataset")
    return exp.wire("train.trained_model", "score.trained_model")


def test_a_leaky_graph_is_repaired_by_one_click(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    user.open_experiment(page, server.url, server.create(leaky())["id"])
    mark = page.get_by_role("img", name="Warning: Normalize Data learns from all rows before Split Data")
    expect(mark).to_be_visible()
    user.node(page, "Normalize Data").click()
    warnings = page.get_by_role("region", name="Warnings")
    expect(warnings).to_contain_text("also from those that Score Model tests")
    axe(page)
    if folder := os.environ.get("STUDIO_SHOTS"):
        page.screenshot(path=Path(folder) / "leaky.png")
    warnings.get_by_role("button", name="Move below the split").click()
    expect(user.node(page, "Apply Transformation")).to_have_count(1)
    expect(mark).to_have_count(0)
    expect(warnings).to_have_count(0)
    user.expect_saved(page)
    if folder := os.environ.get("STUDIO_SHOTS"):
        page.screenshot(path=Path(folder) / "repaired.png")
    user.run(page)
    user.expect_run(page, "Finished")
    page.get_by_role("button", name="Undo: Move below the split").click()
    expect(user.node(page, "Apply Transformation")).to_have_count(0)
    expect(mark).to_be_visible()
