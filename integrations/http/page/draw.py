"""Blocks as HTML. One template a block, so that other pages (a helpdesk's sidebar) can use the same."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from agent.messages import Block, OrderCard, ProposalCard
from domain.cases.model import Message
from domain.proposals.model import Proposal, ProposalState
from domain.reasons import RefundReason
from integrations.files import TAKEN

HERE = Path(__file__).parent
ACCEPT = "image/*,video/mp4,video/quicktime,video/webm,application/pdf"

FIELD_LABELS = {
    "amount": "Amount",
    "quantity": "Quantity",
    "reason": "Reason",
    "note": "Note",
    "carrier": "Carrier",
    "tracking": "Tracking number",
    "return_fee": "Return fee",
    "restocking_fee": "Restocking fee",
    "explanation": "Explanation for the customer",
}

_PRESSED = {
    "[confirm]": "You pressed Confirm",
    "[cancel]": "You pressed Cancel",
    "[edit]": "You changed the proposal",
}


@dataclass(slots=True)
class Cards:
    """How the proposals of a conversation stand, and where each is shown last."""

    now: datetime
    proposals: dict[str, Proposal] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    """Proposal id to the event whose reply shows its card last."""

    def is_live(self, proposal_id: str, event_id: str) -> bool:
        """Whether this showing of it has the buttons."""
        proposal = self.proposals.get(proposal_id)
        is_last = self.last.get(proposal_id, event_id) == event_id
        return proposal is not None and self._open(proposal) and is_last

    def _open(self, proposal: Proposal) -> bool:
        return proposal.state is ProposalState.OPEN and self.now < proposal.expires_at

    def state(self, proposal_id: str) -> str:
        """What became of it, for a card without buttons."""
        proposal = self.proposals.get(proposal_id)
        if proposal is None:
            return ""
        who = proposal.decided_by_name
        if proposal.state is ProposalState.OPEN:
            return "Shown again below" if self._open(proposal) else "Ran out of time"
        return {
            ProposalState.CONFIRMED: f"Confirmed by {who}; waiting for the payment provider",
            ProposalState.EXECUTED: f"Confirmed by {who}",
            ProposalState.FAILED: f"Confirmed by {who}, but it failed",
            ProposalState.CANCELLED: f"Withdrawn by {who}",
            ProposalState.SUPERSEDED: "Replaced by a changed proposal",
            ProposalState.EXPIRED: "Ran out of time",
            ProposalState.STALE: "Out of date: the order changed",
        }[proposal.state]


@cache
def environment() -> Environment:
    """Templates with everything escaped and nothing left undefined."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        nonce=lambda: secrets.token_hex(8),
        reasons=[(reason.value, reason.label) for reason in RefundReason],
        field_labels=FIELD_LABELS,
        accept=ACCEPT,
        taken=TAKEN,
        order_action=order_action,
    )
    found.filters["minutes_left"] = minutes_left
    found.filters["initials"] = lambda name: "".join(part[0] for part in name.split()[:2]).upper()
    return found


def render(template: str, **values: Any) -> str:
    """A template with its values."""
    return environment().get_template(template).render(**values)


def minutes_left(until: datetime, now: datetime) -> int:
    """Whole minutes, never below 0."""
    return max(0, int((until - now).total_seconds()) // 60)


def order_action(card: OrderCard, label: str) -> str:
    """What a button of the order's card says in the staff's name."""
    return f"{label.lower()} on {card.number}"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a reply's forms are sent."""

    say: str
    press: str


def turn(blocks: list[Block], event_id: str, cards: Cards, paths: Paths, *, current: bool) -> Markup:
    """One reply. `current`: it is the last one, so its question can be answered."""
    html = render(
        "turn.html",
        blocks=blocks,
        event_id=event_id,
        cards=cards,
        current=current,
        say_path=paths.say,
        press_path=paths.press,
    )
    return Markup(html)


def said(message: Message) -> dict[str, str]:
    """What a person said, or that they pressed a button."""
    pressed = _PRESSED.get(message.text, "")
    return {"text": "" if pressed else message.text, "pressed": pressed}


def shown_last(replies: list[tuple[str, list[Block]]]) -> dict[str, str]:
    """Proposal id to the event of the last reply that shows it."""
    return {
        block.proposal_id: event_id
        for event_id, blocks in replies
        for block in blocks
        if isinstance(block, ProposalCard)
    }
