"""The one way out of a child that builds an environment, or whose node was given network: a port at which a
proxy of the worker's listens.

The child makes the socket and hands it to the worker, which takes connections from it. In tier 1 the socket
stands in a network of the child's own, in which there is nothing else.
"""

from __future__ import annotations

import fcntl
import socket
import struct

from workers.sandbox import kernel
from workers.sandbox.ground import Ground
from workers.sandbox.wire import tell

SIOCSIFFLAGS, IFF_UP = 0x8914, 1
WAITING = 64


def open_for(base: Ground, status: socket.socket) -> int:
    """The port, once the worker has been told. Called before the child is confined."""
    if base.tier == "1":
        kernel.unshare(kernel.NEWNET)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(WAITING)
        port: int = listener.getsockname()[1]
        tell(status, {"listening": port}, listener.fileno())
    return port
