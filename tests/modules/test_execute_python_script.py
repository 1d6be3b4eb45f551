"""Execute Python Script: what scripts out there do, and what comes of it."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from modules.python_language._processes import processes
from modules.python_language.execute_python_script import PythonParams, PythonResults, execute_python_script
from modules.sdk.errors import ModuleError
from modules.sdk.source import script_line, script_traceback, syntax_problem
from modules.sdk.values import Bundle, Table
from tests.modules.tables import every_type, rows, types, values, zipped

ONE = Table.of(x=[1, 2, 3])
TWO = Table.of(y=["a", "b"])
FRAME = "import pandas as pd\nframe = pd.DataFrame({'a': [1]})\n"


def run(
    script: str,
    dataset1: Table | None = None,
    dataset2: Table | None = None,
    bundle: Bundle | None = None,
    api: Any = "current",
) -> PythonResults:
    return execute_python_script(dataset1, dataset2, bundle, params=PythonParams(script=script, api=api))


def says(script: str, *tables: Table) -> str:
    """What a script printed."""
    return run(script, *tables).python_device.text


@pytest.mark.parametrize(
    ("signature", "tables", "given"),
    [
        ("()", (), "[]"),
        ("()", (ONE,), "[]"),
        ("(a)", (), "[None]"),
        ("(a)", (ONE,), "['x']"),
        ("(a)", (None, TWO), "['y']"),
        ("(a)", (ONE, TWO), "['x']"),
        ("(a, b)", (ONE, TWO), "['x', 'y']"),
        ("(a, b)", (None, TWO), "['y', None]"),
        ("(a, b)", (), "[None, None]"),
        ("(a=7, b=8)", (None, TWO), "['y', 8]"),
        ("(*a)", (ONE, TWO), "['x', 'y']"),
        ("(*a)", (None, TWO), "['y']"),
        ("(a, *b)", (), "[None]"),
        ("(a, /, b)", (ONE, TWO), "['x', 'y']"),
        ("(a, b, c)", (ONE, TWO), "['x', 'y', None]"),
        ("(a, *, b)", (ONE, TWO), "['x', 'y']"),
        ("(a, *, b=8)", (ONE,), "['x', 8]"),
        ("(a, **more)", (ONE, TWO), "['x']"),
    ],
)
def test_the_first_connected_table_is_the_first_argument(signature: str, tables: tuple, given: str) -> None:
    script = f"""
def azureml_main{signature}:
    got = []
    for value in locals().copy().values():
        got += value if isinstance(value, tuple) else [] if isinstance(value, (dict, list)) else [value]
    print([g.columns[0] if hasattr(g, "columns") else g for g in got])
