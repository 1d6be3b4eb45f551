"""What is learned from rows that are tested later: told, repaired, and not told where it is none."""

from __future__ import annotations

import time
from typing import Any

import pytest

from modules.registry import catalog
from studio.experiments.graph import read_graph
from studio.experiments.graph_warnings import GraphWarning, find_warnings
from studio.experiments.validate import validate
from tests.builders import Exp

CATALOG = catalog()
RESULT = {slug: spec.fit_ports.result for slug, spec in CATALOG.items() if spec.fit_ports}
FITTED = {slug: spec.fit_ports.transform for slug, spec in CATALOG.items() if spec.fit_ports}


def warnings(document: dict[str, Any]) -> list[GraphWarning]:
    return find_warnings(read_graph(document), CATALOG)


def told(exp: Exp) -> list[str]:
    found = warnings(exp.file())
    assert {one.code for one in found} <= {"leakage"}
    return [str(one.node) for one in found]


def data(exp: Exp | None = None) -> Exp:
    return (exp or Exp()).table("data", "x,y\n1,0\n2,1\n").node("learner", "two-class-logistic-regression")


def split_and_test(exp: Exp, table: str) -> Exp:
    """The table, split: one part trains, the other tests."""
    exp.node("split", "split-data").node("train", "train-model").node("score", "score-model")
    exp.wire(table, "split.dataset").wire("learner.untrained_model", "train.untrained_model")
    exp.wire("split.results_dataset1", "train.dataset").wire("split.results_dataset2", "score.dataset")
    return exp.wire("train.trained_model", "score.trained_model")


def fitting(exp: Exp, id: str, table: str, slug: str = "normalize-data", **params: Any) -> str:
    """Adds a module that fits; its table afterwards."""
    exp.node(id, slug, **params).wire(table, f"{id}.{CATALOG[slug].fit_ports.dataset}")
    return f"{id}.{RESULT[slug]}"


def crossed(exp: Exp, table: str) -> Exp:
    exp.node("cv", "cross-validate-model").wire("learner.untrained_model", "cv.untrained_model")
    return exp.wire(table, "cv.dataset")


def repaired(exp: Exp, node: str) -> dict[str, Any]:
    """The document after one click."""
    document = exp.file()
    repair = next(one.repair for one in warnings(document) if one.node == node)
    assert repair
    assert repair.label
    gone = {(wire.from_, wire.to) for wire in repair.unwire}
    kept = [wire for wire in document["wires"] if (wire["from"], wire["to"]) not in gone]
    assert len(kept) == len(document["wires"]) - len(gone)
    moves = {id: place.model_dump() for id, place in repair.moves.items()}
    moved = [n | {"position": moves.get(n["id"], n["position"])} for n in document["nodes"]]
    after = document | {
        "nodes": [*moved, *(n.model_dump() for n in repair.nodes)],
        "wires": [*kept, *(wire.model_dump(by_alias=True) for wire in repair.wire)],
    }
    assert [
        p for p in validate(read_graph(after), CATALOG, lambda name: "table") if p.code != "missing-param"
    ] == []
    return after


def wires(document: dict[str, Any]) -> set[str]:
    return {f"{wire['from']} → {wire['to']}" for wire in document["wires"]}


def test_learned_above_a_split_is_told_and_moved_below_it() -> None:
    exp = data()
    split_and_test(exp, fitting(exp, "scale", "data.dataset"))
    (warning,) = warnings(exp.file())
    assert (warning.node, warning.code) == ("scale", "leakage")
    assert warning.message.startswith("Normalize Data learns from all rows before Split Data parts them")
    after = repaired(exp, "scale")
    assert warnings(after) == []
    assert wires(after) == {
        "data.dataset → split.dataset", "learner.untrained_model → train.untrained_model",
        "split.results_dataset1 → scale.dataset", "scale.transformed_dataset → train.dataset",
        "scale.transformation_function → apply-transformation-1.transformation",
        "split.results_dataset2 → apply-transformation-1.dataset",
        "apply-transformation-1.transformed_dataset → score.dataset",
        "train.trained_model → score.trained_model",
    }  # fmt: skip
    place = {node["id"]: node["position"] for node in after["nodes"]}
    before = {node["id"]: node["position"] for node in exp.nodes}
    assert (place["split"], place["scale"]) == (before["scale"], before["split"])
    assert place["apply-transformation-1"]["x"] > place["scale"]["x"]


