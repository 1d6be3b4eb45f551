"""What is told of the variables of a script that failed; nothing of the user's is called for it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import pytest

from modules.scripting.error_frames import MOST_BYTES, advice, error_frames
from modules.scripting.shown_value import brief, shown_value, type_name


def hostile_values() -> list[Any]:
    """Objects that end the test if anything is asked of them."""

    def asked(*_: Any) -> Any:
        raise AssertionError("was asked")

    methods = "repr str len iter bool eq getattr format"
    names = {f"__{name}__": asked for name in methods.split()}
    shape = property(asked)
    meta = type("Meta", (type,), {"__name__": shape})
    hostile = meta("Hostile", (), {**names, "__hash__": None, "shape": shape, "__dict__": shape})()
    frame = type("Frame", (pd.DataFrame,), {"shape": shape})({"a": [1]})
    return [hostile, frame]


def failed(source: str, *given: Any) -> BaseException:
    names: dict[str, Any] = {}
    try:
        exec(compile(source, "script.py", "exec"), names)
        names["azureml_main"](*given)
    except Exception as error:
        return error
    raise AssertionError("it ended well")


def test_nothing_of_a_hostile_object_is_called() -> None:
    hostile, odd_frame = hostile_values()
    inside = pd.DataFrame({"o": pd.Series([hostile, None], dtype=object)})
    for value in (hostile, [hostile], {"k": hostile}, inside, inside["o"], odd_frame):
        shown = shown_value("x", value)
        assert "was asked" not in shown.model_dump_json()
    assert shown_value("x", hostile).text.endswith("Hostile")
    assert shown_value("x", inside).head == [[f"{__name__}.Hostile"], [None]]


def test_a_frame_is_told_by_its_shape_and_first_rows() -> None:
    days = pd.to_datetime(["2020-01-01", None, "2020-01-03"])
    frame = pd.DataFrame(
        {"n": [1.5, None, 2], "s": ["a", None, "c" * 500], "d": days, 5: pd.array([1, None, 3])}
    )
    shown = shown_value("frame", frame)
    assert (shown.type, shown.shape) == ("DataFrame", [3, 4])
    assert shown.columns is not None
    assert shown.head is not None
    assert [column.name for column in shown.columns] == ["n", "s", "d", "5"]
    assert shown.head[0] == ["1.5", "a", "2020-01-01 00:00:00", "1"]
    assert shown.head[1] == [None] * 4
    assert len(shown.head[2][1] or "") < 80


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 << 332_192, "an int of 332,193 bits"),
        ([1] * 10**6, "[1, 1, 1, 1, 1, 1, 1, 1, … 1,000,000 in all]"),
        ([[[[1]]]], "[[[…]]]"),
        (np.float64(2), "2.0"),
        (b"a" * 500, None),
        ({"a": (1,)}, "{'a': (1,)}"),
        (pd.DataFrame({"a": [1]}).groupby, None),
    ],
    ids=range(7),
)
def test_values_are_short(value: Any, text: str | None) -> None:
    assert brief(value) == text if text else len(brief(value)) < 250


def test_ten_million_rows_take_no_time() -> None:
    frame = pd.DataFrame({"x": np.zeros(10_000_000)})
    started = time.process_time()
    assert shown_value("frame", frame).shape == [10_000_000, 1]
    assert time.process_time() - started < 0.5


def test_each_frame_of_the_script_has_its_variables_and_libraries_have_none() -> None:
    source = (
        "def of(df, name):\n    return df[name]\n"
        "def azureml_main(df):\n    key = 'Pirce'\n    return of(df, key)\n"
    )
    error = failed(source, pd.DataFrame({"Price": [1]}))
    frames = error_frames(error)
    own = [(frame.file, frame.line, frame.function) for frame in frames if not frame.library]
    assert own == [("script.py", 5, "azureml_main"), ("script.py", 2, "of")]
    assert [value.name for value in frames[0].locals] == ["df", "key"]
    assert frames[-1].file.startswith("pandas/")
    assert not any(frame.locals for frame in frames if frame.library)
    assert advice(error) == " Did you mean 'Price'?"


def test_much_is_cut_to_what_a_page_can_hold() -> None:
    source = (
        "def azureml_main(n, wide):\n    a = b = c = wide\n    if n == 0:\n        1/0\n"
        "    azureml_main(n - 1, wide)\n"
    )
    wide = pd.DataFrame({f"{'name' * 40}{n}": ["text " * 40] * 9 for n in range(400)})
    frames = error_frames(failed(source, 200, wide))
    assert len(frames) <= 15
    assert sum(len(frame.model_dump_json(exclude_none=True)) for frame in frames) < MOST_BYTES + 4_000
    assert frames[-1].locals
    assert frames[-1].line == 4


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import pandas as pd\npd.DataFrame({'Price': [1]}).Pirce", "'Price'"),
        ("import pandas as pd\nd = pd.DataFrame({'Price': [1]})\nd[['Pirce']]", "'Price'"),
        ("import pandas as pd\nd = pd.DataFrame({'Price': [1]})\nd.drop(columns=['Pirce'])", "'Price'"),
        ("prnit(1)", "'print'"),
        ("import math\nmath.sqrtt(1)", "'sqrt'"),
        ("'a'.uper()", "'upper'"),
    ],
)
def test_what_was_probably_meant_is_said(source: str, told: str) -> None:
    assert advice(failed(source)) == f" Did you mean {told}?"


def test_where_nothing_is_near_nothing_is_said() -> None:
    assert advice(failed("{'Price': 1}['quantity']")) == ""
    assert advice(failed("raise KeyError(5)")) == ""


def test_memory_says_what_was_large() -> None:
    source = (
        "import numpy as np\ndef azureml_main():\n    big = np.zeros((1000, 1000))\n    raise MemoryError\n"
    )
    assert advice(failed(source)) == (
        " The largest values at that moment: `big` in azureml_main (1,000 × 1,000, 8 MB)."
    )


def test_names_of_types_cannot_be_forged() -> None:
    assert type_name(type(hostile_values()[0])).endswith(".Hostile")
