"""The home tab's facts, read in one transaction; links to threads are still ``CHANNEL|TIMESTAMP``."""

from __future__ import annotations

from agent.rendering.cards import TITLES
from agent.texts.wording import money
from domain.balances.model import Account
from domain.balances.service import seen_balances
from domain.identity import Role, Staff
from domain.ports import UnitOfWork
from domain.proposals.model import Proposal, ProposalState
from integrations.slack.blocks.home import HomeFacts, Line
from integrations.slack.blocks.proposal import state_line
from integrations.slack.workspaces import slack_of

_SHOWN = 10


def read_home(uow: UnitOfWork, staff: Staff, team_id: str) -> HomeFacts:
    """What waits for this person, their cases, what was decided last, and what the accounts hold."""
    open_ones = [p for p in uow.proposals.list_open(100) if uow.now < p.expires_at]
    mine = [p for p in open_ones if _waits_for(staff, p)]
    return HomeFacts(
        name=staff.name,
        role=staff.role.value,
        waiting=[
            Line(_title(p), f"Open until {p.expires_at:%H:%M} UTC, proposed by {p.created_by_name}")
            for p in mine
        ],
        cases=_cases(uow, staff, team_id),
        outcomes=[
            Line(_title(p), state_line(p, uow.now))
            for p in slack_of(uow).recently_decided(40)
            if p.state in (ProposalState.EXECUTED, ProposalState.FAILED, ProposalState.CANCELLED)
        ][:_SHOWN],
        balances=_balances(uow),
    )


def _waits_for(staff: Staff, proposal: Proposal) -> bool:
    if proposal.created_by == staff.id:
        return staff.role.covers(Role.AGENT)
    amount = proposal.preview.amount or 0
    return staff.role.covers(Role.SUPERVISOR) and staff.limit(proposal.preview.currency) >= amount


def _title(proposal: Proposal) -> str:
    preview = proposal.preview
    amount = f" {money(preview.amount, preview.currency)}" if preview.amount else ""
    return f"{TITLES[proposal.kind]}{amount}, order {proposal.order_number}"


def _cases(uow: UnitOfWork, staff: Staff, team_id: str) -> list[Line]:
    lines = []
    for conversation in slack_of(uow).recent_conversations(100):
        team, channel, ts = [*conversation.thread_key.split(":"), "", ""][:3]
        if conversation.staff_id != staff.id or team != team_id:
            continue
        for case_id in reversed(conversation.stack):
            case = uow.conversations.case(case_id)
            if case is not None and case.status in ("open", "proposed", "handed_off"):
                number = case.data.get("order_number") or "no order yet"
                what = case.flow.replace("_", " ").capitalize()
                lines.append(
                    Line(f"{what}, {number}", str(case.data.get("summary") or ""), f"{channel}|{ts}")
                )
    return lines[:_SHOWN]


def _balances(uow: UnitOfWork) -> list[str]:
    lines = []
    for currency in sorted(uow.ledger.currencies())[:5]:
        held = seen_balances(uow, currency)
        parts = [
            f"{account.value.replace('_', ' ')} {money(held.of(account), currency)}"
            for account in (Account.AVAILABLE, Account.PENDING_SETTLEMENT, Account.RESERVED)
        ]
        lines.append(f"{currency}: " + ", ".join(parts))
    return lines
