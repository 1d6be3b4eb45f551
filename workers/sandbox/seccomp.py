"""Seccomp: system calls that user code may not make, as a small BPF program.

Allowed by default: a list of what scientific Python may call would break with each release of
glibc. Refused is all that reaches past the process: mounts, namespaces, sockets, tracing, keys,
kernel modules, and the newest doors (io_uring, userfaultfd, bpf). Refused too is memory and disk that
nobody can count: memory in no file, pages lent to a pipe or a socket (vmsplice, splice, sendfile), rules and
filters that lie in the kernel, files without a name, disk set aside without being written.
"""

from __future__ import annotations

import ctypes
import errno
import signal
import struct

from workers.sandbox import kernel

ALLOW, ERRNO, KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
FILTER_TSYNC = 1
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN, AND = 0x20, 0x15, 0x35, 0x45, 0x06, 0x54
ARCH = 0xC000003E if kernel.X86 else 0xC00000B7
X32 = 0x40000000
AF_UNIX, AF_INET, SOCK_STREAM = 1, 2, 1
NAMESPACES = (
    kernel.NEWNS
    | kernel.NEWUTS
    | kernel.NEWIPC
    | kernel.NEWUSER
    | kernel.NEWPID
    | kernel.NEWNET
    | kernel.NEWCGROUP
)
TIOCSTI = 0x5412

# name: (x86_64, aarch64); None where the machine has no such call.
NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "bpf": (321, 280),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "acct": (163, 89),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "vhangup": (153, 58),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "fanotify_init": (300, 262),
    "mount_setattr": (442, 442),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "personality": (135, 92),
    "uselib": (134, None),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "vmsplice": (278, 75),
    "tee": (276, 77),
    "landlock_create_ruleset": (444, 444),
    "landlock_add_rule": (445, 445),
    "landlock_restrict_self": (446, 446),
    "seccomp": (317, 277),
    "io_setup": (206, 0),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "file_setattr": (469, 469),
}
# What a program does without where it is told that the file system cannot do it.
NOT_SUPPORTED: dict[str, tuple[int | None, int | None]] = {
    "fallocate": (285, 47),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
}
# Refused as for files that cannot do it: whoever copies goes on by reading and writing.
NOT_THESE: dict[str, tuple[int | None, int | None]] = {"splice": (275, 76), "sendfile": (40, 71)}
# Their flags lie in memory, where no filter sees them; the C library goes back to the older call.
NOT_THERE: dict[str, tuple[int | None, int | None]] = {"openat2": (437, 437), "clone3": (435, 435)}
# Files and pages on their way from one process to another belong to none. Only where there are no namespaces.
MESSAGES: dict[str, tuple[int | None, int | None]] = {"sendmsg": (46, 211), "sendmmsg": (307, 269)}
CLONE, SOCKETPAIR, IOCTL, FCNTL, PRCTL = (56, 53, 16, 72, 157) if kernel.X86 else (220, 199, 29, 25, 167)
OPENAT, OPEN = (257, 2) if kernel.X86 else (56, None)
TMPFILE = 0o20000000
CLONE_FILES, CLONE_THREAD = 0x400, 0x10000
OFD_SETLK, OFD_SETLKW, SETLEASE, NOTIFY = 37, 38, 1024, 1026
DISK_CONTROLS = (ord("X"), ord("f"), 0x94)
"""Types of ioctl that set disk aside, share it, or change what a file system does with a file."""
# Whose process they change: of each, the arguments that must be 0 for the caller's own.
OTHERS = {
    "prlimit64": (302, 261, (0,)),
    "sched_setaffinity": (203, 122, (0,)),
    "sched_setscheduler": (144, 119, (0,)),
    "sched_setparam": (142, 118, (0,)),
    "sched_setattr": (314, 274, (0,)),
    "setpriority": (141, 140, (0, 1)),
}
SETSOCKOPT, SO_SNDBUF = 54 if kernel.X86 else 208, 7
IOPRIO_SET = 251 if kernel.X86 else 30
MMAP, SHARED, ANONYMOUS, HUGETLB = 9 if kernel.X86 else 222, 1, 0x20, 0x40000
KILL, TKILL, TGKILL = (62, 200, 234) if kernel.X86 else (129, 130, 131)


def program(*, init: bool, shared: bool = False, network: bool = False) -> bytes:
    """The BPF program. `init`: the process is number 1 of its namespace, on which the kernel would
    drop a `kill -9` of itself silently; here it works as everywhere else. Without `init` there is no
    namespace: a signal to everybody is refused, and so is changing limits or priority of anybody else.
    `shared`: one call after the other comes to the namespace, so that these changes are refused there too.
    `network`: a stream of IPv4 may be opened; where it leads is for others to bound."""
    code = [_op(LOAD, 4), _op(EQUAL, ARCH, 1, 0), _op(RETURN, KILL_PROCESS), _op(LOAD, 0)]
    if kernel.X86:
        code += [_op(AT_LEAST, X32, 0, 1), _op(RETURN, KILL_PROCESS)]
    refused = NUMBERS if init else NUMBERS | MESSAGES
    if network:
        code += _streams_only()
        refused = {name: number for name, number in refused.items() if name != "socket"}
    code += _all(refused, errno.EPERM)
    code += _all(NOT_SUPPORTED, errno.EOPNOTSUPP) + _all(NOT_THERE, errno.ENOSYS)
    code += _all(NOT_THESE, errno.EINVAL) + _calls_with_arguments()
    code += _signals_in_a_namespace() if init else _signals_without_a_namespace()
    if shared or not init:
        code += _changes_of_others()
    return b"".join([*code, _op(RETURN, ALLOW)])


