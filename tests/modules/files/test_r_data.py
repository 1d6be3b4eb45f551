"""R's own files, as R wrote them (see r/make.R)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from modules.files.kinds import guess
from modules.files.preview import preview
from modules.files.read import read
from modules.files.reading import Reading
from modules.sdk.errors import FileError
from modules.sdk.values import Table

BERLIN, YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HERE = Path(__file__).parent / "r"


def r(name: str, **said: str) -> Table:
    table = read("rdata", HERE / name, name, reading=Reading.model_validate(said))
    assert isinstance(table, Table)
    return table


def test_a_data_frame_keeps_its_types_and_what_is_missing() -> None:
    table = r("people.rds")
    utc = dt.UTC
    assert {column.name: (column.type, column.data.to_pylist()) for column in table} == {
        "id": ("integer", [1, None, 3]),
        "name": ("string", ["a", None, "c"]),
        "size": ("float", [1.5, None, None]),
        "sex": ("categorical", ["m", "f", None]),
        "born": ("datetime", [dt.datetime(2000, 1, 31), None, dt.datetime(1969, 12, 31)]),
        "seen": (
            "datetime",
            [dt.datetime(2024, 5, 1, 10, tzinfo=utc), None, dt.datetime(2024, 5, 1, 10, 0, 0, 500_000, utc)],
        ),
        "ok": ("boolean", [True, None, False]),
        "took": ("timedelta", [dt.timedelta(hours=1), None, dt.timedelta(hours=3)]),
    }


def test_one_of_several_data_frames(tmp_path: Path) -> None:
    assert r("two.RData").names[0] == "id"
    assert r("two.RData", object="other").column("x").data.to_pylist() == [1, 2, 3]
    with pytest.raises(FileError, match="no table 'n'; there are people, other"):
        r("two.RData", object="n")
    seen = preview("rdata", HERE / "two.RData", "two.RData", tmp_path, Reading(object="other"))
    assert seen["found"] == {"object": "other", "objects": ["people", "other"]}


def test_functions_and_models_beside_a_data_frame_do_no_harm() -> None:
    assert r("image.RData").column("x").data.to_pylist() == [1, 2]
    with pytest.raises(FileError, match="holds no data frame"):
        r("function.rds")


def test_row_names_and_matrices() -> None:
    assert r("rownames.rds").column("Row names").data.to_pylist() == ["Mazda", "Fiat"]
    assert {column.name: column.data.to_pylist() for column in r("matrix.rds")} == {
        "u": [1, 2],
        "v": [3, 4],
        "w": [5, 6],
    }


def test_times_in_parts_tables_in_columns_and_names_that_come_twice() -> None:
    table = r("odd.rds")
    assert {column.name: (column.type, column.data.to_pylist()) for column in table} == {
        "id": ("integer", [1, 2, 3]),
        "berlin": (
            "datetime",
            [
                dt.datetime(2024, 5, 1, 10, tzinfo=BERLIN),
                None,
                dt.datetime(2024, 1, 1, 0, 30, 0, 250_000, BERLIN),
            ],
        ),
        "utc": (
            "datetime",
            [
                dt.datetime(2024, 5, 1, 10, tzinfo=dt.UTC),
                None,
                dt.datetime(1969, 12, 31, 23, 59, 59, 0, dt.UTC),
            ],
        ),
        "york": (
            "datetime",
            [dt.datetime(2024, 5, 1, 10, tzinfo=YORK), None, dt.datetime(2024, 1, 2, 11, tzinfo=YORK)],
        ),
        "m.u": ("integer", [1, 2, 3]),
        "m.v": ("integer", [4, 5, 6]),
        "w.1": ("string", ["a", "b", "c"]),
        "w.2": ("string", ["d", "e", "f"]),
        "inner.p": ("string", ["a", None, "c"]),
        "inner.q": ("boolean", [True, None, False]),
        "list": ("string", ["[1, 2]", '"x"', None]),
        "id (2)": ("integer", [4, 5, 6]),
    }
    assert [column.data.to_pylist() for column in r("letters.rds")] == [["a", "b"], ["c", "d"], ["e", "f"]]


@pytest.mark.parametrize("cut", [1, 0.5, 0.9])
def test_what_is_cut_off_is_refused(cut: float, tmp_path: Path) -> None:
    content = (HERE / "people.rds").read_bytes()
    (tmp_path / "a.rds").write_bytes(content[: max(1, int(len(content) * cut)) if cut < 1 else 1])
    with pytest.raises(FileError, match="not R data, or it is damaged"):
        read("rdata", tmp_path / "a.rds", "a.rds")


def test_it_is_known_by_its_first_bytes() -> None:
    for name in ("people.rds", "two.RData"):
        assert guess("upload", (HERE / name).read_bytes()[:4096]) == "rdata"
