"""Evidence and quality claims: files that arrive, words that are quoted, and what the ticket offers."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from agent.commands import Affirm, Answer, Clarify, Command, Flow, Greet, OutOfScope, SlotValue
from agent.dialogue.outcomes import Drafted, RefusedNow, Said
from agent.dialogue.turn import Turn
from agent.messages import Attachment, Ticket
from agent.state import Case
from agent.tickets.claims import extract
from domain.orders import service as orders
from domain.orders.model import Evidence, EvidenceKind
from domain.ports import UnitOfWork
from domain.reasons import RefundReason
from domain.rules import Rule, broken

_QUOTED = re.compile(r"[\"“”„«](?P<words>[^\"“”„«»]{12,})[\"“”»]")
"""Words in quotation marks, long enough to be a description rather than a name."""

KEEPS_EVIDENCE = {
    Flow.DIRECT_REFUND,
    Flow.QUALITY_ISSUE,
    Flow.MERCHANT_RETURN,
    Flow.REVIEW_RETURN,
    Flow.RETURN_PROGRESS,
    Flow.SUPPLIER_REVIEW,
}

_IN_QUOTES = re.compile(r"[\"“„«](.+?)[\"”“»]", re.DOTALL)


def kind_of(media_type: str) -> EvidenceKind:
    """Photo, video or another document, by media type."""
    if media_type.startswith("image/"):
        return EvidenceKind.PHOTO
    if media_type.startswith("video/"):
        return EvidenceKind.VIDEO
    return EvidenceKind.DOCUMENT


def ticket_words(turn: Turn) -> str:
    """The quoted spans of the ticket that name a defect, if they do."""
    ticket = turn.ticket
    if ticket is None:
        return ""
    claims = extract(ticket)
    return " … ".join(claims.quotes) if claims.is_quality else ""


def take_quoted(turn: Turn) -> None:
    """The customer's words quoted while evidence is asked for are the answer, verbatim, whatever stands around them."""
    current = turn.current
    if current is None or not (current.asked == "evidence" or _waits_for_proof(current)):
        return
    marked = _QUOTED.search(turn.message.text) if turn.message else None
    quoted = turn.notes.get("quoted") or (marked.group("words").strip() if marked else "")
    if not quoted:
        return
    turn.notes["quoted"] = quoted
    value = {"kind": "description", "text": quoted}
    answer = Answer(slots={"evidence": SlotValue(value=value, span=quoted)})
    heard = turn.understanding
    empty = Answer | Affirm | Clarify | Greet | OutOfScope
    kept = [_besides(c, quoted) for c in heard.commands if not isinstance(c, empty)]
    heard.commands = [answer, *(c for c in kept if c is not None)]


def _waits_for_proof(case: Case) -> bool:
    """Whether a case was passed on for want of proof: the customer's words still settle it."""
    told = case.slots.get("evidence")
    gone = isinstance(told, dict) and told.get("kind") == "none"
    return case.status == "handed_off" and case.quality_issue and bool(gone or case.slots.get("waiver_note"))


def _besides(command: Command, quoted: str) -> Command | None:
    """What staff said around the quotation: the customer's words fill no slot, and they are the evidence themselves."""
    said = {name: slot for name, slot in command.slots.items() if name != "evidence"}
    slots = {name: slot for name, slot in said.items() if not slot.span or slot.span not in quoted}
    if command.slots and not slots:
        return None
    return command.model_copy(update={"slots": slots})


async def files_arrived(turn: Turn) -> Case | None:
    """Files without words: they go to the open case, else to the order that is talked about."""
    current = turn.current
    if current is not None:
        return current
    if turn.conversation.topic_order:
        await _store(turn, turn.conversation.topic_order, turn.files, [])
        order = await turn.order(turn.conversation.topic_order, fresh=True)
        turn.add(Said("files_kept", {"order": order.number, "count": len(turn.files)}))
        turn.conversation.state.pop("files", None)
        return None
    turn.add(Said("files_for_which_order"))
    return None


