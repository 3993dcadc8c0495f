"""What a case knows already, told with a question that would hide it. Kinds of facts only: no figure is repeated."""

from __future__ import annotations

from agent.state import Case

_NAMES = {
    "verdict": "the supplier's verdict",
    "amount": "the amount",
    "quantity": "the quantity",
    "item": "the item",
    "line": "the item",
    "shipping": "the shipping part",
    "reason": "the reason",
    "return_reason": "the reason",
    "reject_reason": "the reason",
    "return_needed": "whether it comes back",
    "return_fee": "the return fee",
    "restocking_fee": "the restocking fee",
    "carrier": "the carrier",
    "tracking": "the tracking number",
    "inspection": "what came back",
    "explanation": "the explanation",
    "review_amount": "the amount",
    "review_notes": "the notes",
    "note": "the note",
}


def noted(case: Case) -> str:
    """A sentence that names what was said already ("Noted: approve, the return fee."), or nothing."""
    decided = [str(case.slots["decision"])] if case.slots.get("decision") in ("approve", "reject") else []
    told = [name for slot, name in _NAMES.items() if case.slots.get(slot) is not None]
    if case.slots.get("line") or case.slots.get("amount") == {"kind": "full"}:
        told = [name for name in told if name != "the quantity"]
    known = list(dict.fromkeys([*decided, *told]))
    return f"Noted: {', '.join(known)}. " if known else ""
