"""A Studio as it is spoken to from the desk: over its HTTP API, with the standard library alone."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PIECE = 1 << 20
OURS = ("created", "updated", "last_run", "sample")
"""What an answer adds to an experiment file, but for its id and its revision."""


class Refused(Exception):
    """Studio refused, or cannot be reached; the message is its sentence."""


class DeskServer:
    def __init__(self, url: str, token: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise Refused(f"{url!r} is no address: it begins with http:// or https://.")
        self.api, self.token = f"{url.rstrip('/')}/api/v1", token

    def pull(self, what: str, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        if dataset := self._dataset(what):
            target = folder / _plain(str(dataset.get("file_name") or what))
            with self._open("GET", f"datasets/{dataset['id']}/download") as answer, target.open("wb") as file:
                shutil.copyfileobj(answer, file, PIECE)
            return target
        if not re.fullmatch(r"[\w-]+", what):
            raise Refused(f"There is no dataset {what!r} here, and no experiment has such an id.")
        found = self._json("GET", f"experiments/{what}")
        target = folder / f"{_plain(found['name'])}.studio.json"
        kept = {key: value for key, value in found.items() if key not in OURS}
        target.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return target

    def push(self, file: Path, name: str = "") -> str:
        if file.suffix in (".py", ".ipynb"):
            made = self._send("experiments/import", file, {})
            left = "".join(f"\n{each['node']}: {each['message']}" for each in made["left_out"])
            return f"Made the experiment {made['id']} of {made['nodes']} nodes.{left}"
        if file.name.endswith(".json"):
            document = json.loads(file.read_text(encoding="utf-8-sig"))
            if isinstance(document, dict) and str(document.get("format", "")).startswith("studio-experiment"):
                return self._save(file, document)
        name = name or file.stem
        known = self._dataset(name)
        fields = {"name": name} | ({"new_version_of": str(known["id"])} if known else {})
        made = self._send("datasets", file, fields)
        return f"The dataset {made['name']!r} has the version {made['version']}."

    def _save(self, file: Path, document: dict[str, Any]) -> str:
        id, revision = document.pop("id", None), document.pop("revision", None)
        if id is None or revision is None:
            made = self._json("POST", "experiments", document)
            return f"Made the experiment {made['id']}."
        headers = {"If-Match": f'"{revision}"'}
        made = self._json("PUT", f"experiments/{urllib.parse.quote(str(id), safe='')}", document, headers)
        kept = {"id": id, "revision": made["revision"], **document}
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return f"Saved the experiment {id}; its revision is {made['revision']}."

    def _dataset(self, name: str) -> dict[str, Any] | None:
        asked = urllib.parse.urlencode({"search": name, "limit": 1000})
        items: list[dict[str, Any]] = self._json("GET", f"datasets?{asked}")["items"]
        return next((each for each in items if each["name"] == name and each.get("latest", True)), None)

    def _send(self, path: str, file: Path, fields: dict[str, str]) -> Any:
        """The file as a form, read in pieces."""
        mark = secrets.token_hex(16)
        head = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        named = file.name.replace('"', "%22")
        head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{named}"\r\n\r\n'
        start, end = head.encode(), f"\r\n--{mark}--\r\n".encode()

        def body() -> Iterator[bytes]:
            yield start
            with file.open("rb") as opened:
                while piece := opened.read(PIECE):
                    yield piece
            yield end

        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(len(start) + file.stat().st_size + len(end)),
        }
        with self._open("POST", path, body(), headers) as answer:
            return json.load(answer)

    def _json(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        with self._open(
            method, path, data, {"Content-Type": "application/json", **(headers or {})}
        ) as answer:
            return json.load(answer)

    def _open(self, method: str, path: str, data: Any = None, headers: dict[str, str] | None = None) -> Any:
        asked = urllib.request.Request(  # noqa: S310  the address begins with http, which was looked at
            f"{self.api}/{path}",
            data=data,
            method=method,
            headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
        )
        try:
            return urllib.request.urlopen(asked, timeout=600)  # noqa: S310  as above
        except urllib.error.HTTPError as error:
            try:
                said = json.load(error).get("detail", "")
            except (ValueError, AttributeError):
                said = ""
            raise Refused(said or f"Studio answered {error.code} to {method} {path}.") from None
        except urllib.error.URLError as error:
            raise Refused(f"Studio cannot be reached at {self.api}: {error.reason}.") from None


def _plain(name: str) -> str:
    """A name that every file system takes, and that lies in its folder."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name).strip(". ")[:120] or "untitled"
