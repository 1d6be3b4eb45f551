"""Text as dates: one order for a column, from all of its values."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from modules.data_transformation.clean_missing_data import CleanParams, clean_missing_data
from modules.data_transformation.edit_metadata import MetadataParams, edit_metadata
from modules.data_transformation.split_data import SplitParams, split_data
from modules.look.pages import page
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

CHOOSE = "choose in which order day, month and year stand"


def dates(*texts: str | None, **params: Any) -> list[Any]:
    chosen = MetadataParams(column=["d"], data_type="datetime", **params)
    return edit_metadata(Table.of(d=texts), chosen).results_dataset.column("d").data.to_pylist()


def day(year: int, month: int, date: int, *clock: int) -> dt.datetime:
    return dt.datetime(year, month, date, *clock)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["31/12/2019", "01/02/2020"], [day(2019, 12, 31), day(2020, 2, 1)]),
        (["01/02/2020", None, "12/31/2019"], [day(2020, 1, 2), None, day(2019, 12, 31)]),
        (["31.12.19", "1.2.69", ""], [day(2019, 12, 31), day(1969, 2, 1), None]),
        (["1/2/2020 1:05 PM", "1/13/2020 12:30 am"], [day(2020, 1, 2, 13, 5), day(2020, 1, 13, 0, 30)]),
        (["05/05/2020"], [day(2020, 5, 5)]),
        (["2020/12/31", "2020.1.2"], [day(2020, 12, 31), day(2020, 1, 2)]),
        (["31-JAN-75", "Mar 3, 2020 10:00"], [day(1975, 1, 31), day(2020, 3, 3, 10)]),
        (["20200131", "Jan 2020", "2020-05"], [day(2020, 1, 31), day(2020, 1, 1), day(2020, 5, 1)]),
        (["31/12/2019", "2020-02-01", "1 Mar 2020"], [day(2019, 12, 31), day(2020, 2, 1), day(2020, 3, 1)]),
    ],
)  # fmt: skip
def test_a_column_has_one_order_which_all_values_tell(texts: list[str | None], expected: list[Any]) -> None:
    assert dates(*texts) == expected


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["07:30"], "'07:30' in row 1 is not a date"),
        (["2020-01-01", "10"], "'10' in row 2 is not a date"),
        (["Monday"], "'Monday' in row 1 is not a date"),
        (["31 Jan"], "'31 Jan' in row 1 is not a date"),
        (["3 4 2020"], "'3 4 2020' in row 1 is not a date"),
        (["1 Jan 2020 10:00 EST"], "is not a date"),
        (["05/05/2020", "01/02/2020"], f"row 2 may be 1 February 2020 or 2 January 2020, .*; {CHOOSE}"),
        (["01.02.03"], f"may be 1 February 2003 or 2 January 2003 or 3 February 2001, .*; {CHOOSE}"),
        (["01/13/2020", "13/01/2020"], "'13/01/2020' in row 2 has the day first and '01/13/2020' in row 1"),
        (["31/12/2019", "30/02/2020"], "'30/02/2020' in row 2 is not a date"),
        (
            ["2020-01-01T10:00+02:00", "2020-01-01"],
            "row 1 has a time zone and '2020-01-01' in row 2 has none",
        ),
    ],
)
def test_what_is_no_date_or_may_be_two_is_refused(texts: list[str], sentence: str) -> None:
    with pytest.raises(ModuleError, match=f"Column d: .*{sentence}"):
        dates(*texts)


def test_the_order_may_be_said() -> None:
    assert dates("01/02/2020", date_order="day_first") == [day(2020, 2, 1)]
    assert dates("01/02/2020", date_order="month_first") == [day(2020, 1, 2)]
    assert dates("19-12-31", date_order="year_first") == [day(2019, 12, 31)]
    with pytest.raises(ModuleError, match="'12/31/2020' in row 2 is not a date with the day first"):
        dates("01/02/2020", "12/31/2020", date_order="day_first")


def test_zones_are_kept() -> None:
    found = dates("2020-01-01T00:30:00+02:00", "1 Jan 2020 00:30 +02:00")
    assert found == [dt.datetime(2019, 12, 31, 22, 30, tzinfo=dt.UTC)] * 2


def test_other_places_that_read_a_date_guess_no_order_either() -> None:
    table = Table.from_arrow(pa.table({"d": pa.array([day(2020, 1, 2), None])}))
    for op, text in (("ge", "01/02/2020"), ("eq", "07:30")):
        with pytest.raises(ModuleError, match="needs a date or time like 2024-05-31"):
            page(table, 0, 10, filters=[{"column": "d", "op": op, "value": text}])
    with pytest.raises(ModuleError, match="Write a date like 2020-01-31"):
        split_data(
            table,
            SplitParams(splitting_mode="relative_expression", relational_expression='\\"d" > 01/02/2020'),
        )
    with pytest.raises(ModuleError, match="Write a date like 2020-01-31"):
        clean_missing_data(table, CleanParams(replacement_value="01/02/2020"))
    assert page(table, 0, 10, filters=[{"column": "d", "op": "eq", "value": "2 Jan 2020"}])["total"] == 1
