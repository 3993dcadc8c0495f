"""The proposal card: what will happen, exactly, and the three buttons; or what became of it."""

from __future__ import annotations

import json
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject

from agent.messages import Move, ProposalCard
from domain.proposals.model import Proposal, ProposalState
from integrations.slack.blocks.order import row_lines
from integrations.slack.blocks.text import (
    MESSAGE_BLOCKS,
    actions,
    button,
    clip,
    data,
    fit,
    header,
    moment,
    mrkdwn,
    plain,
    section,
    sections,
    small,
)

CONFIRM, EDIT, CANCEL = "proposal_confirm", "proposal_edit", "proposal_cancel"


def button_value(card: ProposalCard) -> str:
    """Which proposal, and the hash of what the person saw. Nothing else travels through a client."""
    return json.dumps({"proposal": card.proposal_id, "sha256": card.sha256}, separators=(",", ":"))


def read_value(value: str) -> tuple[str, str]:
    """Proposal id and hash of a button. Raises ValueError."""
    given = json.loads(value)
    if not isinstance(given, dict) or set(given) != {"proposal", "sha256"}:
        raise ValueError("not a value of ours")
    return str(given["proposal"]), str(given["sha256"])


def build_proposal(card: ProposalCard, *, asked_by: str = "") -> list[Block]:
    """The card while it can be decided. `asked_by`: whose proposal a second person is asked to approve."""
    blocks = _shown(card, f"{card.title}: {card.headline}")
    if asked_by:
        blocks.insert(0, section(f"*{data(asked_by)}* asks for your approval."))
    blocks += actions(_buttons(card), f"p:{card.short_id}")
    expires = f"Open until {moment(card.expires_at)} · {card.short_id}"
    return [*blocks, small(data(card.footnote), expires) if card.footnote else small(expires)]


def build_decided(card: ProposalCard, state: str) -> list[Block]:
    """The card once it cannot: no buttons, and what became of it."""
    return [
        *_shown(card, f"{card.title}: {card.headline}"),
        section(f"*{data(state)}*"),
        small(card.short_id),
    ]


def state_line(proposal: Proposal, now: datetime, *, shown_below: bool = False) -> str:
    """What became of a proposal; empty while it can be decided here."""
    who = proposal.decided_by_name or "the desk"
    if proposal.state is ProposalState.OPEN:
        if now >= proposal.expires_at:
            return "Ran out of time"
        return "Shown again below" if shown_below else ""
    return {
        ProposalState.CONFIRMED: f"Confirmed by {who}; waiting for the payment provider",
        ProposalState.EXECUTED: f"Confirmed by {who}",
        ProposalState.FAILED: f"Confirmed by {who}, but it failed: {proposal.failure or 'no reason given'}",
        ProposalState.CANCELLED: f"Withdrawn by {who}",
        ProposalState.SUPERSEDED: "Replaced by a changed proposal",
        ProposalState.EXPIRED: "Ran out of time",
        ProposalState.STALE: "Out of date: the order changed",
    }[proposal.state]


def move_lines(moves: list[Move]) -> list[str]:
    """Accounts before and after."""
    return [f"{data(move.account)}:  {data(move.before)} → *{data(move.after)}*" for move in moves]


def _shown(card: ProposalCard, title: str) -> list[Block]:
    owner = f" · proposed by {data(card.owner)}" if card.owner else ""
    blocks: list[Block] = [header(title), section(f"{data(card.to)}\nOrder *{data(card.order)}*{owner}")]
    if card.difference:
        changed = "\n".join(f"• {data(text)}" for text in card.difference[:10])
        blocks.append(section(f"*Changed since it was shown*\n{changed}"))
    blocks += sections(row_lines(card.rows))
    if card.moves:
        blocks += sections(["*Your balance*", *move_lines(card.moves)])
    blocks += [small(f":warning: {data(text, 1500)}") for text in card.warnings[:10]]
    return fit(blocks, MESSAGE_BLOCKS - 5)


def _buttons(card: ProposalCard) -> list[ButtonElement]:
    value = button_value(card)
    asked = ConfirmObject(
        title=plain(card.title, 100),
        text=mrkdwn(f"{data(card.headline, 120)} {data(card.to, 120)}, order {data(card.order, 40)}.", 300),
        confirm=plain(card.confirm_label, 30),
        deny=plain("Not yet", 30),
    )
    buttons = [button(card.confirm_label, CONFIRM, value, style="primary", confirm=asked)]
    if card.editable:
        buttons.append(button("Edit", EDIT, value))
    return [*buttons, button("Cancel", CANCEL, value)]


def fallback(card: ProposalCard) -> str:
    """For notifications and screen readers."""
    return clip(f"{card.title}: {card.headline}, order {card.order}", 300)
