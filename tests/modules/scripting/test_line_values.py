"""What is told of each line of `azureml_main`, and that a watched script does what it does unwatched."""

from __future__ import annotations

import pickle
import time
import types
from typing import Any

import cloudpickle
import pandas as pd
import pytest

from modules.scripting.line_values import LineValue, LineWatch
from modules.sdk.source import compile_script


def run(source: str, *given: Any, **named: Any) -> tuple[dict[int, LineValue], Any]:
    watch, names = LineWatch(), dict[str, Any]()
    code = watch.compile(source, names)
    assert code is not None
    exec(code, names)
    returned = names["azureml_main"](*given, **named)
    return {line.line: line for line in watch.told()}, returned


def frame(rows: int = 4) -> pd.DataFrame:
    return pd.DataFrame({"x": [None, *range(rows - 1)], "y": range(rows)})


def test_a_line_tells_shape_change_and_new_columns() -> None:
    lines, returned = run(
        "def azureml_main(df):\n"
        "    '''Doc.'''\n"
        "    df = df.dropna()\n"
        "    df['z'] = 1\n"
        "    few = df[df.y > 2].drop(columns=['x', 'y'])\n"
        "    n = len(few)\n"
        "    return few,\n",
        frame(),
    )
    assert lines[1].kind == "given"
    assert (lines[1].values[0].name, lines[1].values[0].shape) == ("df", [4, 2])
    assert (lines[3].values[0].shape, lines[3].values[0].rows_before) == ([3, 2], 4)
    assert (lines[4].values[0].new_columns, lines[4].values[0].rows_before) == (["z"], 3)
    few = lines[5].values[0]
    assert (few.name, few.shape, few.rows_before, few.gone_columns) == ("few", [1, 1], 3, 2)
    assert lines[6].values[0].text == "1"
    assert (lines[7].kind, lines[7].values[0].name, lines[7].values[0].shape) == (
        "return",
        "returned",
        [1, 1],
    )
    assert lines[3].values[0].head == [["0.0", "1"], ["1.0", "2"], ["2.0", "3"]]
    assert list(returned[0].columns) == ["z"]


def test_rounds_are_counted_all_and_watched_first() -> None:
    lines, _ = run(
        "def azureml_main():\n"
        "    total = 0\n"
        "    for i in range(1000):\n"
        "        total += i\n"
        "        for j in range(5):\n"
        "            if j == 2:\n"
        "                break\n"
        "        else:\n"
        "            total = -1\n"
        "        if i % 2: continue\n"
        "        even = i\n"
        "    while total > 10:\n"
        "        total //= 2\n"
        "    return total\n"
    )
    assert (lines[3].kind, lines[3].times) == ("loop", 1000)
    assert lines[5].times == 3000
    assert lines[4].times == 10
    assert lines[12].times == 16


@pytest.mark.parametrize(
    ("source", "returned"),
    [
        ("def azureml_main():\n    try:\n        return 1\n    finally:\n        x = 2\n", 1),
        (
            "def azureml_main():\n    for a in [1, 2]:\n        for b in [3]:\n            return a, b\n",
            (1, 3),
        ),
        ("def azureml_main(*, alpha=2):\n    x: int\n    x = alpha\n    del x\n    return alpha\n", 2),
        ("def azureml_main():\n    match 3:\n        case int(n):\n            return n\n", 3),
        (
            "def azureml_main():\n    def g(b):\n        return b + 1\n    return g(1)\n",
            2,
        ),
        ("def azureml_main():\n    class A:\n        b = 1\n    a = A(); a.b = 5\n    return a.b\n", 5),
        (
            "def azureml_main():\n    n = 0\n    while n <= 40:\n        n += 1\n    return n\n",
            41,
        ),
        (
            "def azureml_main():\n    for i in [2]:\n        global x\n        x = i\n    return x\n",
            2,
        ),
        ("def azureml_main():\n    return 1\ndef azureml_main():\n    return 2\n", 2),
        ("def azureml_main():\n    yield 1\n", None),
        ("azureml_main = lambda: 7\n", 7),
    ],
    ids=range(11),
)
def test_a_watched_script_does_what_it_does(source: str, returned: Any) -> None:
    _, found = run(source)
    assert found == returned or isinstance(found, types.GeneratorType)


def test_a_failure_has_its_own_line_and_what_came_before_is_told() -> None:
    watch, names = LineWatch(), dict[str, Any]()
    source = "def azureml_main(df):\n    a = df.dropna()\n    b = a.merge(\n        a,\n        on='no')\n"
    exec(watch.compile(source, names) or "", names)
    with pytest.raises(KeyError) as caught:
        names["azureml_main"](frame())
    trace = caught.value.__traceback__
    assert trace is not None and trace.tb_next is not None  # noqa: PT018
    assert trace.tb_next.tb_lineno == 3
    assert [line.line for line in watch.told()] == [1, 2]


def test_nothing_hostile_is_called_and_nothing_fails_for_the_margin() -> None:
    lines, returned = run(
        "class Evil:\n"
        "    def __getattr__(self, name): raise SystemExit\n"
        "    __repr__ = __len__ = __eq__ = __bool__ = __iter__ = __getattr__\n"
        "def azureml_main():\n"
        "    evil = Evil()\n"
        "    many = [evil] * 3\n"
        "    return 1\n"
    )
    assert returned == 1
    assert lines[5].values[0].text == "Evil"


def test_the_watch_travels_to_other_processes_and_notes_nothing_there() -> None:
    watch = LineWatch()
    assert pickle.loads(cloudpickle.dumps(watch))(3, "x") is None


def test_much_is_cut() -> None:
    body = "".join(f"    a{n} = df.copy()\n" for n in range(500))
    wide = pd.DataFrame({f"{'name' * 30}{n}": ["text " * 30] * 60 for n in range(30)})
    lines, _ = run(f"def azureml_main(df):\n{body}    return df\n", wide)
    assert len(lines) <= 400
    assert sum(len(line.model_dump_json(exclude_none=True)) for line in lines.values()) < 300_000
    assert lines[300].values[0].shape == [60, 30]


def test_a_tight_loop_costs_little() -> None:
    body = "    t = 0\n    for i in range(300_000):\n        t += i * i % 7\n        t ^= i\n"
    source = f"def azureml_main():\n{body}"
    names: dict[str, Any] = {}
    exec(compile_script(source), names)
    watched: dict[str, Any] = {}
    exec(LineWatch().compile(source, watched) or "", watched)

    def seconds(main: Any) -> float:
        began = time.process_time()
        main()
        return time.process_time() - began

    plain = min(seconds(names["azureml_main"]) for _ in range(3))
    assert min(seconds(watched["azureml_main"]) for _ in range(3)) < 2.5 * plain