"""
    assert says(script, *tables) == given + "\n"


def test_the_last_definition_counts() -> None:
    script = "def azureml_main(): print('first')\ndef azureml_main(): print('last')"
    assert says(script) == "last\n"


def test_without_azureml_main_it_says_what_to_write() -> None:
    with pytest.raises(ModuleError, match="does not define the function azureml_main"):
        run("def main(): pass")
    with pytest.raises(ModuleError, match="must be a function"):
        run("azureml_main = 5")


def test_frames_may_be_changed_in_place_and_the_input_stays_as_it_was() -> None:
    done = run("def azureml_main(df):\n    df.loc[0, 'x'] = 9\n    return df,", ONE)
    assert values(done.result_dataset, "x") == [9, 2, 3]
    assert values(ONE, "x") == [1, 2, 3]


def test_every_type_goes_through_unchanged_and_is_not_stored_again() -> None:
    table = every_type()
    done = run("def azureml_main(df):\n    assert list(df.index) == [0, 1, 2]\n    return df", table)
    assert types(done.result_dataset) == types(table)
    assert rows(done.result_dataset.select(["string", "datetime", "categorical", "whole"])) == rows(
        table.select(["string", "datetime", "categorical", "whole"])
    )
    kept = sum(mine is theirs for mine, theirs in zip(done.result_dataset, table, strict=True))
    assert kept >= 10


@pytest.mark.parametrize(
    "returned",
    ["frame,", "[frame]", "frame", "(frame, None)", "{'result_dataset': frame}", "array"],
)
def test_a_frame_is_taken_from_any_sequence(returned: str) -> None:
    script = FRAME + (
        "import numpy as np\narray = np.empty(1, dtype=object)\narray[0] = frame\n"
        f"def azureml_main():\n    return {returned}"
    )
    assert rows(run(script).result_dataset) == [{"a": 1}]


@pytest.mark.parametrize("returned", ["None", "()", "[]", "np.array([])", "{}"])
def test_nothing_is_an_empty_table(returned: str) -> None:
    done = run(f"import numpy as np\ndef azureml_main():\n    return {returned}")
    assert (len(done.result_dataset), done.result_dataset.names) == (0, [])


@pytest.mark.parametrize(
    ("returned", "named"),
    [
        ("5", "int"),
        ("'text'", "str"),
        ("{1, 2}", "set"),
        ("(x for x in [])", "generator"),
        ("frame['a']", "pandas.Series"),
        ("frame.values", "numpy.ndarray"),
        ("(frame['a'],)", "pandas.Series, but it must return a sequence"),
        ("frame.sum(),", "`.reset_index()` one that keeps its index"),
        ("frame.values,", "`pd.DataFrame(…)` makes"),
        (
            "frame['a'], frame['a']",
            "2 values and none is a pandas.DataFrame: the first is a value of type pandas.Series",
        ),
        ("frame.groupby('a'),", "`.mean()`"),
        ("pyarrow.table({'a': [1]})", "`.to_pandas()`"),
        ("LinearRegression()", "sklearn.linear_model._base.LinearRegression"),
        ("[1, 2, 3]", "int"),
        ("{'other': frame}", "'other'"),
        ("{'result_dataset': 5}", "int"),
    ],
)
def test_anything_else_fails_with_a_sentence_that_names_it(returned: str, named: str) -> None:
    script = (
        FRAME
        + "import pyarrow\nfrom sklearn.linear_model import LinearRegression\n"
        + f"def azureml_main():\n    return {returned}"
    )
    with pytest.raises(ModuleError, match=r"^azureml_main returned") as failure:
        run(script)
    assert named in failure.value.message


@pytest.mark.parametrize(
    "returned", ["df[df.n > 5],", "df[df.n > 5]", "[df[df.n > 5]]", "{'result_dataset': df[df.n > 5]}"]
)
def test_a_frame_without_rows_keeps_its_columns_and_their_types(returned: str) -> None:
    table = Table.of(n=[1, 2], word=["a", None], when=[dt.datetime(2024, 1, 2), None], yes=[True, False])
    done = run(f"def azureml_main(df):\n    return {returned}", table).result_dataset
    assert (len(done), types(done)) == (0, types(table))
    second = run("def azureml_main(df):\n    return df, df[df.n > 5]", table).result_dataset2
    assert second is not None
    assert (len(second), types(second)) == (0, types(table))


def test_what_is_no_frame_goes_to_the_model_with_a_word() -> None:
    done = run("def azureml_main(): return [{'a': 1}]")
    assert done.result_model is not None
    assert "no pandas.DataFrame, so Result Dataset is empty; a value of type dict" in done.python_device.text
    quiet = "from sklearn.svm import SVC\ndef azureml_main(): return SVC(),"
    assert says(quiet) == ""


def test_a_table_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="how many rows"):
        bool(ONE)


@pytest.mark.parametrize(
    ("returned", "says_so"),
    [
        ("df.groupby('x').sum()", "the index 'x' of the returned frame is dropped"),
        ("df.groupby(['x', 'y']).sum()", "the index 'x', 'y' of"),
        ("df.describe()", "the index ('count', …) of"),
        ("df.set_index('y', drop=False)", ""),
        ("df[df.x > 1]", ""),
        ("df.sort_values('x')", ""),
        ("df.groupby('x', as_index=False).sum()", ""),
        ("df.set_index('x').iloc[:0]", "the index 'x' of"),
        ("df.pivot_table(index='x', aggfunc=['mean'])", """a column is called "('mean', 'y')\""""),
    ],
)
def test_what_a_table_cannot_keep_of_a_frame_is_in_the_log(returned: str, says_so: str) -> None:
    text = says(f"def azureml_main(df):\n    return {returned},", Table.of(x=[1, 2], y=[3, 4]))
    assert says_so in text
    assert bool(says_so) == text.startswith("warning: ")


