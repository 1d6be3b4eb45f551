"""Execute Python Script by the contract, through HTTP and the sandbox. One run carries all the cases."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Exp
from tests.package_index import add_native_wheel, add_wheel
from tests.server import RunView, Server

CSV = "n,part,word\n1,1.5,a\n2,,\n,2.5,c\n"

OUT = "    return pd.DataFrame({'got': [str(x) for x in got]}),\n"
HEAD = "import pandas as pd\n"

# name → (which table inputs are wired, script, the rows that come out of result_dataset)
CALLS: dict[str, tuple[str, str, list[list[Any]]]] = {
    "no parameter": ("", HEAD + "def azureml_main():\n    got = [1]\n" + OUT, [["1"]]),
    "first of two": ("1", HEAD + "def azureml_main(a, b):\n    got = [len(a), b]\n" + OUT, [["3"], ["None"]]),
    "second only is the first": (
        "2",
        HEAD + "def azureml_main(a=None, b=None):\n    got = [len(a), b]\n" + OUT,
        [["3"], ["None"]],
    ),
    "both": ("12", HEAD + "def azureml_main(a, b):\n    got = [len(a), len(b)]\n" + OUT, [["3"], ["3"]]),
    "star": ("12", HEAD + "def azureml_main(*frames):\n    got = [len(frames)]\n" + OUT, [["2"]]),
    "none wired": ("", HEAD + "def azureml_main(a, b):\n    got = [a, b]\n" + OUT, [["None"], ["None"]]),
    "the last definition counts": (
        "",
        HEAD + "def azureml_main():\n    1/0\ndef azureml_main():\n    got = [2]\n" + OUT,
        [["2"]],
    ),
    "a bare frame": ("1", "def azureml_main(df):\n    return df[['n']]\n", [[1], [2], [None]]),
    "a list": ("1", "def azureml_main(df):\n    return [df[['n']]]\n", [[1], [2], [None]]),
    "an array": (
        "1",
        "import numpy as np\ndef azureml_main(df):\n    box = np.empty(1, object)\n    box[0] = df[['n']]\n"
        "    return box\n",
        [[1], [2], [None]],
    ),
    "nothing": ("1", "def azureml_main(df):\n    pass\n", []),
    "an empty tuple": ("1", "def azureml_main(df):\n    return ()\n", []),
    "a dict": (
        "1",
        "def azureml_main(df):\n    return {'result_dataset': df[['n']], 'result_dataset2': df}\n",
        [[1], [2], [None]],
    ),
    "changed in place": (
        "1",
        "def azureml_main(df):\n    df.loc[0, 'n'] = 10\n    df.loc[1, 'word'] = 'w'\n    return df,\n",
        [[10, 1.5, "a"], [2, None, "w"], [None, 2.5, "c"]],
    ),
    "a sibling still sees the input": (
        "1",
        "def azureml_main(df):\n    return df,\n",
        [[1, 1.5, "a"], [2, None, None], [None, 2.5, "c"]],
    ),
    "filtered": (
        "1",
        "def azureml_main(df):\n    assert list(df.index) == [0, 1, 2]\n    return df[df.n.isna()],\n",
        [[None, 2.5, "c"]],
    ),
    "windows text": ("1", "\ufeffdef azureml_main(df):\r\n\treturn\u00a0df[['n']],\r\n", [[1], [2], [None]]),
    "not main": (
        "",
        "import pandas as pd\nif __name__ == '__main__':\n    1/0\n"
        "def azureml_main():\n    return pd.DataFrame({'x': [1]}),\n",
        [[1]],
    ),
}

NAMES = """import pandas as pd, numpy as np
def azureml_main():
    df = pd.DataFrame([[1, 2, 3, 4, 5]], columns=['a', 'a', 7, 'a (2)', 'a'])
    return df,
"""

DTYPES = """import pandas as pd, numpy as np
def azureml_main():
    return pd.DataFrame({
        'text': ['a', None], 'i64': [2**60 + 1, -1], 'Int64': pd.array([2**60 + 1, None], dtype='Int64'),
        'f': [0.5, np.nan], 'b': [True, False], 'boolean': pd.array([True, None], dtype='boolean'),
        'when': pd.to_datetime(['2024-01-02 03:04:05.678901', None]),
        'zone': pd.to_datetime(['2024-01-02', None]).tz_localize('Europe/Berlin'),
        'span': pd.to_timedelta(['1D', None]),
        'cat': pd.Categorical(['x', None], categories=['y', 'x'], ordered=True),
        'mixed': [1, 'a'], 'raw': [b'\\x00\\xff', None]}),