async def gather(turn: Turn, case: Case) -> None:
    """Put everything evidential that was said or sent where it belongs, before the flow looks."""
    if case.flow not in KEEPS_EVIDENCE or case.order_id is None:
        return
    lines = [entry["line"] for entry in case.slots.get("line") or []]
    if turn.files:
        await _store(turn, case.order_id, turn.files, lines)
        turn.conversation.state.pop("files", None)
        case.slots.pop("evidence", None)
        await turn.order(case.order_id, fresh=True)
    await _shows_others(turn, case, lines)
    await _words(turn, case, lines)
    await _claims(turn, case, lines)


async def _shows_others(turn: Turn, case: Case, lines: list[str]) -> None:
    """The proof on a card is of its goods as they are corrected ("just zoomed in, it is one of the small ones")."""
    shown = case.proposal_id or case.held
    if turn.notes.get("corrected") != case.id or not shown or not lines or not case.quality_issue:
        return
    payload = (await turn.tools.call("get_proposal", proposal_id=shown)).value.payload
    hashes = set(payload.get("evidence") or [])
    order, staff, order_id = await turn.order(case.order_id or ""), turn.staff, case.order_id or ""
    shows = [
        item.model_copy(update={"lines": lines})
        for item in order.evidence
        if item.sha256 in hashes and item.lines and not set(lines) & set(item.lines)
    ]

    def work(uow: UnitOfWork) -> None:
        for item in shows:
            orders.add_evidence(uow, staff, order_id, item)

    if shows:
        await turn.store.write(turn.merchant.id, work)
        await turn.order(order_id, fresh=True)


async def _store(turn: Turn, order_id: str, files: list[Attachment], lines: list[str]) -> None:
    staff = turn.staff

    def work(uow: UnitOfWork) -> None:
        for item in files:
            evidence = Evidence(
                sha256=item.sha256,
                kind=kind_of(item.media_type),
                name=item.name,
                media_type=item.media_type,
                source=item.source,
                lines=lines,
                added_by=staff.id,
                added_at=uow.now,
            )
            orders.add_evidence(uow, staff, order_id, evidence)

    await turn.store.write(turn.merchant.id, work)


async def _words(turn: Turn, case: Case, lines: list[str]) -> None:
    """A description in the customer's words, given by staff or adopted from the ticket; or a request for some."""
    said = case.slots.get("evidence")
    if not said or (isinstance(said, dict) and said.get("kind") in {"attached", "none"}):
        said = _handed_on(turn, case) or said
    if not isinstance(said, dict):
        return
    if said.get("kind") == "draft":
        case.slots.pop("evidence")
        order = await turn.order(case.order_id or "")
        language = case.slots.get("language") or turn.language_for(order)
        turn.add(Drafted("evidence_request", language, await draft_values(turn, case)))
        return
    given = str(said.get("text") or "")
    text = {"ticket": ticket_words(turn), "description": _quoted(given)}.get(said.get("kind", ""), "")
    if not text:
        return
    case.slots.pop("evidence", None)
    least = turn.merchant.settings.description_min_length
    customers_own = said.get("kind") == "ticket" or given == turn.notes.get("quoted")
    if not customers_own and not case.quality_issue and not _names_a_defect(text):
        return  # What the customer said, but of no defect, in a case that needs no proof.
    if len(text.strip()) < least or not (customers_own or _names_a_defect(text)):
        limit = f"a photo, a video, the customer's own description of the defect ({least} characters or more)"
        turn.add(
            RefusedNow([broken(Rule.EVIDENCE_REQUIRED, "evidence", limit=limit, value=len(text.strip()))])
        )
        return
    if said.get("kind") == "ticket":
        _reason_of_the_ticket(turn, case)
    staff, order_id = turn.staff, case.order_id or ""

    def work(uow: UnitOfWork) -> None:
        evidence = Evidence(
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            kind=EvidenceKind.DESCRIPTION,
            text=text,
            source="customer",
            lines=lines,
            added_by=staff.id,
            added_at=uow.now,
        )
        orders.add_evidence(uow, staff, order_id, evidence)

    await turn.store.write(turn.merchant.id, work)
    await turn.order(order_id, fresh=True)


