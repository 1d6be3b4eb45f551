"""Plot and Report: figures against pandas, what they leave, and what hostile names and texts come to."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from modules.sdk.errors import ModuleError
from modules.sdk.values import Device, Picture, Table
from modules.showing._plot_style import DARK, SERIES
from modules.showing.plot import KINDS, PlotParams, plot
from modules.showing.report import ReportParams, report
from tests.modules.tables import every_type, rows, values

ODD = "a $\\frac$ <b>&amp; \"'\n_x"
LONG = 2**60 + 1
DRAW = np.random.default_rng(5)
DAYS = pd.Timestamp("2024-03-30 22:30", tz="Europe/Berlin") + pd.to_timedelta(DRAW.integers(0, 900, 400), "h")
FRAME = pd.DataFrame({
    "g": DRAW.choice(["x", "y", None], 400), "h": DRAW.choice(list("ab"), 400), "v": DRAW.normal(size=400),
    "w": DRAW.normal(size=400), "i": DRAW.integers(0, 9, 400), "day": DAYS,
})  # fmt: skip
FRAME.loc[::7, "v"] = np.nan
TABLE = Table.from_frame(FRAME)
NO_ROWS = pa.array([], pa.int64())
ENOUGH: dict[str, dict[str, Any]] = {
    "bar": {"x": "g"}, "line": {"x": "day", "y": "v", "figure": "mean"},
    "area": {"x": "i", "y": "v", "figure": "sum"},
    "scatter": {"x": "v", "y": "w"}, "histogram": {"x": "v"}, "box": {"x": "g", "y": "v"},
    "heat_map": {"x": "g", "y": "i", "value": "v", "figure": "mean"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def plotted(table: Table, **params: Any) -> tuple[Device, Table]:
    chart, data = plot(table, PlotParams.model_validate({"width": 200, "height": 150} | params))
    return chart, data


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_with_colors_and_small_multiples_and_of_no_rows(kind: str) -> None:
    more = {"small_multiples": "h"} | ({} if kind in ("box", "heat_map") else {"color": "g"})
    for table in (TABLE, TABLE.take(NO_ROWS)):
        chart, _ = plotted(table, kind=kind, **ENOUGH[kind], **more)
        drawing, dots = chart.pictures
        assert (drawing.media_type, dots.media_type) == ("image/svg+xml", "image/png")
        ET.parse(drawing.path)
        assert dots.path.read_bytes().startswith(b"\x89PNG")
        assert chart.text.startswith(KINDS[kind])


@pytest.mark.parametrize("figure", ["sum", "mean", "median", "min", "max", "distinct"])
def test_figures_are_those_of_pandas(figure: str) -> None:
    _, data = plotted(TABLE, kind="bar", x="i", y="v", figure=figure)
    wanted = FRAME.groupby("i")["v"].agg({"distinct": "nunique"}.get(figure, figure))
    assert values(data, "i") == wanted.index.tolist()
    assert values(data, data.names[1]) == pytest.approx(wanted.tolist())


def test_sums_of_long_integers_are_exact() -> None:
    table = Table.of(g=["a", "a", "b"], v=[LONG, 1, LONG])
    assert values(plotted(table, kind="bar", x="g", y="v", figure="sum")[1], "Sum of v") == [LONG + 1, LONG]


def test_dates_are_brought_together_on_the_clocks_of_their_zone() -> None:
    _, data = plotted(TABLE, kind="line", x="day", step="day")
    wanted = FRAME.groupby(FRAME["day"].dt.normalize()).size()
    assert data.arrow()["day"].to_pandas().tolist() == wanted.index.tolist()
    assert values(data, "Number of rows") == wanted.tolist()


def test_rare_values_are_one_color_and_missing_ones_too() -> None:
    table = Table.of(g=[*"abcdefghi", None, "a"], x=["k"] * 11)
    _, data = plotted(table, kind="bar", x="x", color="g")
    assert values(data, "g")[-2:] == ["Other", None]
    assert sum(values(data, "Number of rows")) == 11


def test_what_is_not_drawn_is_said() -> None:
    table = Table.of(g=[*map(str, range(40)), None])
    chart, data = plotted(table, kind="bar", x="g")
    assert len(data) == 30
    assert "1 rows have no g, and 10 rows have one of the rarer values" in chart.text


def test_a_million_points_are_counted_in_fields() -> None:
    frame = pd.DataFrame({"x": DRAW.normal(size=1_000_000), "y": DRAW.normal(size=1_000_000)})
    chart, data = plotted(Table.from_frame(frame), kind="scatter", x="x", y="y")
    assert len(data) < 64 * 40
    assert sum(values(data, "Rows")) == 1_000_000
    assert sum(picture.path.stat().st_size for picture in chart.pictures) < 300_000


def test_bins_are_those_of_numpy() -> None:
    _, data = plotted(TABLE, kind="histogram", x="v", bins=7)
    assert values(data, "Rows") == np.histogram(FRAME["v"].dropna(), 7)[0].tolist()


def test_several_columns_up_are_several_colors() -> None:
    _, data = plotted(TABLE, kind="line", x="i", y=["v", "w"], figure="sum")
    assert data.names == ["i", "Sum of v", "Sum of w", "Rows"]


def test_odd_names_and_values_are_drawn_as_they_are() -> None:
    table = Table.from_arrow(
        pa.table({ODD: [ODD, "\x00\x1b", ""], "_v": [1, 2, 3], "日": ["_hidden", "b", "c"]})
    )
    chart, _ = plotted(table, kind="bar", x=[ODD], y=["_v"], figure="sum", color=["日"], title=ODD)
    ET.parse(chart.pictures[0].path)
    assert "a $\\frac$ &lt;b&gt;&amp;amp;" in chart.pictures[0].path.read_text()


@pytest.mark.parametrize(
    ("params", "param", "words"),
    [
        ({"kind": "bar"}, "x", "Choose the column that goes across"),
        ({"kind": "scatter", "x": "v"}, "y", "that goes up"),
        ({"kind": "bar", "x": "g", "figure": "sum"}, "y", "whose sum is drawn"),
        ({"kind": "bar", "x": "g", "y": "h", "figure": "mean"}, "y", "column h is string"),
        ({"kind": "bar", "x": "nope"}, "x", "Across: There is no column 'nope'"),
        (
            {"kind": "line", "x": "i", "y": ["v", "w"], "figure": "sum", "color": "g"},
            "color",
            "several colors",
        ),
    ],
)
def test_refusals_say_which_setting(params: dict[str, Any], param: str, words: str) -> None:
    with pytest.raises(ModuleError, match=re.escape(words)) as refused:
        plotted(TABLE, **params)
    assert refused.value.param == param


def test_columns_of_every_type_can_go_across() -> None:
    table = every_type()
    for column in table:
        if column.type != "binary":
            _, data = plotted(table, kind="bar", x=[column.name])
            missing = column.data.null_count + (column.name == "float")  # which has an infinite value
            assert sum(values(data, "Number of rows")) == len(table) - missing, column.name


def test_charts_have_the_colors_of_the_page() -> None:
    tokens = Path(__file__).parents[2].joinpath("frontend/src/app/tokens.css").read_text()
    colors = re.findall(r"--chart-\d: (#[0-9a-f]{6})", tokens)
    light, dark = colors[:7], colors[7:]
    assert [*SERIES] == light
    assert [DARK[one] for one in SERIES] == dark


def reported(text: str = "", **ports: Any) -> tuple[str, bytes]:
    made = report(**ports, params=ReportParams(text=text)).report
    web, paper = made.documents
    return web.path.read_text(), paper.path.read_bytes()


TEXT = """# Title