"""
CHECK = """def azureml_main(df):
    for name in df:
        print(name, df[name].dtype)
    assert df.cat.cat.ordered and list(df.cat.cat.categories) == ['y', 'x']
    assert str(df.zone.dt.tz) == 'Europe/Berlin'
    assert df.i64[0] == 2**60 + 1 and df.Int64[0] == 2**60 + 1
    return df,
"""

FAILURES = {
    "a number": ("def azureml_main():\n    return 42\n", None, "int"),
    "no azureml_main": ("x = 1\n", None, "azureml_main"),
    "an unknown port": (
        "import pandas as pd\ndef azureml_main():\n    return {'nope': pd.DataFrame()}\n",
        None,
        "nope",
    ),
    "at import": ("x = 1\ny = x / 0\ndef azureml_main():\n    pass\n", 2, "division"),
    "deep inside": ("def f(x):\n    return x['q']\n\ndef azureml_main():\n    f({})\n", 2, "q"),
    "exit": ("import sys\ndef azureml_main():\n    sys.exit(3)\n", 3, "3"),
}

OWN_PARAMS = (
    "from typing import Literal\n"
    "def azureml_main(*, alpha: float = 0.1, method: Literal['a', 'b'] = 'a', title=''):\n"
    "    print(alpha, method, repr(title))\n"
)

BUNDLE = """import hello, pkg.inner, os
def azureml_main():
    print(hello.greet(), pkg.inner.X)
    print(open('Script Bundle/data.txt').read(), sorted(os.listdir('.')))
"""

IN_BUNDLE = """import pandas as pd, pkg.inner
def azureml_main():
    df = pd.DataFrame({'Price': [1.5, None], 'Rooms': [2, 3]})
    return pkg.inner.price(df),
"""


WHEELS = """import herd, nativeherd
def azureml_main():
    print(herd.cows(), nativeherd.escape('<'), nativeherd._speedups.__file__.split('/')[-1][-3:])
