"""Calls as strangers write them, and the answers that they read."""

from __future__ import annotations

import datetime as dt
import json
import struct

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modules.exchange.answering import answer_call, run_steps
from modules.exchange.call import ReadCall
from modules.exchange.cells import read_cells
from modules.exchange.forms import read_call, write_answer
from modules.exchange.plan import FromCaller, FromNode, ServicePlan, ServiceStep
from modules.exchange.problems import CallProblem
from modules.exchange.schema import (
    ServiceColumn,
    ServiceInput,
    ServiceOutput,
    ServiceParameter,
    ServiceSchema,
)
from modules.exchange.writing import texts
from modules.sdk.values import Table

COLUMNS = (
    ServiceColumn(name="age", type="integer"),
    ServiceColumn(name="city", type="string"),
    ServiceColumn(name="note", type="integer", optional=True),
)
ONE = ServiceSchema(
    inputs=(ServiceInput(name="input1", columns=COLUMNS),),
    outputs=(ServiceOutput(name="output1", columns=COLUMNS[:2]),),
    parameters=(
        ServiceParameter(name="share", type="float", default=0.5, min=0, max=1),
        ServiceParameter(name="how", type="string", default="a", choices=("a", "b")),
    ),
)
TWO = ServiceSchema(
    inputs=(
        ServiceInput(name="left", columns=COLUMNS[:1]),
        ServiceInput(name="right", columns=COLUMNS[:1]),
    ),
    outputs=(),
)


def body(**inputs):
    return json.dumps({"Inputs": inputs, "GlobalParameters": {}}).encode()


def values(names, rows):
    return {"ColumnNames": names, "Values": rows}


def refused(form, sent, schema=ONE, **query):
    with pytest.raises(CallProblem) as caught:
        read_call(form, sent, schema, query)
    return caught.value


def status_of(form, sent):
    """None where the call is read."""
    try:
        read_call(form, sent, ONE, {})
    except CallProblem as problem:
        return problem.status if problem.message else "without a sentence"


def detail(problem):
    return problem.details[0].code


def listed(call, input="input1"):
    return call.inputs[input].arrow().to_pydict()


def test_a_table_of_texts_is_read_by_the_schema():
    sent = body(
        input1=values(["city", "age", "extra"], [["Bonn", "5", "x"], [None, " 7.0 ", None], ["", "", 1]])
    )
    assert listed(read_call("classic", sent, ONE, {})) == {
        "age": [5, 7, None],
        "city": ["Bonn", None, ""],
        "note": [None, None, None],
    }


def test_white_space_and_a_byte_order_mark_do_no_harm():
    sent = b'\xef\xbb\xbf{\r\n  "Inputs": {\r\n"input1": [ {"age": 5, "city": "Bonn"} ]\r\n}\r\n}\r\n'
    assert listed(read_call("records", sent, ONE, {}))["age"] == [5]


def test_numbers_in_a_column_of_text_become_text():
    assert listed(
        read_call("records", body(input1=[{"age": 1, "city": 5}, {"age": 2, "city": True}]), ONE, {})
    )["city"] == ["5", "True"]


@pytest.mark.parametrize("age", ["1.5", 1.5, "x", True, [1], {"a": 1}, "9" * 30, 2**70])
def test_a_cell_that_does_not_fit_is_named(age):
    problem = refused("classic", body(input1=values(["age", "city"], [[1, "a"], [None, "b"], [age, "c"]])))
    assert (problem.status, problem.code, detail(problem)) == (400, "BadUserArgument", "InputParseError")
    assert "row 3" in problem.message
    assert "'age'" in problem.message
    assert "integer" in problem.message
    assert problem.details[0].target == "input1, row 3, column age"


def test_every_column_that_does_not_fit_is_told():
    two = ServiceSchema(
        inputs=(
            ServiceInput(
                name="i",
                columns=(ServiceColumn(name="a", type="float"), ServiceColumn(name="b", type="boolean")),
            ),
        ),
        outputs=(),
    )
    problem = refused("classic", body(i=values(["a", "b"], [["x", "maybe"]])), two)
    assert [each.target for each in problem.details] == ["i, row 1, column a", "i, row 1, column b"]


