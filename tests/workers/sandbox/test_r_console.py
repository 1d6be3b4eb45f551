"""A prompt of R on a node's tables."""

from __future__ import annotations

import shutil
import time

import pytest

from tests.workers.sandbox.conftest import Bench
from tests.workers.sandbox.talking import talking
from workers.sandbox.job import Job

pytestmark = pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no R on this machine")


def test_a_prompt_of_r(bench: Bench) -> None:
    made = bench.script(
        "import pandas\ndef azureml_main():\n"
        "    return pandas.DataFrame({'Price': [1.5, None], 'Name': ['a', 'é']}),"
    )
    job = Job(verb="console", args={"language": "r"}, inputs={"dataset1": made.inputs()})
    with talking(bench, job, "console") as talk:
        names = talk.event("initialized")["names"]
        assert [(one["name"], one["value"], one["type"]) for one in names] == [
            ("dataset1", "2 × 2", "data.frame")
        ]
        said = talk.body("execute", code="cat('hello\\n')\nx <- dataset1\nx")
        assert talk.event("output")["text"] == "hello\n"
        table = said["table"]
        assert [column["name"] for column in table["columns"]] == ["Price", "Name"]
        assert table["rows"] == [["1.5", "a"], [None, "é"]]
        page = talk.body("table", reference=table["reference"], offset=1, limit=50)
        assert (page["total"], page["rows"], page["index"]) == (2, [[None, "é"]], ["2"])
        assert "no longer held" in talk.ask("table", reference=9)["message"]

        items = talk.body("complete", text="dataset1$Pr")["items"]
        assert [item["label"] for item in items] == ["dataset1$Price"]
        assert len(talk.body("execute", code="plot(1); hist(c(1, 2))")["pictures"]) == 2
        talk.events.clear()
        assert talk.body("execute", code="1 + 1")["error"] == ""
        assert talk.event("output")["text"] == "[1] 2\n"
        failed = talk.body("execute", code="y <- 3\nf <- function() stop('no good')\nf()\nz <- 4")
        assert failed["error"] == "Error in f(): no good"
        assert [one["name"] for one in failed["names"]] == ["dataset1", "f", "x", "y"]
        assert talk.body("execute", code="1 +* 2")["error"].startswith("line 1:")
        talk.body("execute", code="warning('mind')")
        assert "mind" in talk.event("output")["text"]
        talk.body("execute", code="y + 1")
        assert talk.event("output")["text"] == "[1] 4\n"

        talk.events.clear()
        talk.body("execute", code="cat(strrep('x', 400000))")
        printed = "".join(one["body"]["text"] for one in talk.events if one["event"] == "output")
        assert printed.count("x") == 256 << 10
        assert "137,856 bytes left out" in printed
        wide = "as.data.frame(matrix(strrep('\u00e9', 300), 200, 100), stringsAsFactors = FALSE)"
        reference = talk.body("execute", code=wide)["table"]["reference"]
        page = talk.body("table", reference=reference, offset=0, limit=200)
        assert (len(page["rows"]), len(page["columns"])) == (200, 100)

        seq = talk.send("execute", code="repeat {}")
        time.sleep(0.5)
        assert "busy" in talk.ask("complete", text="x")["message"]
        talk.ask("interrupt")
        assert talk.response(seq)["body"]["error"] == "Interrupted."
        assert "R has ended" in talk.ask("execute", code="quit()")["message"]
        talk.ask("close")
        assert talk.end().failure is None
