"""`desk evals record`: a conversation of the desk's database as a case."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Any

import typer
import yaml

from domain.ports import StorageUnavailable, UnitOfWork
from evals.case_files import BadCaseFile, read_cases
from evals.cli.running import fail
from evals.expect import differences
from evals.recording.case import case_of
from evals.recording.source import NoConversation, Recorded, recorded
from evals.run import run_cases
from integrations.bootstrap import load_settings
from integrations.demo.shop import DEMO
from integrations.storage.database import open_database
from integrations.storage.engines.contract import DatabaseInUse
from integrations.storage.identity import RandomIds, SystemClock


def record(conversation: str, *, demo: bool, out: Path | None) -> int:
    """Write the case, replay it, and say whether it came out as it did then; 1 where not."""
    settings = load_settings()
    merchant = DEMO.id if demo else settings.merchant
    try:
        found = asyncio.run(_read(settings.url, merchant, conversation))
    except (NoConversation, StorageUnavailable, DatabaseInUse) as error:
        fail(str(error))
    text = _yaml(case_of(found, f"recorded-{conversation[-8:].lower()}"))
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
    return _replayed(text, out)


async def _read(url: str, merchant: str, conversation: str) -> Recorded:
    clock = SystemClock()
    store = await open_database(url, clock=clock, ids=RandomIds(clock))
    try:
        return await store.read(merchant, partial(_recorded, conversation=conversation))
    finally:
        await store.close()


def _recorded(uow: UnitOfWork, *, conversation: str) -> Recorded:
    return recorded(uow, conversation)


def _yaml(case: dict[str, Any]) -> str:
    head = "# Recorded. Names, numbers, addresses, files the desk knows of are replaced; read it before you share it.\n"
    return head + yaml.safe_dump([case], sort_keys=False, allow_unicode=True, width=110)


def _replayed(text: str, out: Path | None) -> int:
    """Replay what was written, as anybody would."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = out or Path(folder) / "recorded.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            cases = read_cases(path)
        except BadCaseFile as error:
            fail(str(error))
    trace = next(run_cases(cases, jobs=1))
    found = differences(cases[0].expect, trace)
    for line in found:
        typer.echo(f"replayed differently: {line}", err=True)
    if not found:
        typer.echo("replayed: it comes out as it did then", err=True)
    return 1 if found else 0