def _calls_with_arguments() -> list[bytes]:
    """Calls that are refused with some arguments, and allowed with others."""
    code: list[bytes] = []
    for number, place in ((OPEN, 1), (OPENAT, 2)):
        if number is not None:
            code += _when(number, _argument(place, _op(ANY_BIT, TMPFILE, 0, 1), ERRNO | errno.EOPNOTSUPP))
    # A thread has the files of its process, which are counted there.
    code += _when(
        CLONE,
        [
            *_argument(0, _op(ANY_BIT, NAMESPACES, 0, 1), ERRNO | errno.EPERM)[:-1],
            _op(ANY_BIT, CLONE_THREAD, 0, 2),
            _op(ANY_BIT, CLONE_FILES, 1, 0),
            _op(RETURN, ERRNO | errno.EPERM),
            _op(LOAD, 0),
        ],
    )
    # Locks that belong to no process, and leases that hold up whoever opens a file.
    for command in (OFD_SETLK, OFD_SETLKW, SETLEASE, NOTIFY):
        code += _when(FCNTL, _argument(1, _op(EQUAL, command, 0, 1), ERRNO | errno.EINVAL))
    code += _when(PRCTL, _argument(0, _op(EQUAL, kernel.PR_SET_SECCOMP, 0, 1), ERRNO | errno.EPERM))
    code += _when(SOCKETPAIR, _argument(0, _op(EQUAL, AF_UNIX, 1, 0), ERRNO | errno.EPERM))
    # What a socket holds is counted as its usual size.
    code += _when(SETSOCKOPT, _argument(2, _op(EQUAL, SO_SNDBUF, 0, 1), ERRNO | errno.EPERM))
    code += _when(
        MMAP,
        [
            _op(LOAD, 16 + 8 * 3),
            _op(ANY_BIT, HUGETLB, 2, 0),  # pages of the machine's pool, which no process shows as its own
            _op(ANY_BIT, SHARED, 0, 2),
            _op(ANY_BIT, ANONYMOUS, 0, 1),
            _op(RETURN, ERRNO | errno.EPERM),
            _op(LOAD, 0),
        ],
    )
    code += _when(IOCTL, _argument(1, _op(EQUAL, TIOCSTI, 0, 1), ERRNO | errno.EPERM))
    for kind in DISK_CONTROLS:
        look = [_op(LOAD, 16 + 8), _op(AND, 0xFF00), _op(EQUAL, kind << 8, 0, 1)]
        code += _when(IOCTL, [*look, _op(RETURN, ERRNO | errno.EOPNOTSUPP), _op(LOAD, 0)])
    return code


def _streams_only() -> list[bytes]:
    """Sockets of any other family or type are refused."""
    number = NUMBERS["socket"][0 if kernel.X86 else 1]
    assert number is not None
    body = [
        *_argument(0, _op(EQUAL, AF_INET, 1, 0), ERRNO | errno.EPERM)[:-1],
        _op(LOAD, 16 + 8),
        _op(AND, 0xF),
        _op(EQUAL, SOCK_STREAM, 1, 0),
        _op(RETURN, ERRNO | errno.EPERM),
        _op(LOAD, 0),
    ]
    return _when(number, body)


def _signals_in_a_namespace() -> list[bytes]:
    """A process number 1 that kills itself ends."""
    code: list[bytes] = []
    # A crash reports itself by raise() and happens again; only a kill of its own makes it die by SIGSEGV.
    for number, place, deadlies in (
        (KILL, 1, (signal.SIGKILL, signal.SIGSEGV)),
        (TKILL, 1, (signal.SIGKILL,)),
        (TGKILL, 2, (signal.SIGKILL,)),
    ):
        for deadly in deadlies:
            code += _when(
                number,
                [
                    _op(LOAD, 16),
                    _op(EQUAL, 1, 0, 3),
                    _op(LOAD, 16 + 8 * place),
                    _op(EQUAL, deadly, 0, 1),
                    _op(RETURN, KILL_PROCESS),
                    _op(LOAD, 0),
                ],
            )
    return code


def _signals_without_a_namespace() -> list[bytes]:
    """Signals to everybody are refused."""
    return _when(KILL, _argument(0, _op(EQUAL, 0xFFFFFFFF, 0, 1), ERRNO | errno.EPERM))


def _changes_of_others() -> list[bytes]:
    """Limits or priorities of anybody else are refused."""
    code = _when(IOPRIO_SET, [_op(RETURN, ERRNO | errno.EPERM)])
    for x86, aarch64, places in OTHERS.values():
        for place in places:
            own = _argument(place, _op(EQUAL, 0, 1, 0), ERRNO | errno.EPERM)
            code += _when(x86 if kernel.X86 else aarch64, own)
    return code


def install(*, init: bool, shared: bool = False, network: bool = False) -> None:
    """Puts the filter on this process for good. Needs no_new_privs."""
    code = program(init=init, shared=shared, network=network)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(buffer))
    kernel.syscall(kernel.SYS_SECCOMP, "seccomp", 1, FILTER_TSYNC, ctypes.c_char_p(header))


def _op(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)


def _all(calls: dict[str, tuple[int | None, int | None]], error: int) -> list[bytes]:
    numbers = [pair[0 if kernel.X86 else 1] for pair in calls.values()]
    return [op for n in numbers if n is not None for op in _when(n, [_op(RETURN, ERRNO | error)])]


def _when(number: int, body: list[bytes]) -> list[bytes]:
    return [_op(EQUAL, number, 0, len(body)), *body]


def _argument(place: int, test: bytes, verdict: int) -> list[bytes]:
    """Looks at the low half of an argument; `test` jumps over one instruction where all is well."""
    return [_op(LOAD, 16 + 8 * place), test, _op(RETURN, verdict), _op(LOAD, 0)]
