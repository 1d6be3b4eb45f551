"""An index that holds all that a list looks at, so that a search reads the index and no document."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement


class WideIndex(models.Index):
    """`fields`, and after them the columns `beside`, which SQLite reads in place of the row. PostgreSQL has
    the fields alone: it bounds an index's entries, and keeps documents beside the rows."""

    def __init__(self, *, beside: list[str], fields: list[str], name: str) -> None:
        super().__init__(fields=fields, name=name)
        self.beside = beside

    def deconstruct(self) -> Any:
        path, expressions, options = super().deconstruct()
        return path, expressions, {**options, "beside": self.beside}

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **kwargs: Any,
    ) -> Statement:
        beside = self.beside if schema_editor.connection.vendor == "sqlite" else []
        whole = models.Index(fields=[*self.fields, *beside], name=self.name)
        return whole.create_sql(model, schema_editor, using, **kwargs)
