"""The action table over every state an order can be in, as a page: ``python -m tests.actions_table > docs/actions.md``.

Each action is computed by the domain for the whole cross product of the states below. A state that makes no
difference to an action is left out of its table, and rows with the same answer are put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from domain.actions import Action, ActionName, available_actions
from domain.identity import Role
from domain.orders.model import FULFILLED, Claim, Dispute, Evidence, EvidenceKind, Fulfilment, Order, Source
from domain.orders.value import refunded_total
from domain.reasons import RefundReason
from domain.refunds.model import RefundLine, RefundStatus
from domain.returns.model import Inspection, ReturnLine, ReturnStatus
from domain.settings import MerchantSettings
from domain.supplier_reviews.model import ReviewKind, ReviewStatus
from tests.builders import ANA, NOW, a_line, a_payment, a_refund, a_return, a_review, a_staff, an_order

State = dict[str, str]
Rows = list[tuple[State, Action]]
Row = tuple[tuple[frozenset[str], ...], str]

UNPAID = ("unpaid", "authorised", "voided")
PAID = ("paid", "partially_refunded", "refunded")
AGREED = (ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT, ReturnStatus.RECEIVED, ReturnStatus.CLOSED)
SHOPS = {
    "as delivered": {},
    "starts no returns": {"merchant_initiated_returns": False},
    "refunds before receipt": {"refund_before_receipt": True},
    "blocked for refunds": {"refunds_blocked": True},
}
ON_REVIEWS = ("request_supplier_review", "view_supplier_review", "cancel_supplier_review", "supplier_verdict")
ROLES = ("viewer", "agent", "supervisor", "finance")


def goods_states() -> Iterator[State]:
    """Payment × dispute × fulfilment × source × return × its refund × shop, without what cannot be."""
    payments = [(p, d) for p in PAID for d in Dispute] + [(p, Dispute.NONE) for p in UNPAID]
    for (paid, dispute), fulfilment, source, shop in product(payments, Fulfilment, Source, SHOPS):
        state = {
            "payment": paid,
            "dispute": dispute.value,
            "fulfilment": fulfilment.value,
            "source": source.value,
        }
        for returned in ("none", *ReturnStatus):
            agreed = returned in AGREED
            if agreed and (fulfilment not in FULFILLED or source is Source.DIGITAL):
                continue
            refunds = ("none", *RefundStatus) if agreed and paid in PAID[:2] else ("none",)
            units = ("some", "all") if returned != "none" else ("none",)
            for count, refund in product(units, refunds):
                more = {"return": str(returned), "units in it": count, "refund of it": str(refund)}
                yield {**state, **more, "shop": shop}


def order_in(state: State) -> Order:
    """Two lamps, one or both in the return; `partially_refunded` and `refunded` are direct refunds beside it."""
    line = a_line("lamp", 1000, 2, source=state["source"], fulfilment=state["fulfilment"], supplier_cost=300)
    captured = 2000 if state["payment"] in PAID else 0
    authorised = 2000 if state["payment"] != "unpaid" else 0
    payment = a_payment(
        captured=captured,
        authorised=authorised,
        voided=state["payment"] == "voided",
        dispute=state["dispute"],
    )
    order = an_order(lines=[line], payments=[payment])
    if state["payment"] == "partially_refunded":
        a_refund(order, 500, refund_id="direct", lines=[])
    if state["payment"] == "refunded":
        a_refund(order, 2000, refund_id="direct", lines=[])
    if state["return"] != "none":
        _put_return(order, state)
    return order


def _put_return(order: Order, state: State) -> None:
    """The return and, where there is one, its refund of all that is left to give back for it."""
    units = 2 if state["units in it"] == "all" else 1
    seen = Inspection(good=units) if state["return"] in ("received", "closed") else None
    back = [ReturnLine(line="lamp", quantity=units, inspection=seen)]
    a_return(order, ReturnStatus(state["return"]), lines=back)
    if state["refund of it"] != "none":
        amount = min(1000 * units, 2000 - refunded_total(order))
        lines = [RefundLine(line="lamp", quantity=units, amount=amount)]
        status = RefundStatus(state["refund of it"])
        a_refund(order, amount, lines=lines, status=status, settles_return="return-1")


def actions_of(order: Order, shop: str = "as delivered", role: Role = Role.FINANCE) -> list[Action]:
    """What a member of staff of that role finds."""
    return available_actions(order, a_staff(role=role), MerchantSettings.model_validate(SHOPS[shop]), NOW)


def goods_rows() -> dict[str, Rows]:
    """Refunds and returns."""
    rows: dict[str, Rows] = {name.value: [] for name in ActionName}
    for state in goods_states():
        for action in actions_of(order_in(state), state["shop"]):
            rows[action.name.value].append((state, action))
    return {name: found for name, found in rows.items() if name not in (*ON_REVIEWS, "waive_evidence")}


def review_rows() -> dict[str, Rows]:
    """Source × supplier cost × refund or return on the line × a review of each kind."""
    rows: dict[str, Rows] = {name: [] for name in ON_REVIEWS}
    touched = ("nothing", "refund failed", "refund", *(f"return {status.value}" for status in ReturnStatus))
    for source, cost, on_it, status in product(Source, ("paid", "none"), touched, ("none", *ReviewStatus)):
        line = a_line("lamp", 1000, source=source, supplier_cost=300 if cost == "paid" else 0)
        order = an_order(lines=[line])
        if on_it.startswith("refund"):
            a_refund(
                order, status=RefundStatus.FAILED if on_it.endswith("failed") else RefundStatus.SUCCEEDED
            )
        if on_it.startswith("return"):
            a_return(order, ReturnStatus(on_it.removeprefix("return ")))
        if status != "none":
            for kind in ReviewKind:
                a_review(order, ReviewStatus(status), review_id=kind.value, kind=kind)
        state = {
            "source": source.value,
            "supplier cost": cost,
            "on the line": on_it,
            "review of each kind": status,
        }
        seen = set()
        for action in actions_of(order):
            if action.name in ON_REVIEWS and action.name not in seen:
                seen.add(action.name)
                rows[action.name.value].append((state, action))
    return rows


def evidence_rows() -> dict[str, Rows]:
    """A quality claim × evidence about it."""
    rows: Rows = []
    for claim, kind in product(("none", "standing", "retracted"), ("none", *EvidenceKind)):
        order = an_order()
        if claim != "none":
            retracted = NOW if claim == "retracted" else None
            made = Claim(reason=RefundReason.DAMAGED, made_by=ANA, made_at=NOW, retracted_at=retracted)
            order.claims.append(made)
        if kind != "none":
            text = "It broke on the very first day."
            item = Evidence(sha256="a" * 64, kind=EvidenceKind(kind), text=text, added_by=ANA, added_at=NOW)
            order.evidence.append(item)
        state = {"quality claim": claim, "evidence": str(kind)}
        rows += [(state, action) for action in actions_of(order) if action.name == "waive_evidence"]
    return {"waive_evidence": rows}


def answer(action: Action) -> str:
    """``available``, or the code."""
    return "available" if action.code is None else f"`{action.code.value}`"


def dimensions(rows: Rows) -> list[str]:
    """The states that make a difference: without any one of them the answer would not be certain."""
    kept = list(rows[0][0])
    left = {(tuple(state.values()), answer(action)) for state, action in rows}
    for name in list(kept):
        at = kept.index(name)
        without = {(values[:at] + values[at + 1 :], then) for values, then in left}
        if len({values for values, _ in without}) == len(without):
            kept.remove(name)
            left = without
    return kept


def collapsed(rows: Rows, names: list[str]) -> list[Row]:
    """As few rows as a simple way finds: each is widened as far as no state with another answer comes into it.

    States that cannot be together are nobody's: where only they are left, a row says ``any``.
    """
    cases = list(
        dict.fromkeys((tuple(state[name] for name in names), answer(action)) for state, action in rows)
    )
    left, found = dict.fromkeys(cases), []
    for case, then in cases:
        if (case, then) not in left:
            continue
        box = _widened([{value} for value in case], then, cases)
        found.append((tuple(frozenset(values) for values in box), then))
        left = {each: None for each in left if each[1] != then or not _within(each[0], box)}
    return found


def _widened(box: list[set[str]], then: str, cases: list[tuple[tuple[str, ...], str]]) -> list[set[str]]:
    for place in reversed(range(len(box))):
        answers: dict[str, set[str]] = {case[place]: set() for case, _ in cases}
        others = [(at, values) for at, values in enumerate(box) if at != place]
        for case, other in cases:
            if all(case[at] in values for at, values in others):
                answers[case[place]].add(other)
        if all(found <= {then} for found in answers.values()):
            box[place] = set(answers)
        else:
            box[place] = {value for value, found in answers.items() if found == {then}}
    return box


def _within(case: tuple[str, ...], box: list[set[str]]) -> bool:
    return all(value in values for value, values in zip(case, box, strict=True))


def table(rows: Rows) -> list[str]:
    """One action's table in Markdown."""
    names = dimensions(rows)
    values = {name: list(dict.fromkeys(state[name] for state, _ in rows)) for name in names}
    order = sorted(collapsed(rows, names), key=lambda row: (row[1] != "available", row[1]))
    lines = [f"| {' | '.join([*names, 'then'])} |", "|" + " --- |" * (len(names) + 1)]
    for sets, found in order:
        cells = [
            "any" if len(chosen) == len(values[name]) else ", ".join(v for v in values[name] if v in chosen)
            for name, chosen in zip(names, sets, strict=True)
        ]
        lines.append(f"| {' | '.join([*cells, found])} |")
    return lines


