"""The body of a call that comes as JSON."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from modules.exchange.problems import CallProblem

BOM = b"\xef\xbb\xbf"


def json_object(body: bytes) -> dict[str, Any]:
    """The object that a body holds. CallProblem where it holds none."""
    body = body.removeprefix(BOM)
    if not body.strip():
        raise CallProblem.one("BadArgument", "RequestIsEmpty", "body", "The body of the request is empty.")
    try:
        found = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise refuse_body(f"The body is not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise refuse_body(f"The body must be one JSON object, not {_kind(found)}.")
    return found


def object_of(found: Any, where: str) -> dict[str, Any]:
    """The member as an object; nothing and null are an empty one."""
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise refuse_body(f"{where} must be an object, not {_kind(found)}.")
    return found


def list_of(found: Any, where: str) -> list[Any]:
    if not isinstance(found, list):
        raise refuse_body(f"{where} must be a list, not {_kind(found)}.")
    return found


def refuse_body(message: str) -> CallProblem:
    return CallProblem.one("BadArgument", "RequestBodyInvalid", "body", message)


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
