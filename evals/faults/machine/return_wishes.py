"""Payloads of writes to returns and supplier reviews."""

from __future__ import annotations

from evals.faults.machine.dice import Dice
from evals.faults.oracle.facts import Facts
from evals.faults.oracle.logistics import (
    BAD_NUMBER,
    GOOD_NUMBER,
    KNOWN,
    LABEL,
    NO_FILE,
    NO_LABEL,
    OTHER,
)
from evals.faults.oracle.returns import returnable_units
from evals.faults.oracle.reviews import cap
from evals.faults.oracle.values import Doc, choice, line_of, return_of, review_of

_PLAIN = ("changed_mind", "size_or_fit", "damaged", "changed_mind")


def create_wish(dice: Dice, facts: Facts) -> Doc:
    """A merchant-initiated return."""
    order = facts.order
    free = [line for line in order["lines"] if returnable_units(order, line) > 0]
    lines = (free if not dice.flaw(12) else order["lines"])[: dice.between(1, 2)] or order["lines"][:1]
    units = [
        {
            "line": line["id"],
            "quantity": dice.between(1, max(1, returnable_units(order, line) + dice.rarely(12))),
        }
        for line in lines
    ]
    wish: Doc = {"lines": units, "reason": None if dice.flaw(6) else dice.one_of(_PLAIN)}
    if dice.flaw(6):
        wish["lines"] = []
    _terms(dice, facts, wish, units, None)
    return wish


def approve_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """A customer's request let in."""
    ret = return_of(facts.order, return_id)
    wish: Doc = {"return_id": return_id, "window_override": not dice.flaw(50)}
    units = [{"line": entry["line"], "quantity": entry["quantity"]} for entry in ret["lines"]] if ret else []
    if units and dice.rarely(30):
        units = units[:1]
        units[0]["quantity"] = max(1, units[0]["quantity"] - 1 + 2 * dice.flaw(20))
        wish["lines"] = units
    if dice.rarely(10):
        wish["reason"] = dice.one_of(_PLAIN)
    _terms(dice, facts, wish, units, return_id)
    return wish


def _terms(dice: Dice, facts: Facts, wish: Doc, units: list[Doc], without: str | None) -> None:
    order = facts.order
    values = {
        unit["line"]: choice(order, line, unit["quantity"], without=without)
        for unit in units
        if (line := line_of(order, unit["line"])) is not None
    }
    total = sum(values.values())
    if dice.rarely(35):
        wish["return_fee"] = dice.good_or(
            ({"amount": total // 10}, {"percent": "12.5"}, {"amount": total}),
            ({"amount": total + 1}, {"amount": -1}, {"percent": "-1"}),
        )
    if dice.rarely(25):
        wish["restocking_fee"] = dice.good_or(
            (
                {"amount": total // 7},
                {"percent": "10"},
                {line: {"amount": value // 3} for line, value in values.items()} or None,
            ),
            ({"percent": "-1"}, {"percent": "100"}, {"percent": "100.01"}),
        )
    _logistics(dice, wish, 60 if facts.settings["logistics_at_approval"] else 25)
    if dice.rarely(40):
        wish["return_cost"] = dice.good_or((500, 0), (-1,))


def _logistics(dice: Dice, wish: Doc, percent: int) -> None:
    if not dice.rarely(percent):
        return
    wish["carrier"] = dice.good_or((KNOWN,), (OTHER, ""))
    wish["tracking"] = dice.good_or((GOOD_NUMBER,), (BAD_NUMBER, ""))
    wish["label"] = dice.good_or((None, None, "generate", LABEL), (NO_LABEL, NO_FILE, "generate"))


def reject_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """A request turned down."""
    wish: Doc = {
        "return_id": return_id,
        "reason": None if dice.flaw(8) else dice.one_of(("final_sale", "outside_window", "other")),
        "explanation": " " if dice.flaw(8) else "It was a final sale.",
    }
    if not dice.flaw(40):
        wish["communication"] = {"channel": "email", "text": " " if dice.flaw(10) else "Sorry, no."}
    return wish


def edit_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """Logistics."""
    wish: Doc = {"return_id": return_id, "in_transit": dice.rarely(50)}
    _logistics(dice, wish, 70)
    if dice.rarely(30):
        wish["return_cost"] = dice.good_or((300, 0), (-1,))
    if dice.rarely(30):
        wish["note"] = "as told by phone"
    return wish


def receive_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """What came back."""
    ret = return_of(facts.order, return_id)
    wish: Doc = {"return_id": return_id, "all_good": dice.rarely(50), "inspection": []}
    if not wish["all_good"] or dice.rarely(30):
        for entry in ret["lines"] if ret else []:
            count = entry["quantity"]
            good = dice.upto(count)
            damaged = dice.upto(count - good)
            missing = count - good - damaged if not dice.rarely(15) else count - good - damaged + 1
            seen = {"line": entry["line"], "good": good, "damaged": damaged, "missing": missing}
            wish["inspection"].append(seen)
    if dice.flaw(5):
        wish["inspection"].append({"line": "L9", "good": 1})
    if dice.rarely(25):
        wish["return_cost"] = dice.good_or((250,), (-1,))
    return wish


def cancel_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """Called off."""
    return {"return_id": return_id, "note": dice.one_of(("", "the customer keeps it"))}


def close_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """Closed."""
    return {"return_id": return_id, "reason": dice.good_or(("nothing more will come",), ("", " "))}


def request_wish(dice: Dice, facts: Facts, line_id: str) -> Doc:
    """Ask the supplier."""
    order = facts.order
    others = [line["id"] for line in order["lines"] if line["source"] == "dropshipping"]
    lines = others if dice.rarely(20) and others else [line_id]
    kinds: tuple[str, ...] = ("product_cost", "return_cost", "adjustment")
    kinds = tuple(kind for kind in kinds if cap(order, lines, kind) > 0 or dice.flaw(20)) or kinds
    kind = dice.one_of(kinds)
    wish: Doc = {"lines": lines, "kind": kind, "notes": "" if dice.flaw(8) else "broken on arrival"}
    if dice.rarely(60):
        wish["amount"] = 0 if dice.flaw(8) else dice.near(cap(order, lines, kind))
    if dice.flaw(10):
        wish["evidence"] = ["0" * 64]
    return wish


def withdraw_wish(dice: Dice, facts: Facts, review_id: str) -> Doc:
    """Withdraw a review."""
    return {"review_id": review_id, "note": dice.one_of(("", "settled otherwise"))}


def verdict_wish(dice: Dice, facts: Facts, review_id: str) -> Doc:
    """What the supplier says."""
    review = review_of(facts.order, review_id)
    verdict = dice.one_of(("approved", "partially_approved", "rejected"))
    wish: Doc = {"review_id": review_id, "verdict": verdict}
    if verdict == "rejected":
        wish["reason"] = "" if dice.flaw(15) else "out of time"
        if dice.flaw(10):
            wish["refunded"] = 1
    elif verdict == "partially_approved" or dice.rarely(40):
        wish["refunded"] = dice.near(review["requested"] if review else 1)
        if dice.flaw(10):
            wish["refunded"] = dice.one_of((None, 0))
    return wish