def test_several_in_a_row_are_moved_together() -> None:
    exp = data()
    table = fitting(exp, "clean", "data.dataset", "clean-missing-data", cleaning_mode="mean")
    table = fitting(exp, "scale", fitting(exp, "clip", table, "clip-values"))
    split_and_test(exp, table)
    assert told(exp) == ["clean", "scale"]
    assert wires(repaired(exp, "scale")) == wires(repaired(exp, "clean"))
    after = repaired(exp, "scale")
    assert warnings(after) == []
    assert wires(after) >= {
        "clean.cleaning_transformation → clip.transformation", "clip.transformation → scale.transformation",
        "scale.transformation_function → apply-transformation-1.transformation",
    }  # fmt: skip
    assert len(after["nodes"]) == len(exp.nodes) + 1


def test_what_stands_between_comes_twice() -> None:
    exp = data()
    exp.node("pick", "select-columns-in-dataset", select_columns=["x", "y"])
    exp.wire(fitting(exp, "scale", "data.dataset"), "pick.dataset")
    split_and_test(exp, fitting(exp, "pca", "pick.results_dataset", "principal-component-analysis"))
    after = repaired(exp, "scale")
    assert warnings(after) == []
    assert wires(after) >= {
        "split.results_dataset2 → apply-transformation-1.dataset",
        "apply-transformation-1.transformed_dataset → select-columns-in-dataset-1.dataset",
        "select-columns-in-dataset-1.results_dataset → apply-transformation-2.dataset",
        "apply-transformation-2.transformed_dataset → score.dataset",
    }  # fmt: skip
    copy = next(node for node in after["nodes"] if node["id"] == "select-columns-in-dataset-1")
    assert copy["params"] == {"select_columns": ["x", "y"]}


def test_a_table_that_others_use_too_is_not_moved_away() -> None:
    exp = data()
    split_and_test(exp, fitting(exp, "scale", "data.dataset"))
    exp.node("sum", "summarize-data").wire("scale.transformed_dataset", "sum.dataset")
    (warning,) = warnings(exp.file())
    assert warning.repair is None


def test_learned_above_a_cross_validation_is_fitted_anew_in_each_fold() -> None:
    exp = data()
    crossed(exp, fitting(exp, "scale", "data.dataset"))
    (warning,) = warnings(exp.file())
    assert "also from those that Cross-Validate Model holds out" in warning.message
    assert warning.repair
    assert warning.repair.label == "Fit it anew inside Cross-Validate Model"
    after = repaired(exp, "scale")
    assert warnings(after) == []
    assert wires(after) >= {"data.dataset → cv.dataset", "scale.transformation_function → cv.transform"}
    assert "scale.transformed_dataset → cv.dataset" not in wires(after)


def test_several_above_a_cross_validation_are_fitted_anew_in_their_order() -> None:
    exp = data()
    table = fitting(exp, "clean", "data.dataset", "clean-missing-data", cleaning_mode="median")
    crossed(exp, fitting(exp, "best", table, "filter-based-feature-selection", target_column=["y"]))
    assert told(exp) == ["clean", "best"]
    for node in ("clean", "best"):
        after = repaired(exp, node)
        assert warnings(after) == []
        assert wires(after) >= {
            "data.dataset → cv.dataset", "best.transformation → cv.transform",
            "clean.cleaning_transformation → best.transformation",
        }  # fmt: skip


