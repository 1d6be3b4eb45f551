"""`@module`, ModuleSpec, PortSpec, ParamSpec: what Studio reads off a typed function."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError, WithJsonSchema

from modules.sdk.declared import Declared, Declares, read_values
from modules.sdk.fits import FitPorts, Fits
from modules.sdk.line import Says
from modules.sdk.network import Host, read_host, read_hosts
from modules.sdk.param_specs import Choice as Choice
from modules.sdk.param_specs import ParamSpec as ParamSpec
from modules.sdk.param_specs import declared_spec as declared_spec
from modules.sdk.param_specs import param_specs
from modules.sdk.params import NoParams, Params
from modules.sdk.values import Value

PortType = Annotated[
    str, WithJsonSchema({"type": "string", "enum": [kind.type for kind in Value.__subclasses__()]})
]
"""The name of a type of value, as the API's document lists them."""

Picture = Literal["evaluation", "folds", "sweep", "importance", "chart"]


@dataclass(frozen=True)
class port:
    """What is said of a port beside its type: `Annotated[Table, port("Results dataset")]`.

    `like`, of an output: the input whose columns it passes on, but for a few, so that they are known
    before a run. `shows`, of an output: the picture that the page draws of it at first; a `chart` is on the
    port itself, and the form shows how it will look.
    """

    label: str
    like: str | None = None
    shows: Picture | None = None


class PortSpec(BaseModel):
    """An input or output of a module. `like`: the input whose columns this output passes on. `shows`: the
    picture that the page draws of what lies on it, beside its rows."""

    name: str
    label: str
    type: PortType
    optional: bool = False
    like: str | None = None
    shows: Picture | None = None


Foretells = bool | Callable[[Any], bool]
Warm = Callable[[Any, Mapping[str, Value]], Callable[..., Any] | None]
"""Given the params and the values of the ports that are the same in every call, does what needs to be done
once, and gives what is called in place of the module's function."""


Network = str | Callable[[Any], Sequence[str]]
"""The param in which a node says the hosts that it asks for; or, of a module that always has network, what
gives them (`host:port`) for its params."""
RowByRow = bool | Callable[[Any], bool]
Marks = Callable[[Any], str | None]
"""Given the params, says in a word what the source of a node looks like now, so that the same word stands
for the same content; None if it cannot say. It runs where the module would."""


