"""Report

Writes a report of text, tables, charts and numbers: one HTML file, and a PDF.

The text is Markdown: `# Title`, `**bold**`, lists, tables. What is wired in is named in double braces.
`{{table1}}` on a line of its own shows the first 20 rows of the table at port *Table1*, `{{table1 first 50}}`
more of them; `{{chart1}}` shows its charts, `{{chart1 2}}` the second one, `{{chart1 text}}` what was
printed. Numbers stand in the text: `{{rows of table1}}`, `{{sum of table1.sales}}`,
`{{mean of table1.sales as 2 digits}}`, `{{mean of table1.paid as percent}}`; there are sum, mean, median,
min, max, count, distinct, first, last. Without a text the report shows everything that is wired in.

The HTML file loads nothing from elsewhere and runs nothing, so it can be sent to anybody. HTML in the text
stands there as it was typed, and pictures from elsewhere are left out. Links lead to addresses that begin
with `https://`, `http://` or `mailto:`, and with `#` to a heading: `[see below](#by-city)`; any other address
stands beside its words. *Link to the report*, on the node, always shows the report of the latest run to
those who may see the experiment.

>>> sales = Table.of(city=["Bonn", "Ulm"], sales=[1200, 3000])
>>> text = "# Sales\\n\\nAll in all **{{sum of table1.sales}}**.\\n\\n{{table1}}"
>>> made = report(table1=sales, params=ReportParams(text=text)).report
>>> [document.name for document in made.documents]
['report.html', 'report.pdf']
>>> "All in all <strong>4200</strong>." in made.documents[0].path.read_text()
True
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

from modules.sdk.declare import module, port
from modules.sdk.params import Params, text
from modules.sdk.values import Device, Document, Table
from modules.showing._report_html import as_html
from modules.showing._report_pdf import save_pdf
from modules.showing._report_text import read
from modules.showing._report_values import wired


class ReportParams(Params):
    title: str = text("", "Title", "Of the file; by default the first heading.")
    text: str = text(
        "",
        "Text",
        "Markdown with {{table1}}, {{chart1}} and {{sum of table1.column}}; empty: all that is wired in.",
        multiline=True,
        placeholder="# Sales\n\nAll in all {{sum of table1.sales}}.\n\n{{table1}}\n\n{{chart1}}",
    )


class Reported(NamedTuple):
    report: Annotated[Device, port("Report")]


@module(version=1, synonyms=("markdown", "pdf", "html", "document", "dashboard", "print", "BIRT", "Render"))
def report(
    table1: Annotated[Table | None, port("Table1")] = None,
    table2: Annotated[Table | None, port("Table2")] = None,
    table3: Annotated[Table | None, port("Table3")] = None,
    table4: Annotated[Table | None, port("Table4")] = None,
    chart1: Annotated[Device | None, port("Chart1")] = None,
    chart2: Annotated[Device | None, port("Chart2")] = None,
    chart3: Annotated[Device | None, port("Chart3")] = None,
    chart4: Annotated[Device | None, port("Chart4")] = None,
    params: ReportParams = ReportParams(),  # noqa: B008  it is frozen
) -> Reported:
    ports = {
        "table1": table1, "table2": table2, "table3": table3, "table4": table4,
        "chart1": chart1, "chart2": chart2, "chart3": chart3, "chart4": chart4,
    }  # fmt: skip
    wanted = params.text if params.text.strip() else "\n\n".join(f"{{{{{name}}}}}" for name in wired(ports))
    tokens = read(wanted, ports)
    title = params.title.strip() or _first_heading(wanted) or "Report"
    web, paper = Path("report.html").resolve(), Path("report.pdf").resolve()
    web.write_text(as_html(title, tokens), encoding="utf-8")
    save_pdf(title, tokens, paper)
    documents = (Document(web.name, "text/html", web), Document(paper.name, "application/pdf", paper))
    return Reported(Device(title, documents=documents))


def _first_heading(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return next((line.lstrip("#").strip() for line in lines if line.startswith("#")), "")[:200]
