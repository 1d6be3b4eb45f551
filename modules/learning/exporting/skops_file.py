"""An estimator as a skops file: scikit-learn's objects without a pickle."""

from __future__ import annotations

from typing import Any

from modules.sdk.errors import ModuleError


def to_skops(thing: Any) -> tuple[bytes, list[str]]:
    """The file, and the classes in it that skops asks its reader to trust. ModuleError where skops cannot
    write it."""
    import skops.io

    try:
        data: bytes = skops.io.dumps(thing)
        return data, sorted(skops.io.get_untrusted_types(data=data))
    except Exception as error:
        raise ModuleError(
            f"The model cannot be written as a skops file: {type(error).__name__}: {str(error)[:300]}"
        ) from error


def from_skops(data: bytes, trust: list[str]) -> Any:
    """What the file holds. Inside the sandbox only: who can write the file can run code here."""
    import skops.io

    try:
        return skops.io.loads(data, trusted=trust)
    except Exception as error:
        raise ModuleError(
            f"The skops file cannot be read back: {type(error).__name__}: {str(error)[:300]}"
        ) from error
