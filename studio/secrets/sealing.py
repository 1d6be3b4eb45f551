"""How the value of a secret is kept: encrypted, with a key that is made of the server's own secret."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from studio import config

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class CannotOpen(Exception):
    """It was sealed with another key, or changed since."""


def seal(id: str, value: str) -> str:
    """`id`: of the secret; what is sealed for one cannot be opened as another."""
    return _box(id).encrypt(value.encode()).decode()


def unseal(id: str, sealed: str) -> str:
    from cryptography.fernet import InvalidToken

    try:
        return _box(id).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def _box(id: str) -> Fernet:
    """The library takes its time to import, and few requests need it."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(SHA256(), 32, salt=id.encode(), info=b"studio: a secret of a workspace")
    return Fernet(base64.urlsafe_b64encode(made.derive(config.secret_key().encode())))
