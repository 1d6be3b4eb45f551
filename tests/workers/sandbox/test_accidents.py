"""Things that go wrong in a node, and forged results: each is a sentence, and the next node runs."""

from __future__ import annotations

import concurrent.futures
import json
import os
import signal

import pytest

from modules.wire_types.device import StoredDevice


@pytest.fixture(autouse=True)
def _the_next_node_runs(bench):
    yield
    assert bench.prints("print('well')") == "well"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
        ("import os; os._exit(0)", "exit code 0"),
        ("import os; os._exit(7)", "exit code 7"),
        ("import os; os.abort()", "SIG"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "killed itself"),
        ("import signal; signal.raise_signal(signal.SIGKILL)", "killed itself"),
        ("import sys; sys.exit(3)", "called exit with 3"),
        ("import os; os.kill(0, 9)", ""),
    ],
)
def test_a_dead_process_leaves_a_sentence(bench, body, says):
    ran = bench.script(body)
    if says:
        assert says in ran.message
        assert ran.message.endswith(".")


def test_what_breaks_our_own_writing_is_told_as_such(bench):
    ran = bench.script("import pathlib; pathlib.Path.write_text = lambda self, text: 1 / 0")
    assert "changed something in Python's own library" in ran.message
    assert 'File "script.py", line 2' in ran.stderr
    assert "ZeroDivisionError" in ran.stderr


def test_a_crash_leaves_its_python_frames_in_the_log(bench):
    assert 'File "script.py", line 2' in bench.script("import ctypes; ctypes.string_at(0)").stderr


def test_an_exception_has_its_own_line_and_a_full_traceback(bench):
    ran = bench.script("""
        def inner(): return 1 / 0
        def azureml_main():
            return inner()
        """)
    assert ran.outcome.failure.type == "ZeroDivisionError"
    assert ran.outcome.failure.line == 2
    assert "in azureml_main" in ran.stderr
    assert "in inner" in ran.stderr


def test_a_sentence_of_ours_is_told_without_a_class_name(bench):
    ran = bench.script("def azureml_main(): return 5")
    assert ran.message.startswith("azureml_main returned a value of type int")
    assert ran.stderr.strip() == ran.message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "import panda",
            "No module named 'panda'. The nearest that is here is pandas. Among what is installed are",
        ),
        ("import scikit_learn", "The nearest that is here is sklearn."),
        ("from sklearn.cross_validation import KFold", "It is sklearn.model_selection today."),
        ("import sklearn.linear_mode", "The nearest that is here is sklearn.linear_model."),
        ("import not_there_at_all", "can come in a zip on Script Bundle too."),
    ],
)
def test_a_missing_library_names_what_is_there(bench, line, says):
    ran = bench.script(f"x = 1\n{line}\ndef azureml_main(): pass")
    assert (ran.outcome.failure.type, ran.outcome.failure.line) == ("ModuleNotFoundError", 2)
    assert says in ran.message


@pytest.mark.parametrize(
    "line",
    [
        "import urllib.request; urllib.request.urlopen('http://example.com/x.csv')",
        "import pandas; pandas.read_csv('https://example.com/x.csv')",
        "import socket; socket.create_connection(('1.1.1.1', 80))",
        "import http.client; http.client.HTTPConnection('1.1.1.1').request('GET', '/')",
    ],
)
def test_a_script_that_wants_the_network_is_told_that_there_is_none(bench, line):
    assert bench.script(line).message.endswith("bring files in a zip on Script Bundle.")
    assert "network" not in bench.script("open('/nowhere/x')").message


def test_exceptions_that_cannot_be_shown(bench):
    ran = bench.script("""
        class Rude(Exception):
            def __str__(self): raise ValueError('no')
        def azureml_main(): raise Rude()
        """)
    assert "cannot be shown" in ran.message


def test_a_script_that_closes_all_descriptors_fails_with_a_sentence_and_keeps_what_it_printed(bench):
    ran = bench.script(
        "import os\nprint('before')\nfor fd in range(64):\n    try: os.close(fd)\n    except OSError: pass"
    )
    assert "before" in ran.stdout
    assert ran.message.endswith(".")
    assert bench.prints("print('well')") == "well"


def test_bytes_written_to_strange_descriptors_harm_nobody(bench):
    ran = bench.script(
        "import os\nfor fd in range(3, 64):\n"
        "    try: os.write(fd, os.urandom(5000))\n    except OSError: pass"
    )
    assert ran.outcome.failure is None or ran.message.endswith(".")
    assert bench.prints("print('well')") == "well"


def test_bytes_that_are_no_text_are_printed_all_the_same(bench):
    ran = bench.script("import os\nos.write(1, b'\\xff' * 50_000); os.write(2, b'\\xfe' * 50_000)")
    assert ran.outcome.failure is None
    assert (ran.stdout.count("\N{REPLACEMENT CHARACTER}"), ran.stderr.count("\N{REPLACEMENT CHARACTER}")) == (
        50_000,
        50_000,
    )


