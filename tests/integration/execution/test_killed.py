"""kill -9 at every moment between the confirm and the end: afterwards there is one refund, and the books balance."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from domain.proposals.model import ProposalState
from domain.refunds.model import RefundStatus
from tests.builders import a_payment, an_order
from tests.integration.execution.desk import life_that_ends, one_life, open_desk, set_up

TWO = {"payments": [a_payment("visa", 3000), a_payment("gift", 2000)]}
SCENES: dict[str, tuple[list[str], dict[str, Any], int]] = {
    "a success": ([], {}, 1),
    "a decline": (["decline"], {}, 0),
    "an answer that got lost": (["timeout_after"], {}, 1),
    "a late answer": (["late"], {}, 1),
    "two payments, the first answer lost": (["timeout_after"], TWO, 2),
    "two payments, one never arrived, one late": (["timeout_before", "late"], TWO, 2),
    "two payments, the second declined": (["succeed", "decline"], TWO, 1),
}
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.integration.execution.desk"])


async def moments_of(folder: Path, **how) -> list[str]:
    """Every moment of one whole life."""
    seen: list[str] = []
    await one_life(folder, hook=seen.append, **how)
    return seen


def kill_at(folder: Path, moment: str, *, start_minutes: int = 0, fresh_keys: bool = False) -> bool:
    """Live in another process and die at that moment; whether it came to that."""
    process = processes.Process(target=life_that_ends, args=(str(folder), start_minutes, moment, fresh_keys))
    process.start()
    process.join(60)
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL), f"at {moment} the process ended with {code}"
    return code == -signal.SIGKILL


async def ends_well(folder: Path, effects: int) -> None:
    async with open_desk(folder) as desk:
        order = await desk.order()
        (refund,) = order.refunds
        happened = [effect for effect in desk.sandbox.effects() if effect.status == "succeeded"]
        assert len(happened) == effects
        assert len({effect.key for effect in happened}) == effects
        given = sum(effect.amount for effect in happened)
        total, held = await desk.money()
        assert total == 0
        assert held.get("pending_settlement", 0) == 5000 - given
        assert refund.status is (RefundStatus.SUCCEEDED if given else RefundStatus.FAILED)
        assert (await desk.proposals())[-1] is (ProposalState.EXECUTED if given else ProposalState.FAILED)
        assert not [*await desk.jobs("queued"), *await desk.jobs("leased"), *await desk.jobs("dead")]


@pytest.fixture
async def scene(tmp_path):
    """Copies of a desk that is about to make a refund."""

    async def prepare(name: str):
        faults, order, effects = SCENES[name]
        await set_up(tmp_path / "start", an_order(**order), *faults)

        def copy(to: str) -> Path:
            return Path(shutil.copytree(tmp_path / "start", tmp_path / to))

        return copy, effects

    (tmp_path / "start").mkdir()
    return prepare


@pytest.mark.parametrize("name", SCENES)
async def test_a_desk_killed_at_any_moment_makes_one_refund_after_its_restart(scene, name):
    copy, effects = await scene(name)
    moments = await moments_of(copy("whole"))
    assert {"before refund", "after refund", "write: before commit"} <= {m[3:] for m in moments}
    for number, moment in enumerate(moments):
        folder = copy(f"run-{number}")
        assert await asyncio.to_thread(kill_at, folder, moment), f"never came to {moment}"
        await one_life(folder, start_minutes=10)
        await ends_well(folder, effects)
        shutil.rmtree(folder)


async def test_a_desk_killed_again_and_again_makes_one_refund_in_the_end(scene):
    copy, effects = await scene("two payments, the first answer lost")
    moments = await moments_of(copy("whole"))
    dice = random.Random(20260302)
    for number in range(12):
        folder = copy(f"run-{number}")
        for life in range(4):
            await asyncio.to_thread(kill_at, folder, dice.choice(moments), start_minutes=5 * life)
        await one_life(folder, start_minutes=25)
        await ends_well(folder, effects)
        shutil.rmtree(folder)


async def test_with_a_fresh_key_per_attempt_the_same_kill_pays_twice(scene):
    """The control: were keys not kept, these tests would see it."""
    copy, _ = await scene("a success")
    moments = await moments_of(copy("whole"), fresh_keys=True)
    (moment,) = [m for m in moments if m.endswith("after refund")]
    folder = copy("run")
    assert await asyncio.to_thread(kill_at, folder, moment, fresh_keys=True)
    await one_life(folder, start_minutes=10, fresh_keys=True)
    async with open_desk(folder) as desk:
        assert len(desk.sandbox.effects()) == 2
    with pytest.raises(AssertionError):
        await ends_well(folder, 1)
