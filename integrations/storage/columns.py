"""Kinds of columns, and the metadata all tables are in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, Identity, Integer, MetaData, Text

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s"})

MOMENT = DateTime(timezone=True).with_variant(Text(), "sqlite")
"""An instant, UTC. SQLite keeps it as ISO text of a fixed width, so that text order is time order."""

NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def text(name: str, *, null: bool = False) -> Column[str]:
    """Text."""
    return Column(name, Text, nullable=null)


def number(name: str) -> Column[int]:
    """A whole number; amounts are minor units."""
    return Column(name, BigInteger, nullable=False)


def serial(name: str) -> Column[int]:
    """A number that the database gives, the primary key."""
    return Column(name, NUMBER, Identity(), primary_key=True)


def moment(name: str, *, null: bool = False) -> Column[datetime]:
    """An instant."""
    return Column(name, MOMENT, nullable=null)