def test_what_is_fitted_anew_already_comes_after_what_is_repaired() -> None:
    exp = data()
    table = fitting(exp, "clean", "data.dataset", "clean-missing-data", cleaning_mode="median")
    fitting(exp, "scale", table)
    crossed(exp, table).wire("scale.transformation_function", "cv.transform")
    assert told(exp) == ["clean"]
    after = repaired(exp, "clean")
    assert warnings(after) == []
    assert "clean.cleaning_transformation → scale.transformation" in wires(after)


def test_tuning_holds_rows_out_unless_it_has_others_to_test_on() -> None:
    exp = data()
    exp.node("tune", "tune-model-hyperparameters").wire("learner.untrained_model", "tune.untrained_model")
    exp.wire(fitting(exp, "scale", "data.dataset"), "tune.training_dataset")
    assert told(exp) == ["scale"]
    assert warnings(repaired(exp, "scale")) == []
    exp.table("more", "x,y\n3,1\n").wire("more.dataset", "tune.validation_dataset")
    assert told(exp) == []
    parted = data().node("tune", "tune-model-hyperparameters").node("split", "split-data")
    parted.wire("learner.untrained_model", "tune.untrained_model")
    parted.wire(fitting(parted, "scale", "data.dataset"), "split.dataset")
    parted.wire("split.results_dataset1", "tune.training_dataset")
    parted.wire("split.results_dataset2", "tune.validation_dataset")
    assert told(parted) == ["scale"]
    assert warnings(repaired(parted, "scale")) == []


def test_learned_elsewhere_but_applied_to_all_rows_is_told_too() -> None:
    exp = data()
    fitting(exp, "scale", "data.dataset")
    exp.node("apply", "apply-transformation").wire("scale.transformation_function", "apply.transformation")
    split_and_test(exp.wire("data.dataset", "apply.dataset"), "apply.transformed_dataset")
    assert told(exp) == ["scale"]
    other = data().table("old", "x,y\n5,0\n")
    fitting(other, "scale", "old.dataset")
    other.node("apply", "apply-transformation").wire("scale.transformation_function", "apply.transformation")
    split_and_test(other.wire("data.dataset", "apply.dataset"), "apply.transformed_dataset")
    assert told(other) == []


def test_learned_from_the_part_that_is_tested_is_told() -> None:
    exp = split_and_test(data(), "data.dataset")
    exp.wires.remove({"from": "split.results_dataset2", "to": "score.dataset"})
    exp.wire(fitting(exp, "again", "split.results_dataset2"), "score.dataset")
    (warning,) = warnings(exp.file())
    assert "learns from the very rows that Score Model tests" in warning.message


def below(exp: Exp) -> Exp:
    """As it should be: learned below the split."""
    split_and_test(exp, "data.dataset")
    del exp.wires[-3:]
    exp.wire(fitting(exp, "scale", "split.results_dataset1"), "train.dataset")
    exp.node("apply", "apply-transformation").wire("scale.transformation_function", "apply.transformation")
    exp.wire("split.results_dataset2", "apply.dataset").wire("apply.transformed_dataset", "score.dataset")
    return exp.wire("train.trained_model", "score.trained_model")


def inside(exp: Exp) -> Exp:
    fitting(exp, "scale", "data.dataset")
    return crossed(exp, "data.dataset").wire("scale.transformation_function", "cv.transform")


def without_a_split(exp: Exp) -> Exp:
    """Scored on the rows of the training: no test that could look better."""
    split_and_test(exp, fitting(exp, "scale", "data.dataset"))
    for wire in exp.wires:
        wire["from"] = wire["from"].replace("results_dataset2", "results_dataset1")
    return exp