"""


def wheels(folder: Path) -> list[Path]:
    """Two versions of a package, one with a compiled part, and one for another machine and Python."""
    made = [
        add_wheel(folder, "herd", v, {"herd/__init__.py": f"def cows(): return '{v}'"})
        for v in ("1.9", "1.10")
    ]
    others = add_wheel(folder, "winherd", "1.0", {"winherd/__init__.py": ""}, tag="cp27-cp27m-win_amd64")
    return [*made, add_native_wheel(folder), others]


@pytest.fixture(scope="module")
def run(server: Server, tmp_path_factory: pytest.TempPathFactory) -> RunView:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.py", "def greet():\n    return 'hello from the bundle'\n")
        archive.writestr("pkg/__init__.py", "")
        archive.writestr("pkg/inner.py", "X = 7\ndef price(df):\n    return df['Pirce']\n")
        archive.writestr("data.txt", "some data")
        for wheel in wheels(tmp_path_factory.mktemp("wheels")):
            archive.write(wheel, f"wheels/{wheel.name}")
    server.wait_for_dataset(server.upload("script-bundle.zip", buffer.getvalue()).json()["id"])
    exp = Exp("Every rule of Execute Python Script").table("data", CSV).table("more", CSV)
    for name, (wired, script, _) in CALLS.items():
        exp.script(name, script)
        for port, source in (("1", "data"), ("2", "more")):
            if port in wired:
                exp.wire(f"{source}.dataset", f"{name}.dataset{port}")
    for name, given in (("own params", {"alpha": 0.5, "method": "b"}), ("own defaults", {})):
        exp.node(name, "execute-python-script", script=OWN_PARAMS, **given)
    exp.script("names", NAMES).script("dtypes", DTYPES).script("check", CHECK)
    exp.wire("dtypes.result_dataset", "check.dataset1")
    exp.node("zip", "dataset", dataset="script-bundle").script("bundle", BUNDLE).wire(
        "zip.dataset", "bundle.script_bundle"
    )
    for name, script in {
        "wheels": WHEELS,
        "a wheel of others": "import winherd.part\ndef azureml_main(): pass",
    }.items():
        exp.script(name, script).wire("zip.dataset", f"{name}.script_bundle")
    exp.script("fails in the bundle", IN_BUNDLE).wire("zip.dataset", "fails in the bundle.script_bundle")
    for name, (script, _, _) in FAILURES.items():
        exp.script(f"fails: {name}", script)
    return server.run(exp)


@pytest.mark.parametrize("name", CALLS)
def test_how_it_is_called_and_what_it_may_return(run: RunView, name: str) -> None:
    assert run.node(name)["state"] == "finished", run.log(name)
    assert run.rows(f"{name}.result_dataset") == CALLS[name][2]


def test_duplicate_and_other_names(run: RunView) -> None:
    names = [c["name"] for c in run.page("names.result_dataset")["columns"]]
    assert names == ["a", "a (3)", "7", "a (2)", "a (4)"]


def test_types_survive_from_node_to_node(run: RunView) -> None:
    assert run.node("check")["state"] == "finished", run.log("check")
    assert {c["name"]: c["type"] for c in run.page("check.result_dataset")["columns"]} == {
        "text": "string",
        "i64": "integer",
        "Int64": "integer",
        "f": "float",
        "b": "boolean",
        "boolean": "boolean",
        "when": "datetime",
        "zone": "datetime",
        "span": "timedelta",
        "cat": "categorical",
        "mixed": "string",
        "raw": "binary",
    }
    assert "Int64 Int64" in run.log("check")
    assert "boolean boolean" in run.log("check")
    assert run.rows("check.result_dataset")[1][:5] == [None, -1, None, None, False]


def test_a_mixed_column_warns(run: RunView) -> None:
    assert "warning" in run.log("dtypes").lower()
    assert "mixed" in run.log("dtypes")


def test_a_script_bundle_is_on_the_path(run: RunView) -> None:
    assert run.node("bundle")["state"] == "finished", run.log("bundle")
    assert run.log("bundle").splitlines()[1:3] == [
        "hello from the bundle 7",
        "some data ['Script Bundle', 'Wheels of the script bundle']",
    ]


def test_wheels_in_the_bundle_can_be_imported_native_ones_too(run: RunView) -> None:
    assert run.node("wheels")["state"] == "finished", run.log("wheels")
    assert run.log("wheels").splitlines()[-1] == "1.10 &lt; .so"


def test_a_wheel_for_another_machine_is_told(run: RunView) -> None:
    for said in (run.log("wheels"), run.node("a wheel of others")["error"]["message"]):
        assert (
            "winherd-1.0-cp27-cp27m-win_amd64.whl is for Python 2.7 on Windows (amd64); here is Python 3."
            in said
        )
    assert run.node("a wheel of others")["error"]["line"] == 1


def test_keyword_only_parameters_are_params_of_the_node(run: RunView) -> None:
    assert (run.log("own params"), run.log("own defaults")) == ("0.5 b ''\n", "0.1 a ''\n")


@pytest.mark.parametrize("name", FAILURES)
def test_what_fails_says_why_and_where(run: RunView, name: str) -> None:
    _, line, says = FAILURES[name]
    node = run.node(f"fails: {name}")
    assert node["state"] == "failed"
    assert says in node["error"]["message"]
    assert node["error"]["line"] == line


def test_what_failed_in_the_bundle_shows_each_call_and_its_variables(run: RunView) -> None:
    error = run.node("fails in the bundle")["error"]
    assert error["message"].endswith("Did you mean 'Price'?")
    assert error["line"] == 4
    main, inner = [frame for frame in error["frames"] if not frame["library"]]
    assert (main["file"], main["line"], main["bundle"]) == ("script.py", 4, False)
    assert (inner["file"], inner["line"], inner["bundle"]) == ("pkg/inner.py", 3, True)
    assert inner["source"] == "return df['Pirce']"
    (frame,) = inner["locals"]
    assert (frame["name"], frame["type"], frame["shape"]) == ("df", "DataFrame", [2, 2])
    assert frame["head"] == [["1.5", "2"], [None, "3"]]
