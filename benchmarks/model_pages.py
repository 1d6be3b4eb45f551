"""What a browser waits for where there are models: Evaluate's view of many scored rows, and the palette."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.canvas import pages
from tests.builders import Exp
from tests.e2e.conftest import ARGUMENTS, chromium
from tests.server import TOKEN, Server

ROWS = 1_000_000
VIEWS = 3
"""Tables that are opened: what was drawn of one is kept, so each is drawn for the first time."""
STEPS = 30
LOADS = 5
LEARNING = ("Machine Learning", "Feature Selection")
"""Groups of the palette that came with models."""

MAKES = """
import numpy as np, pandas as pd
def azureml_main():
    draw = np.random.default_rng(SEED)
    x = draw.normal(size=ROWS)
    frame = pd.DataFrame({"x": x, "y": np.where(x + draw.normal(size=ROWS) > 0, "yes", "no")})
    return frame, frame.head(10_000)
"""
HAND = Path(__file__).with_name("canvas") / "hand.js"
MATRIX = "document.querySelector('table[aria-label^=\"Confusion matrix at threshold\"]')?.ariaLabel"

Row = tuple[str, str, str, str, str, str]


def rows(studio: Server) -> list[Row]:
    """The rows of the table of `make bench ARGS=models` that are measured in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        found = [*_views(browser, studio), _palette(browser, studio)]
        browser.close()
    return found


def _scored(studio: Server, seed: int) -> str:
    """An experiment that has scored the rows, run."""
    made = MAKES.replace("SEED", str(seed)).replace("ROWS", str(ROWS))
    exp = Exp(f"Scored {seed}").script("data", made).node("learner", "two-class-logistic-regression")
    exp.node("train", "train-model", label_column="y").node("score", "score-model")
    exp.node("evaluate", "evaluate-model")
    exp.wire("learner.untrained_model", "train.untrained_model")
    exp.wire("data.result_dataset2", "train.dataset").wire("data.result_dataset", "score.dataset")
    exp.wire("train.trained_model", "score.trained_model")
    id: str = studio.create(exp.wire("score.scored_dataset", "evaluate.scored_dataset"))["id"]
    run = studio.run(id)
    assert run.state == "finished", {node: run.log(node) for node in run.states()}
    return id


def _views(browser: Browser, studio: Server) -> list[Row]:
    page = browser.new_context(viewport=pages.SIZE).new_page()
    page.add_init_script(HAND.read_text())
    page.goto(f"{studio.url}/?token={TOKEN}")
    page.wait_for_load_state("networkidle")
    first: list[float] = []
    steps: list[float] = []
    for seed in range(VIEWS + 1):  # the first brings the code of the view
        page.goto(f"{studio.url}/experiments/{_scored(studio, seed)}")
        page.wait_for_load_state("networkidle")
        curve = "document.querySelector('[role=img][aria-label^=\"ROC curve\"] path')"
        first.append(_answered(page, "dblclick", curve, ".react-flow__node[data-id=evaluate]"))
        steps += [_step(page) for _ in range(STEPS)]
    page.context.close()
    told = f"Evaluate's view of {ROWS:,} scored rows: "
    return [
        _told(f"{told}the first picture", median(first[1:]), 500),
        _told(f"{told}a step of the threshold", median(steps[STEPS:]), 50),
    ]


def _answered(page: Page, event: str, there: str, clicked: str) -> float:
    page.evaluate(f"() => {{ window.answered = hand('{event}', () => {there}); }}")
    page.locator(clicked).dblclick()
    return float(page.evaluate("() => window.answered"))


def _step(page: Page) -> float:
    """From the key to the painted matrix and metrics."""
    page.get_by_role("slider", name="Threshold").focus()
    page.evaluate(
        f"() => {{ const was = {MATRIX}; window.answered = hand('keydown', () => {MATRIX} !== was); }}"
    )
    page.keyboard.press("ArrowRight")
    return float(page.evaluate("() => window.answered"))


def _palette(browser: Browser, studio: Server) -> Row:
    """The editor until its palette is there, with all modules and with those that came before models; in
    turns, each in a browser that knows nothing."""
    id = studio.create(Exp("Empty"))["id"]
    found: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(LOADS + 1):
        for whole in found:
            found[whole].append(_load(browser, studio, id, whole))
    before, here = (median(found[whole][1:]) for whole in (False, True))
    told = "palette, first load, beside the same without the modules of models"
    return told, f"{before:.0f} ms", f"{here:.0f} ms", f"{here / before:.2f}", "≤ 1.05", ""


def _load(browser: Browser, studio: Server, experiment: str, whole: bool) -> float:
    page = browser.new_context(viewport=pages.SIZE).new_page()
    page.context.request.get(f"{studio.url}/?token={TOKEN}")
    asked = []

    def part(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        asked.append(len(body["items"]))
        if not whole:
            body["items"] = [one for one in body["items"] if not one["category"].startswith(LEARNING)]
        route.fulfill(response=answer, body=json.dumps(body))

    page.route("**/api/v1/modules?*", part)
    page.goto(f"{studio.url}/experiments/{experiment}")
    page.get_by_text("Data Transformation", exact=True).first.wait_for()
    spent = float(page.evaluate("() => performance.now()"))
    assert asked, "the palette did not ask for the modules"
    page.context.close()
    return spent


def _told(what: str, spent: float, reach: int) -> Row:
    return what, "–", f"{spent:.0f} ms", "–", f"≤ {reach} ms", ""
