"""`desk backup`: a whole copy of the database, checked before anybody relies on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from integrations.opening import load_settings


def run_backup(file: Path) -> int:
    """Exit code 0 where the copy is whole, 1 where it is not (then there is no file), 2 for a wrong call."""
    if file.exists():
        print(f"desk: {file} exists already; a backup replaces nothing", file=sys.stderr)
        return 2
    url = load_settings().url
    problem = (
        _sqlite(Path(url.partition("://")[2][1:]), file) if url.startswith("sqlite") else _postgres(url, file)
    )
    if problem:
        file.unlink(missing_ok=True)
        print(f"desk: no backup: {problem}", file=sys.stderr)
        return 1
    print(f"{file}: {file.stat().st_size:,} bytes")
    return 0


def _sqlite(source: Path, target: Path) -> str:
    """What went wrong, or nothing. The copy is one state of the database, whoever writes meanwhile."""
    if not source.exists():
        return f"there is no database at {source}"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(descriptor)
    try:
        with contextlib.closing(
            sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            connection.execute("vacuum into ?", (str(target),))
        with contextlib.closing(sqlite3.connect(target)) as copy:
            said = copy.execute("pragma integrity_check").fetchone()[0]
            total = copy.execute("select coalesce(sum(amount), 0) from ledger_entries").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        return str(error)
    if said != "ok":
        return f"the copy is damaged: {said}"
    return f"the copy's ledger does not add up ({total})" if total else ""


def _postgres(url: str, target: Path) -> str:
    """The same by `pg_dump`. The password goes by the environment: arguments can be seen by others."""
    program = shutil.which("pg_dump")
    if program is None:
        return "pg_dump is not installed here; see docs/operations.md"
    parts = urlsplit(url)
    environment = {**os.environ}
    if parts.password:
        environment["PGPASSWORD"] = unquote(parts.password)
        user = f"{parts.username}@" if parts.username else ""
        parts = parts._replace(netloc=user + parts.netloc.rpartition("@")[2])
    command = [program, "--format=custom", "--no-owner", f"--file={target}", f"--dbname={urlunsplit(parts)}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1]