Of **{{rows of table1}}** rows, {{mean of table1.w as 2 digits}} and {{max of table1.i}};

{{table1 first 3}}

{{chart1}}

- one
- two

| a | b |
|--|--:|
| 1 | {{rows of table2}} |

> said

1. first

```
{{table1}}
```
"""


def test_a_report_has_text_tables_charts_and_numbers() -> None:
    chart, data = plotted(TABLE, kind="bar", x="g")
    web, paper = reported(TEXT, table1=TABLE, table2=data, chart1=chart)
    assert "Of <strong>400</strong> rows" in web
    assert f"{FRAME['w'].mean():.2f} and 8" in web
    assert web.count("<tr>") == 1 + 3 + 2
    assert "And 397 more rows." in web
    assert 'src="data:image/svg+xml;base64,' in web
    assert "<pre>{{table1}}\n</pre>" in web
    assert paper.startswith(b"%PDF-")


def test_the_same_report_is_the_same_file() -> None:
    assert reported("# A\n\n{{table1}}", table1=TABLE) == reported("# A\n\n{{table1}}", table1=TABLE)


def test_an_empty_text_shows_what_is_wired_in() -> None:
    web, _ = reported(table2=Table.of(x=[1]))
    assert '<th class="r">x</th>' in web


HOSTILE = """# <script>alert(1)</script>

