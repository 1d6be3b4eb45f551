"""What a caller would notice of another version, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modules.exchange.schema import ServiceColumn, ServiceInput, ServiceOutput, ServiceSchema


def changes(old: ServiceSchema, new: ServiceSchema) -> list[str]:
    """The differences between two versions that may break a caller or add something, the inputs first."""
    return [
        *_ends("input", old.inputs, new.inputs),
        *_ends("output", old.outputs, new.outputs),
        *_parameters(old, new),
    ]


def _ends(
    what: str,
    old: Sequence[ServiceInput] | Sequence[ServiceOutput],
    new: Sequence[ServiceInput] | Sequence[ServiceOutput],
) -> Iterator[str]:
    before, after = ({end.name: end for end in ends} for ends in (old, new))
    yield from (f"The {what} {name} is gone." for name in before if name not in after)
    yield from (f"The {what} {name} is new." for name in after if name not in before)
    for name in before:
        if name in after:
            yield from _columns(name, before[name].columns, after[name].columns, what == "input")


def _columns(
    end: str, old: Sequence[ServiceColumn], new: Sequence[ServiceColumn], is_input: bool
) -> Iterator[str]:
    before, after = ({column.name: column for column in columns} for columns in (old, new))
    for name, column in before.items():
        other = after.get(name)
        if other is None:
            yield f"{end} has no column {name!r} any more."
        elif other.type != column.type:
            yield f"Column {name!r} of {end} is of type {other.type}; it was {column.type}."
        elif is_input and column.optional and not other.optional:
            yield f"Column {name!r} of {end} must be given now."
    for name, column in after.items():
        if name not in before:
            must = " and must be given" if is_input and not column.optional else ""
            yield f"Column {name!r} of {end} is new{must}."
    shared = [name for name in before if name in after]
    if not is_input and shared != [name for name in after if name in before]:
        yield f"The columns of {end} stand in another order."


def _parameters(old: ServiceSchema, new: ServiceSchema) -> Iterator[str]:
    before, after = ({p.name: p for p in schema.parameters} for schema in (old, new))
    yield from (f"The parameter {name} is gone." for name in before if name not in after)
    yield from (f"The parameter {name} is new." for name in after if name not in before)
    for name, parameter in before.items():
        other = after.get(name)
        if other is not None and other.type != parameter.type:
            yield f"The parameter {name} is of type {other.type}; it was {parameter.type}."
        elif other is not None and other.default != parameter.default:
            yield f"The default of {name} is {other.default!r}; it was {parameter.default!r}."
