"""The samples without a line of code: from raw tables to a report, and a cleaning job with rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio.samples.files import file, node, note, source

SALES = """# Sales of the half-year

**{{sum of table1.revenue as 2 digits}}** came in from {{rows of table1}} orders in
{{distinct of table1.city}} cities; the largest order was {{max of table1.revenue as 2 digits}}.

## By region

{{table2}}

{{chart1}}

## Month by month

{{chart2}}
"""
CLEANED = """# Members, cleaned

Of {{rows of table1}} members {{rows of table2}} meet all rules; {{rows of table3}} do not.

## Rules

{{table4}}

## Rows to look at

{{table3}}
"""


def sales_report() -> dict[str, Any]:
    return file(
        "Sales report",
        "From two raw tables to a report with charts, as HTML and PDF, without a line of code.",
        [
            node("orders", "enter-data-manually", (0, 0), "Orders, as the shops sent them",
                 data=source("orders.csv")),
            node("shops", "enter-data-manually", (1.2, 1.5), "Which shop is where", data=source("shops.csv")),
            node("once", "remove-duplicate-rows", (0, 1), "Two orders were sent twice"),
            node("dates", "parse-dates", (0, 2), "31.1.2026 is a text at first", columns=["day"],
                 order="day_first"),
            node("where", "join-data", (0.6, 3), join_key_columns_for_l=["shop"],
                 join_key_columns_for_r=["shop"], keep_right_key_columns=False),
            node("revenue", "formula-column", (0.6, 4), name="revenue", formula="price * pieces"),
            node("regions", "group-and-aggregate", (-0.5, 5.2), group_by=["region"], add_totals=True,
                 aggregations=[{"column": ["revenue"], "op": "sum", "name": "revenue"},
                               {"column": ["order"], "op": "count", "name": "orders"}]),
            node("bars", "plot", (0.6, 5.2), kind="bar", x=["city"], y=["revenue"], figure="sum",
                 color=["region"], stacked=True, title="Revenue by city"),
            node("months", "plot", (1.7, 5.2), kind="line", x=["day"], y=["revenue"], figure="sum",
                 color=["region"], step="month", title="Revenue by month"),
            node("report", "report", (0.6, 6.6), "Open it, or pass on its link", text=SALES),
        ],
        ("orders.dataset", "once.dataset"),
        ("once.results_dataset", "dates.dataset"),
        ("dates.results_dataset", "where.dataset1"),
        ("shops.dataset", "where.dataset2"),
        ("where.results_dataset", "revenue.dataset"),
        ("revenue.results_dataset", "regions.dataset"),
        ("revenue.results_dataset", "bars.dataset"),
        ("revenue.results_dataset", "months.dataset"),
        ("revenue.results_dataset", "report.table1"),
        ("regions.results_dataset", "report.table2"),
        ("bars.chart", "report.chart1"),
        ("months.chart", "report.chart2"),
        notes=[
            note(
                "how",
                (2.3, 1),
                "**No script anywhere.** Run it, then open the output of *Report*. Change the chart in the "
                "form of a *Plot*: the preview follows.",
                height=170,
            )
        ],
    )  # fmt: skip


def cleaning_job() -> dict[str, Any]:
    return file(
        "Cleaning with rules",
        "Cleans a list of members and says which rows break its rules; wires with broken rows turn red.",
        [
            node("members", "enter-data-manually", (0, 0), "As it was typed", data=source("members.csv")),
            node("once", "remove-duplicate-rows", (0, 1), "One member stands twice"),
            node("countries", "map-values", (0, 2), column=["country"],
                 values=[{"old": "DE", "new": "Germany"}, {"old": "germany", "new": "Germany"},
                         {"old": "Germny", "new": "Germany"}]),
            node("rules", "expectations", (0, 3), "What a member must be",
                 rules=[{"column": ["age"], "expects": "between", "value": "0", "upper": "120"},
                        {"column": ["age"], "expects": "present"},
                        {"column": ["email"], "expects": "matches", "value": "^[^@ ]+@[^@ ]+$"},
                        {"column": ["member"], "expects": "unique"},
                        {"column": ["country"], "expects": "in_list", "value": "Germany"}]),
            node("report", "report", (0, 4.4), text=CLEANED),
        ],
        ("members.dataset", "once.dataset"),
        ("once.results_dataset", "countries.dataset"),
        ("countries.results_dataset", "rules.dataset"),
        ("countries.results_dataset", "report.table1"),
        ("rules.good_rows", "report.table2"),
        ("rules.broken_rows", "report.table3"),
        ("rules.result_by_rule", "report.table4"),
        notes=[
            note(
                "red",
                (1.2, 3),
                "**Red wires** leave *Expectations* where rules are broken. Choose *Stop the run* in its "
                "form if nothing may go on then.",
            )
        ],
    )  # fmt: skip


SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "sales-report": sales_report,
    "cleaning-with-rules": cleaning_job,
}