<img src=x onerror=alert(1)>

[a](javascript:alert(1)) [b](https://evil.example/x?"onclick='y')
![p](https://evil.example/p.png) ![q](data:text/html,hi)
<https://evil.example/auto> [c](/api/v1/me) [d](//evil.example) [e](vbscript:x) [f](ftp://evil.example)
[g](#nowhere) [h](blob:x) [i](HTTPS:evil) <javascript:alert(2)> [j](data:image/png;base64,AA)

{{table1}}

{{first of table1.t}}
"""
ALLOWED = {"body", "main", "h1", "p", "span", "a", "figure", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"class", "id", "href", "target", "rel"}


def test_hostile_text_and_names_are_only_text() -> None:
    evil = "</td><script>alert(2)</script>{{table1}}"
    table = Table.from_arrow(pa.table({"t": [evil], '"><img src=x onerror=1>': ["=1+1"]}))
    web, paper = reported(HOSTILE, table1=table)
    body = ET.fromstring(web[web.index("<body>") : web.index("</html>")])
    assert {element.tag for element in body.iter()} <= ALLOWED
    assert {name for element in body.iter() for name in element.attrib} <= ATTRIBUTES
    links = [element.attrib for element in body.iter("a")]
    assert [link["href"] for link in links] == [
        "https://evil.example/x?%22onclick='y'",
        "https://evil.example/auto",
    ]
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener noreferrer nofollow")}
    assert {one.decode() for one in re.findall(rb"/URI \((.*?)\)", paper)} == {link["href"] for link in links}
    assert b"/JavaScript" not in paper


def test_links_lead_away_and_to_headings() -> None:
    text = "# Sales\n\n[see](#by-city-2) [us](mailto:a@b.example)\n\n## By city\n\n## By city\n\n[up](#sales)"
    web, paper = reported(text)
    assert re.findall(r'<h\d id="(.*?)">', web) == ["sales", "by-city", "by-city-2"]
    assert re.findall(r'<a href="(.*?)"', web) == ["#by-city-2", "mailto:a@b.example", "#sales"]
    assert paper.count(b"/Dest") == 2
    assert b"/URI (mailto:a@b.example)" in paper


def test_a_report_without_links_names_no_other_place() -> None:
    chart, _ = plotted(TABLE, kind="bar", x="g")
    web, _ = reported("# Sales\n\n{{chart1}}\n\n{{table1}}", table1=TABLE, chart1=chart)
    pictures = re.findall(r'src="data:image/svg\+xml;base64,(.*?)"', web)
    drawn = [base64.b64decode(picture).decode() for picture in pictures]
    assert "//" not in re.sub(r"data:image/svg\+xml;base64,[\w+/=]*", "", web)
    assert all(not re.search(r"(?:href|src|url\()[^#]{0,3}https?:", one) for one in drawn)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n\n{{table9}}", "Line 3: There is no port 'table9'"),
        ("{{table2}}", "Nothing is wired to table2"),
        ("{{sum of table1.nope}}", "table1 has no column 'nope'"),
        ("{{sum of table1.g}}", "The sum needs numbers, but column g is string"),
        ("{{mode of table1.g}}", "There is no figure 'mode'"),
        ("so {{table1}} stands", "Put it on a line of its own"),
        ("{{a b c d}}", "is not understood"),
    ],
)
def test_what_a_report_cannot_show_is_said_with_its_line(text: str, words: str) -> None:
    with pytest.raises(ModuleError, match=re.escape(words)) as refused:
        reported(text, table1=TABLE)
    assert refused.value.param == "text"


def test_a_drawing_alone_stands_in_the_html_only(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    device = Device("said", (Picture("x.svg", "image/svg+xml", path),))
    web, paper = reported("{{chart1}}\n\n{{chart1 text}}", chart1=device)
    assert "image/svg+xml" in web
    assert "<p>said</p>" in web
    assert paper.startswith(b"%PDF-")


def test_wide_and_long_tables_fit() -> None:
    wide = Table.from_arrow(pa.table({f"column {n}": ["x" * 300] * 600 for n in range(70)}))
    web, paper = reported("{{table1 first 600}}", table1=wide)
    assert web.count("<th>") == 50
    assert web.count("<tr>") == 501
    assert rows(wide.select(["column 1"]).take(pa.array([0])))
    assert paper.startswith(b"%PDF-")