def test_output_of_c_code_and_of_children_is_in_the_log(bench):
    ran = bench.script("""
        import ctypes, os, subprocess
        ctypes.CDLL(None).puts(b'from C'); ctypes.CDLL(None).fflush(None)
        os.write(2, b'raw error\\n')
        subprocess.run(['/bin/echo', 'from a child'])
        """)
    assert "from C" in ran.stdout
    assert "from a child" in ran.stdout
    assert "raw error" in ran.stderr


def test_a_link_is_no_picture(bench):
    ran = bench.script("import os; os.symlink('/etc/passwd', 'x.png'); open('y.png', 'w').write('text')")
    assert ran.outcome.failure is None
    assert ran.outcome.outputs["python_device"] == StoredDevice(text=ran.stdout, pictures=())


def forged(result: str, files: str = "") -> str:
    """Writes a result as the child would, and ends before the child can."""
    return (
        f"import os\nos.chdir('/sandbox/out')\n{files}\n"
        f"open('result.json', 'w').write({result!r})\nos._exit(0)"
    )


def column(name: str, size: int = 4) -> dict:
    one = {"name": "x", "type": "integer", "object": name, "bytes": size}
    return {"outputs": {"result_dataset": {"type": "table", "rows": 1, "columns": [one]}}}


def packed(*places: tuple[int, int], size: int = 6, packs: int = 1, object: str = "draft:x") -> str:
    """Columns that lie in a draft of six bytes, each from one byte on and so many bytes long."""
    columns = [
        {"name": str(at), "type": "integer", "object": object, "bytes": count, "pack": 0, "start": start}
        for at, (start, count) in enumerate(places)
    ]
    pack = {"object": "draft:x", "bytes": size}
    table = {"type": "table", "rows": 1, "columns": columns, "packs": [pack] * packs}
    return json.dumps({"outputs": {"result_dataset": table}})


PACK = "open('x', 'w').write('ARROW1')"

PICTURE = {
    "outputs": {
        "python_device": {
            "type": "device",
            "pictures": [{"name": "x.png", "media_type": "image/png", "object": "draft:p", "bytes": 4}],
        }
    }
}


@pytest.mark.parametrize(
    ("result", "files", "says"),
    [
        ("no json", "", "not readable"),
        ("[" * 100_000, "", "not readable"),
        ('{"outputs": {"result_dataset": {"type": "device"}}}', "", "where none belongs"),
        ('{"outputs": {"nonsense": {"type": "device"}}}', "", "where none belongs"),
        (json.dumps(column("draft:../token")), "", "not readable"),
        (json.dumps(column("draft:gone")), "", "not there"),
        (json.dumps(column("0" * 64)), "", "not among its inputs"),
        (json.dumps(column("draft:x")), "open('x', 'w').write('1234')", "not of the type"),
        (json.dumps(column("draft:x", 9)), "open('x', 'w').write('1234')", "not the 9"),
        (packed((0, 4), (2, 4)), PACK, "lie over each other"),
        (packed((0, 4), (0, 4)), PACK, "lie over each other"),
        (packed((3, 3), (0, 3)), PACK, "lie over each other"),
        (packed((0, 7)), PACK, "ends beyond its file"),
        (packed((0, 1 << 50)), PACK, "ends beyond its file"),
        (packed((0, 6), size=7), PACK, "not the 7"),
        (packed((0, 6)), "open('x', 'w').write('123456')", "not of the type"),
        (packed((0, 6)), "", "not there"),
        (packed((0, 6), packs=0), PACK, "not readable"),
        (packed((0, 6), packs=2), PACK, "names a file twice"),
        (packed(), PACK, "holds no column"),
        (packed((0, 6), object="draft:y"), PACK, "of another name"),
        (packed((0, 6), object="0" * 64), PACK, "not among its inputs"),
        (json.dumps(PICTURE), "open('p', 'w').write('<svg')", "not of the type"),
    ],
)
def test_a_forged_result_is_refused(bench, result, files, says):
    ran = bench.script(forged(result, files))
    assert ran.outcome.failure.type == "ResultRefused"
    assert says in ran.message
    assert list(ran.outcome.drafts.iterdir()) == []


def test_drafts_can_be_neither_links_nor_folders(bench):
    printed = bench.prints("""
        import os
        for action in (lambda: os.symlink('/etc/passwd', '/sandbox/out/x'),
                       lambda: os.mkdir('/sandbox/out/d'),
                       lambda: os.mkfifo('/sandbox/out/f'), lambda: os.link('/etc/passwd', '/sandbox/out/h')):
            try: action(); print('done')
            except OSError: print('refused')
        """)
    assert printed.split() == ["refused"] * 4


def test_what_is_left_behind_is_cleared_away(bench):
    ran = bench.script("open('/sandbox/out/rubbish', 'w').write('x')")
    assert ran.outcome.failure is None
    assert [p.name for p in ran.outcome.drafts.iterdir()] == []


def test_several_at_once(bench):
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        printed = list(
            pool.map(lambda n: bench.prints(f"import time; time.sleep(.2); print({n})"), range(12))
        )
    assert printed == [str(n) for n in range(12)]


def test_a_killed_template_is_started_again(bench):
    assert bench.prints("print(1)") == "1"
    os.kill(bench.sandbox.link.process.pid, signal.SIGKILL)
    bench.sandbox.link.process.wait()
    assert bench.prints("print(2)") == "2"