_WRITES = re.compile(
    r"\b(?:wrote|writes?|written|said|says|described|describes|explained|explains|reports|reported|tells|told|texted"
    r"|messaged|mailed|emailed|put it|in (?:her|his|their) (?:own )?words)"
    r"(?: (?:to us|us|in|on|by|via|the|her|his|their|a|this|that|me|back|today|yesterday|chat|mail|e-?mail"
    r"|ticket|phone|form"
    r"|message))*\s*[:,\u2013-]?\s*[\"“„«]"
    r"|\b(?:see|read|as|look) (?:it )?below\b[^>]{0,60}\n\s*>"
    r"|\b(?:wrote|writes?|written|said|says|sent|reports|reported|answered|replied|told|mailed|message|mail)\b[^\n:\"“>]{0,60}:?\s*\n\s*>",
    re.IGNORECASE,
)
"""Who wrote it stands before the quotation: staff hand the customer's words on."""


def _handed_on(turn: Turn, case: Case) -> dict[str, Any] | None:
    """The customer's words that staff quote beside a defect which they name themselves: the description of it.

    What is only pasted is none: it is offered, and staff say whether it counts.
    """
    text = turn.message.text if turn.message else ""
    marked = _QUOTED.search(text)
    quoted = str(turn.notes.get("quoted") or (marked.group("words").strip() if marked else ""))
    first = quoted.split("\n")[0]
    if not first or first not in text or not _WRITES.search(text[: text.find(first)]):
        return None
    claimed = extract(Ticket(body=quoted)).reason
    if claimed is None or not claimed.is_quality or not (case.quality_issue or not case.slots.get("reason")):
        return None
    turn.notes["quoted"] = quoted
    case.slots.setdefault("reason", claimed.value)
    case.quality_issue = True
    return {"kind": "description", "text": quoted}


def _reason_of_the_ticket(turn: Turn, case: Case) -> None:
    """What staff take from the ticket as the description of the defect says the reason, where they named none."""
    claimed = extract(turn.ticket).reason if turn.ticket else None
    if claimed is not None and claimed.is_quality and not case.slots.get("reason"):
        case.slots["reason"] = claimed
        case.quality_issue = True


def _quoted(text: str) -> str:
    """The words in quotation marks, where staff wrote some of their own around them."""
    found = _IN_QUOTES.search(text)
    return found.group(1).strip() if found else text


def _names_a_defect(text: str) -> bool:
    """An answer in staff's own words describes the defect, or it is something else that was said."""
    return extract(Ticket(body=text)).is_quality


async def draft_values(turn: Turn, case: Case) -> dict[str, Any]:
    """Facts a draft may name."""
    order = await turn.order(case.order_id or "")
    titles = [order.line(entry["line"]).title for entry in case.slots.get("line") or []]
    return {"order": order.number, "customer": order.customer.name, "items": titles}


async def _claims(turn: Turn, case: Case, lines: list[str]) -> None:
    """A quality claim stays on the order until staff retract the defect itself."""
    staff, order_id = turn.staff, case.order_id or ""
    order = await turn.order(order_id)
    if case.slots.pop("retract_issue", None):
        await turn.store.write(
            turn.merchant.id, lambda uow: orders.retract_issue(uow, staff, order_id, lines)
        )
        await turn.order(order_id, fresh=True)
        return
    reason = case.slots.get("reason")
    if not case.quality_issue or reason is None or not RefundReason(reason).is_quality:
        return
    standing = [c for c in order.claims if c.retracted_at is None and set(c.lines) == set(lines)]
    if standing:
        return
    await turn.store.write(
        turn.merchant.id, lambda uow: orders.claim_issue(uow, staff, order_id, RefundReason(reason), lines)
    )
    await turn.order(order_id, fresh=True)
