"""A column that arrives in pieces of text, and is typed as all pieces allow, or as a person says."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from modules.files.codes import Codes
from modules.files.conversions import TEXT, convert
from modules.files.infer import first_kind, next_kind, without_values
from modules.files.read_as import fit
from modules.files.spill import Scratch, Spill


class GrowingColumn:
    """`kind` is what the values so far are. `broken`: a value did not fit what was kept before it; the
    column must be read once more, from the start, as the kind it has at the end.

    With a `scratch` the values go to disk, else they stay in memory. `bad`: the rows whose values are not
    what was chosen.
    """

    def __init__(self, scratch: Scratch | None, kind: str | None = None) -> None:
        self.scratch, self.kind, self.broken, self.rows = scratch, kind, False, 0
        self.bad: list[int] = []
        self.codes = Codes()
        self.spill: Spill | None = None
        self.pieces: list[pa.ChunkedArray] = []

    def add(self, data: pa.ChunkedArray) -> None:
        """The next values, as text; what stood for missing is null already."""
        self._type(data)
        self.codes.add(data, self.kind == "float")

    def _type(self, data: pa.ChunkedArray) -> None:
        if self.broken:
            self.kind = next_kind(self.kind or TEXT, data)
            return
        if self.kind is None:
            first = first_kind(data)
            if first is None:
                self.rows += len(data)
                return
            self.kind, typed = first
            self._keep(pa.chunked_array([pa.nulls(self.rows, typed.type)]))
        else:
            found = convert(self.kind, data)
            if found is None:
                self.broken = True
                self.spill, self.pieces = None, []
                self.kind = next_kind(self.kind, data)
                return
            typed = found
        self._keep(typed)

    def again(self) -> GrowingColumn:
        """An empty one for the same column, of the kind that is known now."""
        return GrowingColumn(self.scratch, self.kind)

    def finish(self) -> pa.ChunkedArray:
        if self.spill:
            return self.spill.finish()
        if self.pieces:
            return pa.chunked_array([chunk for piece in self.pieces for chunk in piece.chunks])
        return without_values(self.rows)

    def _keep(self, data: pa.ChunkedArray) -> None:
        if self.scratch is None or pa.types.is_boolean(data.type):
            self.pieces.append(data)
            return
        self.spill = self.spill or Spill(self.scratch, data.type)
        for chunk in data.chunks:
            self.spill.add(chunk)


class WishedColumn(GrowingColumn):
    """A column that is read as was chosen. What does not fit is missing, and in `bad`."""

    def __init__(self, scratch: Scratch | None, choice: str) -> None:
        super().__init__(scratch, choice)
        self.choice = choice
        self.type: pa.DataType | None = None

    def add(self, data: pa.ChunkedArray) -> None:
        typed, bad = fit(self.choice, data, self.type)
        self.bad += [self.rows + row for row in bad]
        self.rows += len(data)
        if self.type is None:
            if typed.null_count == len(typed):
                return
            self.type = typed.type  # the first date says whether the column has a zone
            self._keep(pa.chunked_array([pa.nulls(self.rows - len(data), self.type)]))
        self._keep(typed.cast(self.type))

    def finish(self) -> pa.ChunkedArray:
        if self.type is None:
            return fit(self.choice, pa.chunked_array([pa.nulls(self.rows, pa.string())]))[0]
        found = super().finish()
        return pc.dictionary_encode(found) if self.choice == "categorical" else found
