"""Whether a write to a return is legal. Order page, sections 3 and 4."""

from __future__ import annotations

from datetime import datetime

from evals.faults.oracle.facts import Facts
from evals.faults.oracle.logistics import logistics_codes
from evals.faults.oracle.refunds import merged
from evals.faults.oracle.settling import worth
from evals.faults.oracle.terms import cost_codes, terms_codes
from evals.faults.oracle.values import (
    SHIPPED,
    Doc,
    counting,
    covers,
    line_of,
    return_of,
    settled_units,
    tally,
)

Codes = set[str]
ON_ITS_WAY = ("approved", "in_transit")


def units_at_hand(order: Doc, line: Doc) -> int:
    """Units with the customer: shipped, not refunded, not brought back by a return that closed."""
    if line["fulfilment"] not in SHIPPED:
        return 0
    kept = 0
    for ret in order["returns"]:
        if ret["status"] == "closed":
            seen = [entry["inspection"] for entry in ret["lines"] if entry["line"] == line["id"]]
            back = sum(each["good"] + each["damaged"] for each in seen if each)
            kept += max(0, back - settled_units(order, ret["id"]).get(line["id"], 0))
    return max(0, int(line["quantity"]) - tally(order, line).refunded - kept)


def returnable_units(order: Doc, line: Doc, *, without: str | None = None) -> int:
    """Units that may go into a return."""
    if line["source"] == "digital" or line["final_sale"]:
        return 0
    return max(0, units_at_hand(order, line) - tally(order, line, without=without).held)


def can_create(facts: Facts) -> bool:
    """Whether the action "create return" is there."""
    some = any(returnable_units(facts.order, line) > 0 for line in facts.order["lines"])
    return bool(facts.settings["merchant_initiated_returns"]) and some


def judge_create(facts: Facts, payload: Doc) -> Codes:
    """A return that staff start."""
    if not covers(facts.proposer, "agent"):
        return {"not_authorised"}
    codes: Codes = set()
    if not facts.settings["merchant_initiated_returns"]:
        return {"action_unavailable"}
    units = merged(payload.get("lines", []))
    if not units:
        codes |= {"field_invalid", "not_returnable", "already_in_return"}
    codes |= _unit_codes(facts.order, units, None)
    if not payload.get("reason"):
        codes.add("return_reason_required")
    return codes | terms_codes(facts, payload, units, None)


def _unit_codes(order: Doc, units: list[Doc], without: str | None) -> Codes:
    codes: Codes = set()
    for entry in units:
        line = line_of(order, entry["line"])
        if line is None:
            codes.add("line_not_found")
        elif entry["quantity"] > returnable_units(order, line, without=without):
            codes |= {"not_returnable", "quantity_exceeds_refundable", "already_in_return"}
    return codes


def _requested(facts: Facts, payload: Doc) -> tuple[Doc | None, Codes]:
    if not covers(facts.proposer, "agent"):
        return None, {"not_authorised"}
    ret = return_of(facts.order, payload["return_id"])
    if ret is None:
        return None, {"return_not_found"}
    return (ret, set()) if ret["status"] == "requested" else (None, {"return_not_requested"})


def judge_approve(facts: Facts, payload: Doc) -> Codes:
    """A request let in, as a whole or in part."""
    ret, codes = _requested(facts, payload)
    if ret is None:
        return codes
    order = facts.order
    asked = {entry["line"]: entry["quantity"] for entry in ret["lines"]}
    units = merged(payload.get("lines", [])) or [{"line": k, "quantity": n} for k, n in asked.items()]
    if any(entry["line"] not in asked for entry in units):
        codes.add("line_not_found")
    if any(entry["quantity"] > asked.get(entry["line"], entry["quantity"]) for entry in units):
        codes.add("quantity_exceeds_refundable")
    codes |= _unit_codes(order, units, ret["id"])
    requested = datetime.fromisoformat(ret["requested_at"]) if ret["requested_at"] else facts.now
    days = (requested - datetime.fromisoformat(order["placed_at"])).days
    if days > facts.settings["return_window_days"]:
        lifted = payload.get("window_override") and covers(facts.proposer, "supervisor")
        codes |= set() if lifted else {"window_closed"}
    reasons = [payload.get("reason"), ret["reason"], *(entry["reason"] for entry in ret["lines"])]
    codes |= set() if any(reasons) else {"return_reason_required"}
    return codes | terms_codes(facts, payload, units, ret["id"])


