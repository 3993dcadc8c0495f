"""kill -9 at every moment between two effects, enumerated by a seam, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evals.faults.crash.hands import Way
from evals.faults.crash.life import killed_at, live
from evals.faults.crash.shop import Audit, audited, payments_of, set_up
from evals.faults.figures import Figure, Scale
from evals.faults.postgres import a_copy, a_database, a_server
from evals.stripe.proxy import Fate, proxy
from evals.stripe.running import StripeLike, stripe_like
from integrations.storage.database import open_database

_NUMBER = 1
_LATER_MINUTES = 10.0
SCENES: dict[str, tuple[bool, tuple[Fate, ...]]] = {
    "one payment": (False, ()),
    "the answer is lost": (False, (Fate.DROP,)),
    "the request is lost, then the answer": (False, (Fate.RESET, Fate.DROP)),
    "two payments, the second answer lost": (True, (Fate.PASS, Fate.DROP)),
}
"""Whether the order has two payments, and what befalls the first requests."""


@dataclass(frozen=True)
class Stage:
    """Where one scene is played: makes a fresh copy of the database by a name; its URL."""

    copy: Callable[[str], str]
    stripe: StripeLike
    two: bool
    fates: tuple[Fate, ...]

    async def play(self, name: str, moment: int | None, *, fresh_keys: bool = False) -> tuple[int, Audit]:
        """Die at that moment and live again (None: live once); the moments there were, or 1 if it died; the books."""
        url = await asyncio.to_thread(self.copy, name)
        captured = payments_of(_NUMBER, two=self.two)
        await asyncio.to_thread(self.stripe.add_payments, captured, account=name)
        fates = iter(self.fates)
        async with proxy(self.stripe.url, lambda: next(fates, Fate.PASS)) as before:
            way = Way(url, before.url, name, fresh_keys)
            if moment is None:
                count = await live(way)
            else:
                count = int(await asyncio.to_thread(killed_at, way, moment))
                await live(Way(url, before.url, name, fresh_keys, _LATER_MINUTES))
        store = await open_database(url, migrate=False)
        try:
            return count, await audited(store, [_NUMBER], await asyncio.to_thread(self.stripe.effects, name))
        finally:
            await store.close()


def measure(scale: Scale) -> Sequence[Figure]:
    """Every moment of every scene on both databases; and the control with a fresh key per attempt."""
    kills, books, controls = 0, Audit(), 0
    with tempfile.TemporaryDirectory(prefix="moments-") as folder, a_server() as server:
        place = Path(folder)
        (place / "stripe").mkdir()
        with stripe_like(place / "stripe") as stripe:
            for name, (two, fates) in list(SCENES.items())[: max(1, round(len(SCENES) * scale.share))]:
                for kind, copy in _templates(place, server, two=two).items():
                    stage = Stage(copy, stripe, two, fates)
                    label = f"{kind}-{list(SCENES).index(name)}"
                    died, found = _every_moment(stage, label)
                    print(f"  {kind}, {name}: {died} kills, {found}", flush=True)
                    kills += died
                    books.add(found)
                    if name == "one payment":
                        controls += _control(stage, f"control-{label}")
    return [
        Figure("moments_kills", kills, scale.of(100)),
        Figure("moments_lost", len(books.lost), 0, most=True),
        Figure("moments_paid_twice", len(books.doubled), 0, most=True),
        Figure("moments_stuck", len(books.stuck), 0, most=True),
        Figure("moments_ledger_sum", books.ledger, 0, most=True),
        Figure("moments_control_paid_twice", controls, 1),
    ]


def _templates(place: Path, server: str, *, two: bool) -> dict[str, Callable[[str], str]]:
    """Both databases with the order in them, and how each is copied."""
    file, word = place / f"template-{two}.db", f"moments_{two}".lower()
    if not file.exists():
        asyncio.run(set_up(f"sqlite:///{file}", [_NUMBER], two=two))
        asyncio.run(set_up(a_database(server, word), [_NUMBER], two=two))

    def copy_file(name: str) -> str:
        return f"sqlite:///{shutil.copyfile(file, place / f'{name}.db')}"

    return {"sqlite": copy_file, "postgres": lambda name: a_copy(server, name.replace("-", "_"), word)}


def _every_moment(stage: Stage, label: str) -> tuple[int, Audit]:
    """One whole life, then one for each of its moments, two side by side; kills and books."""
    moments, books = asyncio.run(stage.play(f"{label}-whole", None))
    kills = 0
    with ThreadPoolExecutor(2) as both:
        played = both.map(partial(_play, stage, label), range(1, moments + 1))
        for died, found in played:
            kills += died
            books.add(found)
    return kills, books


def _play(stage: Stage, label: str, moment: int) -> tuple[int, Audit]:
    return asyncio.run(stage.play(f"{label}-{moment}", moment))


def _control(stage: Stage, label: str) -> int:
    """The same kills with a fresh key for each attempt; how many of them paid twice."""
    moments, _ = asyncio.run(stage.play(f"{label}-whole", None, fresh_keys=True))
    return sum(
        bool(asyncio.run(stage.play(f"{label}-{moment}", moment, fresh_keys=True))[1].doubled)
        for moment in range(1, moments + 1)
    )
