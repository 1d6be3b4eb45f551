"""A node's network: what its proxy lets through, and what it does not, tried as a script would."""

from __future__ import annotations

import base64
import http.server
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from textwrap import dedent

import pytest

from modules.sdk.network import Host, read_hosts
from tests.workers.sandbox.conftest import Bench
from workers.network.gate import Gate, Refused
from workers.network.proxy import NodeProxy
from workers.network.usage import Usage
from workers.sandbox.job import Job, Network


@dataclass
class World:
    """A web server, and one at whose port nobody may be. `heard`: what requests the first one got."""

    port: int
    other: int
    heard: list[bytes] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    found = World(0, 0)

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.heard.append(self.requestline.encode() + b"\r\n" + bytes(self.headers))
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", f"http://127.0.0.1:{found.other}/")
                self.end_headers()
                return
            size = 64 << 20 if self.path == "/vast" else 2
            self.send_response(200)
            self.send_header("Content-Length", str(size))
            self.end_headers()
            for _ in range(size >> 20):
                self.wfile.write(bytes(1 << 20))
            if size == 2:
                self.wfile.write(b"ok")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append(body)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    class Quiet(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None: ...

    servers = [Quiet(("127.0.0.1", 0), Page) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    found.port, found.other = (server.server_address[1] for server in servers)
    yield found
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass
class Way:
    """What a script printed, and what the proxy noted."""

    said: str
    usage: Usage

    @property
    def refused(self) -> str:
        return "\n".join(one.refused for one in self.usage.told)


def go(
    bench: Bench, script: str, asked: str, allowed: str | None = None, most: int = 1 << 30, resolve=None
) -> Way:
    hosts = read_hosts(asked), read_hosts(asked if allowed is None else allowed)
    proxy = NodeProxy(Gate(*hosts, resolve) if resolve else Gate(*hosts), most)
    text = "import urllib.request, requests, socket, os\n" + dedent(TOOLS) + "def azureml_main():\n"
    text += "".join(f"    {line}\n" for line in dedent(script).strip().splitlines())
    args = {"module": "execute-python-script", "params": {"script": text}}
    job = Job(verb="node", args=args, network=Network(word=proxy.word))
    try:
        ran = bench.run(job, lead=proxy.lead)
    finally:
        proxy.close()
    assert ran.outcome.failure is None, ran.stderr
    return Way(ran.stdout.strip(), proxy.usage)


TOOLS = """
    def tried(what):
        try:
            return what()
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    def raw(text, word=True):
        proxy = os.environ["HTTP_PROXY"].rpartition("@")[2].partition(":")
        way = socket.socket()
        way.settimeout(10)
        way.connect((proxy[0], int(proxy[2])))
        if word:
            import base64
            pair = os.environ["HTTP_PROXY"].split("//")[1].rpartition("@")[0]
            line = "Proxy-Authorization: Basic " + base64.b64encode(pair.encode()).decode()
            first, rest = text.split("\\r\\n", 1)
            text = f"{first}\\r\\n{line}\\r\\n{rest}"
        way.sendall(text.encode("latin-1"))
        got = b""
        try:
            while part := way.recv(65536):
                got += part
        except OSError:
            pass
        return got.decode("latin-1")
"""


@pytest.fixture(params=["bench", "second"])
def either(request: pytest.FixtureRequest) -> Bench:
    """Both tiers."""
    return request.getfixturevalue(request.param)


def test_a_node_reaches_what_it_asks_for_and_nothing_else(either: Bench, world: World) -> None:
    way = go(
        either,
        f"""
        print(urllib.request.urlopen("http://{world.host}/").read())
        print(requests.get("http://{world.host}/").text)
        with socket.create_connection(("127.0.0.1", {world.port})) as plain:
            plain.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
            print(plain.makefile("rb").read()[-2:])
        print(tried(lambda: socket.create_connection(("127.0.0.1", {world.other}))))
        around = socket.socket()
        print(tried(lambda: around.connect(("127.0.0.1", {world.other}))))
        print(tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))
        print(tried(lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM)))
        print(tried(lambda: raw("GET http://{world.host}/ HTTP/1.1\\r\\n\\r\\n", word=False))[:12])
        """,
        world.host,
    )
    lines = way.said.splitlines()
    assert lines[:3] == ["b'ok'", "ok", "b'ok'"]
    assert f"127.0.0.1:{world.other} is not among the hosts that the administrator allows" in lines[3]
    assert [line.partition(":")[0] for line in lines[4:7]] == ["PermissionError"] * 3
    assert lines[7] == "HTTP/1.1 407"
    (counted,) = [line for line in way.usage.lines() if "refused" not in line]
    assert counted.startswith(f"network: {world.host}, 3 connections, ")


def test_a_redirect_leads_nowhere_else(bench: Bench, world: World) -> None:
    way = go(bench, f'print(requests.get("http://{world.host}/away").status_code)', world.host)
    assert way.said == "403"
    assert f"127.0.0.1:{world.other} is not among" in way.refused


def test_what_is_asked_for_must_be_allowed_and_what_is_allowed_asked_for(bench: Bench, world: World) -> None:
    script = f'print(requests.get("http://{world.host}/").text)'
    assert "the administrator allows" in go(bench, script, world.host, "example.org:80").said
    assert "this node asks for" in go(bench, script, "example.org:80", world.host).said


def test_an_answer_without_end_is_cut_off(bench: Bench, world: World) -> None:
    way = go(
        bench,
        f"""
        print(tried(lambda: len(requests.get("http://{world.host}/vast").content))[:30])
        print(requests.get("http://{world.host}/").text)
        """,
        world.host,
        most=8 << 20,
    )
    assert "Error" in way.said
    assert "as much as it may" in way.said
    assert way.usage.bytes < 10 << 20
    assert any("8,388,608 bytes, the most" in line for line in way.usage.lines())


SPELLED = ("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "0",
           "localhost", "127.0.0.1.")  # fmt: skip


def test_another_spelling_of_this_machine_is_no_way_around(bench: Bench, world: World) -> None:
    names = [f"http://{name}:{world.other}/" for name in SPELLED]
    script = f"""
        for name in {names!r}:
            answer = raw("GET " + name + " HTTP/1.1\\r\\n\\r\\n")
            print(answer[:12], "ok" in answer.splitlines()[-1:])
        """
    world.heard.clear()
    way = go(bench, script, f"*:{world.other}")
    assert all(line.startswith(("HTTP/1.1 403", "HTTP/1.1 400")) for line in way.said.splitlines())
    assert len(way.said.splitlines()) == len(SPELLED)
    assert world.heard == []


@pytest.mark.parametrize(
    ("allowed", "address", "goes"),
    [
        ("*.evil.example:{port}", "127.0.0.1", False),
        ("*:{port}", "127.0.0.1", False),
        ("a.evil.example:{port}", "127.0.0.1", False),
        ("a.evil.example:{port} 127.0.0.1:{port}", "127.0.0.1", True),
        ("*.evil.example:{port}", "::ffff:127.0.0.1", False),
        ("*.evil.example:{port}", "64:ff9b::7f00:1", False),
        ("*.evil.example:{port}", "169.254.169.254", False),
        ("a.evil.example:{port}", "169.254.169.254", False),
        ("*.evil.example:{port}", "10.0.0.1", False),
        ("*.evil.example:{port}", "fd00::1", False),
        ("*.evil.example:{port}", "100.64.0.1", False),
        ("*.evil.example:{port}", "0.0.0.0", False),
        ("*.evil.example:{port}", "224.0.0.1", False),
    ],
)
def test_a_name_that_leads_inside_is_refused(world: World, allowed: str, address: str, goes: bool) -> None:
    hosts = read_hosts(allowed.format(port=world.port))
    gate = Gate(hosts, hosts, lambda name, port: [address])
    inside = nullcontext() if goes else pytest.raises(Refused, match="the administrator must name")
    with inside:
        gate.connect(Host("a.evil.example", world.port)).close()


def test_a_name_is_asked_for_once(bench: Bench, world: World) -> None:
    """The second answer, of whoever would rebind it, is never heard."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []

    def resolve(name: str, port: int) -> list[str]:
        asked.append(name)
        return answers.pop(0)

    name = f"rebound.example:{world.port}"
    hosts = f"{name} {world.host}"
    way = go(bench, f'print(requests.get("http://{name}/").text)', hosts, resolve=resolve)
    assert way.said == "ok"
    assert asked == ["rebound.example"]


HEADS = {
    "another Host": "GET http://{host}/ HTTP/1.1\r\nHost: other.example\r\n\r\n",
    "two Hosts": "GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n",
    "two lengths": "POST http://{host}/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx",
    "a signed length": "POST http://{host}/ HTTP/1.1\r\nContent-Length: +1\r\n\r\nx",
    "both framings": "POST http://{host}/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"
    "\r\n0",
    "a folded header": "GET http://{host}/ HTTP/1.1\r\nX: a\r\n b: c\r\n\r\n",
    "a bare line end": "GET http://{host}/ HTTP/1.1\r\nX: a\nHost: other.example\r\n\r\n",
    "a blank before the colon": "GET http://{host}/ HTTP/1.1\r\nHost : {host}\r\n\r\n",
    "a name in the address": "GET http://user@{host}/ HTTP/1.1\r\n\r\n",
    "no proxy's address": "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "another scheme": "GET ftp://{host}/ HTTP/1.1\r\n\r\n",
    "a tunnel to a pattern": "CONNECT *:443 HTTP/1.1\r\n\r\n",
    "an old version": "GET http://{host}/ HTTP/0.9\r\n\r\n",
}


def test_heads_that_can_be_read_in_two_ways_are_refused(bench: Bench, world: World) -> None:
    heads = [head.format(host=world.host) for head in HEADS.values()]
    world.heard.clear()
    way = go(bench, f"for head in {heads!r}:\n    print(raw(head)[:12])", world.host)
    assert dict(zip(HEADS, way.said.splitlines(), strict=True)) == dict.fromkeys(HEADS, "HTTP/1.1 400")
    assert world.heard == []


def test_a_second_request_does_not_go_the_way_of_the_first(bench: Bench, world: World) -> None:
    second = "GET /second HTTP/1.1\\r\\nHost: other.example\\r\\n\\r\\n"
    head = f"POST http://{world.host}/ HTTP/1.1\\r\\nContent-Length: 2\\r\\n\\r\\nhi{second}"
    world.heard.clear()
    go(bench, f'raw("{head}")', world.host)
    assert b"second" not in b"".join(world.heard)


def test_what_the_world_sees_has_no_word_of_the_proxy(bench: Bench, world: World) -> None:
    world.heard.clear()
    go(bench, f'requests.get("http://{world.host}/")', world.host)
    assert len(world.heard) == 1
    assert b"Host: " + world.host.encode() in world.heard[0]
    assert b"proxy" not in world.heard[0].lower()


def test_nothing_goes_on_when_the_node_has_ended(world: World) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as silent:
        port = silent.server_address[1]
        hosts = read_hosts(f"127.0.0.1:{port}")
        proxy, listener = NodeProxy(Gate(hosts, hosts), 1 << 20), socket.create_server(("127.0.0.1", 0))
        place = listener.getsockname()
        proxy.lead(listener)
        word = base64.b64encode(f"studio:{proxy.word}".encode()).decode()
        with socket.create_connection(place, 10) as way:
            way.sendall(
                f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nProxy-Authorization: Basic {word}\r\n\r\n".encode()
            )
            assert b" 200 " in way.recv(1000)
            proxy.close()
            assert way.recv(1) == b""
        with pytest.raises(OSError):
            socket.create_connection(place, 2)