def by_params_alone(exp: Exp) -> Exp:
    table = fitting(exp, "a", "data.dataset", "clean-missing-data", cleaning_mode="custom")
    table = fitting(exp, "b", table, "clip-values")
    table = fitting(exp, "c", table, "convert-to-indicator-values")
    table = fitting(exp, "d", table, "group-data-into-bins", binning_mode="custom_edges")
    return split_and_test(exp, fitting(exp, "e", table, "normalize-data", transformation_method="Tanh"))


def other_rows(exp: Exp) -> Exp:
    """The rows for the test come from elsewhere."""
    exp.table("test", "x,y\n7,1\n").node("train", "train-model").node("score", "score-model")
    exp.wire("learner.untrained_model", "train.untrained_model")
    exp.wire(fitting(exp, "scale", "data.dataset"), "train.dataset").wire("test.dataset", "score.dataset")
    return exp.wire("train.trained_model", "score.trained_model")


def split_for_another_end(exp: Exp) -> Exp:
    exp.node("split", "split-data").wire(fitting(exp, "scale", "data.dataset"), "split.dataset")
    return exp.node("sum", "summarize-data").wire("split.results_dataset2", "sum.dataset")


def looked_at_only(exp: Exp) -> Exp:
    """Beside the way of the rows that train and test."""
    fitting(exp, "scale", "data.dataset")
    return split_and_test(exp, "data.dataset")


def trained_again(exp: Exp) -> Exp:
    """A trained model is trained anew in each fold: what it once learned has no part in that."""
    exp.node("train", "train-model").wire("learner.untrained_model", "train.untrained_model")
    exp.wire(fitting(exp, "scale", "data.dataset"), "train.dataset")
    exp.node("cv", "cross-validate-model").wire("train.trained_model", "cv.untrained_model")
    return exp.wire("data.dataset", "cv.dataset")


def together_again(exp: Exp) -> Exp:
    """Parted and joined before: the parts do not part what comes later."""
    exp.node("early", "split-data").wire("data.dataset", "early.dataset").node("both", "add-rows")
    exp.wire("early.results_dataset1", "both.dataset1").wire("early.results_dataset2", "both.dataset2")
    return below_of(exp, "both.results_dataset")


def below_of(exp: Exp, table: str) -> Exp:
    below(exp)
    for wire in exp.wires:
        if wire["to"] == "split.dataset":
            wire["from"] = table
    return exp


GOOD = [
    below, inside, without_a_split, by_params_alone, other_rows, split_for_another_end, looked_at_only,
    trained_again, together_again,
]  # fmt: skip


@pytest.mark.parametrize("draw", GOOD, ids=lambda draw: draw.__name__)
def test_no_false_alarm(draw: Any) -> None:
    assert told(draw(data())) == []


def test_the_same_dataset_brought_in_twice_is_the_same_rows() -> None:
    exp = Exp().node("learner", "two-class-logistic-regression")
    exp.node("one", "dataset", dataset="pima").node("two", "dataset", dataset="pima")
    fitting(exp, "scale", "one.dataset")
    exp.node("apply", "apply-transformation").wire("scale.transformation_function", "apply.transformation")
    split_and_test(exp.wire("two.dataset", "apply.dataset"), "apply.transformed_dataset")
    assert told(exp) == ["scale"]


def test_a_graph_made_to_take_long_does_not() -> None:
    exp = data()
    table = "data.dataset"
    for n in range(150):  # every part doubles, and all come together
        exp.node(f"s{n}", "split-data").node(f"j{n}", "join-data").wire(table, f"s{n}.dataset")
        exp.wire(f"s{n}.results_dataset1", f"j{n}.dataset1").wire(f"s{n}.results_dataset1", f"j{n}.dataset2")
        table = fitting(exp, f"f{n}", f"j{n}.results_dataset")
        exp.node(f"k{n}", "cross-validate-model").wire(table, f"k{n}.dataset")
    graph = read_graph(exp.file())
    before = time.process_time()
    find_warnings(graph, CATALOG)
    assert time.process_time() - before < 3
