"""What an attacker would write into a script, and what it gets."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

TRY = """
import ctypes, os, pathlib, socket, subprocess, sys
def attempt(action):
    try:
        print("GOT IN", action())
    except Exception as error:
        print("refused", type(error).__name__)
"""


def refused(bench, body: str, times: int = 1) -> str:
    printed = bench.prints(
        TRY + "def azureml_main():\n" + "".join(f"    {line}\n" for line in body.split("\n"))
    )
    assert "GOT IN" not in printed
    assert printed.count("refused") >= times, printed
    return printed


def test_no_family_of_sockets_opens(bench):
    refused(
        bench,
        "for family in range(46):\n    for kind in (1, 2, 3, 5):\n"
        "        attempt(lambda: socket.socket(family, kind))",
        46 * 4,
    )


def test_no_address_is_reached(bench):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        refused(
            bench,
            f"attempt(lambda: socket.create_connection(('127.0.0.1', {port}), 1))\n"
            "attempt(lambda: socket.getaddrinfo('example.org', 80))\n"
            "import urllib.request\n"
            "attempt(lambda: urllib.request.urlopen('http://169.254.169.254/', timeout=1))",
            3,
        )


def test_abstract_sockets_are_out_of_reach(bench):
    name = f"\0studio-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        refused(bench, f"s = []\nattempt(lambda: socket.socket(socket.AF_UNIX).connect({name!r}))")


def test_socket_pairs_work(bench):
    assert bench.prints("import socket; a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1))") == "b'x'"


def test_the_state_folder_and_the_machine_s_files_are_hidden(bench, tmp_path):
    secret = bench.home / "token"
    secret.write_text("secret")
    (tmp_path / "other").write_text("secret")
    paths = [
        str(secret),
        str(tmp_path / "other"),
        "/etc/shadow",
        "/proc/kcore",
        "/dev/mem",
        "/dev/vda",
        "/dev/sda",
        str(Path(__file__)),
        "/proc/1/root/etc/shadow",
        "../../etc/shadow",
    ]
    refused(bench, f"for path in {paths!r}:\n    attempt(lambda: open(path, 'rb').read(1))", len(paths))


def test_proc_tells_nothing_of_the_machine(bench):
    there = bench.prints("import os; print(sorted(os.listdir('/proc')))")
    assert there == "['1', 'self', 'thread-self']"
    hidden = ["cmdline", "kallsyms", "modules", "keys", "net/tcp", "sys/kernel/osrelease", "diskstats"]
    refused(
        bench,
        f"for name in {hidden}:\n"
        "    attempt(lambda: open('/proc/' + name).read())\n"
        "for name in os.listdir('/sandbox/machine'):\n"
        "    attempt(lambda: open('/sandbox/machine/' + name, 'r+'))\n"
        "attempt(lambda: os.stat('/sandbox/machine/stat/../kallsyms'))\n"
        "attempt(lambda: open('/sandbox/machine/../../proc/kallsyms'))",
        len(hidden) + 3 + 2,
    )


def test_psutil_still_tells_processors_memory_and_load(bench):
    printed = bench.prints("""
        import os, psutil
        print(psutil.virtual_memory().total == os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
        print(psutil.cpu_count() == os.cpu_count(), psutil.cpu_count(logical=False) > 0)
        print(psutil.cpu_percent() >= 0, psutil.swap_memory().total >= 0)
        print(psutil.Process().create_time() > psutil.boot_time())
        """)
    assert "False" not in printed


def test_nothing_outside_can_be_written(bench):
    printed = refused(
        bench,
        "import modules\nplaces = ['/', '/usr', '/etc', sys.prefix, "
        "os.path.dirname(modules.__file__), '/proc/sys/kernel']\n"
        "for place in places:\n    attempt(lambda: open(place + '/x', 'w'))\n"
        "attempt(lambda: open('/proc/sys/kernel/core_pattern', 'w'))",
        7,
    )
    assert printed


def test_the_environment_says_nothing(bench, monkeypatch):
    printed = bench.prints("""
        import os
        print(dict(os.environ))
        for each in os.listdir('/proc'):
            if each.isdigit():
                print(open(f'/proc/{each}/environ').read())
        """)
    for word in ("TOKEN", "REDIS", "DATABASE", "STUDIO_", "SECRET"):
        assert word not in printed


def test_only_its_own_processes_exist(bench):
    assert bench.prints("import os; print([p for p in os.listdir('/proc') if p.isdigit()])") == "['1']"


def test_signals_and_tracing_find_nobody(bench):
    other = subprocess.Popen(["sleep", "60"])
    try:
        refused(
            bench,
            f"for pid in ({os.getpid()}, {other.pid}):\n"
            "    attempt(lambda: os.kill(pid, 9))\n"
            "attempt(lambda: os.kill(-1, 9))\n"
            "libc = ctypes.CDLL(None, use_errno=True)\n"
            "print(libc.ptrace(16, 1, 0, 0), libc.process_vm_readv(1, 0, 0, 0, 0, 0))",
            3,
        )
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


@pytest.mark.parametrize(
    "call",
    [
        "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "libc.umount2(b'/proc', 2)",
        "libc.chroot(b'/tmp')",
        "libc.unshare(0x10000000)",
        "libc.unshare(0x20000)",
        "libc.setns(0, 0)",
        "libc.ptrace(0, 0, 0, 0)",
        "libc.setuid(0)",
        "libc.sethostname(b'x', 1)",
        "libc.syscall(425, 1, ctypes.create_string_buffer(200))",
        "libc.syscall(321, 0, 0, 0)",
        "libc.syscall(250, 0, -3, 1)",
        "libc.syscall(298, 0, 0, 0, 0, 0)",
        "libc.syscall(323, 0)",
        "libc.syscall(304, 0, 0, 0)",
        "libc.clone(0, 0, 0x10000000 | 17, 0)",
        "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)",
        "libc.syscall(435, ctypes.create_string_buffer(88), 88)",
        "libc.iopl(3)",
        "libc.reboot(0)",
        "libc.swapon(b'/x', 0)",
        "libc.settimeofday(ctypes.create_string_buffer(16), 0)",
    ],
)
def test_the_kernel_refuses(bench, call):
    assert bench.prints(f"import ctypes; libc = ctypes.CDLL(None, use_errno=True); print({call})") == "-1"


@pytest.mark.skipif(
    os.uname().machine != "x86_64", reason="other machines have no second table of system calls"
)
def test_the_second_table_of_system_calls_kills(bench):
    ran = bench.script("import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 41, 2, 1, 0)")
    assert "system call" in ran.message


def test_no_capability_and_no_way_to_one(bench):
    printed = bench.prints("""
        import os
        print(os.getuid() == 0, os.geteuid() == 0, os.getgroups())
        print(*[line.split()[1] for line in open('/proc/self/status') if line[:3] in ('Cap', 'NoN')])
        print(open('/proc/self/status').read().split('Seccomp:')[1].split()[0])
        """)
    assert printed.split("\n") == ["False False []", "0000000000000000 " * 5 + "1", "2"]


def test_setuid_programs_give_nothing(bench):
    assert (
        bench.prints("""
        import glob, os, subprocess
        for program in ('/usr/bin/su', '/usr/bin/passwd', '/usr/bin/newgrp', '/usr/bin/chsh'):
            if os.path.exists(program):
                subprocess.run([program], stdin=subprocess.DEVNULL, capture_output=True, timeout=5)
        print(subprocess.run(['/usr/bin/id', '-u'], capture_output=True, text=True).stdout.strip() != '0')
        """)
        == "True"
    )


def test_no_state_survives(bench):
    bench.script("""
        import builtins, ctypes, json, math, os, pandas, sys
        pandas.DataFrame.__len__ = lambda self: 666
        json.dumps = lambda *a, **k: 'broken'
        math.pi = 3
        builtins.left = sys.left = 1
        for place in ('/tmp', '/dev/shm', '.'):
            open(place + '/left', 'w').write('x')
        print('segment', ctypes.CDLL(None).shmget(4711, 4096, 0o1666))
        """)
    printed = bench.prints("""
        import builtins, ctypes, json, math, os, pandas, sys
        print(len(pandas.DataFrame()), json.dumps(1), math.pi)
        print(hasattr(builtins, 'left'), hasattr(sys, 'left'))
        print([os.path.exists(place + '/left') for place in ('/tmp', '/dev/shm', '.')], os.listdir('.'))
        print(ctypes.CDLL(None).shmget(4711, 4096, 0o666))
        """)
    assert printed == "0 1 3.141592653589793\nFalse False\n[False, False, False] []\n-1"


def test_random_numbers_differ_between_nodes(bench):
    draws = {
        bench.prints("import numpy, random; print(numpy.random.rand(), random.random())") for _ in range(3)
    }
    assert len(draws) == 3
