"""Confirming: one compare-and-set, by who may, of what was seen; then exactly what the card showed happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Decision
from evals.faults.machine.proposing import Proposing
from evals.faults.oracle.actions import JUDGES, may_confirm, may_decide
from evals.faults.oracle.facts import Facts
from evals.faults.oracle.refunds import judge_refund
from evals.faults.oracle.values import Doc, return_of, review_of
from evals.faults.watch.shop import OWN, Change, Entry, hold

_AFTER = {
    "create_return": ("approved",),
    "approve_return": ("approved",),
    "reject_return": ("rejected",),
    "receive_return": ("received", "closed"),
    "edit_return": ("approved", "in_transit"),
    "cancel_return": ("cancelled",),
    "close_return": ("closed",),
}


@dataclass(frozen=True)
class Forecast:
    """What the oracle says about confirming: `accepted`, `refused` (nothing changes), `expired` or `stale`."""

    outcome: str
    why: str = ""


class Deciding(Proposing):
    """Rules' means to decide."""

    def forecast(self, facts: Facts, proposal: Doc, actor: Doc, sha256: str) -> Forecast:
        """In the order in which the desk looks."""
        if proposal["state"] != "open":
            return Forecast("refused", proposal["state"])
        if sha256 != proposal["sha256"]:
            return Forecast("refused", "another hash")
        if facts.now >= datetime.fromisoformat(proposal["expires_at"]):
            return Forecast("expired")
        if not may_decide(actor, proposal):
            return Forecast("refused", "role")
        if facts.order["version"] != proposal["order_version"]:
            return Forecast("stale", "version")
        if codes := JUDGES[proposal["kind"]](facts, proposal["payload"]):
            return Forecast("stale", f"{codes}")
        if proposal["kind"] == "refund" and not _same_money(facts, proposal):
            return Forecast("stale", "money")
        return Forecast("accepted") if may_confirm(facts, proposal, actor) else Forecast("refused", "limit")

    def confirm(self, merchant: str, proposal: Doc, actor: str, sha256: str) -> str:
        """Confirm and compare with the forecast; the outcome."""
        order = self.world.shop(merchant).orders[proposal["order_id"]]
        facts = self.world.facts(merchant, order, proposal["created_by"])
        expected = self.forecast(facts, proposal, self.world.person(merchant, actor), sha256)
        person = self.world.staff[merchant][actor]

        def work(uow: UnitOfWork) -> Decision:
            return service.confirm(uow, person, proposal["id"], sha256)

        decision = self.world.write(merchant, work)
        change = self.see(merchant)[merchant]
        codes = [violation.code.value for violation in decision.refused]
        if expected.outcome == "stale":
            self.count("stale", expected.why.strip("{}'"))
        what = f"confirm {proposal['kind']} {proposal['id']} by {actor}: {codes}, expected {expected}"
        self.count(f"confirm {proposal['kind']}", expected.outcome, f"{proposal['id']} by {actor} {codes}")
        hold(decision.accepted == (expected.outcome == "accepted"), what)
        if expected.outcome == "accepted":
            self.check_effects(facts, proposal, change, actor)
        elif expected.outcome == "refused":
            hold(not change.proposals and not change.orders, f"{what}, but something changed")
        else:
            state = self.world.shop(merchant).proposals[proposal["id"]]["state"]
            hold(state == expected.outcome, f"{what}: it is {state}")
        return expected.outcome

    def check_effects(self, facts: Facts, proposal: Doc, change: Change, actor: str) -> None:
        """What was shown is what happened, and nothing else."""
        after = change.orders[facts.order["id"]][1]
        stored = change.proposals[proposal["id"]][1]
        hold(stored["confirmed_by"] == actor, f"{proposal['id']}: confirmed by {stored['confirmed_by']}")
        rows = [entry for entry in change.entries if entry.kind != "settlement"]
        if proposal["kind"] == "refund":
            hold(stored["state"] == "confirmed", f"{proposal['id']} is {stored['state']}")
            hold(("execute_refund", proposal["id"]) in change.jobs, f"{proposal['id']} has no job")
            _refunded(proposal, after, rows, actor)
        else:
            hold(stored["state"] == "executed", f"{proposal['id']} is {stored['state']}")
            _written(proposal, facts.order, after)
        moved = _moved(rows)
        shown = proposal["preview"]["balances_after"]
        before = proposal["preview"]["balances_before"]
        for account in OWN:
            expected = shown.get(account, 0) - before.get(account, 0)
            hold(
                moved.get(account, 0) == expected,
                f"{proposal['id']}: {account} moved by {moved}, shown {expected}",
            )
            held = facts.held(account) + expected
            now = change.shop.books.held.get((after["currency"], account), 0)
            hold(now == held, f"{account} holds {now}, {held} expected")