def judge_reject(facts: Facts, payload: Doc) -> Codes:
    """A request turned down, with words for the customer."""
    ret, codes = _requested(facts, payload)
    if ret is None:
        return codes
    codes |= set() if payload.get("reason") else {"reason_required"}
    codes |= set() if payload.get("explanation", "").strip() else {"explanation_required"}
    said = payload.get("communication")
    if said is None:
        known = any(entry["direction"] == "out" for entry in facts.order["communication_log"])
    else:
        known = bool(said["text"].strip() and said["channel"].strip())
    return codes if known else codes | {"communication_required"}


def _moving(facts: Facts, payload: Doc) -> tuple[Doc | None, Codes]:
    if not covers(facts.proposer, "agent"):
        return None, {"not_authorised"}
    ret = return_of(facts.order, payload["return_id"])
    if ret is None:
        return None, {"return_not_found"}
    if ret["status"] in ON_ITS_WAY:
        return ret, set()
    return None, {"already_received"} if ret["status"] in ("received", "closed") else {"action_unavailable"}


def judge_edit(facts: Facts, payload: Doc) -> Codes:
    """Logistics."""
    ret, codes = _moving(facts, payload)
    if ret is None:
        return codes
    carrier = ret["carrier"] if payload.get("carrier") is None else payload["carrier"]
    tracking = ret["tracking"] if payload.get("tracking") is None else payload["tracking"]
    codes |= logistics_codes(carrier, tracking, payload.get("label"), facts.settings, False)
    given = [payload.get(name) for name in ("carrier", "tracking", "label", "return_cost")]
    if (
        all(value is None for value in given)
        and not payload.get("in_transit")
        and not payload.get("note", "").strip()
    ):
        codes.add("field_invalid")
    return codes | cost_codes(payload)


def judge_receive(facts: Facts, payload: Doc) -> Codes:
    """What came back."""
    ret, codes = _moving(facts, payload)
    if ret is None:
        return codes
    approved = {entry["line"]: entry["quantity"] for entry in ret["lines"]}
    seen: dict[str, int] = {}
    for entry in payload.get("inspection", []):
        units = entry.get("good", 0) + entry.get("damaged", 0) + entry.get("missing", 0)
        seen[entry["line"]] = seen.get(entry["line"], 0) + units
    if not seen.keys() <= approved.keys():
        codes.add("line_not_found")
    if any(count > approved.get(line, count) for line, count in seen.items()):
        codes.add("received_exceeds_approved")
    rest = sum(n for line, n in approved.items() if line not in seen) if payload.get("all_good") else 0
    if not codes and sum(seen.values()) + rest == 0:
        codes.add("field_invalid")
    return codes | cost_codes(payload)


def can_cancel(order: Doc, ret: Doc) -> bool:
    """Nothing received, nothing refunded."""
    refunded = any(refund["settles_return"] == ret["id"] for refund in counting(order))
    return ret["status"] in ("requested", "approved", "in_transit") and not refunded


def judge_cancel(facts: Facts, payload: Doc) -> Codes:
    """Called off."""
    if not covers(facts.proposer, "agent"):
        return {"not_authorised"}
    ret = return_of(facts.order, payload["return_id"])
    if ret is None:
        return {"return_not_found"}
    return set() if can_cancel(facts.order, ret) else {"already_received", "action_unavailable"}


def is_done(order: Doc, ret: Doc) -> bool:
    """Every approved unit received or missing, and its refund done or nothing left after fees."""
    for entry in ret["lines"]:
        seen = entry["inspection"]
        if seen is None or seen["good"] + seen["damaged"] + seen["missing"] < entry["quantity"]:
            return False
    waiting = ("pending", "unknown")
    if any(r["settles_return"] == ret["id"] and r["status"] in waiting for r in order["refunds"]):
        return False
    now = worth(order, ret, before_receipt=False)
    return now is None or now.net <= 0


def judge_close(facts: Facts, payload: Doc) -> Codes:
    """Received and done; or not done, by a supervisor with a reason."""
    if not covers(facts.proposer, "agent"):
        return {"not_authorised"}
    ret = return_of(facts.order, payload["return_id"])
    if ret is None:
        return {"return_not_found"}
    if ret["status"] != "received":
        return {"action_unavailable"}
    if is_done(facts.order, ret):
        return set()
    codes = set() if covers(facts.proposer, "supervisor") else {"not_authorised"}
    return codes if payload.get("reason", "").strip() else codes | {"reason_required"}
