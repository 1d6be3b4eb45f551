"""What is read off a class of params: a ParamSpec for each, as the property form needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import BaseModel

from modules.sdk.declared import Declared
from modules.sdk.params import Params

ParamType = Literal[
    "number",
    "integer",
    "text",
    "toggle",
    "choice",
    "columns",
    "code",
    "dataset",
    "environment",
    "secret",
    "records",
]
Language = Literal["python", "sql", "r"]


class Choice(BaseModel):
    """One value of a choice param."""

    value: str
    label: str


class ParamSpec(BaseModel):
    """A setting of a module, as the property form needs it. `not_yet` as of a module: such a param is shown
    only at nodes that have it set. `sweep`, of a number that may also be a text of several (`0.1; 0.2`):
    those that are tried where nobody names others. `fields`, of a list of records: what each record has; a
    field's `shown_when` speaks of the fields beside it."""

    name: str
    label: str
    type: ParamType
    default: Any
    required: bool
    choices: list[Choice] | None = None
    min: float | None = None
    max: float | None = None
    help: str = ""
    shown_when: dict[str, list[Any]] | None = None
    language: Language | None = None
    multiline: bool | None = None
    placeholder: str | None = None
    of: str | None = None
    single: bool | None = None
    not_yet: str = ""
    sweep: list[float] | None = None
    fields: list[ParamSpec] | None = None


def declared_spec(one: Declared) -> ParamSpec:
    """What a property form needs of a param that a script declares."""
    return ParamSpec(
        name=one.name,
        label=one.name,
        type=one.type,
        default=str(one.default) if one.type == "choice" and one.default is not None else one.default,
        required=one.required,
        choices=[Choice(value=str(value), label=str(value)) for value in one.choices] or None,
        help=one.help,
    )


SAID = {"min": "ge", "max": "le"}
"""Bounds that a field says beside its type, where the type cannot hold them."""


def param_specs(params_class: type[Params]) -> list[ParamSpec]:
    """What a property form needs of each param of a class."""
    found = []
    schema: Mapping[str, Any] = params_class.model_json_schema().get("properties", {})
    for name, field in params_class.model_fields.items():
        extra = dict(schema[name]["studio"])
        bounds = _bounds(field.metadata)
        bounds |= {key: extra[said] for said, key in SAID.items() if extra.get(said) is not None}
        extra = {k: v for k, v in extra.items() if k in ParamSpec.model_fields and k not in SAID}
        default = field.get_default(call_default_factory=True) if not field.is_required() else None
        found.append(
            ParamSpec(
                name=name,
                label=field.title or name,
                help=field.description or "",
                default=_plain(default),
                fields=_fields(field.annotation) if extra["type"] == "records" else None,
                min=bounds.get("ge", bounds.get("gt")),
                max=bounds.get("le", bounds.get("lt")),
                **extra,
            )
        )
    return found


def _plain(default: Any) -> Any:
    if isinstance(default, tuple):
        return [_plain(each) for each in default]
    return default.model_dump(mode="json") if isinstance(default, BaseModel) else default


def _fields(annotation: Any) -> list[ParamSpec]:
    """Of a field annotated `tuple[Record, ...]`: the params of a record."""
    return param_specs(get_args(annotation)[0])


def _bounds(metadata: list[Any]) -> dict[str, float]:
    return {
        key: getattr(item, key) for item in metadata for key in ("ge", "gt", "le", "lt") if hasattr(item, key)
    }
