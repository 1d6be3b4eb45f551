"""Why a bucket cannot be used, and whether trying again may help."""

from __future__ import annotations

from studio.errors import Unavailable

PASSING = (408, 429)
"""Statuses below 500 after which the same request may succeed."""


class Away(Unavailable):
    """The bucket does not answer, or is busy: the same request may succeed soon."""


class Missing(Unavailable):
    """There is no such bucket, or no such object in it."""


def refusal(bucket: str, error: BaseException) -> Unavailable:
    """`Away` where it may pass; else what is wrong for good: a name, the credentials, a permission."""
    status = _status(error)
    told = f"The bucket {bucket!r} that STUDIO_STORE names cannot be used: {error}. "
    if status is None or status >= 500 or status in PASSING:
        return Away(told + "Check that its server runs, the network, and AWS_ENDPOINT_URL.")
    return Unavailable(told + "Check its name, the credentials and AWS_ENDPOINT_URL.")


def _status(error: BaseException | None) -> int | None:
    """Of the answer that led to this error; None where there was no answer."""
    while error is not None:
        response = getattr(error, "response", None)
        if isinstance(response, dict):
            return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0) or None
        error = error.__cause__ or error.__context__
    return None
