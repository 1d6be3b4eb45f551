"""Enter Data Manually, Unpack Zipped Datasets, Convert to CSV, the web service modules and Summarize Data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from modules.data_format_conversions.convert_to_csv import convert_to_csv
from modules.data_input_output.enter_data_manually import EnterParams, enter_data_manually
from modules.data_input_output.unpack_zipped_datasets import UnpackParams, unpack_zipped_datasets
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from modules.statistics.summarize_data import summarize_data
from modules.web_service.web_service_input import InputParams, web_service_input
from modules.web_service.web_service_output import OutputParams, web_service_output
from tests.modules.tables import every_type, rows, types, values, zipped


def enter(data: str, format: Any = "csv") -> Table:
    return enter_data_manually(EnterParams(data=data, format=format)).dataset


@pytest.mark.parametrize(
    ("format", "data", "names"),
    [
        ("csv", "a,b\n1,x\n2,y", ["a", "b"]),
        ("csv", "\ufeffa,b\r\n1,x\r\n2,y\r\n\r\n", ["a", "b"]),
        ("csv-no-header", "1,x\n2,y\n", ["Col1", "Col2"]),
        ("tsv", "a\tb\n1\tx\n2\ty\n", ["a", "b"]),
        ("tsv-no-header", "1\tx\n2\ty\n", ["Col1", "Col2"]),
        ("arff", "@relation r\n@attribute a numeric\n@attribute b string\n@data\n1,x\n2,y\n", ["a", "b"]),
    ],
)
def test_data_are_read_as_they_are_typed(format: str, data: str, names: list[str]) -> None:
    table = enter(data, format)
    assert table.names == names
    assert [column.data.to_pylist() for column in table] == [[1, 2], ["x", "y"]]


def test_svmlight_and_types_without_damage() -> None:
    assert len(enter("1 1:0.5 3:2\n-1 2:1\n", "svmlight")) == 2
    assert types(enter("id,n,d\n007,1e5,2020-01-31\n")) == {"id": "string", "n": "float", "d": "datetime"}


def test_an_empty_line_among_the_rows_is_a_row_of_missing_values() -> None:
    assert rows(enter("a,b\n1,x\n\n2,y\n\n\n"))[1] == {"a": None, "b": None}
    assert values(enter("a\n1\n\n2\n"), "a") == [1, None, 2]


def test_data_that_cannot_be_read_are_refused_with_their_line() -> None:
    with pytest.raises(ModuleError, match="no data yet"):
        enter(" \n")
    with pytest.raises(ModuleError, match="Line 3") as failure:
        enter("a,b\n1,2\n1,2,3\n")
    assert (failure.value.line, failure.value.param) == (3, "data")


def test_a_file_is_read_out_of_a_zip(tmp_path: Path) -> None:
    two = zipped(tmp_path, {"in/a.csv": "x,y\n1,2\n", "b.tsv": "p\tq\n"})
    with pytest.raises(ModuleError, match=r"2 files; name the one to unpack: in/a.csv, b.tsv"):
        unpack_zipped_datasets(two, UnpackParams())
    with pytest.raises(ModuleError, match=r"c\.csv"):
        unpack_zipped_datasets(two, UnpackParams(dataset_to_unpack="c.csv"))
    params = UnpackParams(dataset_to_unpack="in/a.csv", file_has_header_row=True)
    assert rows(unpack_zipped_datasets(two, params).results_dataset) == [{"x": 1, "y": 2}]
    params = UnpackParams(dataset_to_unpack="b.tsv", dataset_file_format="tsv")
    assert unpack_zipped_datasets(two, params).results_dataset.names == ["Col1", "Col2"]


def test_a_csv_carries_values_and_no_types() -> None:
    done = convert_to_csv(every_type()).results_dataset
    assert types(done) == types(every_type()) | {
        "categorical": "string",
        "binary": done.column("binary").type,
    }
    assert values(done, "integer") == [1, None, 3]
    assert values(done, "categorical") == ["u", None, "v"]
    assert types(convert_to_csv(Table.of(s=["1", "2"])).results_dataset) == {"s": "integer"}


def test_web_service_modules_pass_their_table_on() -> None:
    table = every_type()
    assert web_service_input(table, params=InputParams()).dataset is table
    assert web_service_input(params=InputParams()).dataset.names == []
    assert web_service_output(table, params=OutputParams()).dataset is table
    assert (InputParams().name, OutputParams().name) == ("input1", "output1")


def test_a_summary_has_a_row_for_each_column() -> None:
    done = summarize_data(every_type()).results_dataset
    assert values(done, "Feature") == every_type().names
    assert values(done, "Missing Value Count")[:3] == [1, 1, 0]
    assert done.names[:4] == ["Feature", "Count", "Unique Value Count", "Missing Value Count"]
    assert values(done, "Mean")[every_type().names.index("string")] is None


def test_a_summary_agrees_with_pandas() -> None:
    series = pd.Series([1.0, 2, 2, 3, 10, None])
    (row,) = rows(summarize_data(Table.from_frame(series.to_frame("x"))).results_dataset)
    expected = {
        "Count": 5, "Unique Value Count": 4, "Missing Value Count": 1, "Min": 1, "Max": 10,
        "Mean": series.mean(),
        "1st Quartile": 2, "Median": 2, "3rd Quartile": 3, "Mode": 2, "Range": 9, "Mean Deviation": 2.56,
        "Sample Variance": series.var(), "Sample Standard Deviation": series.std(),
        "Sample Skewness": series.skew(), "Sample Kurtosis": series.kurt(),
        "P0.5": series.quantile(0.005), "P99.5": series.quantile(0.995),
    }  # fmt: skip
    assert {name: row[name] for name in expected} == pytest.approx(expected)
