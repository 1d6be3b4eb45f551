"""What a module may ask for: Params, and its fields from number to records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticUndefined

ShownWhen = Mapping[str, Sequence[Any]]
"""Values by the name of another param. True stands for any text that is not empty, too."""


class Params(BaseModel):
    """The settings of a node. One class a module; every field has a default or is required."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    def check(self) -> None:
        """Raises ModuleError if the module refuses these params whatever the data are; it is told before a
        run. What a single param may be is said by its field."""

    @model_validator(mode="before")
    @classmethod
    def _choices_as_people_write_them(cls, raw: Any) -> Any:
        """A choice may be written as ML Studio (classic) does, whose graphs say `ZScore` for `z_score`."""
        if not isinstance(raw, Mapping):
            return raw
        return {name: cls._choice(name, value) for name, value in cls._by_own_names(raw).items()}

    @classmethod
    def _by_own_names(cls, raw: Mapping[Any, Any]) -> Mapping[Any, Any]:
        """A param may be named by its label, as classic's are: `random_seed` for a `seed` that the form calls
        *Random seed*. Its own name goes before."""
        if raw.keys() <= cls.model_fields.keys():
            return raw
        labels = {_snake(field.title or ""): name for name, field in cls.model_fields.items()}
        own = {name: labels.get(name, name) if name not in cls.model_fields else name for name in raw}
        return {
            name if own[name] in raw or list(own.values()).count(own[name]) > 1 else own[name]: value
            for name, value in raw.items()
        }

    @classmethod
    def _choice(cls, name: Any, value: Any) -> Any:
        field = cls.model_fields.get(name)
        extra = field.json_schema_extra if field else None
        said: Any = extra["studio"] if isinstance(extra, dict) else {}
        if said.get("type") == "columns" and said.get("single") and isinstance(value, str):
            return [value] if value.strip() else value  # a name may have commas in it
        choices = said.get("choices")
        if not choices or not isinstance(value, str) or any(value == item["value"] for item in choices):
            return value
        meant = [i["value"] for i in choices if _folded(value) in (_folded(i["value"]), _folded(i["label"]))]
        return meant[0] if len(meant) == 1 else value


def _snake(label: str) -> str:
    return re.sub(r"\W+", "_", label.replace("(s)", "s")).strip("_").lower()


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


class ScriptParams(Params):
    """Of a module that runs a script, which may declare params of its own: `ModuleSpec.read_params` puts them
    into `model_extra`."""

    model_config = ConfigDict(extra="allow")

    @property
    def declared(self) -> dict[str, Any]:
        """The values of the params that the script declares, by name."""
        return dict(self.model_extra or {})


class NoParams(Params):
    """For a module that has none."""


def _field(
    kind: str,
    default: Any,
    label: str,
    help: str,
    shown_when: ShownWhen | None,
    required: bool = False,
    **rest: Any,
) -> Any:
    shown = {name: list(values) for name, values in shown_when.items()} if shown_when else None
    bounds = {
        key: rest.pop(key)
        for key in ("ge", "le", "gt", "lt", "min_length", "max_length")
        if rest.get(key) is not None
    }
    rest = {key: value for key, value in rest.items() if value is not None}
    extra = {"type": kind, "shown_when": shown, "required": required, **rest}
    if default is PydanticUndefined:
        extra["required"] = True
    return Field(default, title=label, description=help, json_schema_extra={"studio": extra}, **bounds)


def number(
    default: float | None,
    label: str,
    help: str = "",
    *,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
    lt: float | None = None,
    shown_when: ShownWhen | None = None,
) -> Any:
    """A real number."""
    return _field("number", default, label, help, shown_when, ge=ge, le=le, gt=gt, lt=lt)


def integer(
    default: int | None,
    label: str,
    help: str = "",
    *,
    ge: int | None = None,
    le: int | None = None,
    shown_when: ShownWhen | None = None,
) -> Any:
    """A whole number."""
    return _field("integer", default, label, help, shown_when, ge=ge, le=le)


