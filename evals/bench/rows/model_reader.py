"""Calls and prompt tokens of the model reader a resolved case, against the prebuilt agent given the policy as prompt.

The cases and both models' answers are written down in ``evals/bench/peer_calls.json``: what a chat model answers as the
desk's reader, and the agent's calls, as few as each task allows (tools called side by side where they can be). Both
sides run for real on a desk of their own and count only where the proposals come out as expected. Tokens are counted
with the local reader's tokenizer: prompt, schema or tools, and everything said and returned so far.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langgraph.checkpoint.memory import InMemorySaver

from agent.reading.chat_model.cascade import CascadeReader
from agent.reading.chat_model.reader import ModelReader
from agent.reading.local import LocalReader
from agent.reading.view import Reader
from agent.tools.registry import all_tools
from domain.orders import service as orders
from domain.orders.model import Evidence
from domain.ports import UnitOfWork
from evals.bench.figures import Figure, Measured
from evals.bench.peer import bound_tools
from evals.bench.place import Place
from evals.bench.written import Ids, Spent, WrittenAgent, WrittenReader
from evals.cases import CaseShape
from evals.expect import differences, subset
from evals.replay import replay
from evals.samples import sample
from evals.seed import ACTOR, MERCHANT
from evals.snapshot import take
from evals.trace import proposal_trace
from evals.world import World

FOLDER = Path(__file__).resolve().parent.parent


class NotResolved(AssertionError):
    """A case did not come out as expected, so nothing may be counted for it."""


def written_cases() -> list[dict[str, Any]]:
    """The conversations with what either side's model answers."""
    cases: list[dict[str, Any]] = json.loads((FOLDER / "peer_calls.json").read_text(encoding="utf-8"))[
        "cases"
    ]
    return cases


def run(place: Place) -> Measured:
    """Every conversation on each side."""
    local = LocalReader()
    rows, sums = [], [Spent(), Spent(), Spent()]
    cases = written_cases()[: place.size(len(written_cases()), 2)]
    for written in cases:
        case = CaseShape.model_validate(written["case"])
        spent = [
            asyncio.run(_desk(case, written["talk"], local, cascade=True)),
            asyncio.run(_desk(case, written["talk"], local, cascade=False)),
            asyncio.run(_peer(case, written["talk"])),
        ]
        for total, one in zip(sums, spent, strict=True):
            total.calls += one.calls
            total.tokens += one.tokens
        rows.append((case.id, *(f"{one.calls} / {one.tokens}" for one in spent)))
    rows.append(("all", *(f"{one.calls} / {one.tokens}" for one in sums)))
    cascade, model, peer = sums
    figures = [
        Figure(
            "model_calls_ratio", cascade.calls / peer.calls, 0.4, False, _by_model(model.calls, peer.calls)
        ),
        Figure(
            "model_tokens_ratio",
            cascade.tokens / peer.tokens,
            0.3,
            False,
            _by_model(model.tokens, peer.tokens),
        ),
    ]
    head = ("case", "cascade: calls / tokens", "every message by the model", "prebuilt agent")
    return Measured(figures, head, rows)


def _by_model(ours: int, theirs: int) -> str:
    return f"cascade, the default with a model; every message by the model: {ours / theirs:.3f}"


async def _desk(case: CaseShape, talk: list[dict[str, Any]], local: Reader, *, cascade: bool) -> Spent:
    """What the desk's model is asked until the case is resolved. Raises NotResolved."""
    spent = Spent()
    answers = {turn["say"]: json.dumps({"commands": turn["desk"]}) for turn in talk}
    model = ModelReader(WrittenReader(answers=answers, spent=spent), fallback=local)
    trace = await replay(case, CascadeReader(local, model) if cascade else model)
    found = differences(case.expect, trace)
    if found:
        raise NotResolved(f"desk, {case.id}: {found}")
    return spent


async def _peer(case: CaseShape, talk: list[dict[str, Any]]) -> Spent:
    """What the agent's model is asked until its proposals are there. Raises NotResolved."""
    spent, ids = Spent(), Ids()
    script = [call for turn in talk for call in turn["peer"]]
    policy = (FOLDER / "peer_policy.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="desk-peer-") as folder:
        world = World(case, LocalReader(), Path(folder))
        try:
            await world.open()
            await world.seed()
            actor = await world.store.read(MERCHANT, lambda uow: uow.staff.get(ACTOR))
            assert actor is not None
            model = WrittenAgent(script=script, spent=spent, ids=ids)
            tools = bound_tools(world.store, MERCHANT, actor, tuple(all_tools()))
            agent: Any = create_agent(model, tools, system_prompt=policy, checkpointer=InMemorySaver())
            config = {"configurable": {"thread_id": case.id}}
            for turn in case.turns:
                said = getattr(turn, "say", None)
                if said is None:
                    ids.held["$file"] = await _attach(world)
                    continue
                text = f"{said} [file: {ids.held['$file']}]" if "$file" in ids.held else said
                await agent.ainvoke({"messages": [{"role": "user", "content": text}]}, config)
            await _resolved(case, world)
        finally:
            await world.close()
    return spent


async def _attach(world: World) -> str:
    """A photo on the case's order, as the channel would have put it there; its hash."""

    def work(uow: UnitOfWork) -> str:
        sha256 = uow.files.put(sample("photo.jpg", "image/jpeg"), "image/jpeg", "photo.jpg")
        order = uow.orders.by_number(world.case.orders[0].number)
        assert order is not None
        staff = uow.staff.get(ACTOR)
        assert staff is not None
        photo = {"kind": "photo", "name": "photo.jpg", "media_type": "image/jpeg", "source": "customer"}
        item = Evidence.model_validate({**photo, "sha256": sha256, "added_by": ACTOR, "added_at": uow.now})
        orders.add_evidence(uow, staff, order.id, item)
        return sha256

    return await world.store.write(MERCHANT, work)


async def _resolved(case: CaseShape, world: World) -> None:
    numbers = [order.number for order in case.orders]
    state = await world.store.read(MERCHANT, lambda uow: take(uow, numbers))
    held = [proposal_trace(proposal) for proposal in state.proposals]
    expect = case.expect or {}
    for wanted in [*expect.get("proposals", []), *([expect["proposal"]] if "proposal" in expect else [])]:
        wanted = {name: value for name, value in wanted.items() if name != "reason"}
        if not any(not subset(wanted, proposal) for proposal in held):
            raise NotResolved(f"prebuilt agent, {case.id}: {wanted} is not among {held}")
