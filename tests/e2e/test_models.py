"""From a sample to a ROC curve, a threshold that is written back, a model's trees, and a sweep's best run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.builders import Exp
from tests.e2e import user
from tests.server import Server

ROWS = "x,z,y\n" + "".join(
    f"{n % 13},{n % 7},{'yes' if n % 13 > 6 or n % 11 == 0 else 'no'}\n" for n in range(200)
)


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("STUDIO_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def trained() -> Exp:
    exp = Exp("Trained").table("data", ROWS).node("split", "split-data", fraction=0.6)
    exp.node("trees", "two-class-boosted-decision-tree", number_of_trees_constructed=8)
    exp.node("train", "train-model", label_column=["y"]).node("score", "score-model").node(
        "evaluate", "evaluate-model"
    )
    exp.wire("data.dataset", "split.dataset").wire("trees.untrained_model", "train.untrained_model")
    exp.wire("split.results_dataset1", "train.dataset").wire("train.trained_model", "score.trained_model")
    return exp.wire("split.results_dataset2", "score.dataset").wire(
        "score.scored_dataset", "evaluate.scored_dataset"
    )


def test_a_threshold_is_chosen_in_the_picture_and_written_into_the_model(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    user.open_experiment(page, server.url, server.create(trained())["id"])
    user.run(page)
    user.expect_run(page, "Finished")
    user.node(page, "Evaluate Model").dblclick()
    evaluation = page.get_by_role("group", name="Evaluation")
    expect(evaluation.get_by_role("img", name="ROC curve")).to_be_visible()
    axe(page)
    picture(page, "evaluation")
    for curve in ("Precision–recall", "Lift", "Calibration"):
        evaluation.get_by_text(curve, exact=True).click()
        expect(evaluation.get_by_role("img", name=curve)).to_be_visible()
    evaluation.get_by_role("textbox", name="Threshold as a number").fill("0.9")
    matrix = evaluation.get_by_role("table", name="Confusion matrix at threshold 0.9")
    expect(matrix).to_be_visible()
    matrix.get_by_role("button", name="of class no predicted as no").click()
    rows = page.get_by_role("region", name="no predicted as no, at threshold 0.9")
    expect(rows.get_by_role("grid")).to_be_visible()
    picture(page, "picked")
    evaluation.get_by_role("button", name="Use this threshold").click()
    expect(page.get_by_text("Threshold 0.9 is set in Train Model")).to_be_visible()
    page.keyboard.press("Escape")
    user.expect_saved(page)
    user.node(page, "Train Model").click()
    expect(page.get_by_role("textbox", name="Threshold")).to_have_value("0.9")


def test_a_models_page_draws_its_trees(page: Page, server: Server, axe: Callable[[Page], None]) -> None:
    user.open_experiment(page, server.url, server.create(trained())["id"])
    user.run(page)
    user.expect_run(page, "Finished")
    user.node(page, "Train Model").dblclick()
    model = page.get_by_role("region", name="Model on Trained model")
    expect(model.get_by_text("tells two classes apart")).to_be_visible()
    expect(model.get_by_role("img", name="Importance of the features")).to_be_visible()
    axe(page)
    model.get_by_text("Trees", exact=True).click()
    expect(model.get_by_role("img", name="Tree 1:")).to_be_visible()
    model.get_by_label("Tree (1 to 8)").fill("8")
    expect(model.get_by_role("img", name="Tree 8:")).to_be_visible()
    picture(page, "trees")
    # Escape closes the dialog, and the result below it only when it is pressed again.
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_role("menuitem", name="Export as skops…").click()
    dialog = page.get_by_role("dialog", name="Export as skops")
    expect(dialog.get_by_role("link", name="Download model.skops")).to_be_visible(timeout=60_000)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(model.get_by_role("img", name="Tree 8:")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_model_is_exported_and_trained_again(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    made = server.create(trained())["id"]
    model = server.run(made).output("train.trained_model")["artifact"]
    user.open_experiment(page, server.url, made)
    page.goto(f"{server.url}/artifacts/{model}?name=Trained")
    expect(page.get_by_role("img", name="Importance of the features")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_role("menuitem", name="Export as ONNX…").click()
    dialog = page.get_by_role("dialog", name="Export as ONNX")
    expect(dialog.get_by_text("Training rows scored with both")).to_be_visible(timeout=60_000)
    with page.expect_download() as given:
        dialog.get_by_role("link", name="Download model.onnx").click()
    assert given.value.suggested_filename == "model.onnx"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Train again…").click()
    again = page.get_by_role("dialog", name="Train again")
    again.get_by_role("button", name="Train again").click()
    expect(again.get_by_role("status")).to_have_text(
        "The new model is the same, byte for byte.", timeout=60_000
    )
    picture(page, "trained-again")


def test_a_sweeps_best_run_is_written_into_the_learner(page: Page, server: Server) -> None:
    exp = Exp("Swept").table("data", ROWS)
    exp.node(
        "trees", "two-class-boosted-decision-tree", create_trainer_mode="parameter_range",
        number_of_trees_constructed="2; 9", maximum_number_of_leaves_per_tree="4",
        minimum_number_of_samples_per_leaf_node="5", learning_rate="0.3",
    )  # fmt: skip
    exp.node("tune", "tune-model-hyperparameters", label_column=["y"], sweeping_mode="entire_grid")
    exp.wire("trees.untrained_model", "tune.untrained_model").wire("data.dataset", "tune.training_dataset")
    user.open_experiment(page, server.url, server.create(exp)["id"])
    user.run(page)
    user.expect_run(page, "Finished")
    user.node(page, "Tune Model Hyperparameters").dblclick()
    sweep = page.get_by_role("group", name="Sweep")
    expect(sweep.get_by_role("img", name="2 runs over")).to_be_visible()
    picture(page, "sweep")
    sweep.get_by_role("button", name="Set as parameters").click()
    expect(page.get_by_text("The parameters are set in Two-Class Boosted Decision Tree.")).to_be_visible()


def test_a_row_is_typed_for_a_model_and_two_models_lie_side_by_side(
    page: Page, server: Server, axe: Callable[[Page], None]
) -> None:
    exp = (
        trained().node("line", "two-class-logistic-regression").node("fit", "train-model", label_column=["y"])
    )
    exp.wire("line.untrained_model", "fit.untrained_model").wire("split.results_dataset1", "fit.dataset")
    user.open_experiment(page, server.url, server.create(exp)["id"])
    user.run(page)
    user.expect_run(page, "Finished")
    user.node(page, "Train Model").first.dblclick()
    model = page.get_by_role("region", name="Model on Trained model")
    model.get_by_text("Training", exact=True).click()
    expect(model.get_by_role("img", name="Training curve")).to_be_visible()
    model.get_by_text("Try it", exact=True).click()
    form = model.get_by_role("form", name="Try the model")
    form.get_by_role("textbox", name="x").fill("12.5")
    expect(form.get_by_text("A whole number")).to_be_visible()
    form.get_by_role("textbox", name="x").fill("12")
    page.keyboard.press("Enter")
    expect(form.get_by_role("img", name="What moved it: Probability of yes")).to_be_visible()
    expect(form.get_by_text("yes", exact=True)).to_be_visible()
    axe(page)
    picture(page, "tried")
    page.get_by_role("button", name="Compare models…").click()
    dialog = page.get_by_role("dialog", name="Compare models")
    dialog.get_by_role("combobox", name="Models").click()
    page.get_by_role("option", name="Two-Class Logistic Regression, Train Model").click()
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("combobox", name="Scored on")).to_have_value("Split Data, results dataset2")
    dialog.get_by_role("button", name="Compare").click()
    table = page.get_by_role("table", name="Metrics of the models")
    expect(table.get_by_role("row", name="Two-Class Boosted Decision Tree")).to_contain_text("best")
    expect(table.get_by_role("row", name="Two-Class Logistic Regression")).not_to_contain_text("Scoring")
    axe(page)
    picture(page, "compared")
    table.get_by_role("button", name="AUC").click()
    expect(table.get_by_role("columnheader", name="AUC")).to_have_attribute("aria-sort", "other")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
