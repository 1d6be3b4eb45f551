"""From a finished run to what a call goes through."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules.exchange.writing import texts
from modules.sdk.values import Table
from studio.experiments.graph import PortRef
from studio.services.captured import marks_of
from tests.builders import Exp
from tests.studio.services.in_process import Ran

DATA = "id,size,price,bought\n" + "".join(
    f"{i},{i % 7},{i * 3 % 11},{'yes' if i % 7 + i * 3 % 11 > 8 else 'no'}\n" for i in range(40)
)
DOUBLE = "def azureml_main(df):\n    df['double'] = df['size'] * 2\n    return df,\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def scripted(source=DOUBLE):
    exp = Exp().table("data", DATA).node("in", "web-service-input", name="input1").script("s", source)
    exp.node("out", "web-service-output", name="output1")
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "s.dataset1")
    return exp.wire("s.result_dataset", "out.dataset")


def training(**between):
    """data → (what is between) → split → train → score; nothing says where the service begins or ends."""
    exp = Exp().table("data", DATA)
    above = "data.dataset"
    if between:
        exp.node("fit", "normalize-data", columns_to_transform=["size", "price"], **between)
        exp.wire(above, "fit.dataset")
        above = "fit.transformed_dataset"
    exp.node("split", "split-data", fraction=0.7).node("learner", "two-class-logistic-regression")
    exp.node("train", "train-model", label_column="bought", feature_columns=["size", "price"])
    exp.node("score", "score-model").node("evaluate", "evaluate-model")
    exp.wire(above, "split.dataset").wire("learner.untrained_model", "train.untrained_model")
    exp.wire("split.results_dataset1", "train.dataset").wire("train.trained_model", "score.trained_model")
    exp.wire("split.results_dataset2", "score.dataset")
    return exp.wire("score.scored_dataset", "evaluate.scored_dataset")


def codes(found):
    return [(problem.node, problem.code) for problem in found.problems]


def test_a_script_between_an_input_and_an_output():
    ran = Ran(scripted())
    found = ran.service()
    schema = found.plan.interface
    assert [(c.name, c.type, c.optional) for c in schema.inputs[0].columns] == [
        ("id", "integer", True),
        ("size", "integer", False),
        ("price", "integer", True),
        ("bought", "string", True),
    ]
    assert [c.name for c in schema.outputs[0].columns] == ["id", "size", "price", "bought", "double"]
    assert found.path == ["in", "s"]
    assert ran.call(found, [{"size": 4, "id": "odd"}])["output1"] == [
        {"id": "odd", "size": "4", "price": None, "bought": None, "double": "8"}
    ]


HEAD = "def azureml_main(df):\n    "


@pytest.mark.parametrize(
    ("source", "read"),
    [
        (HEAD + "return df,\n", "all"),
        (HEAD + "df['gaps'] = df.isna().sum(axis=1)\n    return df,\n", "all"),
        (HEAD + "df['x'] = df['size'] + df.price\n    return df\n", ["price", "size"]),
        (HEAD + "X = df[['size', 'price']]\n    return X.sum(axis=1).to_frame()\n", ["price", "size"]),
        (HEAD + "out = df.copy()\n    out['y'] = out['size']\n    return out\n", ["size"]),
        (HEAD + "out = df.copy()\n    return f(out, out['size'])\ndef f(x, y):\n    return x\n", "all"),
        (HEAD + "df = df.drop(columns=['bought'])\n    df['size'] += 1\n    return df\n", ["size"]),
        (HEAD + "df['bought'] = df['size'] > 3\n    return df\n", ["size"]),
        (HEAD + "return df.query('size > 3 and price < 2')\n", ["price", "size"]),
        (HEAD + "return df.iloc[:, [1]]\n", "all"),
        (HEAD + "return df.drop(columns=['bought'])\n", ["id", "price", "size"]),
        (
            HEAD + "if df is None or len(df) == 0:\n        return df\n    return df[df['size'] > 1]\n",
            ["size"],
        ),
        ("def azureml_main(*frames):\n    return frames[0]['size'].to_frame()\n", "all"),
    ],
)
def test_which_columns_a_script_reads(source, read):
    (input,) = Ran(scripted(source)).service().plan.interface.inputs
    needed = sorted(column.name for column in input.columns if not column.optional)
    assert needed == (["bought", "id", "price", "size"] if read == "all" else read)


def test_what_is_trained_is_taken_from_the_run_and_the_label_from_nobody():
    exp = training().node("out", "web-service-output").wire("score.scored_dataset", "out.dataset")
    ran = Ran(exp)
    assert codes(ran.capture()) == [("split", "chooses-rows")]
    found = ran.service(mend=["split"])
    schema = found.plan.interface
    assert [step.node for step in found.plan.steps] == ["score"]
    assert found.plan.constants == {"train.trained_model"}
    assert [(c.name, c.optional) for c in schema.inputs[0].columns] == [
        ("id", True),
        ("size", False),
        ("price", False),
    ]
    names = [c.name for c in schema.outputs[0].columns]
    assert names == ["id", "size", "price", "Scored Labels", "Scored Probabilities"]
    row = {"size": "6", "price": 9}
    answers = [
        ran.call(found, [row | more])["output1"] for more in ({}, {"bought": "value"}, {"bought": "yes"})
    ]
    assert answers[0] == answers[1] == answers[2]
    assert list(answers[0][0]) == names
    assert answers[0][0]["Scored Labels"] == "yes"


def test_what_learns_from_the_callers_rows_is_told_with_its_repair():
    exp = training(transformation_method="z_score")
    ran = Ran(exp.node("out", "web-service-output").wire("score.scored_dataset", "out.dataset"))
    found = ran.capture()
    assert codes(found) == [("fit", "fits-on-caller"), ("split", "chooses-rows")]
    assert [problem.repair.how for problem in found.problems] == ["apply", "bypass"]
    found = ran.service(mend=["fit", "split"])
    assert [(step.node, step.module) for step in found.plan.steps] == [
        ("fit", "apply-transformation"),
        ("score", "score-model"),
    ]
    assert found.plan.constants == {"fit.transformation_function", "train.trained_model"}
    rows = (
        ran.table("data", "dataset").take(pa.array([3, 9, 27])).arrow().drop_columns(["bought"]).to_pylist()
    )
    answered = ran.call(found, rows)["output1"]
    scored = {r["id"]: r for r in ran.table("score", "scored_dataset").arrow().to_pylist()}
    for row in answered:
        if int(row["id"]) in scored:
            assert row["Scored Probabilities"] == f"{scored[int(row['id'])]['Scored Probabilities']:.17g}"


def test_a_step_that_names_the_label_finds_it_missing():
    exp = training().node("out", "web-service-output")
    exp.node("meta", "edit-metadata", column=["bought"], categorical="make_categorical")
    exp.wires = [wire for wire in exp.wires if wire["to"] != "score.dataset"]
    exp.wire("data.dataset", "meta.dataset").wire("meta.results_dataset", "score.dataset")
    exp.wire("score.scored_dataset", "out.dataset")
    ran = Ran(exp)
    found = ran.service()
    (input,) = found.plan.interface.inputs
    assert "bought" not in [column.name for column in input.columns]
    assert [column.name for column in input.absent] == ["bought"]
    (row,) = ran.call(found, [{"size": 6, "price": 9, "bought": "yes"}])["output1"]
    assert row["bought"] is None


def test_the_output_must_be_said_and_is_offered():
    found = Ran(training()).capture()
    assert codes(found) == [("score", "missing-output"), ("evaluate", "missing-output")]
    assert found.outputs[0].node == "score"
    assert found.outputs[0].likely
    assert "Web Service Output" in found.problems[0].message
    chosen = Ran(training()).service(outputs={"answer": "score.scored_dataset"}, mend=["split"])
    assert [output.name for output in chosen.plan.interface.outputs] == ["answer"]


def test_a_place_for_the_input_goes_by_the_datasets_name():
    exp = Exp().node("a", "dataset", dataset="Customers").script("s").wire("a.dataset", "s.dataset1")
    (place,) = Ran(exp, {"Customers": Table.of(x=[1])}).capture(outputs={"o": "s.result_dataset"}).inputs
    assert place.title == "Customers"


def test_several_places_for_the_input_are_offered():
    exp = Exp().table("a", DATA).table("b", DATA).node("both", "add-rows").node("out", "web-service-output")
    exp.wire("a.dataset", "both.dataset1").wire("b.dataset", "both.dataset2")
    ran = Ran(exp.wire("both.results_dataset", "out.dataset"))
    found = ran.capture()
    assert codes(found) == [("a", "several-inputs"), ("b", "several-inputs")]
    assert [place.node for place in found.inputs] == ["a", "b"]
    chosen = ran.service(inputs={"input1": "b.dataset"})
    assert chosen.plan.constants == {"a.dataset"}
    two = ran.service(inputs={"x": "a.dataset", "y": "b.dataset"})
    assert [input.name for input in two.plan.interface.inputs] == ["x", "y"]


def test_tables_that_no_row_of_the_callers_reaches_are_constant():
    exp = scripted(DOUBLE.replace("df)", "df, other)").replace("* 2", "* len(other)"))
    ran = Ran(exp.table("more", "k\n1\n2\n3\n").wire("more.dataset", "s.dataset2"))
    found = ran.service()
    assert found.plan.constants == {"more.dataset"}
    assert found.constant == ["more"]
    assert ran.call(found, [{"size": 4}])["output1"][0]["double"] == "12"


def test_a_node_without_a_result_is_named():
    ran = Ran(scripted().table("more", "k\n1\n").wire("more.dataset", "s.dataset2"))
    del ran.values[PortRef("more", "dataset")]
    assert codes(ran.capture()) == [("more", "not-run")]


def test_rows_that_reach_no_output_are_told():
    exp = scripted().node("lost", "web-service-input", name="input2").wire("data.dataset", "lost.sample")
    assert codes(Ran(exp).capture()) == [("lost", "unused-input")]


def test_two_inputs_need_two_names():
    exp = scripted().node("in2", "web-service-input").wire("data.dataset", "in2.sample")
    assert codes(Ran(exp.wire("in2.dataset", "s.dataset2")).capture()) == [("in2", "taken-name")]


def test_what_tells_of_a_test_is_no_answer():
    exp = training().node("out", "web-service-output").wire("evaluate.evaluation_results", "out.dataset")
    assert ("evaluate", "learns-from-caller") in codes(Ran(exp).capture(mend=["split"]))


def marked(exp, node, **names):
    next(each for each in exp.nodes if each["id"] == node)["service_parameters"] = names
    return exp


def split_service(**names):
    exp = Exp().table("data", DATA).node("in", "web-service-input").node("out", "web-service-output")
    exp.node("split", "split-data", fraction=0.5, randomized=False)
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "split.dataset")
    return marked(exp.wire("split.results_dataset1", "out.dataset"), "split", **names)


def test_a_marked_param_is_a_parameter_of_the_service():
    ran = Ran(split_service(fraction="share"))
    found = ran.service()
    (parameter,) = found.plan.interface.parameters
    assert (parameter.name, parameter.type, parameter.default, parameter.max) == ("share", "float", 0.5, 1)
    rows = ran.table("data", "dataset").arrow().to_pylist()[:4]
    assert len(ran.call(found, rows, {"share": "0.25"})["output1"]) == 1
    assert len(ran.call(found, rows)["output1"]) == 2


@pytest.mark.parametrize(
    "names", [{"fractio": "x"}, {"stratification_key_column": "x"}, {"fraction": "x", "seed": "x"}]
)
def test_a_param_that_cannot_be_a_parameter_is_told(names):
    found = Ran(split_service(**names)).capture()
    assert [code for _, code in codes(found)] == ["service-parameter"]


def test_a_mark_where_calls_compute_nothing_is_told_and_does_nothing():
    exp = marked(marked(training(), "learner", optimization_tolerance="tolerance"), "split", fraction="share")
    ran = Ran(marked(exp, "score", append_score_columns_to_output="whole"))
    found = ran.service(outputs={"output1": "score.scored_dataset"}, mend=["split"])
    assert [each.name for each in found.plan.interface.parameters] == ["whole"]
    assert [note.split(":")[0] for note in found.notes if "no parameter" in note] == [
        "'share' is no parameter of the service",
        "'tolerance' is no parameter of the service",
    ]
    assert found.markable == ["score"]


def test_a_mark_at_a_node_that_does_what_it_learned_is_no_parameter():
    ran = Ran(marked(training(transformation_method="zscore"), "fit", transformation_method="how"))
    mended = {"outputs": {"output1": "score.scored_dataset"}, "mend": ["fit", "split"]}
    found = ran.service(**mended)
    assert found.plan.interface.parameters == ()
    assert any(
        note.startswith("'how' is no parameter") and "learned in the run" in note for note in found.notes
    )
    rows = ran.table("data", "dataset").arrow().to_pylist()[:2]
    assert len(ran.call(found, rows)["output1"]) == 2


def test_marks_are_those_of_now_and_of_nodes_that_are_gone_those_of_the_run():
    ran = {
        "nodes": [
            {"id": "a", "service_parameters": {"x": "old"}},
            {"id": "b", "service_parameters": {"y": "y"}},
        ]
    }
    now = {"nodes": [{"id": "a", "service_parameters": {"x": "new"}}, {"id": "c"}]}
    assert marks_of(now, ran) == {"a": {"x": "new"}, "b": {"y": "y"}}
    assert marks_of({"nodes": [{"id": "a"}, {"id": "b"}]}, ran) == {}


def test_no_place_is_likely_beside_modules_that_say_where_rows_enter_and_leave():
    found = Ran(scripted()).capture()
    assert [(end.name, end.node) for end in found.input_modules + found.output_modules] == [
        ("input1", "in"),
        ("output1", "out"),
    ]
    assert not any(place.likely for place in found.inputs + found.outputs)


def test_several_inputs_and_outputs_are_chosen_by_name():
    both = "def azureml_main(df, other):\n    return df.head(len(other)), other\n"
    exp = Exp().table("data", DATA).table("more", "k\n1\n2\n").script("s", both)
    ran = Ran(exp.wire("data.dataset", "s.dataset1").wire("more.dataset", "s.dataset2"))
    assert codes(ran.capture(outputs={"rows": "s.result_dataset"})) == [
        ("data", "several-inputs"),
        ("more", "several-inputs"),
    ]
    below = exp.node("part", "split-data").wire("s.result_dataset", "part.dataset")
    offered = [(place.node, place.port) for place in Ran(below).capture().outputs]
    assert offered == [("part", "results_dataset1"), ("part", "results_dataset2"), ("s", "result_dataset2")]
    found = ran.service(
        inputs={"people": "data.dataset", "keys": "more.dataset"},
        outputs={"rows": "s.result_dataset", "said": "s.result_dataset2"},
    )
    assert [each.name for each in found.plan.interface.inputs] == ["people", "keys"]
    said = {"people": [{"id": 1, "size": 2, "price": 3, "bought": "no"}] * 3, "keys": [{"k": 1}]}
    answer = ran.answer(found, said)
    assert [len(answer["rows"]), len(answer["said"])] == [1, 1]


def test_a_param_marked_above_the_callers_rows_is_computed_in_each_call():
    exp = scripted(DOUBLE.replace("df)", "df, other)").replace("* 2", "* len(other)"))
    exp.table("more", "k\n1\n2\n3\n4\n").node("part", "split-data", fraction=0.5, randomized=False)
    exp.wire("more.dataset", "part.dataset").wire("part.results_dataset1", "s.dataset2")
    ran = Ran(marked(exp, "part", fraction="share"))
    found = ran.service()
    assert ran.call(found, [{"size": 4}], {"share": 1})["output1"][0]["double"] == "16"


def test_select_columns_says_what_is_dropped():
    exp = scripted("def azureml_main(df):\n    return df,\n")
    exp.node("cols", "select-columns-in-dataset", select_columns=["size", "price"])
    exp.wires = [wire for wire in exp.wires if wire["to"] != "s.dataset1"]
    exp.wire("in.dataset", "cols.dataset").wire("cols.results_dataset", "s.dataset1")
    ran = Ran(exp)
    found = ran.service()
    needed = {column.name: not column.optional for column in found.plan.interface.inputs[0].columns}
    assert needed == {"id": False, "size": True, "price": True, "bought": False}
    assert ran.call(found, [{"size": 1, "price": 2}])["output1"] == [{"size": "1", "price": "2"}]


def test_sql_reads_the_columns_in_its_text():
    exp = Exp().table("data", DATA).node("in", "web-service-input").node("out", "web-service-output")
    exp.node("sql", "apply-sql-transformation", sql="select *, SIZE * 2 as twice from t1")
    exp.wire("data.dataset", "in.sample").wire("in.dataset", "sql.t1").wire(
        "sql.results_dataset", "out.dataset"
    )
    (input,) = Ran(exp).service().plan.interface.inputs
    assert [column.name for column in input.columns if not column.optional] == ["size"]


def test_keyword_only_parameters_of_scripts_are_parameters_by_themselves():
    source = "def azureml_main(df, *, factor: int = 2, how: str = 'a'):\n"
    source += "    df['d'] = df['size'] * factor\n    return df\n"
    exp = scripted(source)
    exp.nodes[2]["params"]["factor"] = 5
    ran = Ran(marked(exp, "s", how="manner"))
    found = ran.service()
    told = [(p.name, p.type, p.default) for p in found.plan.interface.parameters]
    assert told == [("factor", "integer", 5), ("manner", "string", "a")]
    assert ran.call(found, [{"size": 4}])["output1"][0]["d"] == "20"
    assert ran.call(found, [{"size": 4}], {"factor": "3"})["output1"][0]["d"] == "12"


@pytest.mark.parametrize(
    ("module", "params", "out"),
    [
        (
            "execute-python-script",
            {"script": HEAD + "return df.drop(columns=['bought'])\n"},
            "result_dataset",
        ),
        (
            "select-columns-in-dataset",
            {
                "select_columns": {
                    "begin": "all",
                    "rules": [{"by": "names", "values": ["bought"], "exclude": True}],
                }
            },
            "results_dataset",
        ),
    ],
)
def test_a_step_that_leaves_the_label_out_finds_it(module, params, out):
    exp = training().node("out", "web-service-output").node("less", module, **params)
    exp.nodes = [node for node in exp.nodes if node["id"] != "evaluate"]
    exp.wires = [wire for wire in exp.wires if wire["to"] not in ("score.dataset", "evaluate.scored_dataset")]
    exp.wire("data.dataset", "less.dataset1" if "script" in params else "less.dataset")
    exp.wire(f"less.{out}", "score.dataset").wire("score.scored_dataset", "out.dataset")
    ran = Ran(exp)
    found = ran.service()
    assert "bought" not in [column.name for column in found.plan.interface.inputs[0].columns]
    answers = [ran.call(found, [{"size": 6, "price": 9} | more]) for more in ({}, {"bought": "yes"})]
    assert answers[0] == answers[1]
    assert list(answers[0]["output1"][0]) == ["id", "size", "price", "Scored Labels", "Scored Probabilities"]


STEPS = {
    "script": ("execute-python-script", {"script": DOUBLE}, "dataset1", "result_dataset"),
    "sql": ("apply-sql-transformation", {"sql": "select *, size + 1 as s from t1"}, "t1", "results_dataset"),
    "scale": (
        "normalize-data",
        {"columns_to_transform": ["price"], "transformation_method": "min_max"},
        "dataset",
        "transformed_dataset",
    ),
    "clip": ("clip-values", {"list_of_columns": ["size"]}, "dataset", "results_dataset"),
    "fewer": (
        "select-columns-in-dataset",
        {"select_columns": ["size", "price"]},
        "dataset",
        "results_dataset",
    ),
    "split": ("split-data", {"fraction": 1.0, "randomized": False}, "dataset", "results_dataset1"),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=5))
def test_a_service_answers_its_samples_rows_as_the_run_did(names):
    exp, above, mend = Exp().table("data", DATA), "data.dataset", []
    for place, name in enumerate(names):
        module, params, port, out = STEPS[name]
        exp.node(f"n{place}", module, **params).wire(above, f"n{place}.{port}")
        above = f"n{place}.{out}"
        mend += [f"n{place}"] * (name in ("scale", "clip", "split"))
    exp.node("out", "web-service-output").wire(above, "out.dataset")
    ran = Ran(exp)
    found = ran.service(mend=mend)
    rows = ran.table("data", "dataset").arrow().to_pylist()
    needed = {column.name for column in found.plan.interface.inputs[0].columns if not column.optional}
    whole = ran.call(found, rows)["output1"]
    assert len(whole) == len(rows)
    expected = ran.table("out", "dataset")
    for column in expected:
        assert [row[column.name] for row in whole] == texts(column.data), (column.name, names)
    few = ran.call(found, [{name: row[name] for name in needed} for row in rows])["output1"]
    assert list(few[0]) == list(whole[0])


@pytest.mark.parametrize("way", ["name", "header"])
def test_a_script_with_packages_of_its_own_is_refused(way):
    """A service's interpreter has base's packages."""
    header = '# /// script\n# dependencies = ["herd"]\n# ///\n'
    exp = scripted(DOUBLE if way == "name" else header + DOUBLE)
    if way == "name":
        exp.nodes[2]["params"]["environment"] = "mine"
    assert codes(Ran(exp).capture()) == [("s", "own-environment")]
