"""Columns at the cursor of a script that is being typed."""

from __future__ import annotations

import time

import pytest

from modules.scripting import words
from modules.scripting.completion import python_columns, r_columns, sql_columns
from modules.scripting.helper import PRELUDE, _shown

HOUSES = {"Price": "float", "Rooms": "integer", "Floor Area": "float"}
HEAD = """def azureml_main(a, b: 'x' = None, *, al=1):
    df = a.dropna()
    df['New'] = 1
    p = df['Price']
"""


def labels(line: str, head: str = HEAD) -> list[str] | None:
    script = head + line
    found = python_columns(script, script.count("\n") + 1, len(line), [HOUSES, {"k": "string"}])
    return None if found is None else [one.label for one in found]


@pytest.mark.parametrize(
    "line",
    [
        "    df['",
        '    df.loc[:, "',
        "    df.loc[df.x > 1, ['Price', '",
        "    df[['Price', '",
        "    df.dropna().sort_values(by='",
        "    df.query('",
    ],
)
def test_all_columns_of_a_frame_and_those_that_the_script_adds(line: str) -> None:
    assert labels(line) == ["Price", "Rooms", "Floor Area", "New"]


def test_what_was_begun_comes_first_and_other_texts_name_no_column() -> None:
    assert labels("    df.query('Rooms > 2 and pr") == ["Price"]
    assert labels("    a.") == ["Price", "Rooms"]
    assert labels("    b['") == ["k"]
    assert labels("    print('") == []
    assert labels("    # df['") is None
    assert labels("    p.") is None
    assert labels("    df['Price'].") is None


def test_sql_and_r() -> None:
    tables = {"t1": HOUSES, "t2": {"k": "string"}}
    assert [one.label for one in sql_columns("select x. from t2 x", 1, 9, tables) or ()] == ["k"]
    assert [one.label for one in sql_columns("select Ro from t1", 1, 9, tables) or ()] == ["Rooms"]
    assert sql_columns("select 'a", 1, 9, tables) is None
    script = "d <- maml.mapInputPort(1)\ne <- d\ne$P"
    assert [one.label for one in r_columns(script, 3, 3, {1: HOUSES}) or ()] == ["Price"]


@pytest.mark.parametrize(
    "script",
    [
        "x = '" + "a" * 900_000,
        "a" * 150_000,
        'a["' * 50_000,
        "def azureml_main(" * 8_000,
        "a." * 70_000,
        "\n" * 150_000,
    ],
)
def test_a_long_text_takes_no_time(script: str) -> None:
    started = time.process_time()
    line = script.count("\n") + 1
    column = len(script.rsplit("\n", 1)[-1])
    python_columns(script, line, column, [HOUSES])
    r_columns(script, line, column, {1: HOUSES})
    words.of_python(script, line, column)
    assert time.process_time() - started < 2


def test_the_helper_is_shown_parameters_as_frames_and_the_place_moves_along() -> None:
    shown, line, column = _shown("def azureml_main(a, b: int = 1, c=None, *, d=1): a", 1, 50)
    first = shown.splitlines()[1]
    assert shown.startswith(PRELUDE)
    assert first.count("DataFrame") == 2
    assert (line, column) == (1, len(first))
