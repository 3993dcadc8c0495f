"""Where the desk runs on this machine, and the secret its own user's commands show it."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

FILE = "running.json"


def write_running(folder: Path, url: str) -> str:
    """Note where the desk runs; the secret that goes with it."""
    secret = secrets.token_urlsafe(32)
    path = folder / FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"url": url, "secret": secret, "pid": os.getpid()}, file)
    return secret


def read_running(folder: Path) -> tuple[str, str] | None:
    """Address and secret of the desk that runs on this folder; None where none does."""
    try:
        noted = json.loads((folder / FILE).read_text())
        os.kill(int(noted["pid"]), 0)
    except PermissionError:
        pass
    except (OSError, ValueError, KeyError):
        return None
    return noted["url"], noted["secret"]


def forget_running(folder: Path) -> None:
    """The desk is closed."""
    (folder / FILE).unlink(missing_ok=True)
