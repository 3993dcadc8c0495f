"""The part of the schema that says who is alive: see :mod:`integrations.storage.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from integrations.storage.columns import metadata, moment

workers = Table("workers", metadata, Column("id", Text, primary_key=True), moment("beat_at"))
"""Workers of all merchants, each with the time it last showed itself."""