def text(
    default: str,
    label: str,
    help: str = "",
    *,
    multiline: bool = False,
    required: bool = False,
    placeholder: str | None = None,
    shown_when: ShownWhen | None = None,
) -> Any:
    """A line of text, or several."""
    return _field(
        "text",
        default,
        label,
        help,
        shown_when,
        required,
        multiline=multiline or None,
        placeholder=placeholder,
    )


def toggle(default: bool, label: str, help: str = "", *, shown_when: ShownWhen | None = None) -> Any:
    """Yes or no."""
    return _field("toggle", default, label, help, shown_when)


def run_every_time() -> Any:
    """The toggle of a module whose results may differ with the same inputs."""
    return toggle(
        False,
        "Run every time",
        "For a script that draws random numbers, asks for the time or gives another result for any other "
        "reason: it then runs in every run instead of being taken from the cache.",
    )


def row_by_row() -> Any:
    """The toggle of a script by which its author says so."""
    return toggle(
        False,
        "Works row by row",
        "Say so if each row of the result comes of one row of the table, whatever the other rows are. A job "
        "of a web service then goes through a large table in pieces, so that it needs little memory.",
        shown_when={"api": ["current"]},
    )


def choice(
    default: str,
    label: str,
    choices: Mapping[str, str],
    help: str = "",
    *,
    shown_when: ShownWhen | None = None,
    not_yet: str = "",
) -> Any:
    """One of a few: `choices` maps each value to its label. Annotate with a Literal of the values."""
    return _field(
        "choice",
        default,
        label,
        help,
        shown_when,
        choices=[{"value": value, "label": label} for value, label in choices.items()],
        not_yet=not_yet,
    )


def columns(
    default: Any,
    label: str,
    help: str = "",
    *,
    of: str,
    single: bool = False,
    required: bool = False,
    shown_when: ShownWhen | None = None,
) -> Any:
    """A choice of columns of the table on input port `of` (see `modules.sdk.selection`)."""
    return _field("columns", default, label, help, shown_when, required, of=of, single=single or None)


def code(
    default: str, label: str, language: str, help: str = "", *, shown_when: ShownWhen | None = None
) -> Any:
    """A script; `language` is python, sql or r."""
    return _field("code", default, label, help, shown_when, language=language)


def dataset(label: str, help: str = "") -> Any:
    """The name of a dataset in the library (`name`, or `name@version`)."""
    return _field("dataset", "", label, help, None, True)


def environment() -> Any:
    """The name of an environment, whose packages the module's script has; empty is base."""
    return _field(
        "environment",
        "",
        "Environment",
        "The packages that the script can import. Without one it has what base has, or what a header in it "
        "(PEP 723) asks for.",
        None,
        max_length=200,
    )


def network() -> Any:
    """The hosts that a node's script asks for; empty is no network."""
    return _field(
        "text",
        "",
        "Network",
        "The hosts that the script may reach, such as myaccount.blob.core.windows.net or db.example.org:5432 "
        "(port 443 if none is named), with commas between; empty is no network. The administrator must allow "
        "them.",
        None,
        placeholder="No network",
        max_length=2000,
    )


def use_cached_results() -> Any:
    """The toggle of a module with network: its result is kept, though the world may have changed."""
    return toggle(
        False,
        "Use cached results",
        "A script with network runs in every run, since what it finds there may have changed. On: the result "
        "of an earlier run with the same script and inputs is taken.",
        shown_when={"network": [True]},
    )


def secret(label: str, help: str = "", *, single: bool = True, shown_when: ShownWhen | None = None) -> Any:
    """The name of a secret of the workspace; not `single`: names, with commas between."""
    return _field("secret", "", label, help, shown_when, single=single or None, max_length=2000)


def secrets() -> Any:
    """The secrets that a script is given."""
    return secret(
        "Secrets",
        "Names of secrets of your workspace. The script finds each value under its name with "
        'studio.secret("NAME") or in the environment variables.',
        single=False,
    )


def records(
    label: str,
    help: str = "",
    *,
    default: tuple[Params, ...] = (),
    required: bool = False,
    shown_when: ShownWhen | None = None,
) -> Any:
    """A list of records, each with fields of its own: sort keys, conditions, aggregations. Annotate with
    `tuple[Record, ...]`, where Record is a class of Params."""
    return _field("records", default, label, help, shown_when, required)
