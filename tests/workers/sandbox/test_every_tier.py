"""Attacks that both tiers must withstand; after each, the next node runs as if nothing had happened."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.sandbox.conftest import Bench, stored
from workers.sandbox.child import NICE


@pytest.fixture(params=["1", "2"])
def each(request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = request.getfixturevalue("bench" if request.param == "1" else "second")
    yield bench
    assert bench.prints("import pandas; print(len(pandas.DataFrame({'x': [1]})))") == "1"


TRY = """
import ctypes, os, socket, stat
libc = ctypes.CDLL(None, use_errno=True)
def attempt(action):
    try: print('GOT IN', action())
    except (OSError, ValueError): print('refused')
"""


def refused(bench: Bench, *actions: str) -> None:
    body = "".join(f"    attempt(lambda: {action})\n" for action in actions)
    printed = bench.prints(f"{TRY}def azureml_main():\n{body}")
    assert printed.split("\n") == ["refused"] * len(actions)


def test_sockets_of_each_kind_that_reaches_out(each):
    kinds = [(40, 1), (16, 3), (16, 2), (17, 3), (1, 1), (1, 2), (2, 3), (10, 1), (38, 5), (31, 3), (15, 3)]
    refused(each, *(f"socket.socket({family}, {kind})" for family, kind in kinds))
    refused(each, "socket.socketpair(socket.AF_INET)", "socket.socket(1).bind('\\0studio')")


def test_keyrings_disks_and_memory_of_others(each):
    refused(
        each,
        "os.mknod('disk', stat.S_IFBLK | 0o600, os.makedev(8, 0))",
        "os.mknod('memory', stat.S_IFCHR | 0o600, os.makedev(1, 1))",
        f"open('/proc/{os.getpid()}/mem', 'rb').read(1)",
        f"open('/proc/{os.getpid()}/environ', 'rb').read(1)",
        "open('/dev/mem', 'rb')",
        "os.kill(-1, 9) if os.getpid() != 1 else os.kill(2, 9)",
    )
    numbers = (248, 249, 250) if os.uname().machine == "x86_64" else (217, 218, 219)
    calls = f"[libc.syscall(n, b'user', b'x', b'y', 1, -3) for n in {numbers}]"
    assert each.prints(f"{TRY}def azureml_main(): print({calls})") == "[-1, -1, -1]"


def test_limits_and_priority_of_others_stay_as_they_are(each):
    """A processor time of one second would end the worker, as kill does."""
    worker = os.getpid()
    refused(
        each,
        f"__import__('resource').prlimit({worker}, 0, (1 << 40, 1 << 40))",
        f"os.sched_setaffinity({worker}, {{0}})",
        f"os.sched_setscheduler({worker}, os.SCHED_IDLE, os.sched_param(0))",
        f"os.setpriority(os.PRIO_PROCESS, {worker}, 19)",
    )
    assert each.prints("import os; os.nice(1); os.sched_setaffinity(0, {0}); print('its own')") == "its own"


def test_nothing_of_system_v_or_shared_memory_is_there_for_the_next(each):
    left = """
        import ctypes, os
        libc = ctypes.CDLL(None)
        libc.shmget(4711, 4096, 0o1666), libc.semget(4711, 1, 0o1666), libc.msgget(4711, 0o1666)
        for place in ('/dev/shm/left', '/tmp/left', 'left'):
            try: open(place, 'w').write('x')
            except OSError: pass
        """
    each.script(left)
    assert (
        each.prints("""
        import ctypes, os
        libc = ctypes.CDLL(None)
        print(libc.shmget(4711, 4096, 0o666), libc.semget(4711, 1, 0o666), libc.msgget(4711, 0o666))
        print([os.path.exists(place) for place in ('/dev/shm/left', '/tmp/left', 'left')])
        """)
        == "-1 -1 -1\n[False, False, False]"
    )


def test_memory_of_the_kernel_filled_through_sockets(each):
    """Each pair holds some 400 KB, which is no process's own: 64 processes could hold 13 GB."""
    ran = each.script(
        """
        import os, socket, time
        for _ in range(4):
            if os.fork() == 0: break
        kept = []
        try:
            while True:
                for end in socket.socketpair():
                    kept.append(end)
                    end.setblocking(False)
                    try: end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
                    except OSError: pass
                    try:
                        while True: end.send(bytes(65536))
                    except BlockingIOError: pass
        except OSError: pass
        time.sleep(30)
        """,
        memory_bytes=400 << 20,
        wall_seconds=20,
    )
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_many_sockets_that_hold_nothing_are_no_harm(each):
    pairs = (
        "import socket, time\nkept = [socket.socketpair() for _ in range(60)]\ntime.sleep(0.5)\nprint('well')"
    )
    assert each.prints(pairs) == "well"


