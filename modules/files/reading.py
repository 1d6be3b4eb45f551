"""What a person may say of how a file is to be read, beyond its kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Reading(BaseModel):
    """For CSV and TSV: `delimiter`, what separates values, instead of what is found; `missing`, texts that
    stand for missing where they are not in quotes, besides the usual ones; `text`, columns that stay text
    whatever is in them. For an Excel workbook: `sheet`, the one to read, by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delimiter: Annotated[str, Field(pattern=r'^[^"\r\n\x00]$')] | None = None
    missing: list[str] = []
    text: list[str] = []
    sheet: str | None = None

    def given(self) -> dict[str, object]:
        """Only what was said."""
        return self.model_dump(exclude_defaults=True)
