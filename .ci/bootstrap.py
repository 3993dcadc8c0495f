"""Set up the checkout: `.venv`, the locked requirements, the project itself. Standard library only.

    python .ci/bootstrap.py run           what `desk` needs
    python .ci/bootstrap.py dev           that, and what the tests and linters need
    python .ci/bootstrap.py parts         system parts (.ci/system-parts.txt), where this machine lets us
    python .ci/bootstrap.py uv ARGS...    uv, looking where pip looks

Quick when there is nothing to do: what was installed is remembered in `.venv` by content, not by time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from index_settings import uv_environment

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
TOOLS = ROOT / ".ci/setup.txt"
REQUIREMENTS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
PARTS = ROOT / ".ci/system-parts.txt"


def say(text: str) -> None:
    """One line to the person who waits."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


def call(*command: str | Path, env: dict[str, str] | None = None) -> bool:
    """Whether the command succeeded."""
    # Never reads the terminal: an installer that asks would wait for ever in CI.
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode == 0


def needed(profile: str) -> bytes:
    """What a finished set-up looks like: place, interpreter and the content of everything installed from."""
    version = "{}.{}".format(*sys.version_info[:2])
    sources = [TOOLS, REQUIREMENTS[profile], ROOT / "pyproject.toml"]
    return b"\n".join([str(ROOT).encode(), version.encode(), *(path.read_bytes() for path in sources)])


def stamp(profile: str) -> Path:
    """Where a finished set-up is remembered."""
    return VENV / f".installed-{profile}"


def is_done(profile: str) -> bool:
    """Whether this profile, or one that holds it, is installed as the files say now."""
    holders = ("run", "dev") if profile == "run" else ("dev",)
    scripts = [VENV / "bin/desk", VENV / "bin/uv"]
    return all(path.exists() for path in scripts) and any(
        stamp(name).exists() and stamp(name).read_bytes() == needed(name) for name in holders
    )


def venv_is_ours() -> bool:
    """Whether `.venv` works, stands where it was made (a moved one has dead scripts) and is of this Python."""
    settings = VENV / "pyvenv.cfg"
    if not settings.exists() or not call(PYTHON, "-c", "import pip"):
        return False
    lines = dict(line.split(" = ", 1) for line in settings.read_text().splitlines() if " = " in line)
    version = "{}.{}.".format(*sys.version_info[:2])
    return lines.get("command", "").endswith(f" {VENV}") and lines.get("version", "").startswith(version)


def make_venv() -> None:
    """A virtual environment of this Python, unless there is one."""
    if venv_is_ours():
        return
    say(f"making .venv with Python {sys.version.split()[0]}")
    base = getattr(sys, "_base_executable", sys.executable) or sys.executable
    if not call(base, "-m", "venv", "--clear", VENV):
        raise SystemExit(f"{base} -m venv failed; on Debian and Ubuntu: apt-get install python3-venv")


def pip_install(*arguments: str | Path) -> bool:
    """`pip install` without resolving anything; a user-wide `--user` setting has no meaning in here."""
    env = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_HASHES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return call(PYTHON, "-m", "pip", "install", "-qq", "--no-deps", *arguments, env=env)


def uv_install(*arguments: str | Path) -> bool:
    """`uv pip install` into `.venv`."""
    env = uv_environment(PYTHON, os.environ)
    env.pop("UV_REQUIRE_HASHES", None)  # said where it is meant; the project itself has no hash
    if "UV_CACHE_DIR" not in env and not os.access(env.get("XDG_CACHE_HOME") or Path.home(), os.W_OK):
        env["UV_NO_CACHE"] = "1"
    uv = VENV / "bin/uv"
    # Compiled once here rather than at every start, also where PYTHONDONTWRITEBYTECODE is set.
    given = ("pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON)
    return uv.exists() and call(uv, *given, *arguments, env=env)


def install(profile: str) -> None:
    """Everything of a profile. Versions and hashes come from the lock, so nothing is resolved or chosen here."""
    began = time.monotonic()
    make_venv()
    if not pip_install("--require-hashes", "-r", TOOLS):
        raise SystemExit("setup: the package index could not be used (see above); pip's settings name it")
    wanted = REQUIREMENTS[profile]
    say(f"installing {wanted.name}")
    locked = ("--require-hashes", "-r", wanted)
    project = ("--no-build-isolation", "--editable", ROOT)
    if not uv_install(*locked):
        say("uv could not install these; trying pip")
        if not pip_install(*locked):
            raise SystemExit(f"setup: {wanted.name} could not be installed (see above)")
    if not uv_install("--no-deps", *project) and not pip_install(*project):
        raise SystemExit("setup: the project itself could not be installed (see above)")
    stamp(profile).write_bytes(needed(profile))
    say(f"done in {time.monotonic() - began:.0f} s")


def set_up(profile: str) -> None:
    """Install what is missing; two that ask at once take turns."""
    if is_done(profile):
        return
    with Path(__file__).open() as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_done(profile):
            install(profile)


def missing_parts() -> list[str]:
    """Debian packages of system parts that are not on this machine; joined by + where several make one part."""
    listed = [line.partition("#")[0].split() for line in PARTS.read_text().splitlines()]
    return [words[0] for words in listed if words and not any(shutil.which(name) for name in words[1:])]


def install_parts() -> None:
    """Install missing system parts where we may. Where we may not, the tests say what did not run."""
    missing = missing_parts()
    if not missing or not shutil.which("apt-get"):
        return
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if may and not (shutil.which("sudo") and call("sudo", "-n", "true")):
        return
    packages = " ".join(missing).replace("+", " ").split()
    say(f"installing system parts: {' '.join(packages)}")
    apt = [*may, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    call(*apt, "update")
    if not call(*apt, "install", "-y", "--no-install-recommends", *packages):
        say("apt-get could not install them (see above)")


def main() -> int:
    """Do what the command line asks."""
    match sys.argv[1:]:
        case [("run" | "dev") as profile]:
            set_up(profile)
        case ["parts"]:
            install_parts()
        case ["uv", *arguments]:
            env = uv_environment(PYTHON, os.environ)
            return subprocess.run([VENV / "bin/uv", *arguments], cwd=ROOT, env=env, check=False).returncode
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
