"""What a case may expect; part of the published schema. How it is checked: :mod:`evals.expect`.

An expectation that is left out is not checked; a null says that there shall be nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.commands import Command
from domain.orders.document import Amount
from domain.proposals.model import ProposalKind, ProposalState
from domain.rules import Rule

Signed = Annotated[
    str,
    Field(strict=True, pattern=r"^-?\d{1,15}(\.\d{1,10})?$", description="Decimal string, below zero too."),
]
Several = list[Any] | Any
"""One value, or several that will do."""
CommandName = str
Step = Annotated[
    str,
    Field(
        pattern=r"^(draft|(tool|asked|handoff|refused|opened|confirmed|executed|failed|cancelled|superseded|expired|stale)"
        r":[a-z_]+)$"
    ),
]


class _Expected(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExpectedProposal(_Expected):
    """A part of a proposal as the trace tells it; what is named has to be so. `reason` may list several."""

    kind: ProposalKind | None = None
    order: str | None = None
    lines: list[dict[str, Any]] | None = None
    amount: Amount | None = None
    currency: str | None = None
    shipping: Amount | None = None
    tax: Amount | None = None
    reason: Several = None
    note: str | None = None
    evidence: list[str] | None = None
    fees: dict[str, Amount] | None = None
    amount_after_fees: Amount | None = None
    carrier: str | None = None
    tracking: str | None = None
    label: bool | None = None
    settles_return: str | None = None
    review_kind: str | None = None
    split: list[dict[str, Any]] | None = None
    funding: list[dict[str, Any]] | None = None
    state: ProposalState | None = None
    supersedes: str | None = None


class ExpectedTexts(_Expected):
    """Words anywhere in replies and drafts; case does not matter."""

    present: list[str] = []
    forbidden: list[str] = []


class _OfTurns(_Expected):
    """What can be expected of all turns together, or of one."""

    proposal: ExpectedProposal | None = Field(None, description="The last one opened; null: none was opened.")
    proposals: list[ExpectedProposal] = Field([], description="Proposals that were opened, in any order.")
    refused_with: Rule | list[Rule] | None = Field(
        None, description="A code, or several, that were refused with; null: nothing was refused."
    )
    must_ask: list[str] = Field([], description="Slots that were asked for.")
    must_not_ask: list[str] = Field([], description="Slots that were not.")
    texts: ExpectedTexts | None = None
    handoff: Literal["supervisor", "finance"] | None = Field(
        None, description="The role that was handed over to; null: none."
    )
    drafts: int = Field(0, ge=0, description="The least number of drafts.")
    commands: list[CommandName] = Field([], description="Commands that were read.")
    must_not_command: list[CommandName] = Field([], description="Commands that were not.")
    tools: list[str] = Field([], description="Tools that were used.")
    must_not_tool: list[str] = Field([], description="Tools that were not.")
    steps: list[Step] = Field(
        [],
        description="What happened in this order, with anything between: `asked:reason`, `opened:refund` …",
    )


class ExpectedTurn(_OfTurns):
    """The same for one turn alone, counted from 1."""

    turn: int = Field(ge=1)


class Expectations(_OfTurns):
    """What a case expects."""

    executed: bool | None = Field(
        None, description="Whether every confirmed intent ended: some proposal executed, no refund unsettled."
    )
    states: dict[ProposalState, int] | None = Field(
        None, description="How many proposals stand where at the end, exactly."
    )
    db: dict[str, dict[str, Any]] = Field({}, description="By order number, a part of `end.orders`.")
    balances: dict[str, Signed] = Field({}, description="By account, end minus start.")
    audit: list[str] = Field([], description="Kinds of audit events, in this order, with anything between.")
    paid: dict[str, Amount] = Field({}, description="What the provider really paid, by currency, exactly.")
    turns: list[ExpectedTurn] = []


COMMANDS = frozenset(
    kind.model_fields["name"].default
    for kind in Command.__origin__.__args__  # type: ignore[attr-defined]
)


def wrong_expectations(expect: dict[str, Any], turns: int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every expectation that cannot be meant, with its place within `expect`."""
    try:
        meant = Expectations.model_validate(expect)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            unknown = found["type"] == "extra_forbidden"
            message = "no such expectation" if unknown else found["msg"].removeprefix("Value error, ")
            yield found["loc"], message
        return
    for at, one in enumerate(meant.turns):
        if one.turn > turns:
            yield ("turns", at, "turn"), f"the case has {turns} turns, not {one.turn}"
    for name in ("commands", "must_not_command"):
        for at, command in enumerate(getattr(meant, name)):
            if command not in COMMANDS:
                yield (name, at), f"{command!r} is no command"
