"""The self-test: which tier it chooses, and that each tier holds what it promises."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.workers.sandbox.conftest import Bench
from workers.sandbox.ground import PROJECT
from workers.sandbox.parent import Sandbox
from workers.sandbox.selftest import probe

PROBE = """
import sys; sys.path.insert(0, {project!r})
from pathlib import Path
from workers.sandbox.selftest import probe
report = probe(Path({home!r}), {tier!r})
print(report.sentence); print(*[p for p in report.protections if not p.ok], sep="\\n")
"""


def test_an_environment_behind_a_link_is_isolated_too(tmp_path):
    link, home = tmp_path / "environment", tmp_path / "home"
    link.symlink_to(sys.prefix)
    home.mkdir()
    program = PROBE.format(project=str(PROJECT), home=str(home), tier="1")
    ran = subprocess.run(
        [link / "bin" / "python", "-I", "-c", program], capture_output=True, text=True, timeout=60, cwd="/"
    )
    assert ran.stdout.splitlines()[:1] == ["tier 1: namespaces, Landlock and seccomp"], (
        ran.stdout + ran.stderr
    )


def test_this_machine_isolates_fully(bench):
    assert bench.sandbox.report.tier == "1"
    assert [p for p in bench.sandbox.report.protections if not p.ok] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root to become somebody else")
@pytest.mark.parametrize("tier", ["1", "2"])
def test_an_ordinary_user_is_isolated_too(tmp_path, tier):
    """As user 65534. Python may lie in a folder only root can enter, so that folder is shown elsewhere."""
    home = tmp_path / "home"
    home.mkdir()
    for folder in (home, *home.parents[:-1]):
        folder.chmod(folder.stat().st_mode | 0o055)
    home.chmod(0o777)
    program = PROBE.format(project=str(PROJECT), home=str(home), tier=tier)
    python = [
        "setpriv",
        "--reuid",
        "65534",
        "--regid",
        "65534",
        "--clear-groups",
        sys.executable,
        "-I",
        "-c",
        program,
    ]
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-ec", f"{reachable(sys.base_prefix)}\nexec {shlex.join(python)}"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd="/",
    )
    assert f"tier {tier}:" in ran.stdout, ran.stdout + ran.stderr
    if tier == "1":
        assert "Protection" not in ran.stdout, ran.stdout


def reachable(path: str) -> str:
    """Shell lines that show a folder at its own place in a namespace where everybody may walk to it."""
    closed = [p for p in reversed(Path(path).parents) if not p.stat().st_mode & 0o001]
    if not closed:
        return ":"
    place, top = shlex.quote(path), shlex.quote(str(closed[0]))
    return (
        f"mount --bind {place} /mnt; mount -t tmpfs -o mode=755 tmpfs {top}; mkdir -p {place}; "
        f"mount --bind /mnt {place}"
    )


def test_the_second_tier_hides_files_network_and_processes(second):
    assert second.sandbox.report.tier == "2"
    secret = second.home / "token"
    secret.write_text("secret")
    printed = second.prints(f"""
        import ctypes, os, socket, subprocess
        def attempt(action):
            try: print('GOT IN', action())
            except OSError: print('refused')
        for path in ({str(secret)!r}, '/etc/shadow', '/proc/{os.getpid()}/environ', '/tmp', '/dev/shm'):
            attempt(lambda: os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read())
        for path in ('/tmp/x', '/dev/shm/x', '../x', {str(second.home / "x")!r}):
            attempt(lambda: open(path, 'w'))
        attempt(socket.socket)
        attempt(lambda: os.kill({os.getpid()}, 0))
        attempt(lambda: os.kill(-1, 9))
        print(ctypes.CDLL(None).shmget(1, 4096, 0o1666), ctypes.CDLL(None).unshare(0x10000000))
        open('mine', 'w').write('x'); print(os.listdir('.'))
        import tempfile; tempfile.TemporaryFile().write(b'x')
        """)
    assert "GOT IN" not in printed
    assert printed.endswith("-1 -1\n['mine']")


def test_the_second_tier_runs_duckdb_too(second):
    script = "def azureml_main():\n    import duckdb\n    print(duckdb.sql('select 42').fetchall())"
    assert second.prints(script) == "[(42,)]"


def test_the_second_tier_leaves_no_daemon_and_no_folder(second, monkeypatch):
    mine = Path(tempfile.mkdtemp())  # everybody may walk to it
    mine.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(mine))
    second.prints("""
        import subprocess
        subprocess.Popen(['setsid', 'sh', '-c', 'sleep 4711 & sleep 4711'], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL, start_new_session=True)
        import time; time.sleep(.2)
        """)
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    assert "sleep 4711" not in listed
    mine.rmdir()


def test_the_second_tier_limits_too(second):
    assert (
        "STUDIO_LIMIT_WORK_BYTES"
        in second.script(
            "import time; open('x', 'wb').write(bytes(20 << 20)); time.sleep(20)", work_bytes=10 << 20
        ).message
    )
    assert (
        "STUDIO_LIMIT_PROCESSES"
        in second.script(
            "import os, time\nfor _ in range(40):\n    if not os.fork(): time.sleep(20)\ntime.sleep(20)",
            processes=20,
        ).message
    )


def test_off_is_off_and_says_so_and_closing_leaves_nothing(tmp_path):
    report = probe(tmp_path, "off")
    assert not report.isolated
    assert "STUDIO_SANDBOX=off" in report.sentence
    bench = Bench(tmp_path, "off")
    try:
        assert bench.prints("print('well')") == "well"
    finally:
        bench.sandbox.close()
    assert bench.sandbox.link is None
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    assert str(tmp_path) not in listed


def test_without_a_tier_nothing_is_run(tmp_path):
    sandbox = Sandbox(tmp_path, "sideways")
    assert sandbox.tier is None
    bench = Bench(tmp_path)
    bench.sandbox = sandbox
    ran = bench.script("print('ran')")
    assert ran.message == "STUDIO_SANDBOX is 'sideways', but it must be auto or off."
    assert ran.stdout == ""


@pytest.mark.parametrize("tier", ["1", "2"])
def test_what_is_installed_later_is_seen_and_disturbs_no_job(tmp_path, monkeypatch, tier):
    """R, say: its program, and the folder around it."""
    (tmp_path / "home").mkdir()
    bench = Bench(tmp_path / "home", tier)
    asks = "import subprocess; print(subprocess.run(['Rscript'], stdout=-1, text=True).stdout)"
    before = bench.script("import shutil; print(shutil.which('Rscript', path='/nowhere'))")
    assert before.outcome.failure is None, before.stderr
    old = bench.sandbox.link
    with ThreadPoolExecutor(1) as aside:
        enough = threading.Event()
        under_way = aside.submit(bench.script, "import time; time.sleep(600)", cancelled=enough)
        while not old.users:
            time.sleep(0.01)
        program = tmp_path / "installed" / "bin" / "Rscript"
        program.parent.mkdir(parents=True)
        (program.parents[1] / "etc").write_text("found its folder")
        program.write_text('#!/bin/sh\ncat "$(dirname "$0")/../etc"\n')
        program.chmod(0o755)
        for folder in (program.parents[1], *program.parents[2:-1]):
            folder.chmod(folder.stat().st_mode | 0o055)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        assert bench.prints(asks) == "found its folder"
        assert old.alive()
        enough.set()
        assert under_way.result().outcome.cancelled  # it did not end before
    assert not old.alive()
    bench.sandbox.close()
