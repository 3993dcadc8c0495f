"""How administration's answers look in a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table


def show_staff(people: list[dict[str, Any]]) -> None:
    """A line each."""
    table = _table("id", "name", "role", "may approve", "identities")
    for each in people:
        limits = ", ".join(f"{currency} {amount}" for currency, amount in each["limits"].items())
        name = each["name"] if each["active"] else f"{each['name']} (left)"
        table.add_row(each["id"], name, each["role"], limits, "\n".join(each["identities"]))
    Console().print(table)


def show_tokens(tokens: list[dict[str, Any]]) -> None:
    """A line each."""
    table = _table("id", "holder", "name", "scopes", "until", "revoked")
    for each in tokens:
        scopes, until = ", ".join(each["scopes"]), each["expires_at"][:10]
        table.add_row(
            each["id"], each["staff_id"], each["name"], scopes, until, (each["revoked_at"] or "")[:10]
        )
    Console().print(table)


def show_settings(shown: dict[str, Any]) -> None:
    """The values as JSON on standard output, the version beside it."""
    Console(stderr=True).print(f"{shown['merchant']}, version {shown['version']}", highlight=False)
    print(json.dumps(shown["settings"], indent=2))


def read_settings_file(file: Path) -> Any:
    """JSON or YAML. Exits with a clear line for what is neither."""
    try:
        value = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SystemExit(f"desk: {file}: neither JSON nor YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(value, dict):
        raise SystemExit(f"desk: {file}: holds no settings; see docs/merchant-settings.md")
    return value


def _table(*columns: str) -> Table:
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
