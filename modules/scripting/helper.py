"""Names, attributes, signatures and docs at a place of a Python script, by pyrefly.

It parses the script and never runs it. The parameters of `azureml_main` are shown to it as frames.
"""

from __future__ import annotations

import io
import re
import sys
import sysconfig
import tempfile
from contextlib import redirect_stdout, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from modules.files.bundle import unpack
from modules.scripting.language_server import Gone, LanguageServer
from modules.sdk.errors import FileError
from modules.sdk.values import Bundle

NAME = "pyrefly"
SHOWN_AS = "_studio_frames"
PRELUDE = f"import pandas as {SHOWN_AS}\n"
"""One line before the script, so that a place is one line further down."""
PATIENCE = 8.0
"""Seconds for one answer; the first one takes 1.5, since the libraries are read then."""
MOST_ITEMS = 1_000
MOST_FILES = 200
"""Of a bundle that a name may be renamed in."""
LONGEST = 1_000_000
KINDS = {
    2: "method", 3: "function", 4: "class", 5: "property", 6: "variable", 7: "class", 8: "class", 9: "module",
    10: "property", 12: "value", 13: "enum", 14: "keyword", 17: "file", 21: "constant", 25: "type",
}  # fmt: skip
_MAIN = re.compile(r"^([ \t]*(?:async[ \t]+)?def[ \t]+azureml_main[ \t]*\()([^()\n]*)", re.MULTILINE)


