"""What an old script is given is in no other process, and gone when it is over."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from modules.python_language.execute_python_script import PythonParams, execute_python_script
from modules.sdk.values import Table


def test_nothing_is_left_in_this_process():
    script = "import pandas.tools.plotting\ndef azureml_main(df):\n    return df.ix[:1],\n"
    done = execute_python_script(Table.of(x=[1, 2, 3]), params=PythonParams(script=script, api="classic"))
    assert len(done.result_dataset) == 2
    assert not hasattr(pd.DataFrame, "ix")
    assert not hasattr(pd, "rolling_mean")
    assert not hasattr(np, "float")
    assert str(pd.Series(["a"]).dtype) == "str"
    with pytest.raises(ImportError):
        __import__("pandas.tools.plotting")
