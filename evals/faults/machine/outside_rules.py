"""What happens outside the desk: time, platform, customers, evidence, settings."""

from __future__ import annotations

import hashlib
from functools import partial

from domain.identity import Staff
from domain.orders import service as orders
from domain.orders.model import Dispute, Evidence, EvidenceKind, Fulfilment, Order
from domain.ports import UnitOfWork
from domain.reasons import RefundReason
from domain.returns.service import ReturnRequest, request_return
from domain.rules import Refused
from domain.settings import MerchantSettings
from evals.faults.machine.dice import Dice
from evals.faults.machine.staff_rules import StaffRules
from evals.faults.machine.wishes import PROMISING
from evals.faults.oracle.returns import returnable_units
from evals.faults.oracle.values import Doc, tally
from evals.faults.watch.shop import hold

_NEXT = {"unfulfilled": ("processing", "shipped"), "processing": ("shipped",), "shipped": ("delivered",)}
_WAITS = (60, 600, 1799, 1800, 3600, 86_400, 86_400 * 7)


class OutsideRules(StaffRules):
    """Rules of the world."""

    def elsewhere(self, dice: Dice) -> None:
        """Time passes, orders come in, the shop changes its rules, a supplier answers."""
        things = (
            self.time_passes,
            self.change_settings,
            self.supplier_answers,
            self._arrives,
            self.time_passes,
        )
        dice.one_of(things)(dice)

    def _arrives(self, dice: Dice) -> None:
        self.import_order(dice, self.a_shop(dice))

    def time_passes(self, dice: Dice) -> None:
        """Seconds to a week; nothing changes by itself."""
        self.world.clock.move(seconds=dice.one_of(_WAITS))
        self.see()

    def platform_changes(self, dice: Dice) -> None:
        """A dispute, a parcel on its way, an address, a block bump the order's version; or something elsewhere."""
        if dice.rarely(60):
            self.elsewhere(dice)
            return
        merchant = self.a_shop(dice)
        order = self.an_order(dice, merchant)
        what = dice.one_of(("ships", "ships", "dispute", "address", "block"))
        payment, line = dice.one_of(order["payments"])["id"], dice.one_of(order["lines"])
        to = dice.one_of(_NEXT.get(line["fulfilment"], (line["fulfilment"],)))
        dispute = dice.one_of(("won", "none", "open", "lost"))
        block = dice.rarely(15)

        def work(uow: UnitOfWork) -> None:
            stored = _stored(uow, order["id"])
            if what == "dispute":
                stored.payment(payment).dispute = Dispute(dispute)
            elif what == "ships":
                stored.line(line["id"]).fulfilment = Fulfilment(to)
            elif what == "block":
                stored.refunds_blocked = block
            else:
                stored.address = f"{stored.address}."
            uow.orders.save(stored)

        self.world.write(merchant, work)
        self.see(merchant)
        self.count("platform", what, f"{merchant} {order['number']}")

    def customer_asks(self, dice: Dice) -> None:
        """A return request arrives, perhaps twice."""
        merchant = self.a_shop(dice)
        order = self.an_order(dice, merchant)
        free = [line for line in order["lines"] if returnable_units(order, line) > 0]
        line = dice.one_of(free if free and not dice.rarely(25) else order["lines"])
        room = tally(order, line).room
        quantity = dice.between(1, max(1, room + dice.rarely(15)))
        name = f"request-{len(order['returns']) if dice.rarely(10) else len(order['returns']) + 1}"
        request = ReturnRequest.model_validate(
            {
                "request_id": name,
                "lines": [{"line": line["id"], "quantity": quantity}],
                "reason": dice.one_of(("changed_mind", "damaged", None, "size_or_fit")),
                "words": dice.one_of(("", PROMISING)),
            }
        )
        self._request(merchant, order, request, quantity > room)

    def _request(self, merchant: str, order: Doc, request: ReturnRequest, too_many: bool) -> None:
        known = any(ret["request_id"] == request.request_id for ret in order["returns"])
        refused = False
        try:
            self.world.write(merchant, lambda uow: request_return(uow, order["id"], request))
        except Refused:
            refused = True
        change = self.see(merchant)[merchant]
        self.count("customer request", "refused" if refused else "known" if known else "taken")
        hold(refused == (too_many and not known), f"{request}: refused {refused}, too many {too_many}")
        hold(not known or change.nothing, f"{request} came twice and changed something")

    def evidence(self, dice: Dice) -> None:
        """A photo, words, a claim, a retraction, a note of what was said: an open proposal stays valid."""
        merchant = self.a_shop(dice)
        order, actor = self.an_order(dice, merchant), self.anybody(dice)
        lines = [] if dice.rarely(50) else [dice.one_of(order["lines"])["id"]]
        what = dice.one_of(("photo", "words", "claim", "retract", "log", "short words"))
        person = self.world.staff[merchant][actor]
        legal = person.active and person.role.rank >= 1

        refused = False
        try:
            self.world.write(merchant, partial(_said, what, person, order["id"], lines))
        except Refused:
            refused = True
        self.see(merchant)
        self.count("evidence", "refused" if refused else what)
        after = self.world.shop(merchant).orders[order["id"]]
        hold(after["version"] == order["version"], f"{what} made a new version")
        hold(refused != legal, f"{what} by {actor}: refused {refused}")

    def change_settings(self, dice: Dice) -> None:
        """The shop changes its rules."""
        merchant = self.a_shop(dice)
        now = self.world.shop(merchant).settings
        flag = dice.one_of(
            ("refund_before_receipt", "refund_from_reserved", "negative_balance", "merchant_initiated_returns",
             "logistics_at_approval", "refunds_blocked", "description_counts", "photo")
        )  # fmt: skip
        changed = {**now, flag: not now.get(flag)}
        if flag == "photo":
            changed = {**now, "photo_required_above": {} if now["photo_required_above"] else {"EUR": 1000}}
        if changed["refunds_blocked"] and dice.rarely(50):
            changed["refunds_blocked"] = False
        self.world.save_settings(merchant, MerchantSettings.model_validate(changed))
        self.world.watcher.settings()
        self.see()
        self.count("settings", flag)


def _shown(what: str, lines: list[str], now: object) -> Evidence:
    text = {"words": PROMISING, "short words": "broken"}.get(what, "")
    kind = EvidenceKind.PHOTO if what == "photo" else EvidenceKind.DESCRIPTION
    sha256 = hashlib.sha256(f"{what}{lines}".encode()).hexdigest()
    return Evidence.model_validate(
        {"sha256": sha256, "kind": kind, "text": text, "lines": lines, "added_by": "", "added_at": now}
    )


def _stored(uow: UnitOfWork, order_id: str) -> Order:
    order = uow.orders.get(order_id)
    if order is None:
        raise KeyError(order_id)
    return order


def _said(what: str, person: Staff, order_id: str, lines: list[str], uow: UnitOfWork) -> object:
    """A claim, its retraction, a note of what was said, or evidence."""
    if what == "claim":
        return orders.claim_issue(uow, person, order_id, RefundReason.DAMAGED, lines)
    if what == "retract":
        return orders.retract_issue(uow, person, order_id, lines)
    if what == "log":
        return orders.log_communication(uow, person, order_id, "email", "We look into it.")
    return orders.add_evidence(uow, person, order_id, _shown(what, lines, uow.now))
