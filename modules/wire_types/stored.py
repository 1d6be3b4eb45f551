"""What every type on the wires says of itself: how its values lie in the store, travel and are told of.

A value lies in the store as a manifest, which names its files by content. There is one class a type; all
others loop over these classes, so that a new type is a file in this folder and a line in `__init__.py`.

`object` is the content name (BLAKE3, hex) of a file in the store. In what a sandboxed child hands back it may
also be `draft:NAME`, a file that the child left in its draft folder; the worker checks, hashes and keeps it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, BinaryIO, ClassVar, NamedTuple, Protocol, Self, TypeVar

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field

from modules.sdk.errors import ModuleError
from modules.sdk.values import Value

T = TypeVar("T")

DRAFT = "draft:"
Object = Annotated[str, Field(pattern=r"^([0-9a-f]{64}|draft:[a-z0-9][a-z0-9_.-]{0,63})$")]
Count = Annotated[int, Field(ge=0, le=1 << 53)]


class Refused(Exception):
    """A result that cannot be what our own code wrote. The message is a sentence for the user."""


class TooMuch(Exception):
    """A result beyond a limit; the argument is the limit's name."""


class Part(Protocol):
    """A file that a manifest stands on."""

    @property
    def object(self) -> str: ...
    @property
    def bytes(self) -> int: ...


class Bounds(Protocol):
    """The limits of a job that types ask about."""

    pictures: int
    picture_bytes: int
    picture_pixels: int


class Given(Protocol):
    """The manifests of a job's inputs."""

    def find(self, make: Callable[[Sequence[StoredValue]], T]) -> T:
        """What `make` finds in them. It is made once, however often somebody asks."""


class Inputs(Protocol):
    """The files of a child's inputs, by content name."""

    def data(self, name: str) -> pa.Buffer: ...
    def path(self, name: str) -> Path: ...


class Drafts(Given, Protocol):
    """Where a child writes new files."""

    @property
    def limits(self) -> Bounds: ...
    def draft(self, suffix: str) -> Path:
        """The path of a new draft, which nothing was written to yet."""


class Findings(Given, Protocol):
    """What a child left, as the worker finds it before it believes a word of the manifest."""

    @property
    def limits(self) -> Bounds: ...
    def take(self, part: Part, signature: bytes = b"") -> None:
        """Accepts a file of the manifest: a draft of that size that begins so, or a file of an input.
        Raises Refused if it is neither, or if something accepted it before."""

    def open(self, part: Part) -> BinaryIO | None:
        """A draft to read; None if the part is no draft."""


class Names(Protocol):
    """The content names of drafts."""

    def of(self, part: Part, start: int | None = None) -> str:
        """The content name of a part; `start`: of what begins at this byte of it and was hashed alone."""


class Question(NamedTuple):
    """What a child is asked about a value. `others`: the other inputs by port; `folder`: where a file that
    answers it is left; `memory`: what is remembered from question to question, where there are several."""

    verb: str
    args: Mapping[str, Any]
    others: Mapping[str, Value] = {}
    folder: Path = Path()
    memory: Any = None


class Download(NamedTuple):
    """A file in which a value is taken away: a stored object, or a text."""

    ending: str
    media_type: str
    object: str | None = None
    text: str = ""


class Stored(BaseModel):
    """A part of a manifest; extra members are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StoredValue(Stored):
    """The manifest of a value. A subclass adds `type: Literal["…"] = "…"` and its own members."""

    value_class: ClassVar[type[Value]]
    """The class of the values that this is the manifest of."""

    shown_as_files: ClassVar[bool] = False
    """Whether a child sees the files of such an input by path; otherwise as bytes in memory."""

    members: ClassVar[type[BaseModel]] = BaseModel
    """What `told` answers, as a class: members of `GET /artifacts/{id}`."""

    outline_members: ClassVar[type[BaseModel]] = BaseModel
    """What `outline` answers, as a class, as far as lists of outputs tell it."""

    dataset_type: ClassVar[str | None] = None
    """The file type of a dataset that such a value is saved as; None if it cannot be saved."""

    type: Any

    # In the store

    def parts(self) -> Sequence[Part]:
        """The files it stands on, drafts included."""
        return ()

    def shared(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Of files in which several things lie that have content names of their own: the start and the bytes
        of each, by the file's draft."""
        return {}

    def renamed(self, names: Names) -> Self:
        """The manifest with every draft's name replaced by its content name."""
        if not self.parts():
            return self
        return self.model_copy(update={"object": names.of(self)})  # type: ignore[arg-type]  # its one part

    def identity(self) -> bytes:
        """What the artifact's name is the hash of."""
        return self.model_dump_json().encode()

    def data(self) -> dict[str, Any]:
        """The manifest as the database keeps it."""
        return self.model_dump(mode="json")

    @classmethod
    def object_names(cls, data: Mapping[str, Any]) -> set[str]:
        """The names of its files, read from what the database keeps."""
        return {data["object"]} if data.get("object") else set()

    # In the sandbox's child

    @abstractmethod
    def read(self, port: str, inputs: Inputs) -> Value:
        """The value; `port` is for messages."""

    @classmethod
    @abstractmethod
    def write(cls, value: Any, drafts: Drafts) -> StoredValue:
        """The manifest of a value; what is not in the store yet is written into drafts."""

    @classmethod
    def answer(cls, value: Any, question: Question) -> Any:
        """What a question about a value is answered by, as JSON. Raises ModuleError if it cannot be asked."""
        raise ModuleError(f"This is a {value.type}; that cannot be asked of it.")

    # In the worker

    def check(self, found: Findings) -> None:
        """Holds the manifest against the files that are really there. Raises Refused or TooMuch."""
        for part in self.parts():
            found.take(part)

    @classmethod
    def needed(cls, data: Mapping[str, Any], verb: str, args: Mapping[str, Any]) -> StoredValue:
        """The manifest with no more than a question touches: each file it names is looked after."""
        return cls.model_validate(data)

    # For people

    @classmethod
    def outline(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """What lists tell of it, kept beside the manifest so that nobody need read the manifest."""
        return {}

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        """What `GET /artifacts/{id}` tells of it; of members that may be many, no more than `most`."""
        return {}

    def downloads(self) -> Sequence[Download]:
        """The files it is taken away in, the main one first; none if they are made on demand."""
        return ()


def objects(manifest: StoredValue) -> list[str]:
    """The names of all files a manifest stands on, in order, drafts included."""
    return [part.object for part in manifest.parts()]


def sizes(manifest: StoredValue) -> dict[str, int]:
    """The bytes of each file that a manifest stands on, by name."""
    return {part.object: part.bytes for part in manifest.parts()}


def parts_by_name(inputs: Sequence[StoredValue]) -> dict[str, StoredValue]:
    """By the name of a file, an input that stands on it."""
    return {part.object: manifest for manifest in inputs for part in manifest.parts()}