class Helper:
    """Answers questions about scripts, one after the other. `bundle`: its modules can be imported."""

    def __init__(self, folder: Path, bundle: Bundle | None = None) -> None:
        self._folder = Path(tempfile.mkdtemp(dir=folder, prefix="help-"))
        self._uri = (self._folder / "script.py").as_uri()
        self._version = 0
        search = [str(self._folder)]
        if bundle is not None:
            unpack(bundle, self._folder / "bundle")
            search += [str(self._folder / "bundle"), *_wheels(self._folder / "bundle")]
        packages = [path for path in sys.path if path.endswith("-packages")]
        (self._folder / "pyrefly.toml").write_text(
            f"search-path = {search!r}\nsite-package-path = {packages!r}\nskip-interpreter-query = true\n"
            f'python-version = "{sys.version_info.major}.{sys.version_info.minor}"\n'
        )
        self._server: LanguageServer | None = None
        self._opened: set[Path] = set()
        """The bundle's files that this server has been told of."""

    def answer(self, verb: str, args: dict[str, Any]) -> dict[str, Any]:
        """`complete`, `docs`, `definition` or `rename` at a place: line from 1, column from 0. What cannot be
        told is left out. A server that is gone is started once more."""
        about = {"helper": NAME, "version": version(NAME)}
        script, line, column = str(args["script"]), int(args["line"]), int(args["column"])
        if len(script) > LONGEST:
            return about
        for attempt in (1, 2):
            try:
                if verb == "rename":
                    return about | self._places(script, line, column)
                return about | self._ask(verb, *_shown(script, line, column))
            except Gone:
                if self._server is not None:
                    self._server.end()
                self._server = None
                self._opened.clear()
                if attempt == 2:
                    break
        return about | {"gone": True}

    def _ask(self, verb: str, script: str, line: int, column: int) -> dict[str, Any]:
        server = self._tell(script)
        place = {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": column}}
        if verb == "complete":
            found = server.request("textDocument/completion", place, PATIENCE) or []
            items = found["items"] if isinstance(found, dict) else found
            return {"items": [_item(item) for item in items[:MOST_ITEMS] if SHOWN_AS not in item["label"]]}
        if verb == "docs":
            hover = server.request("textDocument/hover", place, PATIENCE)
            signature = server.request("textDocument/signatureHelp", place, PATIENCE)
            return {"docs": _docs(hover), "signature": _signature(signature)}
        found = server.request("textDocument/definition", place, PATIENCE)
        return {"definition": self._definition(found)}

    def _places(self, script: str, line: int, column: int) -> dict[str, Any]:
        """Where the name at this place stands: file, line, column and end; `files`: the text of those of the
        bundle. Told of the script as it is."""
        server = self._tell(PRELUDE + script)
        text = script.split("\n")[line - 1] if line <= script.count("\n") + 1 else ""
        at = {"line": line, "character": len(text[:column].encode("utf-16-le")) // 2}
        files = self._open_files(server, word_at(text, column))
        asked = {"textDocument": {"uri": self._uri}, "position": at, "newName": "renamed"}
        found = server.request("textDocument/rename", asked, PATIENCE)
        places = []
        for uri, edits in ((found or {}).get("changes") or {}).items():
            file = self._file(uri)
            lines = files.get(file, "").split("\n") if file else [PRELUDE, *script.split("\n")]
            places += [_place(file, lines, edit["range"]) for edit in edits[:MOST_ITEMS]]
        changed = {one["file"] for one in places}
        return {"places": places, "files": {file: files[file] for file in files if file in changed}}

    def _open_files(self, server: LanguageServer, word: str) -> dict[str, str]:
        """The Python files of the bundle with this word, which the server looks through if they are open."""
        home = self._folder / "bundle"
        files: dict[str, str] = {}
        for path in sorted(home.rglob("*.py")) if word and home.is_dir() else ():
            if len(files) == MOST_FILES or path.stat().st_size > LONGEST:
                continue
            try:
                text = path.read_bytes().decode()
            except UnicodeDecodeError:
                continue
            if re.search(rf"\b{re.escape(word)}\b", text):
                files[path.relative_to(home).as_posix()] = text
                if path not in self._opened:
                    self._opened.add(path)
                    known = {"uri": path.as_uri(), "version": 1, "languageId": "python", "text": text}
                    server.notify("textDocument/didOpen", {"textDocument": known})
        return files

    def _file(self, uri: str) -> str | None:
        """None: the script. Its name in the bundle, or "" for a file of a library."""
        inside = (self._folder / "bundle").as_uri() + "/"
        return None if uri == self._uri else uri.removeprefix(inside) if uri.startswith(inside) else ""

    def _tell(self, script: str) -> LanguageServer:
        """The server, which knows this text."""
        self._version += 1
        known = {"uri": self._uri, "version": self._version}
        if self._server is None:
            command = [str(Path(sysconfig.get_path("scripts"), NAME)), "lsp"]
            try:
                self._server = LanguageServer(command, self._folder)
            except OSError as error:
                raise Gone(str(error)) from error
            opened = {**known, "languageId": "python", "text": script}
            self._server.notify("textDocument/didOpen", {"textDocument": opened})
        else:
            changed = {"textDocument": known, "contentChanges": [{"text": script}]}
            self._server.notify("textDocument/didChange", changed)
        return self._server

    def _definition(self, found: Any) -> dict[str, Any] | None:
        """Where it is defined: in the script, or in a file of the bundle."""
        first = found[0] if isinstance(found, list) and found else found
        if not isinstance(first, dict) or "uri" not in first:
            return None
        start = first["range"]["start"]
        if first["uri"] == self._uri:
            return {"file": None, "line": start["line"], "column": start["character"]}
        inside = (self._folder / "bundle").as_uri() + "/"
        if first["uri"].startswith(inside):
            file = first["uri"].removeprefix(inside)
            return {"file": file, "line": start["line"] + 1, "column": start["character"]}
        return None


def word_at(text: str, column: int) -> str:
    """The name that a line has at this place, or that ends there.

    >>> word_at("x = util.clean(df)", 14), word_at("x = 1", 2)
    ('clean', '')
    """
    return next((m[0] for m in re.finditer(r"\w+", text) if m.start() <= column <= m.end()), "")


def _place(file: str | None, lines: list[str], where: dict[str, Any]) -> dict[str, Any]:
    """In characters; the server counts in halves of UTF-16. `lines`: as the server sees them."""
    row = where["start"]["line"]
    text = lines[row] if row < len(lines) else ""
    ends = (
        len(text.encode("utf-16-le")[: 2 * where[end]["character"]].decode("utf-16-le", "ignore"))
        for end in ("start", "end")
    )
    line = row if file is None else row + 1  # in the script the prelude is line 0
    return {"file": file, "line": line, **dict(zip(("column", "end"), ends, strict=True))}


def _wheels(bundle: Path) -> list[str]:
    """Where the packages of a bundle's wheels are; the run tells of wheels that do not fit."""
    from modules.python_language._wheels import unpack_wheels

    with suppress(FileError), redirect_stdout(io.StringIO()):
        return [str(place) for place in unpack_wheels(bundle)]
    return []


def _shown(script: str, line: int, column: int) -> tuple[str, int, int]:
    """The script as the server sees it, and the place in it: line from 0."""
    shown = PRELUDE
    offset = 0
    last = 0
    for match in _MAIN.finditer(script):
        start = match.start(2)
        for parameter in re.finditer(r"(?:^|,)\s*(\*?\w*)", match[2]):
            name, end = parameter[1], start + parameter.end(1)
            if name.startswith("*"):
                break
            if not name or script[end:].lstrip()[:1] == ":":
                continue
            note = f": {SHOWN_AS}.DataFrame"
            shown += script[last:end] + note
            last = end
            before = script.count("\n", 0, end) + 1
            if before == line and end - (script.rfind("\n", 0, end) + 1) < column:
                offset += len(note)
    return shown + script[last:], line, column + offset


def _item(item: dict[str, Any]) -> dict[str, str]:
    detail = " ".join(str(item.get("detail") or "").split())
    found = {"label": item["label"], "kind": KINDS.get(item.get("kind", 0), "text")}
    return found | ({"detail": detail[:200]} if detail else {})


def _docs(hover: Any) -> str | None:
    contents = hover.get("contents") if isinstance(hover, dict) else None
    text = contents.get("value") if isinstance(contents, dict) else contents
    return text[:8_000].replace(f"{SHOWN_AS}.", "") if isinstance(text, str) else None


def _signature(found: Any) -> dict[str, Any] | None:
    if not isinstance(found, dict) or not found.get("signatures"):
        return None
    chosen = found["signatures"][min(found.get("activeSignature") or 0, len(found["signatures"]) - 1)]
    parameters = [
        str(one["label"]) if not isinstance(one["label"], list) else chosen["label"][slice(*one["label"])]
        for one in chosen.get("parameters") or []
    ]
    active = chosen.get("activeParameter", found.get("activeParameter"))
    return {"label": chosen["label"][:2_000], "parameters": parameters, "active": active}
