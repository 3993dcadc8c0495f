"""Proposing: what the oracle finds legal is taken, what it does not is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from domain.actions import available_actions
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import ProposalKind
from domain.rules import Refused
from evals.faults.machine import return_wishes as rw
from evals.faults.machine.base import Base
from evals.faults.machine.dice import Dice
from evals.faults.machine.wishes import refund_wish, settle_wish
from evals.faults.oracle.actions import JUDGES, is_available
from evals.faults.oracle.facts import Facts
from evals.faults.oracle.refunds import judge_refund
from evals.faults.oracle.taxes import tax_of_one_line
from evals.faults.oracle.terms import fee_total
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import OWN, hold

Wish = Callable[[Dice, Facts, str], Doc]

WISHES: dict[str, tuple[str, Wish]] = {
    "refund": ("refund", lambda dice, facts, _: refund_wish(dice, facts)),
    "refund_return": ("refund", settle_wish),
    "create_return": ("create_return", lambda dice, facts, _: rw.create_wish(dice, facts)),
    "approve_return": ("approve_return", rw.approve_wish),
    "reject_return": ("reject_return", rw.reject_wish),
    "edit_return": ("edit_return", rw.edit_wish),
    "receive_return": ("receive_return", rw.receive_wish),
    "cancel_return": ("cancel_return", rw.cancel_wish),
    "close_return": ("close_return", rw.close_wish),
    "request_supplier_review": ("request_supplier_review", rw.request_wish),
    "cancel_supplier_review": ("cancel_supplier_review", rw.withdraw_wish),
    "supplier_verdict": ("supplier_verdict", rw.verdict_wish),
}
"""By action: the kind of proposal, and how its payload is thought up."""


def subjects(order: Doc, action: str) -> list[str]:
    """What the action can be about: lines, reviews, returns."""
    if action in ("refund", "create_return"):
        return [order["id"]]
    if action == "request_supplier_review":
        return [line["id"] for line in order["lines"] if line["source"] == "dropshipping"]
    key = "supplier_reviews" if "supplier" in action else "returns"
    return [item["id"] for item in order[key]]


class Proposing(Base):
    """Rules' means to propose."""

    def propose(
        self, merchant: str, order: Doc, action: str, payload: Doc, actor: str, replaces: Doc | None = None
    ) -> Doc | None:
        """Propose and compare with the oracle; the proposal as stored, or None where it was refused."""
        kind = WISHES[action][0]
        facts = self.world.facts(merchant, order, actor)
        codes = self._expected(facts, kind, payload, replaces)
        person, order_id = self.world.staff[merchant][actor], order["id"]

        def work(uow: UnitOfWork) -> str:
            if replaces is not None:
                return service.edit(uow, person, replaces["id"], payload).id
            return service.propose(uow, person, order_id, ProposalKind(kind), payload).id

        found, refused = self._try(merchant, work)
        change = self.see(merchant)[merchant]
        detail = f"{found} on {merchant} {order['number']} by {actor}: {payload} {sorted(refused)}"
        self.count(f"propose {action}", "refused" if refused else "taken", detail)
        what = f"{action} by {actor}: {payload}; refused {refused}, the page says {codes}"
        hold(bool(refused) == bool(codes), what)
        if refused:
            hold(change.nothing, f"refused, but something changed: {what}")
            hold(refused & codes, f"refused by other rules: {what}")
            return None
        proposal = change.proposals[found][1]
        self.check_preview(facts, proposal)
        return proposal

    def _try(self, merchant: str, work: Callable[[UnitOfWork], str]) -> tuple[str, set[str]]:
        """The id of what was proposed; or the rules it was refused by."""
        try:
            return self.world.write(merchant, work), set()
        except Refused as refusal:
            return "", {violation.code.value for violation in refusal.violations}

    def _expected(self, facts: Facts, kind: str, payload: Doc, replaces: Doc | None) -> set[str]:
        shop = self.world.shop(self.merchant_of(facts))
        codes = JUDGES[kind](facts, payload)
        waiting = next((p for p in shop.open_proposals() if p["order_id"] == facts.order["id"]), None)
        if replaces is not None and replaces["state"] != "open":
            return {"proposal_decided", "proposal_stale", "proposal_expired"}
        if replaces is not None and replaces["created_by"] != facts.proposer["id"]:
            rank = facts.proposer["active"] and facts.proposer["role"] in ("supervisor", "finance")
            codes |= set() if rank else {"not_authorised"}
        if waiting is not None and replaces is None and _runs(waiting, facts):
            codes.add("open_proposal_exists")
        return codes

    @staticmethod
    def merchant_of(facts: Facts) -> str:
        """Whose order it is."""
        return str(facts.order["merchant_id"])

    def check_preview(self, facts: Facts, proposal: Doc) -> None:
        """The card shows what the oracle works out."""
        preview, payload = proposal["preview"], proposal["payload"]
        if proposal["kind"] == "refund":
            verdict = judge_refund(facts, payload)
            split = [(part["ref"], part["amount"]) for part in preview["split"]]
            funding = [(part["name"], part["ref"], part["amount"]) for part in preview["funding"]]
            hold(
                preview["amount"] == verdict.amount,
                f"amount {preview['amount']}, {verdict.amount}: {payload}",
            )
            hold(split == verdict.split, f"split {split}, by the page {verdict.split}: {payload}")
            hold(funding == verdict.funding, f"funding {funding}, by the page {verdict.funding}: {payload}")
            tax = tax_of_one_line(facts.order, preview["lines"][0]) if len(preview["lines"]) == 1 else None
            hold(tax in (None, preview["tax"]), f"tax {preview['tax']}, by the page {tax}: {payload}")
            after = {account: facts.held(account) for account in OWN}
            for account, _, amount in verdict.funding:
                after[account] -= amount
            hold(preview["balances_after"] == after, f"{preview['balances_after']} shown, {after} will be")
        if proposal["kind"] in ("create_return", "approve_return"):
            values = {line["line"]: line["amount"] for line in preview["lines"]}
            total, worth = sum(preview["fees"].values()), preview["amount"]
            hold(total == fee_total(payload, values), f"fees {preview['fees']} of {values}: {payload}")
            hold(preview["amount_after_fees"] == worth - total, f"{preview['amount_after_fees']} after fees")

    def check_actions(self, merchant: str, order: Doc, actor: str) -> None:
        """Every button is there where the page says so, and nowhere else."""
        facts, now = self.world.facts(merchant, order, actor), self.world.clock.now()
        person, order_id = self.world.staff[merchant][actor], order["id"]

        def work(uow: UnitOfWork) -> dict[tuple[str, str | None], bool]:
            stored = uow.orders.get(order_id) or Order.model_validate(order)
            found = available_actions(stored, person, uow.merchant.settings, now)
            return {(each.name.value, each.subject): each.available for each in found}

        shown = self.world.read(merchant, work)
        for action in WISHES:
            for subject in subjects(order, action):
                key = subject if action not in ("refund", "create_return") else None
                legal = is_available(facts, action, subject)
                hold(
                    shown.get((action, key)) == legal,
                    f"{action} of {subject} by {actor}: {shown.get((action, key))} shown, {legal} on the page",
                )

    def possible(self, facts: Facts) -> list[tuple[str, str]]:
        """Actions and subjects that the page would offer."""
        return [
            (action, subject)
            for action in WISHES
            for subject in subjects(facts.order, action)
            if is_available(facts, action, subject)
        ]


def _runs(proposal: Doc, facts: Facts) -> bool:
    return bool(facts.now.isoformat() < proposal["expires_at"].replace("Z", "+00:00"))