def role_table() -> list[str]:
    """Who may, where the state allows it: the least role that finds each action available anywhere."""
    order = order_in(
        {"payment": "paid", "dispute": "none", "fulfilment": "delivered", "source": "dropshipping", "return": "none",
         "units in it": "none", "refund of it": "none"}
    )  # fmt: skip
    for status in (ReturnStatus.REQUESTED, ReturnStatus.APPROVED):
        a_return(order, status, return_id=status.value, lines=[])
    back = [ReturnLine(line="lamp", quantity=1, inspection=Inspection(good=1))]
    a_return(order, return_id="received", lines=back)
    a_return(order, return_id="missing", lines=[])
    a_review(order)
    order.claims.append(Claim(reason=RefundReason.DAMAGED, made_by=ANA, made_at=NOW))
    least: dict[str, str] = {}
    for role in ROLES:
        for action in actions_of(order, role=Role(role)):
            if action.available:
                least.setdefault(action.name.value, role)
    lines = ["| action | from the role |", "| --- | --- |"]
    return lines + [f"| {name.value} | {least[name.value]} |" for name in ActionName]


def page() -> str:
    """The whole page."""
    found = {**goods_rows(), **review_rows(), **evidence_rows()}
    combinations = len({id(state) for rows in found.values() for state, _ in rows})
    lines = [
        "# Actions",
        "",
        "What the desk offers on an order, and the rule that disables what it does not. Made by "
        "`python -m tests.actions_table > docs/actions.md` out of the domain itself, over "
        f"{combinations} combinations of states; a test keeps this page true.",
        "",
        "The state's own reason comes first, the role after it. `payment` counts refunds beside the return's own.",
        "A received return holds good units only and is not refunded yet, unless `refund of it` says so.",
        "",
        "## Roles",
        "",
        *role_table(),
        "",
        "A received return that is not done yet is closed by a supervisor, with a reason.",
    ]
    for name in ActionName:
        lines += ["", f"## {name.value}", "", *table(found[name.value])]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