@pytest.mark.parametrize("note", ["value", 1.5, [1, 2], {"a": 1}])
def test_a_column_that_is_never_read_may_hold_anything(note):
    sent = body(input1=values(["age", "city", "note"], [[1, "a", note], [2, "b", 3]]))
    assert listed(read_call("classic", sent, ONE, {}))["age"] == [1, 2]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "RequestIsEmpty"),
        (b"  \r\n", "RequestIsEmpty"),
        (b"{", "RequestBodyInvalid"),
        (b"[1]", "RequestBodyInvalid"),
        (b"\xff\xfe", "RequestBodyInvalid"),
        (b'{"Inputs": [1]}', "RequestBodyInvalid"),
        (b"[" * 10_000, "RequestBodyInvalid"),
        (b'{"Inputs": {"input1": {"ColumnNames": ["age"], "Values": [[NaN]]}}}', "RequestBodyInvalid"),
        (body(), "MissingRequestInput"),
        (body(input1=[], other=[]), "InvalidInputNames"),
        (body(input1=5), "RequestBodyInvalid"),
        (body(input1=[5]), "RequestBodyInvalid"),
        (body(input1={"ColumnNames": "age", "Values": []}), "RequestBodyInvalid"),
        (body(input1={"ColumnNames": [5], "Values": []}), "RequestBodyInvalid"),
        (body(input1={"ColumnNames": ["age", "city"], "Values": [5]}), "RequestBodyInvalid"),
        (body(input1=values(["age", "city"], [[1]])), "InputParseError"),
        (body(input1=values(["age", "age", "city"], [])), "InputParseError"),
        (body(input1=values(["city"], [["x"]])), "InputParseError"),
        (body(input1=[{"age": 1, "city": "a"}, {"age": 2}]), "InputParseError"),
        (b'{"Inputs": {"input1": []}, "GlobalParameters": {"shar": 1}}', "UnexpectedParameter"),
        (b'{"Inputs": {"input1": []}, "GlobalParameters": {"share": "x"}}', "BadParameterValue"),
        (b'{"Inputs": {"input1": []}, "GlobalParameters": {"share": 2}}', "BadParameterValue"),
        (b'{"Inputs": {"input1": []}, "GlobalParameters": {"share": null}}', "BadParameterValue"),
        (b'{"Inputs": {"input1": []}, "GlobalParameters": {"how": "c"}}', "BadParameterValue"),
        (b'{"Inputs": {"input1": []}, "GlobalParameters": 5}', "RequestBodyInvalid"),
    ],
)
def test_what_is_wrong_has_its_code(sent, code):
    problem = refused("classic", sent)
    assert problem.status == 400
    assert detail(problem) == code


def test_a_wrong_input_name_gets_the_list_of_right_ones():
    assert "left, right" in refused("classic", body(letf=[], right=[]), TWO).message


def test_a_missing_column_is_named_with_what_may_have_been_meant():
    message = refused("classic", body(input1=values(["Age", "city"], [[1, "a"]]))).message
    assert "'age'" in message
    assert "'Age'" in message


def test_a_parameter_without_a_default_must_be_said():
    needy = ONE.model_copy(
        update={"parameters": (ServiceParameter(name="k", type="integer", required=True),)}
    )
    assert detail(refused("classic", body(input1=[]), needy)) == "MissingRequiredGlobalParameters"
    sent = b'{"Inputs": {"input1": []}, "GlobalParameters": {"k": "3"}}'
    assert read_call("classic", sent, needy, {}).parameters == {"k": 3}


TYPED = Table.from_arrow(
    pa.table(
        {
            "i": pa.array([1, None]),
            "f": pa.array([0.1, 1e300]),
            "s": ["a", None],
            "b": [True, False],
            "d": pa.array([dt.datetime(2020, 1, 31, 12, 30), None]),
            "t": pa.array([dt.timedelta(days=1, hours=2), None]),
            "c": pa.array(["u", "v"]).dictionary_encode(),
        }
    )
)


def test_answers_are_strings_in_the_order_of_the_table():
    answer = write_answer("classic", {"output1": TYPED}, ONE, {}, ReadCall({}))
    assert json.loads(answer.body) == {
        "Results": {
            "output1": {
                "type": "table",
                "value": {
                    "ColumnNames": ["i", "f", "s", "b", "d", "t", "c"],
                    "ColumnTypes": [
                        *("Int64", "Double", "String", "Boolean", "DateTime", "TimeSpan", "Categorical")
                    ],
                    "Values": [
                        ["1", "0.1", "a", "True", "2020-01-31T12:30:00", "P1DT2H0M0S", "u"],
                        [None, "1e+300", None, "False", None, None, "v"],
                    ],
                },
            }
        }
    }


def test_details_false_leaves_out_what_is_not_a_value():
    answer = write_answer("classic", {"output1": TYPED}, ONE, {"details": "False"}, ReadCall({}))
    assert list(json.loads(answer.body)["Results"]["output1"]["value"]) == ["Values"]


def test_records_are_strings_too():
    answer = write_answer("records", {"output1": TYPED.select(["i", "b"])}, ONE, {}, ReadCall({}))
    assert json.loads(answer.body)["Results"]["output1"] == [
        {"i": "1", "b": "True"},
        {"i": None, "b": "False"},
    ]