def test_what_only_looks_like_a_picture(each):
    ran = each.script("""
        import os
        os.mkfifo('fifo.png')
        os.mkdir('folder.png')
        os.symlink('/etc/passwd', 'link.png')
        os.symlink('/dev/zero', 'endless.jpg')
        os.symlink('loop.gif', 'loop.gif')
        for source in ('/etc/passwd', '/dev/zero'):
            try: os.link(source, 'hard.png')
            except OSError: print('refused')
        """)
    assert ran.outcome.failure is None, ran.stderr
    assert ran.stdout.split() == ["refused"] * 2
    assert ran.outcome.outputs["python_device"].pictures == ()


def test_a_frame_whose_objects_raise_when_printed(each):
    ran = each.script("""
        import pandas
        class Rude:
            def __repr__(self): raise RuntimeError('no')
            __str__ = __hash__ = __eq__ = __reduce__ = __repr__
        def azureml_main(): return pandas.DataFrame({'x': [Rude(), 'a', 1]}),
        """)
    assert ran.outcome.failure is None, ran.stderr
    assert "1 Rude, 1 str, 1 int) become text" in ran.stdout


def test_writing_in_place_to_an_input_that_a_sibling_shares(each):
    made = each.script("import pandas\ndef azureml_main(): return pandas.DataFrame({'x': range(1000)}),\n")
    given = {"dataset1": stored(made.outcome.outputs["result_dataset"], made.outcome.drafts)}
    files = [next(iter(given["dataset1"].files.values()))]
    before = [Path(path).read_bytes() for path in files]
    vandal = """
        import time
        def azureml_main(df):
            column = df['x'].to_numpy()
            try: column[:] = -1
            except ValueError: df.loc[:, 'x'] = -1
            for path in PATHS:
                for mode in ('r+b', 'wb', 'ab'):
                    try: open(path, mode).write(b'x'); print('GOT IN', path)
                    except OSError: pass
            time.sleep(.5)
            return df,
        """.replace("PATHS", f"__import__('glob').glob('/sandbox/in/*') + {files!r}")
    ran = {}
    vandals = threading.Thread(target=lambda: ran.update(vandal=each.script(vandal, inputs=given)))
    vandals.start()
    victim = "import time\ndef azureml_main(df):\n    time.sleep(.4)\n    print(df.x.sum())\n    return df,\n"
    seen = each.script(victim, inputs=given)
    vandals.join()
    assert ran["vandal"].outcome.failure is None, ran["vandal"].stderr
    assert "GOT IN" not in ran["vandal"].stdout
    assert seen.stdout == "499500\n"
    assert [Path(path).read_bytes() for path in files] == before


@pytest.mark.parametrize(
    "harm",
    [
        "import os\nos.closerange(0, 256)",
        "import os\nfor fd in range(256):\n    try: os.write(fd, os.urandom(4096))\n    except OSError: pass",
        "import os, sys\nsys.stdout = sys.stderr = None\nos.dup2(os.open('/dev/full', os.O_WRONLY), 1)",
    ],
    ids=["closed", "filled with noise", "full"],
)
def test_closed_and_garbage_filled_descriptors(each, harm):
    ran = each.script(harm)
    assert ran.outcome.failure is None or ran.message.endswith(".")
    assert each.prints("print('well')") == "well"


def test_a_daemon_does_not_outlive_its_node(each):
    mark = f"studio-daemon-{os.getpid()}"
    each.prints(f"""
        import subprocess, sys
        code = ("import os, time\\nif os.fork(): os._exit(0)\\nos.setsid()\\n"
                "if os.fork(): os._exit(0)\\ntime.sleep(60)")
        subprocess.run([sys.executable, '-c', code, {mark!r}], check=True)
        """)
    deadline = time.monotonic() + 2
    while any(mark in command for command in _commands()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _commands() -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.append((entry / "cmdline").read_text(errors="replace"))
            except OSError:
                continue
    return found


def test_a_node_stands_back_for_the_page_and_the_worker_and_cannot_push_forward(each):
    assert each.prints("import os; print(os.nice(0))") == str(os.nice(0) + NICE)
    refused(each, "os.setpriority(os.PRIO_PROCESS, 0, -5)")