def test_a_second_frame_and_a_model_have_ports_of_their_own() -> None:
    script = FRAME + (
        "from sklearn.linear_model import LinearRegression\n"
        "model = LinearRegression().fit([[1], [2]], [1, 2])\n"
        "def azureml_main():\n    return frame, model, frame.rename(columns={'a': 'b'})"
    )
    done = run(script)
    assert done.result_dataset2 is not None
    assert done.result_dataset2.names == ["b"]
    assert done.result_model is not None
    assert done.result_model.class_name == "sklearn.linear_model._base.LinearRegression"
    assert done.result_model.text == "LinearRegression()"
    assert pickle.loads(done.result_model.pickled).predict([[3]])[0] == pytest.approx(3)


def test_a_model_of_the_scripts_own_class_can_be_loaded_elsewhere(tmp_path: Path) -> None:
    script = FRAME + (
        "import hello\nclass Mine:\n    def say(self): return hello.greet()\n"
        "def azureml_main(): return frame, Mine()"
    )
    done = run(script, bundle=zipped(tmp_path, {"hello.py": "def greet(): return 'hi'"}))
    assert done.result_model is not None
    Path("model").write_bytes(done.result_model.pickled)
    load = "import pickle; print(pickle.load(open('model', 'rb')).say())"
    assert subprocess.check_output([sys.executable, "-c", load], text=True) == "hi\n"


def test_names_become_text_and_each_is_there_once() -> None:
    names = "[1, 'x', 'x', 'x (2)']"
    script = f"import pandas as pd\ndef azureml_main(): return pd.DataFrame([[1] * 4], columns={names}),"
    assert run(script).result_dataset.names == ["1", "x", "x (3)", "x (2)"]


def test_mixed_objects_become_text_with_a_warning_in_the_log() -> None:
    done = run(FRAME + "def azureml_main(): return pd.DataFrame({'m': [1, 'a', None]}, dtype=object),")
    assert values(done.result_dataset, "m") == ["1", "a", None]
    assert done.python_device.text.startswith("warning: column m:")


@pytest.mark.parametrize(
    "script",
    [
        "def azureml_main(df):\r\n    return df,\r\n",
        "\ufeffdef azureml_main(df):\n    return df,",
        "def azureml_main(df):\n\treturn df,",
        "def azureml_main(df):\n\u00a0\u00a0\u00a0\u00a0return\u00a0df,",
        "def azureml_main(df):\n    if True:\n\treturn df,",
        "def azureml_main(df):\r    return df,",
        "def azureml_main(df):\n    s = '\u00a0'\n    assert len(s) == 1 and ord(s) == 160\n    return df,",
    ],
)
def test_source_is_taken_as_people_paste_it(script: str) -> None:
    assert run(script, ONE).result_dataset.names == ["x"]


def test_a_syntax_error_gives_its_line() -> None:
    script = "import os\n\ndef azureml_main(:\n    pass"
    with pytest.raises(SyntaxError) as failure:
        run(script)
    assert script_line(failure.value) == 3
    assert syntax_problem(script) == ("invalid syntax", 3, 17)
    assert syntax_problem("def azureml_main(): pass") is None


def test_an_exception_has_a_traceback_with_the_scripts_own_lines() -> None:
    script = "def azureml_main(df):\n    return helper(df)\n\ndef helper(df):\n    return df['nope']  # here"
    with pytest.raises(KeyError) as failure:
        run(script, ONE)
    text = script_traceback(failure.value)
    assert script_line(failure.value) == 5
    assert text.count('  File "script.py", line 2, in azureml_main') == 1
    assert "return df['nope']  # here" in text
    assert "execute_python_script.py" not in text


def test_exit_fails_with_a_sentence() -> None:
    with pytest.raises(ModuleError, match="called exit with 3"):
        run("import sys\ndef azureml_main():\n    sys.exit(3)")


def test_the_main_block_does_not_run() -> None:
    assert says("def azureml_main(): pass\nif __name__ == '__main__': 1 / 0") == ""


