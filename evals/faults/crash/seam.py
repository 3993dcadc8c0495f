"""The seam: a name for every moment between two effects of a desk that makes refunds, so that it can die at each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.ports import UnitOfWork

Hook = Callable[[str], None]


class Boundaries:
    """Calls `hook` with a name for each moment between two effects: ``07 write: before commit``."""

    def __init__(self, hook: Hook) -> None:
        self.hook, self.count = hook, 0

    def reach(self, what: str) -> None:
        """This moment has come."""
        self.count += 1
        self.hook(f"{self.count:02} {what}")


class Watched:
    """Anything whose calls are worth a boundary before and after each."""

    def __init__(self, inner: Any, boundaries: Boundaries, *names: str) -> None:
        self._inner, self._boundaries, self._names = inner, boundaries, names

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._inner, name)
        if name not in self._names:
            return call

        async def watched(*args: Any, **named: Any) -> Any:
            self._boundaries.reach(f"before {name}")
            result = await call(*args, **named)
            self._boundaries.reach(f"after {name}")
            return result

        return watched


class WatchedStore:
    """A store with a boundary before each transaction, inside it before its commit, and after it."""

    def __init__(self, inner: Any, boundaries: Boundaries) -> None:
        self._inner, self._boundaries = inner, boundaries
        self.jobs = Watched(inner.jobs, boundaries, "claim", "finish", "retry", "bury")
        self.read, self.merchants, self.save_merchant = inner.read, inner.merchants, inner.save_merchant

    async def write(self, merchant_id: str, work: Callable[[UnitOfWork], Any]) -> Any:
        """As the store's own."""
        self._boundaries.reach("write: before it begins")

        def with_boundary(uow: UnitOfWork) -> Any:
            result = work(uow)
            self._boundaries.reach("write: before commit")
            return result

        result = await self._inner.write(merchant_id, with_boundary)
        self._boundaries.reach("write: after commit")
        return result
