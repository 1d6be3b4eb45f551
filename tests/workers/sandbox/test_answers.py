"""What a child may say: bounded before it is read, typed, and believed only where the child ended well."""

from __future__ import annotations

import json
import resource
import time
from typing import get_origin

import pytest
from pydantic import FailFast, ValidationError

from modules.wire_types import WIRE_TYPES
from workers.sandbox.answer import MOST_BYTES, Answer, Unreadable, read

FORGE = """
import json, os
def azureml_main():
    with open('/sandbox/out/result.json', 'w') as file: file.write({said})
    os._exit({code})
"""


def forged(bench, said: str, code: int = 0):
    return bench.script(FORGE.format(said=said, code=code))


def test_a_result_is_believed_only_of_a_process_that_ended_well(bench):
    said = json.dumps({"failure": {"type": "Forged", "message": "forged"}})
    assert "exit code 7" in forged(bench, repr(said), 7).message
    assert forged(bench, repr(said)).message == "forged"
    ran = bench.script(
        f"import ctypes\nopen('/sandbox/out/result.json', 'w').write({said!r})\nctypes.string_at(0)"
    )
    assert "SIGSEGV" in ran.message


HUGE = {
    "lists": "'{\"data\": [' + '[],' * 20_000_000 + '[]]}'",
    "maps": "'{\"outputs\": {}, \"data\": [' + '{},' * 20_000_000 + '0]}'",
    "a transform": (
        '\'{"outputs": {"result_dataset": {"type": "transform", "module": "x", \''
        " '\"fitted\": {\"x\": [' + '0,' * 30_000_000 + '0]}}}}'"
    ),
    "depth": "'{\"data\": ' + '[' * 30_000_000 + ']' * 30_000_000 + '}'",
    "timings": "'{\"timings\": {' + ','.join(f'\"{n}\": 1' for n in range(2_400_000)) + '}}'",
    "bytes": "' ' * (65 << 20)",
}


@pytest.mark.parametrize("kind", HUGE)
def test_a_result_that_takes_gigabytes_to_read_is_refused_unread(bench, kind):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ran = forged(bench, HUGE[kind])
    assert ran.outcome.failure.type in ("ResultRefused", "LimitExceeded")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 << 10
    assert ran.outcome.timings["checking"] < 5


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "1E+309", "9" * 5000, "-" + "9" * 400]
)
def test_numbers_that_are_none_are_refused(number):
    for said in (f'{{"timings": {{"running": {number}}}}}', f'{{"data": [{number}]}}'):
        with pytest.raises(Unreadable):
            read(said.encode(), "page")


def test_texts_and_large_numbers_are_well():
    data = ["NaN, Infinity and 1e999", "[{," * 1000, 1e308, -1.7976931348623157e308, "9" * 50, '"NaN\\']
    said = Answer(data=data).model_dump_json().encode()
    assert read(said, "page").data == data


def test_timings_are_those_that_we_know_and_failures_have_a_length(bench):
    said = """json.dumps({
        "failure": {"type": "T" * 10**6, "message": "m" * 10**7, "param": "p" * 10**6, "line": 10**25,
                    "column": -3, "traceback": "t" * 10**7},
        "timings": {"reading": -1, "running": 1e300, "writing": 0.5, "x" * 1000: 1},
    })"""
    failure = forged(bench, said).outcome.failure
    assert len(failure.model_dump_json()) < 80_000
    assert (failure.line, failure.column) == (None, None)
    timings = forged(bench, said).outcome.timings
    assert timings["writing"] == 0.5
    assert not {"reading", "running"} & set(timings)
    assert all(len(name) < 20 for name in timings)


@pytest.mark.parametrize(
    "said",
    [
        {"outputs": {"result_dataset": {"type": "table", "rows": 10**30, "columns": []}}},
        {"outputs": {"result_dataset": {"type": "table", "rows": 2**60, "columns": []}}},
        {"data": [1]},
        {"fullest": -1},
        {"more": 1},
    ],
)
def test_what_is_not_ours_to_say_is_not_readable(said):
    with pytest.raises(Unreadable):
        read(json.dumps(said).encode(), "node")


def test_a_long_message_of_an_honest_script_is_cut_and_says_so(bench):
    ran = bench.script("raise ValueError('much ' * 10**6)")
    assert len(ran.message) < 10_001
    assert ran.message.endswith("…")


def test_half_a_character_is_told_as_such(bench):
    assert bench.script("raise ValueError('half \\ud800')").message == "half ?"
    ran = bench.script("import pandas\ndef azureml_main(): return pandas.DataFrame({'half \\ud800': [1]}),")
    assert ran.outcome.failure.type in ("UnicodeEncodeError", "TextRefused")


def test_reading_takes_time_in_proportion():
    said = b'{"data": [' + b'"' + b"a,[{" * 5_000_000 + b'"]}'
    assert len(said) < MOST_BYTES
    began = time.process_time()
    assert len(read(said, "page").data[0]) == 20_000_000
    assert time.process_time() - began < 5


def test_a_million_wrong_columns_are_refused_at_the_first_one():
    """8 MB of them took the worker more than 8 GB: each thing that was wrong was told."""
    wrong = ",".join(['{"a":1}'] * 100_000)
    said = f'{{"outputs":{{"p":{{"type":"table","rows":1,"columns":[{wrong}]}}}}}}'
    with pytest.raises(ValidationError) as caught:
        Answer.model_validate_json(said)
    assert caught.value.error_count() < 20
    with pytest.raises(Unreadable, match="Field required"):
        read(said.encode(), "node")


@pytest.mark.parametrize("kind", WIRE_TYPES.values(), ids=list(WIRE_TYPES))
def test_rows_of_parts_are_refused_at_the_first_one_that_is_wrong(kind):
    for name, field in kind.model_fields.items():
        if get_origin(field.annotation) in (tuple, list):
            assert FailFast() in field.metadata, f"{kind.__name__}.{name}"


def test_an_answer_with_very_many_mistakes_does_not_describe_them():
    ports = ",".join(f'"p{n}":{{"type":"nothing"}}' for n in range(1_000))
    with pytest.raises(Unreadable, match="1,000 things in it are wrong"):
        read(f'{{"outputs":{{{ports}}}}}'.encode(), "node")


@pytest.mark.parametrize(("characters", "told"), [(400, "T"), (401, "ResultRefused")])
def test_forged_frames_are_bounded(bench, characters, told):
    value = {"name": "x", "type": "T", "text": "t" * characters}
    frame = {"file": "script.py", "line": 1, "function": "f", "locals": [value] * 30}
    said = {"failure": {"type": "T", "message": "m", "frames": [frame] * 19}}
    failure = forged(bench, repr(json.dumps(said))).outcome.failure
    assert (failure.type, failure.frames) == (told, [])


def test_values_of_a_hostile_script_stay_harmless(bench):
    ran = bench.script(
        """
        class Evil:
            def __repr__(self):
                while True:
                    pass
            __len__ = __iter__ = __getattr__ = __repr__
        evil, key = Evil(), "secret"
        {"Price": 1}["Pirce"]
        """,
        wall_seconds=20,
    )
    (frame,) = ran.outcome.failure.frames
    assert [(value.name, value.text) for value in frame.locals] == [
        ("evil", "azureml_main.<locals>.Evil"),
        ("key", "'secret'"),
    ]