def test_the_bundle_can_be_imported_and_read(tmp_path: Path) -> None:
    zip = zipped(tmp_path, {
        "hello.py": "print('hello from the bundle')", "pack/__init__.py": "", "pack/part.py": "N = 3", 
        "data/x.txt": "17",
    })  # fmt: skip
    script = """
import hello
from pack import part
def azureml_main():
    print(part.N, open("Script Bundle/data/x.txt").read())
"""
    assert run(script, bundle=zip).python_device.text == "hello from the bundle\n3 17\n"


def test_a_bundle_with_one_folder_can_be_imported_either_way(tmp_path: Path) -> None:
    zip = zipped(tmp_path, {"top/hello.py": "print('hi')"})
    script = "import top.hello, hello\ndef azureml_main(): pass"
    assert run(script, bundle=zip).python_device.text == "hi\nhi\n"


def test_all_that_is_printed_is_on_the_device(capfd: pytest.CaptureFixture) -> None:
    script = """
import os, subprocess, sys
def azureml_main():
    print("print é")
    sys.stderr.write("error\\n")
    sys.stdout.buffer.write(b"bytes\\n"); sys.stdout.flush()
    os.write(1, b"descriptor\\n")
    subprocess.run(["echo", "subprocess"])
"""
    printed = {"print é", "error", "bytes", "descriptor", "subprocess"}
    assert set(says(script).splitlines()) == printed
    live = capfd.readouterr()
    assert set((live.out + live.err).splitlines()) == printed
    assert live.err == "error\n"


def test_a_flood_of_output_keeps_its_head_and_its_tail() -> None:
    text = says("def azureml_main():\n    for n in range(200_000): print('line', n)")
    assert text.startswith("line 0\n")
    assert text.endswith("line 199999\n")
    assert "bytes left out" in text
    assert len(text) < 1_000_000


def test_pictures_come_in_the_order_written_then_open_figures() -> None:
    script = """
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
import os
def azureml_main():
    os.mkdir("plots")
    for name in ("z.png", "plots/a.jpg", "b.svg", "c.GIF"):
        plt.figure(); plt.plot([1, 2])
        plt.savefig(name, format=None if name != "c.GIF" else "png"); plt.close()
    open("c.GIF", "wb").write(b"GIF89a")
    open("no.png", "w").write("not a picture")
    os.symlink("z.png", "link.png")
    plt.figure(7); plt.plot([1]); plt.figure(3); plt.show()
"""
    device = run(script).python_device
    assert [picture.name for picture in device.pictures] == [
        "z.png", "plots/a.jpg", "b.svg", "c.GIF", "figure-3.png", "figure-7.png",
    ]  # fmt: skip
    assert device.pictures[-1].path.read_bytes().startswith(b"\x89PNG")
    assert device.text == "warning: no.png is not a PNG picture, so it is left out\n"


def test_pictures_in_the_bundle_are_no_output(tmp_path: Path) -> None:
    zip = zipped(tmp_path, {"logo.svg": "<svg/>"})
    assert run("def azureml_main(): pass", bundle=zip).python_device.pictures == ()


def test_a_new_node_runs_as_it_is() -> None:
    done = execute_python_script(ONE, params=PythonParams())
    assert done.result_dataset.names == ["x"]
    assert done.python_device.text.startswith("Input pandas.DataFrame #1:")
    assert execute_python_script(params=PythonParams()).result_dataset.names == []


def test_classic_library_names_may_be_chosen() -> None:
    assert run("def azureml_main(df): return df,", ONE, api="classic").result_dataset.names == ["x"]


def test_what_other_processes_read_of_a_script_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the desk many scripts are called in one session. What a script forked must not take it away."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert says("def azureml_main(): print('ran')") == "ran\n"
    assert list(tmp_path.iterdir()) == []
    entered = processes("")
    entered.__enter__()
    if (child := os.fork()) == 0:
        entered.__exit__(None, None, None)
        os._exit(0)
    os.waitpid(child, 0)
    assert [len(list(home.iterdir())) for home in tmp_path.iterdir()] == [4]
    entered.__exit__(None, None, None)
    assert list(tmp_path.iterdir()) == []
