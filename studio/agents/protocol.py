"""The Model Context Protocol's messages: JSON-RPC, a question and its answer. It offers tools alone."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from studio import __version__
from studio.agents.keys import Caller
from studio.agents.tools import TOOLS, call_tool
from studio.errors import StudioError

log = logging.getLogger(__name__)

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
"""Of the protocol; the newest first."""
PARSE, REQUEST, METHOD, PARAMS, INTERNAL = -32700, -32600, -32601, -32602, -32603

HOW = (
    "Studio runs experiments: graphs of modules, with tables on their wires. Look at modules with "
    "list_modules and describe_module, and at data with table_schema. New experiments are made with "
    "make_experiment; an existing one is edited with propose_edit, which a person accepts on the canvas. "
    "Validate and try nodes before running."
)


def answer_text(caller: Caller, text: str | bytes) -> dict[str, Any] | None:
    """The answer to a message; None if it wants none."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return _error(None, PARSE, "This is not JSON.")
    return answer(caller, message)


def answer(caller: Caller, message: Any) -> dict[str, Any] | None:
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return _error(None, REQUEST, "This is no message of JSON-RPC 2.0; batches are not taken.")
    id, method, params = message.get("id"), message.get("method"), message.get("params") or {}
    if method is None or "id" not in message:
        return None  # an answer, or a notification
    if not isinstance(params, dict):
        return _error(id, PARAMS, "`params` must be an object.")
    match method:
        case "initialize":
            return _result(id, _hello(params))
        case "ping":
            return _result(id, {})
        case "tools/list":
            return _result(id, {"tools": _tools()})
        case "tools/call":
            return _called(caller, id, params)
    return _error(id, METHOD, f"There is no method {method!r} here.")


def _hello(params: dict[str, Any]) -> dict[str, Any]:
    wanted = params.get("protocolVersion")
    return {
        "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
        "capabilities": {"tools": {}},
        "serverInfo": {"name": "studio", "title": "Studio", "version": __version__},
        "instructions": HOW,
    }


def _tools() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": tool.says,
            "inputSchema": tool.asked.model_json_schema(by_alias=True),
            "annotations": {
                "readOnlyHint": not tool.changes,
                "destructiveHint": False,
                "openWorldHint": False,
            },
        }
        for name, tool in TOOLS.items()
    ]


def _called(caller: Caller, id: Any, params: dict[str, Any]) -> dict[str, Any]:
    name, arguments = params.get("name"), params.get("arguments") or {}
    if not isinstance(name, str) or not isinstance(arguments, dict):
        return _error(id, PARAMS, "A call has a `name`, and `arguments` that are an object.")
    try:
        found = json.loads(json.dumps(call_tool(caller, name, arguments), cls=DjangoJSONEncoder))
    except StudioError as error:
        return _result(id, _refusal(error))
    except Exception:
        log.exception("the tool %s failed", name)
        return _error(id, INTERNAL, "Studio could not do this; its log says more.")
    text = json.dumps(found, ensure_ascii=False)
    return _result(
        id, {"content": [{"type": "text", "text": text}], "structuredContent": found, "isError": False}
    )


def _refusal(error: StudioError) -> dict[str, Any]:
    more = [
        f"{each.get('node') or ''}: {each.get('message')}"
        for each in error.errors or []
        if each.get("message")
    ]
    text = "\n".join([error.detail, *(line for line in more if error.detail not in line)])
    return {"content": [{"type": "text", "text": text}], "isError": True}


def _result(id: Any, result: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "result": result}


def _error(id: Any, code: int, message: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}}
