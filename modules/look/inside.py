"""Looking into what is no table: a file of a bundle, a model."""

from __future__ import annotations

import io
import pickle
from typing import Any

from modules.files.bundle import entries, read_entry
from modules.look.cells import number
from modules.sdk.errors import ModuleError
from modules.sdk.values import Bundle, Model

LONGEST = 1 << 20
FEATURES = 500


def bundle_files(bundle: Bundle) -> dict[str, Any]:
    """`{"entries": [{name, bytes}]}`, all of them."""
    return {"entries": [entry._asdict() for entry in entries(bundle)]}


def bundle_file(bundle: Bundle, name: str) -> dict[str, Any]:
    """`{"text", "bytes", "cut"}`, `text` null where the file is none; at most its first megabyte."""
    data = read_entry(bundle, name)
    start = data[:LONGEST]
    return {"text": _text(start, whole=len(data) <= LONGEST), "bytes": len(data), "cut": len(data) > LONGEST}


def _text(data: bytes, whole: bool) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        return None
    try:
        return io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors="strict", newline="").read()
    except UnicodeDecodeError as error:
        if not whole and error.start > len(data) - 4:  # a character cut in two
            return data[: error.start].decode("utf-8-sig")
        return data.decode("latin-1")


def model_facts(model: Model) -> dict[str, Any]:
    """`{"params": [[name, text]], "features": [{name, weight}], "classes": [text]}`, each empty where the
    model has none. Weights are coefficients or importances, where there is one a feature."""
    if model.pickled is None:
        told = sorted(dict(model.card.get("params") or {}).items())
        return {"params": [[name, _shown(value)] for name, value in told], "features": [], "classes": []}
    try:
        thing = pickle.loads(model.pickled)  # noqa: S301 (inside the sandbox)
    except Exception as error:
        raise ModuleError(
            f"The model cannot be opened here: {error}. Look at it in the script that made it."
        ) from error
    return {
        "params": [[name, _shown(value)] for name, value in sorted(_params(thing).items())],
        "features": _features(thing),
        "classes": [str(value) for value in _listed(thing, "classes_")[:FEATURES]],
    }


def _params(thing: Any) -> dict[str, Any]:
    try:
        return dict(thing.get_params(deep=False))
    except Exception:
        return {}


def _features(thing: Any) -> list[dict[str, Any]]:
    names = [str(name) for name in _listed(thing, "feature_names_in_")]
    count = getattr(thing, "n_features_in_", None)
    if not names and isinstance(count, int):
        names = [f"feature {place + 1}" for place in range(min(count, FEATURES))]
    weights = _listed(thing, "feature_importances_") or _listed(thing, "coef_")
    if len(weights) == 1 and isinstance(weights[0], list):  # one row a class, of which two classes have one
        weights = weights[0]
    if len(weights) != len(names) or any(isinstance(weight, list) for weight in weights):
        weights = [None] * len(names)
    return [
        {"name": name, "weight": number(weight)}
        for name, weight in zip(names[:FEATURES], weights, strict=False)
    ]


def _listed(thing: Any, name: str) -> list[Any]:
    try:
        return list(getattr(thing, name).tolist())
    except Exception:
        return []


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"
