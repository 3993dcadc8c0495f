"""Carry pip's own settings over to uv, which reads neither pip's files nor its environment.

Nothing is written anywhere: the result is an environment for one child process. Whoever has set an index for uv keeps
exactly that.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Mapping
from pathlib import Path

_UV_INDEX_VARIABLES = (
    "UV_CONFIG_FILE",
    "UV_DEFAULT_INDEX",
    "UV_EXTRA_INDEX_URL",
    "UV_FIND_LINKS",
    "UV_INDEX",
    "UV_INDEX_URL",
    "UV_NO_INDEX",
)
_LISTS = {"extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS", "trusted-host": "UV_INSECURE_HOST"}
_COMMA_SEPARATED = {"UV_FIND_LINKS"}


def parse_pip_config(listing: str) -> dict[str, str]:
    """Options of ``pip config list``, the one pip would use: environment before ``[install]`` before ``[global]``."""
    ranks = {"global": 0, "install": 1, ":env:": 2}
    best: dict[str, tuple[int, str]] = {}
    for line in listing.splitlines():
        name, equals, literal = line.partition("=")
        section, dot, option = name.partition(".")
        if not (equals and dot) or section not in ranks:
            continue
        rank = ranks[section]
        if option not in best or best[option][0] <= rank:
            best[option] = (rank, str(ast.literal_eval(literal)))
    return {option: value for option, (_, value) in best.items()}


def uv_variables(
    pip: Mapping[str, str], environment: Mapping[str, str], config_files: bool
) -> dict[str, str]:
    """What to add to uv's environment so that it looks where pip looks."""
    added: dict[str, str] = {}
    if "cert" in pip and not ({"SSL_CERT_FILE", "SSL_CERT_DIR"} & set(environment)):
        added["SSL_CERT_FILE"] = pip["cert"]
    if config_files or any(environment.get(name) for name in _UV_INDEX_VARIABLES):
        return added
    if "index-url" in pip:
        added["UV_DEFAULT_INDEX"] = pip["index-url"]
    if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        added["UV_NO_INDEX"] = "1"
    for option, variable in _LISTS.items():
        entries = pip.get(option, "").split()
        if entries:
            added[variable] = ("," if variable in _COMMA_SEPARATED else " ").join(entries)
    if "UV_INDEX" in added:
        # As pip does: the version asked for may be in any index. The locked hashes keep this safe.
        added.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return added


def uv_environment(python: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment to run uv in: the present one, and pip's index settings where uv has none."""
    listing = subprocess.run(
        [python, "-m", "pip", "config", "list"],
        capture_output=True,
        text=True,
        check=False,
        env=dict(environment),
    ).stdout
    home = Path(environment.get("XDG_CONFIG_HOME") or Path(environment.get("HOME", "/")) / ".config")
    files = (home / "uv/uv.toml").exists() or Path("/etc/uv/uv.toml").exists()
    return {**environment, **uv_variables(parse_pip_config(listing), environment, files)}
