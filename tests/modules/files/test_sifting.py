"""Whatever is in a file: each row is kept or set apart, none is lost, and the line of each is told."""

from __future__ import annotations

import csv
import io

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
from modules.sdk.values import Table

CELL = st.text(st.sampled_from('ab1 ,"\n\r;é'), max_size=6)
NUMBER = st.integers(-(10**20), 10**20).map(str) | st.sampled_from(["", "x", "1.5", "007", "+3", "NA"])


@settings(max_examples=120, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=4).filter(any), max_size=12))
def test_rows_of_any_width(tmp_path_factory, rows: list[list[str]]) -> None:
    assume(not rows or any(len(row) != 3 or row[2] for row in rows))  # a separator at each line's end
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["a", "b"], *rows])
    path = tmp_path_factory.mktemp("sift") / "a.csv"
    path.write_bytes(text.getvalue().encode())
    report = Report()
    said = Reading.model_validate({"bad_rows": "apart", "text": ["a", "b"], "delimiter": ","})
    table = read("csv", path, "a.csv", reading=said, report=report)
    assert isinstance(table, Table)
    kept = [list(row) for row in zip(*(column.data.to_pylist() for column in table), strict=True)]
    assert kept == [[cell or None for cell in row] for row in rows if len(row) == 2]
    assert [next(csv.reader(io.StringIO(reject.text, newline=""))) for reject in report.rejects] == [
        row for row in rows if len(row) != 2
    ]
    lines = text.getvalue().splitlines(keepends=True) if "\r" not in text.getvalue() else []
    for reject in report.rejects if lines else []:
        assert "".join(lines[reject.line - 1 :]).startswith(reject.text)


@settings(max_examples=80, deadline=None)
@given(cells=st.lists(NUMBER, max_size=30))
def test_what_was_chosen_holds_of_each_value_kept(tmp_path_factory, cells: list[str]) -> None:
    path = tmp_path_factory.mktemp("sift") / "a.csv"
    path.write_text("n,k\n" + "".join(f"{cell},{at}\n" for at, cell in enumerate(cells)))
    report = Report()
    said = Reading.model_validate({"bad_rows": "apart", "columns": {"n": {"type": "integer"}}})
    table = read("csv", path, "a.csv", reading=said, report=report)
    assert isinstance(table, Table)
    kept = dict(zip(table.column("k").data.to_pylist(), table.column("n").data.to_pylist(), strict=True))
    apart = {reject.line - 2 for reject in report.rejects}
    for at, cell in enumerate(cells):
        whole = cell.lstrip("+-").isdecimal() and -(2**63) <= int(cell) < 2**63
        assert (at in apart) == (cell not in ("", "NA") and not whole)
        if at not in apart:
            assert kept[at] == (int(cell) if whole else None)
