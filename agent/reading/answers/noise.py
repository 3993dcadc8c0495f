"""Facts that an answer to a question seems to hold besides, and that only echo it: by the slot asked for."""

from __future__ import annotations

from agent.reading.text.patterns import regex

NOISE: dict[str, set[str]] = {
    "quantity": {"quantity", "line", "item"},
    "line": {"line", "item", "quantity"},
    "item": {"line", "item", "quantity"},
    "amount": {"amount", "item", "quantity"},
    "order": {"order", "item"},
    "return_id": {"order", "item"},
    "tracking": {"tracking", "order", "reason", "issue", "return_reason", "quantity", "item"},
    "inspection": {"reason", "issue", "quantity", "item", "return_needed", "line"},
    "reject_reason": {"reason", "issue", "evidence", "item", "return_needed"},
    "return_reason": {"reason", "item"},
    "return_fee": {"return_fee", "restocking_fee", "amount", "shipping"},
    "restocking_fee": {"return_fee", "restocking_fee", "amount"},
    "evidence": {"evidence", "waiver_note"},
    "label": {"label", "shipping"},
    "shipping": {"shipping", "amount"},
    "review_amount": {"amount", "shipping"},
    "verdict": {"amount", "reason", "issue"},
    "return_cost": {"amount", "return_cost"},
}

NOD = regex(
    r"^(?:\W|(?:thought (?:so|as much)|i (?:see|thought so)|good to know|that's (?:good|fine|ok|what i thought)"
    r"|ok(?:ay)?"
    r"|right|good|noted|got it|fine|thanks?(?: you)?|cheers|a+h+a?|makes sense|understood|great|perfect|h+m+|alright"
    r"|cool|well|then|so|interesting|clear|as (?:i )?expected|figures)\b)+$"
)
"""An answer is taken note of; nothing is said by it, and what is asked is still open."""
