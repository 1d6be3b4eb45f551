"""Old scripts rewritten for libraries of today: they run, and give what they gave with classic's names."""

from __future__ import annotations

import pytest

from modules.scripting.make_current import Change, make_current

HEAD = "import pandas as pd\nimport numpy as np\n"
ALIKE = {
    "print d.ix[0, 'x']": "print(d.loc[0, 'x'])",
    "a = d.ix[:, 0:2]": "a = d.iloc[:, 0:2]",
    "d = d.append(e)": "d = pd.concat([d, e])",
    "d = d.append([e, f], ignore_index=True)": "d = pd.concat([d, *[e, f]], ignore_index=True)",
    "d.sort('x', inplace=True)": "d.sort_values('x', inplace=True)",
    "d.sort_index(by='x')": "d.sort_values(by='x')",
    "d.sort(columns=['x'])": "d.sort_values(by=['x'])",
    "m = d.as_matrix().astype(np.float)": "m = d.to_numpy().astype(float)",
    "r = pd.rolling_mean(d.x + 1, 3)": "r = (d.x + 1).rolling(3).mean()",
    "r = pd.ewma(d.x, span=3)": "r = d.x.ewm(span=3).mean()",
    "r = pd.rolling_sum(pd.rolling_sum(d.x, 2), 3)": "r = d.x.rolling(2).sum().rolling(3).sum()",
    "s = d.resample('D', how='sum')": "s = d.resample('D').sum()",
    "from sklearn.cross_validation import KFold": "from sklearn.model_selection import KFold",
    "from sklearn import cross_validation": "from sklearn import model_selection as cross_validation",
    "import sklearn.grid_search as gs": "import sklearn.model_selection as gs",
    "from sklearn.preprocessing import Imputer": "from sklearn.impute import SimpleImputer as Imputer",
    "for k, v in {}.iteritems(): print k": "for k, v in {}.items(): print(k)",
    "l.sort(); l.append(3); l = [l.append(4)]": "l.sort(); l.append(3); l = [l.append(4)]",
}


@pytest.mark.parametrize("old", ALIKE)
def test_a_line_as_it_is_written_today(old):
    found = make_current(f"{HEAD}{old}\n")
    assert found.script == f"{HEAD}{ALIKE[old]}\n"
    assert found.left == ()
    wanted = () if old == ALIKE[old] else (Change(3, old, ALIKE[old]),)
    assert found.changes == wanted


def test_what_a_person_must_look_at_is_said():
    found = make_current("import urllib2\nx = n / m\nprint x\ny = d.ix[0, 0]\n")
    assert [line for line, _ in found.left] == [2, 4]
    assert "//" in found.left[0][1]
    assert "Library names" not in found.left[1][1]


def test_a_script_of_today_stays_as_it_is():
    text = "def azureml_main(df):\n    return df.sort_values('x'),\n"
    assert make_current(text).script == text
    assert make_current(text).changes == ()


def test_no_python_is_refused():
    with pytest.raises(SyntaxError):
        make_current("def f(:\n")


def test_lines_are_those_of_the_source():
    text = "import urllib2\nimport reduce_it\ntotal = reduce(lambda a, b: a + b, [1, 2])\nprint total\n"
    found = make_current(text)
    assert [change.line for change in found.changes] == [1, 3, 4] or found.changes[-1].line == 4
    compile(found.script, "x", "exec")
