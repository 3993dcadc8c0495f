"""The case: who spoke, what was there, what was said and pressed and when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agent.messages import RefusedBlock, Reply
from domain.cases.model import Message
from domain.identity import Staff
from domain.money import format_minor
from domain.settings import MerchantSettings
from evals.recording.before import Before
from evals.recording.disguise import Disguise
from evals.recording.source import Recorded

SECONDS = 60.0
"""A shorter pause between two messages is none."""
PRESSES = ("[confirm]", "[cancel]", "[edit]")


def case_of(found: Recorded, case_id: str) -> dict[str, Any]:
    """The conversation as a case that can be replayed; personal data that the desk knows of is replaced."""
    ticket = found.conversation.ticket or {}
    people = [person.name for person in found.staff.values()]
    disguise = Disguise(found.orders, [*people, str(ticket.get("requester") or "")])
    before = Before(found, disguise)
    case: dict[str, Any] = {"id": case_id, "theme": "recorded", "actor": _person(found.actor)}
    if settings := _settings(found.merchant.settings):
        case["merchant"] = {"settings": settings}
    if ticket.get("body") or ticket.get("subject"):
        case["ticket"] = {
            name: disguise.text(str(ticket.get(name) or "")) for name in ("subject", "body", "requester")
        }
    case["orders"] = before.orders()
    case["turns"] = list(_turns(found, disguise, before))
    case["expect"] = _expected(found, disguise)
    return case


def _person(staff: Staff) -> dict[str, Any]:
    limits = {currency: format_minor(amount, currency) for currency, amount in staff.limits.items()}
    return {"role": staff.role.value, "limit": limits}


def _settings(settings: MerchantSettings) -> dict[str, Any]:
    """What differs from the defaults."""
    usual = MerchantSettings().model_dump()
    return {name: value for name, value in settings.model_dump().items() if value != usual[name]}


def _turns(found: Recorded, disguise: Disguise, before: Before) -> Iterator[dict[str, Any]]:
    replies = {m.event_id: Reply.model_validate(m.body) for m in found.messages if m.direction == "out"}
    writes = before.meanwhile()
    last = found.began
    for message in found.messages:
        if message.direction != "in":
            continue
        while writes and writes[0].at <= message.at:
            yield writes.pop(0).turn
        if (pause := (message.at - last).total_seconds()) >= SECONDS:
            yield {"event": "wait", "minutes": round(pause / 60, 2)}
        last = message.at
        yield from _turn(found, disguise, message, replies.get(message.event_id))


def _turn(
    found: Recorded, disguise: Disguise, message: Message, reply: Reply | None
) -> Iterator[dict[str, Any]]:
    if message.text in PRESSES:
        yield _press(found, disguise, message, reply)
        return
    files = message.given.get("files") or []
    if files:
        yield {
            "event": "attach",
            "files": [
                {
                    "name": disguise.file(f["name"], f["media_type"]),
                    "type": f["media_type"],
                    "source": f["source"],
                }
                for f in files
            ],
        }
    if message.text:
        yield {"say": disguise.text(message.text)}


def _press(found: Recorded, disguise: Disguise, message: Message, reply: Reply | None) -> dict[str, Any]:
    """A button; with the order where there are several, by somebody else where it was somebody else."""
    pressed = str(message.given.get("proposal_id") or next(iter(reply.proposal_ids if reply else []), ""))
    numbers = {proposal.id: proposal.order_number for proposal in found.proposals}
    turn: dict[str, Any] = {"event": message.text.strip("[]")}
    if len(found.orders) > 1 and pressed in numbers:
        turn["order"] = disguise.text(numbers[pressed])
    if turn["event"] == "edit":
        turn["set"] = {
            name: disguise.text(value) if isinstance(value, str) else value
            for name, value in (message.given.get("set") or {}).items()
        }
    other = found.staff.get(message.staff_id or "")
    if other is not None and other.id != found.actor.id and turn["event"] == "confirm":
        turn = {**turn, "event": "other_staff_confirms", **_person(other)}
    return turn


def _expected(found: Recorded, disguise: Disguise) -> dict[str, Any]:
    """What came of it: the proposals and where they stand, and what was refused."""
    states: dict[str, int] = {}
    for proposal in found.proposals:
        states[proposal.state.value] = states.get(proposal.state.value, 0) + 1
    expect: dict[str, Any] = {"states": states, "proposals": []}
    for proposal in found.proposals:
        told: dict[str, Any] = {
            "kind": proposal.kind.value,
            "order": disguise.text(proposal.order_number),
            "state": proposal.state.value,
        }
        if proposal.preview.amount is not None:
            told["amount"] = format_minor(proposal.preview.amount, proposal.preview.currency)
        expect["proposals"].append(told)
    codes = [
        violation.code.value
        for message in found.messages
        if message.direction == "out"
        for block in Reply.model_validate(message.body).blocks
        if isinstance(block, RefusedBlock)
        for violation in block.violations
    ]
    expect["refused_with"] = list(dict.fromkeys(codes)) or None
    return expect