CELLS = {
    "integer": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False),
    "string": st.text(st.characters(codec="utf-8")),
    "boolean": st.booleans(),
    "datetime": st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2200, 1, 1)),
    "timedelta": st.timedeltas(dt.timedelta(days=-10_000), dt.timedelta(days=10_000)),
    "binary": st.binary(),
}
ARROW = {
    "string": pa.large_string(),
    "float": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "datetime": pa.timestamp("us"),
    "timedelta": pa.duration("us"),
    "binary": pa.large_binary(),
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_written_reads_back_the_same(data):
    kind = data.draw(st.sampled_from(sorted(CELLS)))
    cells = data.draw(st.lists(st.none() | CELLS[kind], max_size=8))
    column = pa.chunked_array([pa.array(cells, ARROW[kind])])
    again = read_cells(texts(column), ServiceColumn(name="x", type=kind))
    assert again.data.to_pylist() == cells


def test_known_levels_come_first_and_unknown_ones_behind_them():
    column = ServiceColumn(name="x", type="categorical", levels=("low", "high"), ordered=True)
    read = read_cells(["high", None, "odd"], column).data.chunk(0)
    assert read.dictionary.to_pylist() == ["low", "high", "odd"]
    assert read.to_pylist() == ["high", None, "odd"]
    numbers = ServiceColumn(name="x", type="categorical", levels=("3", "1"), level_type="integer")
    assert read_cells(["1", 3], numbers).data.to_pylist() == [1, 3]


def test_dates_take_the_zone_of_the_column():
    plain, zoned = (ServiceColumn(name="x", type="datetime", zone=zone) for zone in (None, "UTC"))
    for sent in ("2020-01-31T12:00:00Z", "2020-01-31T12:00:00", "2020-01-31 14:00+02:00"):
        assert texts(read_cells([sent], plain).data) == ["2020-01-31T12:00:00"]
        assert texts(read_cells([sent], zoned).data) == ["2020-01-31T12:00:00Z"]


def stream(table):
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as out:
        out.write_table(table)
    return sink.getvalue().to_pybytes()


def test_an_arrow_stream_is_cast_to_the_schema():
    sent = stream(pa.table({"age": pa.array([1, None], pa.int8()), "city": ["a", "b"], "x": [1, 2]}))
    call = read_call("arrow", sent, ONE, {"share": "0.25"})
    assert listed(call) == {"age": [1, None], "city": ["a", "b"], "note": [None, None]}
    assert call.parameters == {"share": 0.25}
    answer = write_answer("arrow", {"output1": call.inputs["input1"]}, ONE, {}, call)
    assert pa.ipc.open_stream(answer.body).read_all()["age"].to_pylist() == [1, None]


@pytest.mark.parametrize(
    "sent",
    [b"", b"ARROW1", b"\xff\xff\xff\xff\x10\x00\x00\x00abc", stream(pa.table({"age": [1.5], "city": ["a"]})),
     stream(pa.table({"age": ["x"], "city": ["a"]})), stream(pa.table({"city": ["a"]}))],
)  # fmt: skip
def test_an_arrow_stream_that_does_not_fit_is_refused(sent):
    assert refused("arrow", sent).status == 400


def test_a_stream_cut_anywhere_is_refused_or_read():
    whole = stream(pa.table({"age": [1, 2], "city": ["a", "b"]}))
    statuses = {status_of("arrow", whole[:end]) for end in range(0, len(whole), 7)}
    assert statuses <= {None, 400}


def tensors(*inputs, **more):
    return json.dumps({"inputs": list(inputs), **more}).encode()


def tensor(name, data, datatype="INT64", **more):
    return {"name": name, "shape": [len(data)], "datatype": datatype, "data": data, **more}


def test_a_tensor_is_a_column():
    sent = tensors(
        tensor("age", [[1], [None]], shape=[2, 1]), tensor("city", ["a", "b"], "BYTES"), id="42",
        parameters={"share": 0.25}, outputs=[{"name": "city"}],
    )  # fmt: skip
    call = read_call("inference", sent, ONE, {})
    assert listed(call) == {"age": [1, None], "city": ["a", "b"], "note": [None, None]}
    assert call.parameters == {"share": 0.25}
    answer = write_answer("inference", {"output1": call.inputs["input1"]}, ONE, {"model_name": "m"}, call)
    assert json.loads(answer.body) == {
        "model_name": "m",
        "model_version": "1",
        "id": "42",
        "outputs": [{"name": "city", "shape": [2], "datatype": "BYTES", "data": ["a", "b"]}],
    }


def test_tensors_of_several_inputs_name_theirs():
    sent = tensors(tensor("left.age", [1]), tensor("age", [2, 3], parameters={"input": "right"}))
    call = read_call("inference", sent, TWO, {})
    assert (listed(call, "left"), listed(call, "right")) == ({"age": [1]}, {"age": [2, 3]})


def test_tensors_may_come_as_bytes():
    head = json.dumps(
        {"inputs": [
            {"name": "age", "shape": [2], "datatype": "INT32", "parameters": {"binary_data_size": 8}},
            {"name": "city", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": 11}},
        ]}
    ).encode()  # fmt: skip
    tail = struct.pack("<ii", 5, 6) + struct.pack("<I", 2) + b"ab" + struct.pack("<I", 1) + b"c"
    call = read_call("inference", head + tail, ONE, {"header_length": str(len(head))})
    assert listed(call)["age"] == [5, 6]
    assert listed(call)["city"] == ["ab", "c"]
    for cut in range(len(tail)):
        assert refused("inference", head + tail[:cut], header_length=str(len(head))).status == 400


@pytest.mark.parametrize(
    "sent",
    [
        b"{}",
        tensors(5),
        tensors({"name": 5}),
        tensors(tensor("age", [1], shape=[2])),
        tensors(tensor("age", [1, 2], shape=[1, 2])),
        tensors(tensor("age", [[1, 2]])),
        tensors(tensor("age", [1], "INT7")),
        tensors(tensor("age", [1]), tensor("city", ["a", "b"], "BYTES")),
        tensors(tensor("age", [1]), tensor("age", [1]), tensor("city", ["a"], "BYTES")),
        tensors(tensor("age", [1], parameters={"binary_data_size": 8}), tensor("city", ["a"], "BYTES")),
        tensors(tensor("age", [1]), tensor("city", ["a"], "BYTES"), outputs=[{"name": "nobody"}]),
        tensors(tensor("age", [1]), tensor("city", ["a"], "BYTES"), parameters={"nobody": 1}),
    ],
)
def test_tensors_that_do_not_fit_are_refused(sent):
    assert refused("inference", sent).status == 400


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["Inputs", "input1", "ColumnNames", "Values", "inputs", "name", "shape",
                                       "datatype", "data", "age", "city", "parameters"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(JUNK, st.sampled_from(["classic", "records", "inference", "arrow"]))
def test_no_body_does_more_than_be_refused(junk, form):
    for sent in (
        json.dumps(junk).encode(),
        json.dumps({"Inputs": {"input1": junk}, "inputs": junk}).encode(),
    ):
        assert status_of(form, sent) in (None, 400)


SCRIPT = """
def azureml_main(frame):
    frame["double"] = frame["age"] * 2
    return frame
"""
PLAN = ServicePlan(
    interface=ONE.model_copy(update={"parameters": ()}),
    steps=(
        ServiceStep(
            node="n1",
            module="execute-python-script",
            params={"script": SCRIPT},
            inputs={"dataset1": FromCaller(caller="input1")},
        ),
    ),
    outputs={"output1": FromNode(node="n1", port="result_dataset")},
)


def no_constant(name):
    raise AssertionError(name)


def test_a_call_goes_through_the_steps(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = answer_call(PLAN, "records", body(input1=[{"age": 4, "city": "a"}]), {}, no_constant)
    assert json.loads(answer.body) == {
        "Results": {"output1": [{"age": "4", "city": "a", "note": None, "double": "8"}]}
    }


def test_no_rows_in_no_rows_out_and_nothing_runs():
    answer = answer_call(PLAN, "classic", body(input1=[]), {}, no_constant, around=no_constant)
    assert json.loads(answer.body)["Results"]["output1"]["value"] == {
        "ColumnNames": ["age", "city"],
        "ColumnTypes": ["Int64", "String"],
        "Values": [],
    }


def test_a_parameter_of_the_call_sets_the_param_of_a_step():
    step = ServiceStep(
        node="n",
        module="split-data",
        params={"fraction": 0.5, "randomized": False},
        inputs={"dataset": FromCaller(caller="input1")},
        parameters={"fraction": "share"},
    )
    plan = PLAN.model_copy(
        update={"steps": (step,), "outputs": {"output1": FromNode(node="n", port="results_dataset1")}}
    )
    table = Table.of(age=[1, 2, 3, 4])
    for share, rows in ((0.25, 1), (0.75, 3)):
        left = run_steps(
            plan, ReadCall({"input1": table}, {"share": share}), no_constant, lambda step: NOTHING
        )
        assert len(left["output1"]) == rows
    with pytest.raises(CallProblem, match="share"):
        run_steps(plan, ReadCall({"input1": table}, {"share": 7}), no_constant, lambda step: NOTHING)


class Nothing:
    def __enter__(self):
        pass

    def __exit__(self, *_):
        pass


NOTHING = Nothing()
