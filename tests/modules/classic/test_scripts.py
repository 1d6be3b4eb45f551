"""Whole scripts as people wrote them in 2014–2018, with the rows that the service gave."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.python_language.execute_python_script import PythonParams, PythonResults, execute_python_script
from modules.sdk.errors import ModuleError
from modules.sdk.values import Bundle, Table
from tests.modules.classic.corpus import SCRIPTS
from tests.modules.tables import rows, zipped

PEOPLE = {
    "Name": ["Braund, Mr. Owen", "Cumings, Mrs. John", "Heikkinen, Miss. Laina", "Allen, Mr. William"],
    "Sex": ["male", "female", "female", "male"],
    "Age": [22.0, 38.0, None, 35.0],
    "Fare": [7.25, 71.5, 7.75, 8.0],
    "Survived": [0, 1, 1, 0],
}
SALES = {
    "Date": ["2015-01-30", "2015-01-31", "2015-02-01", "2015-02-02"],
    "Store": ["north", "south", "north", "south"],
    "Units": [3, 4, 5, 8],
    "Price": [1.5, 2.0, 2.5, 1.0],
}
INPUTS = {"people": PEOPLE, "sales": SALES}


def run(script: str, *tables: Table, bundle: Bundle | None = None) -> PythonResults:
    first, second = (*tables, None, None)[:2]
    return execute_python_script(first, second, bundle, params=PythonParams(script=script, api="classic"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_of_its_time(name: str) -> None:
    inputs, script, expected = SCRIPTS[name]
    done = run(script, *(Table.of(**INPUTS[given]) for given in inputs.split()))
    assert [list(row.values()) for row in rows(done.result_dataset)] == expected


def test_the_log_tells_line_by_line() -> None:
    script = "import pandas as pd\ndef azureml_main(df):\n    print df.ix[0, 'Units'] / 2\n    return df.sort('Units'),\n"
    text = run(script, Table.of(**SALES)).python_device.text
    assert text.startswith("1\n")
    assert "line 3: rewritten from Python 2: print df.ix" in text
    assert "line 3: .ix is gone" in text
    assert "line 3: the division of whole numbers that rounds down" in text
    assert "line 4: .sort() is gone; .sort_values(by=…) did it" in text
    assert text.count(".ix is gone") == 1


def test_an_error_has_the_line_of_the_source() -> None:
    script = (
        "def f((a, b), c):\n    return a\n\ndef azureml_main(df):\n    print 'x'\n    return df['nothing'],\n"
    )
    with pytest.raises(KeyError) as failed:
        run(script, Table.of(**SALES))
    lines = [f.lineno for f in failed.traceback if str(f.path).endswith("script.py")]
    assert [at + 1 for at in lines][-1] == 6


def test_what_is_neither_python_says_so() -> None:
    with pytest.raises(SyntaxError) as failed:
        run("def azureml_main(df):\n    print 'x'\n    return df[[\n")
    assert failed.value.lineno


BUNDLE = {
    "hello.py": b"import StringIO\ndef greet(name):\n    print 'hello %s' % name\n    return unicode(name)\n",
    "mytools/__init__.py": b"",
    "mytools/numbers.py": b"from hello import greet\ndef half(n): return n / 2\n",
    "rows.csv": b"k,v\na,1\n",
}


@pytest.mark.parametrize(
    "path",
    [
        "Script Bundle/rows.csv",
        "./Script Bundle/rows.csv",
        ".\\\\Script Bundle\\\\rows.csv",
        "src/rows.csv",
        "./src/rows.csv",
    ],
)
def test_files_of_the_bundle_are_found(path: str, tmp_path: Path) -> None:
    script = f'import pandas as pd\ndef azureml_main():\n    return pd.read_csv("{path}"),\n'
    done = run(script, bundle=zipped(tmp_path, BUNDLE))
    assert rows(done.result_dataset) == [{"k": "a", "v": 1}]


def test_modules_of_the_bundle_may_be_python_2(tmp_path: Path) -> None:
    script = "import hello, pandas as pd\nfrom mytools.numbers import half\ndef azureml_main():\n"
    script += (
        "    print len(hello.__name__)\n"
        + "    return pd.DataFrame({'a': [hello.greet('you')], 'b': [half(7)]}),\n"
    )
    done = run(script, bundle=zipped(tmp_path, BUNDLE))
    assert rows(done.result_dataset) == [{"a": "you", "b": 3}]
    assert done.python_device.text.startswith("5\nhello you\n")


def test_current_is_as_ever() -> None:
    with pytest.raises(AttributeError, match="ix"):
        execute_python_script(
            Table.of(x=[1]), params=PythonParams(script="def azureml_main(df):\n    return df.ix[0],\n")
        )
    with pytest.raises(ModuleError, match="does not define"):
        run("x = 1")
