"""The writer: facts to blocks of words and cards. Templates only; nothing here decides anything."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from agent.dialogue.outcomes import (
    Asked,
    Candidates,
    Drafted,
    Finished,
    HandedOff,
    Offered,
    OrderShown,
    OutcomeFact,
    Proposed,
    RefusedNow,
    Said,
)
from agent.dialogue.turn import Turn
from agent.flows.step import Choice
from agent.messages import (
    Block,
    DraftBlock,
    HandoffBlock,
    Option,
    QuestionBlock,
    RefusedBlock,
    TextBlock,
)
from agent.rendering.cards import order_card, proposal_card, result_card
from agent.texts.drafts import write_draft
from agent.texts.promises import lint
from agent.texts.prompts import fill
from agent.texts.wording import money
from domain.rules import Violation

REPLIES = "replies.yaml"


def render(turn: Turn) -> list[Block]:
    """All outcomes of a turn, the question last; every text passes the promise linter."""
    ordered: list[OutcomeFact] = [o for o in turn.outcomes if not isinstance(o, Asked | Candidates)]
    ordered += [o for o in turn.outcomes if isinstance(o, Asked | Candidates)]
    blocks: list[Block] = []
    for outcome in ordered:
        blocks.extend(draw(outcome, turn))
    titles = sorted(
        {line.title for order in turn.orders.values() for line in order.lines}, key=len, reverse=True
    )
    return [lint(block, names=titles) for block in blocks]


@singledispatch
def draw(outcome: object, turn: Turn) -> list[Block]:
    """The blocks of one outcome."""
    raise TypeError(f"nothing draws {type(outcome).__name__}")


def _options(choices: list[Choice]) -> list[Option]:
    return [
        Option(label=c.label, say=c.say or c.label, value=c.value, detail=c.detail, disabled=c.closed)
        for c in choices
    ]


@draw.register
def _(outcome: Said, turn: Turn) -> list[Block]:
    values = dict(outcome.values)
    if outcome.key == "balance":
        values["rows"] = ", ".join(f"{name} {amount}" for name, amount in values["rows"].items())
        coming = values.get("settlement")
        settling = f" Settling {values.get('settles')}: {coming}." if coming else ""
        values["settlement_text"] = settling
    elif isinstance(values.get("rows"), list):
        values["rows"] = " ".join(values["rows"])
    return [TextBlock(text=fill(REPLIES, outcome.key, values), source=outcome.source)]


@draw.register
def _(outcome: Asked, turn: Turn) -> list[Block]:
    text = fill(REPLIES, outcome.ask.text, outcome.ask.values)
    options = _options(outcome.ask.choices)
    return [
        QuestionBlock(
            slot=outcome.ask.slot, text=" ".join(text.split()), options=options, case_id=outcome.case.id
        )
    ]


@draw.register
def _(outcome: Offered, turn: Turn) -> list[Block]:
    text = fill(REPLIES, outcome.text, outcome.values)
    return [
        QuestionBlock(
            slot="clarify" if "unclear" in outcome.text else "", text=text, options=_options(outcome.choices)
        )
    ]


@draw.register
def _(outcome: OrderShown, turn: Turn) -> list[Block]:
    return [order_card(outcome.order, outcome.actions)]


@draw.register
def _(outcome: Candidates, turn: Turn) -> list[Block]:
    options = [
        Option(
            label=f"{item.number}, {item.customer}",
            say=item.number,
            value=item.number,
            detail=f"{item.placed_at:%d %b %Y}: {', '.join(item.titles[:3])}",
        )
        for item in outcome.found
    ]
    return [QuestionBlock(slot="order", text=fill(REPLIES, outcome.text, {}), options=options)]


@draw.register
def _(outcome: Proposed, turn: Turn) -> list[Block]:
    return [proposal_card(outcome)]


def sentences(violations: list[Violation]) -> str:
    """Every violation's own sentence."""
    return " ".join(violation.message for violation in violations)


@draw.register
def _(outcome: RefusedNow, turn: Turn) -> list[Block]:
    text = fill(REPLIES, outcome.key, {"sentences": sentences(outcome.violations), **outcome.values})
    return [RefusedBlock(text=text, violations=outcome.violations)]


@draw.register
def _(outcome: Finished, turn: Turn) -> list[Block]:
    blocks: list[Block] = [result_card(outcome)]
    if outcome.outcome == "done" and "supplier_review" in outcome.proposal.preview.offers:
        options = [
            Option(label="Request supplier review", say="ask the supplier"),
            Option(label="Not now", say="not now"),
        ]
        blocks.append(
            QuestionBlock(slot="", text=fill(REPLIES, "offer_supplier_review", {}), options=options)
        )
    return blocks


@draw.register
def _(outcome: Drafted, turn: Turn) -> list[Block]:
    order = turn.orders.get(turn.conversation.topic_order or "")
    text, language = write_draft(outcome.draft, outcome.language, order, outcome.values)
    return [DraftBlock(draft=outcome.draft, language=language, text=text)]


@draw.register
def _(outcome: HandedOff, turn: Turn) -> list[Block]:
    case = outcome.case
    values: dict[str, Any] = {
        "role": _WHO.get(outcome.role, outcome.role),
        "summary": _summary(turn, outcome),
        **outcome.values,
    }
    return [
        HandoffBlock(
            role=outcome.role, text=fill(REPLIES, outcome.key, values), case_id=case.id if case else ""
        )
    ]


_WHO = {"supervisor": "a supervisor", "finance": "finance"}


def _summary(turn: Turn, outcome: HandedOff) -> str:
    """What the next person needs: order, what is wanted, evidence, and the open card."""
    case = outcome.case
    order = turn.orders.get(case.order_id or "") if case else None
    if case is None or order is None:
        return "no order yet."
    parts = [f"{order.number}, {order.customer.name}", case.summary or case.flow.value.replace("_", " ")]
    if case.slots.get("reason"):
        parts.append(str(case.slots["reason"]).replace("_", " "))
    amount = case.slots.get("amount")
    if isinstance(amount, dict) and amount.get("kind") == "exact":
        parts.append(f"{amount['value']} {order.currency}")
    parts.append(f"{len(order.evidence)} piece(s) of evidence")
    if case.proposal_id:
        parts.append(f"proposal {case.proposal_id[-6:]} is open")
    return ", ".join(parts) + "."


__all__ = ["money", "render", "sentences"]
