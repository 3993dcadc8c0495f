"""Running a command's work: what is expected to go wrong becomes one clear line."""

from __future__ import annotations

import sys
from typing import Any


def run(work: Any, *, quick_loop: bool = False) -> Any:
    """Run a command's work; what is expected to go wrong becomes one clear line and exit code 1.

    `quick_loop` takes uvloop where there is one, which costs a server less a request.
    """
    import asyncio

    from pydantic import ValidationError

    from agent.reading.chat_model.provider import ModelUnavailable
    from domain.ports import StorageUnavailable
    from domain.rules import Refused
    from integrations.opening import Misconfigured, UnknownMerchant
    from integrations.storage.engines.contract import DatabaseInUse

    try:
        with asyncio.Runner(loop_factory=_uvloop() if quick_loop else None) as runner:
            return runner.run(work)
    except ValidationError as error:
        for problem in error.errors():
            name = "".join(str(part) for part in problem["loc"]).upper()
            name = f"setting {name if 'DATABASE_URL' in name else f'DESK_{name}'}: " if name else ""
            print(f"desk: {name}{problem['msg'].removeprefix('Value error, ')}", file=sys.stderr)
        raise SystemExit(1) from None
    except (
        StorageUnavailable,
        DatabaseInUse,
        Misconfigured,
        UnknownMerchant,
        ModelUnavailable,
        Refused,
    ) as error:
        print(f"desk: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _uvloop() -> Any:
    try:
        import uvloop
    except ImportError:  # Windows
        return None
    return uvloop.new_event_loop
