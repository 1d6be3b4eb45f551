"""R that is begun ahead is the R that Rscript starts, only sooner, and behind the same walls."""

from __future__ import annotations

import select
import shutil
import signal
import socket
import tempfile
from pathlib import Path

import pytest

from tests.workers.sandbox.conftest import Bench, Ran
from tests.workers.services.plans import body, column, plan
from workers.sandbox import parent, templates
from workers.sandbox.branch import Branch
from workers.sandbox.cgroups import Pool
from workers.sandbox.door import Call
from workers.sandbox.ground import Ground
from workers.sandbox.job import Job, Limits
from workers.sandbox.link import TemplateError
from workers.sandbox.template import Template

pytestmark = pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no R on this machine")

SCRIPTS = {
    "a table": 'x <- maml.mapInputPort(1)\nx$z <- x$a * 2\nx$f <- factor(x$b)\nmaml.mapOutputPort("x")',
    "the designer's": "azureml_main <- function(dataframe1, dataframe2) list(dataset1 = head(dataframe1, 1))",
    "plots": "plot(1:3)\nhist(c(1, 2, 2))\n",
    "a seed": "print(rnorm(3)); print(sample(100)[1:5])",
    "an error in a function": "f <- function(x) {\n  stop('no ', x)\n}\nf(7)",
    "an error of syntax": "x <- 1\ny <- <- 2",
    "warnings": "as.integer('a')\nwarning('mine')",
    "quits": "cat('so far\\n')\nquit(status = 3)",
    "too deep": "f <- function(n) f(n + 1)\ntryCatch(f(1), error = function(e) cat('deep\\n'))",
    "what it is": "cat(interactive(), getwd(), Sys.getenv('TZ'), Sys.getlocale('LC_CTYPE'), R.home());"
    " print(.libPaths());"
    " cat(search(), ls(), nchar(Sys.getenv('STUDIO_R_HOME')), exists('.Random.seed'), sep = '\\n');"
    " print(dir.exists(tempdir())); print(names(options())); cat(readline(), readLines(file('stdin')))",
    "its last word": "reg.finalizer(globalenv(), function(e) cat('over\\n'), onexit = TRUE)\n"
    ".Last <- function() cat('last\\n')",
    "other processes": "library(parallel)\nprint(unlist(mclapply(1:3, sqrt, mc.cores = 2)))\n"
    "cat(detectCores() > 0, system('echo said', intern = TRUE))",
    "a crash": "tools::pskill(Sys.getpid(), 9)",
}


@pytest.fixture
def given(bench: Bench):
    made = bench.script(
        "import pandas\ndef azureml_main(): return pandas.DataFrame({'a': [1.5, None], 'b': ['u', 'v']}),"
    )
    return {"dataset1": made.inputs()}


def r(bench: Bench, script: str, inputs=None, **limits: int) -> Ran:
    args = {"module": "execute-r-script", "params": {"script": script, "random_seed": 7}}
    return bench.run(Job(verb="node", args=args, inputs=inputs or {}, limits=Limits(**limits)))


def branch(bench: Bench) -> Branch:
    found = bench.sandbox._templates._branch
    assert found is not None
    assert found.alive()
    return found


def told(ran: Ran):
    """What is the same at each run; which of the two streams comes first in the device is not."""
    outputs = {port: one.model_dump() for port, one in ran.outcome.outputs.items()}
    if "r_device" in outputs:
        outputs["r_device"]["text"] = sorted(outputs["r_device"]["text"].splitlines())
    failure = ran.outcome.failure and (ran.outcome.failure.message, ran.outcome.failure.line)
    return outputs, failure, ran.stdout, ran.stderr


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_does_what_rscript_does(bench, given, monkeypatch, name):
    warm = r(bench, SCRIPTS[name], given)
    branch(bench)
    monkeypatch.setattr(parent, "wants_r", lambda job: False)
    assert told(warm) == told(r(bench, SCRIPTS[name], given))


def test_it_takes_a_part_of_the_time(bench, monkeypatch):
    def quickest() -> float:
        return min(r(bench, "x <- data.frame(y = 1:3)").outcome.timings["running"] for _ in range(3))

    r(bench, "x <- 1")
    warm = quickest()
    monkeypatch.setattr(parent, "wants_r", lambda job: False)
    assert warm < quickest() / 2


def test_no_script_finds_what_another_left(bench):
    r(
        bench,
        "left <- 1; options(left = 1); Sys.setenv(LEFT = '1')\n"
        "for (folder in c('.', tempdir())) writeLines('x', file.path(folder, 'left'))",
    )
    after = r(
        bench,
        "cat(exists('left'), is.null(getOption('left')), Sys.getenv('LEFT'))\n"
        "cat('', list.files(tempdir()), list.files('.'))",
    )
    assert after.stdout.split() == ["FALSE", "TRUE", "script.R"]


def test_its_limits_are_those_of_its_node(bench):
    assert "STUDIO_LIMIT_WALL_SECONDS" in r(bench, "repeat {}", wall_seconds=1).message
    assert r(bench, "x <- numeric(1e9); x[5] <- 1", memory_bytes=200 << 20).outcome.failure is not None
    assert r(bench, "cat('well')").stdout == "well"


def test_a_service_in_r_runs_in_forks_too(bench):
    script = "x <- maml.mapInputPort(1)\nx$y <- exists('left')\nleft <- 1\nmaml.mapOutputPort('x')"
    made = plan(script, module="execute-r-script")
    job = Job(verb="serve", args={"plan": made.model_dump(mode="json")})
    with bench.sandbox.warm(job, Path(tempfile.mkdtemp(dir=bench.home))) as child:
        assert branch(bench).users == 1
        for _ in range(2):
            answered = child.call(Call(form="classic", query={"details": "true"}), body(1), 20, 1 << 20)
            assert column(answered.body, "y") == ["False"]
            child.next()
    assert branch(bench).users == 0


def test_it_begins_anew_after_it_died_or_r_was_replaced(bench, monkeypatch):
    r(bench, "x <- 1")
    first = branch(bench)
    signal.pidfd_send_signal(first.pidfd, signal.SIGKILL)
    assert select.select([first.pidfd], [], [], 30)[0], "it did not die"
    assert r(bench, "cat('well')").stdout == "well"
    second = branch(bench)
    assert second is not first
    monkeypatch.setattr(templates, "r_files", lambda: ("/usr/bin/another", 1, 1))
    assert r(bench, "cat('well')").stdout == "well"
    assert branch(bench) is not second
    assert second.pidfd == -1


def test_without_it_rscript_is_started(bench, monkeypatch):
    asked = []

    def none(*_):
        asked.append(1)
        raise TemplateError("there is no libR.so")

    monkeypatch.setattr(templates, "Branch", none)
    monkeypatch.setattr(templates, "r_files", lambda: ("/usr/bin/another", 2, 2))
    assert [r(bench, "cat('well')").stdout for _ in range(2)] == ["well", "well"]
    assert len(asked) == 1


def test_it_ends_when_nobody_wants_it():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Template(theirs, Ground("off", False, "/", "/"), 0, Pool(None), idle_seconds=0).serve()
