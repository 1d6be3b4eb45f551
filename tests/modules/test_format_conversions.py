"""Convert to TSV, ARFF, SVMLight and Dataset: what the files hold, and what comes back of them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import arff
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.datasets import load_svmlight_file

from modules.data_format_conversions.convert_to_arff import convert_to_arff
from modules.data_format_conversions.convert_to_dataset import ToDatasetParams, convert_to_dataset
from modules.data_format_conversions.convert_to_svmlight import convert_to_svmlight
from modules.data_format_conversions.convert_to_tsv import convert_to_tsv
from modules.look.exports import export
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from tests.modules.tables import every_type, rows, types, values

LONG = 2**60 + 1
TEXTS = ["it's", 'a "b"', "x,y", "%", "?", " ", "a\tb", "1\n2", "\\n", "{ü}", "", None]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text_of(table: Table, format: str) -> str:
    export(table, format, Path("file"))
    return Path("file").read_text()


def test_tsv_is_what_pandas_reads() -> None:
    table = Table.of(**{"a\tb": [1, None, LONG], "t": ["x\ty", 'say "hi"', None]})
    back = pd.read_csv(io.StringIO(text_of(table, "tsv")), sep="\t", dtype=str)
    assert back.columns.tolist() == ["a\tb", "t"]
    assert back["t"].tolist()[:2] == ["x\ty", 'say "hi"']
    assert rows(convert_to_tsv(table).results_dataset) == rows(table)


def test_arff_is_what_liac_arff_reads() -> None:
    table = Table.from_arrow(
        pa.table({
            "my n": pa.array([1, None]), "f": [0.1, float("inf")], "b": [True, False],
            "c": pa.array(["it's", "v"]).dictionary_encode(), "t": ["a,b", None],
        })
    )  # fmt: skip
    found = arff.loads(text_of(table, "arff").replace("inf", "1e999"))
    assert found["attributes"] == [
        ("my n", "INTEGER"), ("f", "NUMERIC"), ("b", ["false", "true"]), ("c", ["it's", "v"]),
        ("t", "STRING"),
    ]  # fmt: skip
    assert found["data"] == [[1, 0.1, "true", "it's", "a,b"], [None, float("inf"), "false", "v", None]]


def test_arff_brings_texts_integers_and_dates_back() -> None:
    times = [dt.datetime(2020, 1, 31, 12, 0, 1, at) for at in (0, 500_000)]
    table = Table.of(t=TEXTS, n=[LONG] * 12, d=[times[0]] * 12, p=[times[1], *[None] * 11])
    back = convert_to_arff(table).results_dataset
    assert values(back, "t") == TEXTS
    assert values(back, "n") == [LONG] * 12
    assert values(back, "d") == [times[0]] * 12
    assert values(back, "p")[0] == times[1]


def test_arff_takes_every_type() -> None:
    back = convert_to_arff(every_type()).results_dataset
    assert types(back) == types(every_type()) | {
        "boolean": "categorical", "datetime": "string", "zoned": "string", "timedelta": "string",
        "binary": "string",
    }  # fmt: skip


def test_svmlight_is_what_scikit_learn_reads() -> None:
    table = Table.of(a=[0.1, 0.0, 1e300], label=[1, -1, 1], b=[True, False, None])
    features, labels = load_svmlight_file(io.BytesIO(text_of(table, "svmlight").encode()))
    assert labels.tolist() == [1, -1, 1]
    np.testing.assert_array_equal(features.toarray(), [[0.1, 1], [0, 0], [1e300, np.nan]])
    assert text_of(table, "svmlight").splitlines()[1] == "-1"
    back = convert_to_svmlight(table).results_dataset
    assert back.names == ["Label", "Col1", "Col2"]
    assert values(back, "Col2") == [1.0, 0.0, None]


@pytest.mark.parametrize(
    ("columns", "message"),
    [({"y": [1], "t": ["a"]}, r"others: t \(string\)"), ({"y": [None, 1]}, "y has missing values")],
)
def test_what_svmlight_cannot_hold_is_said(columns: Any, message: str) -> None:
    with pytest.raises(ModuleError, match=message):
        convert_to_svmlight(Table.of(**columns))


def changed(table: Table, **params: Any) -> Table:
    return convert_to_dataset(table, ToDatasetParams(**params)).results_dataset


CELLS = Table.from_arrow(
    pa.table({
        "n": pa.array([1, -999, None]), "t": ["-999", "a-999", None], "f": [0.0, -999.0, None],
        "c": pa.array(["a", "-999", None]).dictionary_encode(), "d": [dt.datetime(2020, 1, 1)] * 3,
    })
)  # fmt: skip


def test_a_table_is_passed_on_as_it_is() -> None:
    assert changed(CELLS) is CELLS


def test_marks_become_missing_where_they_are_whole_cells() -> None:
    done = changed(CELLS, action="SetMissingValues", custom_missing_value="-999")
    assert [values(done, name) for name in "ntfc"] == [
        [1, None, None], [None, "a-999", None], [0.0, None, None], ["a", None, None],
    ]  # fmt: skip
    assert done.column("d") is CELLS.column("d")
    assert types(done) == types(CELLS)


def test_values_are_replaced_where_the_new_one_fits(capsys: pytest.CaptureFixture[str]) -> None:
    done = changed(CELLS, action="replace_values", replace="missing", new_value="x")
    assert [values(done, name) for name in "ntc"] == [
        [1, -999, None],
        ["-999", "a-999", "x"],
        ["a", "-999", "x"],
    ]
    assert "'x' does not fit column n, which is integer" in capsys.readouterr().out
    done = changed(CELLS, action="replace_values", replace="custom", custom_value="-999", new_value="7")
    assert [values(done, name) for name in "nt"] == [[1, 7, None], ["7", "a-999", None]]


def test_what_a_sparse_table_leaves_out_is_zero() -> None:
    done = changed(CELLS, action="sparse_output", remove="missing")
    assert [values(done, name) for name in "nf"] == [[1, -999, 0], [0.0, -999.0, 0.0]]
    assert done.column("t") is CELLS.column("t")