@dataclass(frozen=True)
class ModuleSpec:
    """A module: what it is called, what goes in and out, what can be set, and its function. `fits`: how it
    learns from a table, where it does (`modules.sdk.fits`). `declares`: of a module that runs a script, how
    the params are read that the script declares itself. `warm`: how it is made ready
    for many calls, if that is more than to call the function. `network`: where its hosts stand. `marks`:
    what its source looks like. `writes`: it changes something outside, so that a try would, too.
    `foretells`: whether its function, given tables of one row or none, tells the columns that it leaves; or
    with which params it does. `row_by_row`: whether each row of its result comes of one row of a table, so
    that a large table may be gone through in pieces; or with which params. `line`: how it says the one line
    of SQL or pandas that does the same."""

    slug: str
    name: str
    category: str
    summary: str
    docs: str
    inputs: tuple[PortSpec, ...]
    outputs: tuple[PortSpec, ...]
    params: tuple[ParamSpec, ...]
    params_class: type[Params]
    results_class: type[tuple[Any, ...]]
    function: Callable[..., Any]
    version: int
    deterministic: bool | str
    reference: str | None
    missing: Callable[[], str | None]
    synonyms: tuple[str, ...]
    not_yet: str
    fits: Fits[Any, Any] | None = None
    declares: Declares | None = None
    warm: Warm | None = None
    network: Network | None = None
    marks: Marks | None = None
    writes: bool = False
    foretells: Foretells = False
    row_by_row: RowByRow = False
    line: Says | None = None

    def works_row_by_row(self, params: Any) -> bool:
        """Whether it does with these params, as `read_params` gives them."""
        return self.row_by_row(params) if callable(self.row_by_row) else self.row_by_row

    def hosts(self, params: Mapping[str, Any]) -> tuple[Host, ...]:
        """The hosts that a node with these params asks for. ValueError, with a sentence, where one is
        none."""
        if self.network is None:
            return ()
        if isinstance(self.network, str):
            return read_hosts(str(params.get(self.network) or ""))
        return tuple(map(read_host, self.network(self.read_params(params))))

    def secrets(self, params: Mapping[str, Any]) -> tuple[str, ...]:
        """The names of the secrets that a node with these params is given."""
        kinds = (param for param in self.params if param.type == "secret")
        texts = (str(params.get(param.name) or "") for param in kinds)
        return tuple(dict.fromkeys(name for text in texts for name in text.replace(",", " ").split()))

    def asks_for_network(self, params: Mapping[str, Any]) -> bool:
        named = params.get(self.network) if isinstance(self.network, str) else self.network
        return bool(named)

    @property
    def fit_ports(self) -> FitPorts | None:
        """Its ports by what they are to the fitting; None where it fits nothing."""
        if self.fits is None:
            return None
        ins = {port.type: port.name for port in reversed(self.inputs)}
        outs = {port.type: port.name for port in reversed(self.outputs)}
        return FitPorts(
            dataset=ins["table"],
            transformation=ins.get("transform"),
            result=outs.get("table"),
            transform=outs["transform"],
        )

    def repeats(self, params: Mapping[str, Any]) -> bool:
        """Whether the same inputs give the same result with these params, so that the cache may answer. One
        with network may find something else there, unless its user says that it does not matter."""
        if self.network and self.asks_for_network(params) and not params.get("use_cached_results"):
            return False
        if isinstance(self.deterministic, str):
            return not params.get(self.deterministic)
        return self.deterministic

    def read_params(self, raw: Mapping[str, Any]) -> Params:
        """A node's params, those that its script declares among them (as `model_extra`). Params left out take
        their default; pydantic's ValidationError where one does not fit or there is no such param."""
        if self.declares is None:
            return self.params_class.model_validate(dict(raw))
        own, rest = self._parted(raw)
        params = self.params_class.model_validate(own)
        declared = self.declares(params)
        if declared is None:
            return params
        return self.params_class.model_validate(
            own | read_values(declared, rest, [*self.params_class.model_fields])
        )

    def declared(self, raw: Mapping[str, Any]) -> Sequence[Declared] | None:
        """What a node's script declares; none where the script cannot be read, and None where the module has
        no script that could."""
        if self.declares is None:
            return None
        try:
            return self.declares(self.params_class.model_validate(self._parted(raw)[0])) or ()
        except ValidationError:
            return ()

    def params_of(self, raw: Mapping[str, Any]) -> tuple[ParamSpec, ...]:
        """The params of a node: its module's, then those that its script declares."""
        return (*self.params, *map(declared_spec, self.declared(raw) or ()))

    def _parted(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        own = {name: value for name, value in raw.items() if name in self.params_class.model_fields}
        return own, {name: value for name, value in raw.items() if name not in own}

    def input(self, name: str) -> PortSpec | None:
        return next((p for p in self.inputs if p.name == name), None)

    def output(self, name: str) -> PortSpec | None:
        return next((p for p in self.outputs if p.name == name), None)

    def param(self, name: str) -> ParamSpec | None:
        return next((p for p in self.params if p.name == name), None)


def module(
    *,
    version: int,
    deterministic: bool | str = True,
    reference: str | None = None,
    missing: Callable[[], str | None] = lambda: None,
    synonyms: tuple[str, ...] = (),
    not_yet: str = "",
    fits: Fits[Any, Any] | None = None,
    declares: Declares | None = None,
    warm: Warm | None = None,
    network: Network | None = None,
    marks: Marks | None = None,
    writes: bool = False,
    foretells: Foretells = False,
    row_by_row: RowByRow = False,
    line: Says | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares the module that this function is.

    `version` goes up when the same inputs give another result. A module that is not `deterministic` is never
    taken from the cache; a name instead of yes or no is that of a toggle by which the user says that it is
    not (`run_every_time`). `reference` names the param whose dataset *is* the output: the engine passes it
    on, and the function never runs. `missing` says, in a sentence, what this machine lacks to run the module.
    `not_yet` says, in a sentence, what it stands for that Studio cannot do yet: no list offers such a module,
    and experiments that have it keep it. `fits`: of a module that learns from a table, how
    (`modules.sdk.fits`). `declares`: of a module that runs a script, how to read the params that the script
    declares; its params class is a ScriptParams. `warm`: how a service makes it ready for many calls; by
    default each call calls the function. `network`, `marks`, `writes`: as in ModuleSpec. `foretells`: the
    columns that it leaves are those that it leaves of tables of one row or none (or are so with these
    params). Its function is then called in the web process, so it must need no more than pyarrow and numpy,
    and nothing in its params may make that dear. `line`: what gives the one line of SQL or pandas that it is
    (`modules.sdk.line`)."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.spec = read_spec(  # type: ignore[attr-defined]
            function,
            version,
            deterministic,
            reference,
            missing,
            synonyms,
            not_yet,
            fits,
            declares,
            warm,
            network,
            marks,
            writes,
            foretells,
            row_by_row,
            line,
        )
        return function

    return declare


def read_spec(
    function: Callable[..., Any],
    version: int,
    deterministic: bool | str,
    reference: str | None,
    missing: Callable[[], str | None],
    synonyms: tuple[str, ...],
    not_yet: str = "",
    fits: Fits[Any, Any] | None = None,
    declares: Declares | None = None,
    warm: Warm | None = None,
    network: Network | None = None,
    marks: Marks | None = None,
    writes: bool = False,
    foretells: Foretells = False,
    row_by_row: RowByRow = False,
    line: Says | None = None,
) -> ModuleSpec:
    home = sys.modules[function.__module__]
    title, _, docs = inspect.cleandoc(home.__doc__ or "").partition("\n")
    docs = docs.strip()
    hints = get_type_hints(function, include_extras=True)
    results = hints.pop("return")
    params_class = hints.pop("params", NoParams)
    folder = sys.modules[function.__module__.rpartition(".")[0]]
    return ModuleSpec(
        slug=function.__name__.replace("_", "-"),
        name=title.strip(),
        category=inspect.cleandoc(folder.__doc__ or "").partition("\n")[0],
        summary=docs.partition("\n\n")[0].replace("\n", " "),
        docs=docs,
        inputs=tuple(_port(name, hint) for name, hint in hints.items()),
        outputs=tuple(
            _port(name, hint) for name, hint in get_type_hints(results, include_extras=True).items()
        ),
        params=tuple(param_specs(params_class)),
        params_class=params_class,
        results_class=results,
        function=function,
        version=version,
        deterministic=deterministic,
        reference=reference,
        missing=missing,
        synonyms=synonyms,
        not_yet=not_yet,
        fits=fits,
        declares=declares,
        warm=warm,
        network=network,
        marks=marks,
        writes=writes,
        foretells=foretells,
        row_by_row=row_by_row,
        line=line,
    )


def _port(name: str, hint: Any) -> PortSpec:
    said, optional = port(name.replace("_", " ").capitalize()), False
    if get_origin(hint) is Annotated:
        hint, *notes = get_args(hint)
        said = next((note for note in notes if isinstance(note, port)), said)
    if get_origin(hint) in (Union, UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        optional, hint = len(inner) < len(get_args(hint)), inner[0]
    if get_origin(hint) is Annotated:
        hint, *notes = get_args(hint)
        said = next((note for note in notes if isinstance(note, port)), said)
    if not (isinstance(hint, type) and issubclass(hint, Value)):
        raise TypeError(f"port {name}: {hint!r} is not a Value")
    return PortSpec(
        name=name, label=said.label, type=hint.type, optional=optional, like=said.like, shows=said.shows
    )
