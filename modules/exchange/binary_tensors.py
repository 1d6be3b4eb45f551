"""The data of tensors: lists in JSON, flat or nested, or bytes behind the JSON (the binary extension)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from modules.exchange.json_body import list_of, refuse_body

DTYPES = {
    "BOOL": "?", "INT8": "i1", "INT16": "<i2", "INT32": "<i4", "INT64": "<i8", "UINT8": "u1",
    "UINT16": "<u2", "UINT32": "<u4", "UINT64": "<u8", "FP16": "<f2", "FP32": "<f4", "FP64": "<f8",
}  # fmt: skip
KNOWN = (*DTYPES, "BYTES")
LENGTH = struct.Struct("<I")


def split_body(body: bytes, header_length: str | None) -> tuple[bytes, bytes]:
    """The JSON of a body, and the bytes behind it. `header_length`: what the request says of the first."""
    if header_length is None:
        return body, b""
    if not (header_length.isascii() and header_length.isdigit()) or not 0 < int(header_length[:18]) <= len(
        body
    ):
        raise refuse_body("Inference-Header-Content-Length must be the length of the JSON in the body.")
    return body[: int(header_length)], body[int(header_length) :]


def tensor_values(
    item: Mapping[str, Any], said: Mapping[str, Any], tail: bytes, where: str
) -> tuple[list[Any], bytes]:
    """The values of a tensor, as many as its shape says, and the bytes that are left of `tail`."""
    datatype, count = item.get("datatype"), _count(item.get("shape"), where)
    if datatype not in KNOWN:
        raise refuse_body(f"{where}: datatype must be one of {', '.join(KNOWN)}.")
    size = said.get("binary_data_size")
    if size is None:
        values = _flat(list_of(item.get("data"), f"{where}.data"))
    else:
        if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= len(tail):
            raise refuse_body(f"{where}: binary_data_size says more bytes than came.")
        values, tail = _unpacked(tail[:size], str(datatype), where), tail[size:]
    if count is not None and count != len(values):
        raise refuse_body(f"{where}: its shape says {count:,} values, and {len(values):,} came.")
    if any(isinstance(value, (list, dict)) for value in values):
        raise refuse_body(f"{where}: data must be a list of values.")
    return values, tail


def _count(shape: Any, where: str) -> int | None:
    if shape is None:
        return None
    sizes = list_of(shape, f"{where}.shape")
    whole = all(isinstance(size, int) and not isinstance(size, bool) and size >= 0 for size in sizes)
    if not whole or not sizes or any(size != 1 for size in sizes[1:]):
        raise refuse_body(f"{where}: the shape of a column is [N] or [N, 1].")
    return int(sizes[0])


def _flat(data: list[Any]) -> list[Any]:
    """[[1], [2]] as [1, 2]."""
    if data and all(isinstance(value, list) and len(value) == 1 for value in data):
        return [value[0] for value in data]
    return data


def _unpacked(data: bytes, datatype: str, where: str) -> list[Any]:
    if datatype == "BYTES":
        return _texts(data, where)
    try:
        return np.frombuffer(data, DTYPES[datatype]).tolist()
    except ValueError:
        raise refuse_body(f"{where}: {len(data):,} bytes are no whole number of {datatype} values.") from None


def _texts(data: bytes, where: str) -> list[str]:
    found, at = [], 0
    try:
        while at < len(data):
            (length,) = LENGTH.unpack_from(data, at)
            at += LENGTH.size + length
            if at > len(data):
                raise refuse_body(f"{where}: its last text is longer than the bytes that came.")
            found.append(data[at - length : at].decode())
    except (struct.error, UnicodeDecodeError):
        raise refuse_body(f"{where}: its bytes are no texts in UTF-8, each behind its length.") from None
    return found
