"""The types on wires, one file a type: how its values are stored, read, written, checked and told of.

A new type is a value class in `modules.sdk.values`, a file here, and its class in the two lists below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import BaseModel, Field, TypeAdapter, create_model

from modules.sdk.values import Value
from modules.wire_types.bundle import StoredBundle
from modules.wire_types.device import StoredDevice
from modules.wire_types.model import StoredModel
from modules.wire_types.stored import StoredValue
from modules.wire_types.table import StoredTable
from modules.wire_types.transform import StoredTransform

AnyStored = StoredTable | StoredBundle | StoredDevice | StoredModel | StoredTransform
Manifest = Annotated[AnyStored, Field(discriminator="type")]
MANIFEST: TypeAdapter[AnyStored] = TypeAdapter(Manifest)

WIRE_TYPES: Mapping[str, type[StoredValue]] = {
    stored.model_fields["type"].default: stored for stored in get_args(AnyStored)
}
"""The class of each type, by its name."""


def wire_type(value: Value) -> type[StoredValue]:
    """The class that stores such a value."""
    return WIRE_TYPES[value.type]


def _optional(name: str) -> dict[str, Any]:
    return {
        member: (field.annotation | None, None)
        for stored in WIRE_TYPES.values()
        for member, field in getattr(stored, name).model_fields.items()
    }


if TYPE_CHECKING:  # no code reads their members by name

    class AnyMembers(BaseModel):
        """The `members` of all types, each optional: an answer has those of its own type."""

    class AnyOutlineMembers(BaseModel):
        """The `outline_members` of all types, each optional."""

else:
    AnyMembers = create_model("AnyMembers", **_optional("members"))
    AnyOutlineMembers = create_model("AnyOutlineMembers", **_optional("outline_members"))


__all__ = ["MANIFEST", "WIRE_TYPES", "AnyMembers", "AnyOutlineMembers", "Manifest", "wire_type"]