def _same_money(facts: Facts, proposal: Doc) -> bool:
    verdict, preview = judge_refund(facts, proposal["payload"]), proposal["preview"]
    split = [(part["ref"], part["amount"]) for part in preview["split"]]
    funding = [(part["name"], part["ref"], part["amount"]) for part in preview["funding"]]
    return (verdict.amount, verdict.split, verdict.funding) == (preview["amount"], split, funding)


def _moved(rows: list[Entry]) -> dict[str, int]:
    moved: dict[str, int] = {}
    for entry in rows:
        moved[entry.account] = moved.get(entry.account, 0) + entry.amount
    return moved


def _refunded(proposal: Doc, order: Doc, rows: list[Entry], actor: str) -> None:
    """The refund stands on the order as the card showed it, and its money is set aside."""
    preview = proposal["preview"]
    refund = next(each for each in order["refunds"] if each["id"] == proposal["id"])
    name = proposal["id"]
    for key in ("amount", "shipping", "tax"):
        hold(refund[key] == preview[key], f"{name}: {key} {refund[key]}, shown {preview[key]}")
    lines = [(part["line"], part["quantity"], part["amount"]) for part in refund["lines"]]
    shown = [(part["line"], part["quantity"], part["amount"]) for part in preview["lines"]]
    hold(lines == shown, f"{name}: lines {lines}, shown {shown}")
    split = [(part["payment"], part["amount"]) for part in refund["allocations"]]
    hold(split == [(part["ref"], part["amount"]) for part in preview["split"]], f"{name}: split {split}")
    funding = [(part["account"], part["payment"], part["amount"]) for part in refund["funding"]]
    hold(funding == [(p["name"], p["ref"], p["amount"]) for p in preview["funding"]], f"{name}: {funding}")
    people = refund["proposed_by"], refund["confirmed_by"], refund["status"]
    hold(people == (proposal["created_by"], actor, "pending"), f"{name}: {people}")
    hold(sum(e.amount for e in rows if e.account == "customers") == preview["amount"], f"{name}: rows {rows}")
    hold(all(entry.pair.startswith(f"refund:{name}:") for entry in rows), f"{name}: other rows {rows}")
    for part in refund["lines"]:
        line = next(each for each in order["lines"] if each["id"] == part["line"])
        unshipped = line["fulfilment"] not in ("shipped", "delivered")
        hold(
            part["cancelled"] == (part["quantity"] if unshipped else 0),
            f"{name}: {part} of {line['fulfilment']}",
        )


def _written(proposal: Doc, before: Doc, after: Doc) -> None:
    """The return or the review is as it was shown, and no money moved but a supplier's."""
    kind, preview = proposal["kind"], proposal["preview"]
    name = f"{kind} {proposal['id']}"
    hold(len(after["refunds"]) == len(before["refunds"]), f"{name} made a refund")
    if kind in _AFTER:
        ret = return_of(after, preview["return_id"]) or {}
        hold(ret["status"] in _AFTER[kind], f"{name}: the return is {ret['status']}")
        if kind in ("create_return", "approve_return"):
            fees = ret["return_fee"] + sum(entry["restocking_fee"] for entry in ret["lines"])
            hold(fees == sum(preview["fees"].values()), f"{name}: fees {fees}, shown {preview['fees']}")
            units = [(entry["line"], entry["quantity"]) for entry in ret["lines"]]
            hold(units == [(p["line"], p["quantity"]) for p in preview["lines"]], f"{name}: units {units}")
        if kind == "reject_return":
            told = any(entry["direction"] == "out" for entry in after["communication_log"])
            hold(told and ret["explanation"] and ret["reject_reason"], f"{name}: nobody told the customer")
        return
    review = review_of(after, preview["review_id"]) or {}
    if kind == "request_supplier_review":
        hold(review["requested"] == preview["amount"], f"{name}: {review['requested']} asked")
        hold(review["status"] == "requested", f"{name}: it is {review['status']}")
    if kind == "supplier_verdict":
        hold(review["refunded"] == preview["amount"], f"{name}: {review['refunded']} granted")
        whole = review["refunded"] == review["requested"]
        expected = "rejected" if not review["refunded"] else "approved" if whole else "partially_approved"
        hold(review["status"] == expected, f"{name}: it is {review['status']}, not {expected}")
