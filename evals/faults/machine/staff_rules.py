"""What staff do: propose, confirm, edit, withdraw."""

from __future__ import annotations

from datetime import timedelta

from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Decision, Proposal
from domain.rules import Refused
from domain.supplier_reviews.payloads import SupplierVerdict
from domain.supplier_reviews.service import import_verdict
from evals.faults.machine.deciding import Deciding
from evals.faults.machine.dice import Dice
from evals.faults.machine.people import LIMITED, STRONG
from evals.faults.machine.proposing import WISHES, subjects
from evals.faults.machine.return_wishes import verdict_wish
from evals.faults.oracle.actions import JUDGES, may_confirm, may_decide
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import hold

_REFUNDS = ("refund", "refund", "refund_return", "refund_return")
_STARTS = ("create_return", "approve_return", "approve_return", "reject_return")
_FURTHER = (
    "receive_return",
    "receive_return",
    "refund_return",
    "edit_return",
    "close_return",
    "cancel_return",
)
_SUPPLIERS = ("request_supplier_review", "supplier_verdict", "supplier_verdict", "cancel_supplier_review")
_FAMILIES = (_REFUNDS, _REFUNDS, _STARTS, _FURTHER, _FURTHER, _SUPPLIERS, _SUPPLIERS)


class StaffRules(Deciding):
    """Rules of people."""

    def progress(self, dice: Dice) -> None:
        """Something of one family is carried through."""
        self.carry(dice, dice.one_of(_FAMILIES))

    def carry(self, dice: Dice, wanted: tuple[str, ...]) -> None:
        """Something the page offers, of the wanted kinds if it can be, proposed and confirmed by who may."""
        dice.careful = not dice.rarely(25)
        merchant = self.a_shop(dice)
        order = self.an_order(dice, merchant)
        actor = self._who(dice, order, wanted)
        waiting = [p for p in self.world.shop(merchant).open_proposals() if p["order_id"] == order["id"]]
        if waiting and dice.careful:
            self.confirm_rightly(dice, merchant, waiting[0])
            return
        offered = self.possible(self.world.facts(merchant, order, actor))
        found = [each for name in wanted for each in offered if each[0] == name] or offered
        if not found:
            self.import_order(dice, merchant)
            return
        action, subject = dice.one_of(found)
        over_night = dice.rarely(18 if action == "refund" else 3)
        if over_night:
            self._late_in_the_evening()
        payload = WISHES[action][1](dice, self.world.facts(merchant, order, actor), subject)
        proposal = self.propose(merchant, order, action, payload, actor)
        if proposal is None or dice.rarely(15):
            return
        if over_night or dice.rarely(15):
            self.meanwhile(dice)
        self._confirm_somehow(dice, merchant, order, proposal)

    def _confirm_somehow(self, dice: Dice, merchant: str, order: Doc, proposal: Doc) -> None:
        """First perhaps by somebody whose limit may be too low, then by who may."""
        actor, kind = proposal["created_by"], proposal["kind"]
        again = kind == "refund" and any(refund["proposed_by"] == actor for refund in order["refunds"])
        if dice.rarely(90 if again and actor in LIMITED else 30):
            name = actor if again else dice.one_of((actor, actor, *LIMITED))
            if self.confirm(merchant, proposal, name, proposal["sha256"]) != "refused":
                return
        self.confirm_rightly(dice, merchant, proposal)

    def _late_in_the_evening(self) -> None:
        """Of the next day: what is proposed now is confirmed after a day's sales have settled."""
        self.world.clock.at = self.world.clock.at.replace(hour=23, minute=50) + timedelta(days=1)

    def _who(self, dice: Dice, order: Doc, wanted: tuple[str, ...]) -> str:
        """Whoever refunded before goes on; verdicts come from finance; now and then somebody with a low limit."""
        before = [refund["proposed_by"] for refund in order["refunds"] if refund["proposed_by"]]
        if before and dice.rarely(80 if before[-1] in LIMITED else 30):
            return str(before[-1])
        if wanted is _SUPPLIERS and dice.rarely(60):
            return "fay"
        return dice.one_of(LIMITED) if dice.rarely(40) else dice.one_of(STRONG)

    def meanwhile(self, dice: Dice) -> None:
        """What can make a card out of date."""
        self.world.clock.move(seconds=dice.one_of((901, 60, 1799)))
        self.see()

    def confirm_rightly(self, dice: Dice, merchant: str, proposal: Doc) -> None:
        """By the first who may."""
        order = self.world.shop(merchant).orders[proposal["order_id"]]
        facts = self.world.facts(merchant, order, proposal["created_by"])
        for name in (proposal["created_by"], *STRONG):
            if may_confirm(facts, proposal, self.world.person(merchant, name)):
                self.confirm(merchant, proposal, name, proposal["sha256"])
                return

    def ask(self, dice: Dice) -> None:
        """Anybody proposes anything."""
        merchant = self.a_shop(dice)
        order, actor = self.an_order(dice, merchant), self.anybody(dice)
        facts = self.world.facts(merchant, order, actor)
        if dice.rarely(25):
            self.check_actions(merchant, order, actor)
        choices = [(name, subject) for name in WISHES for subject in subjects(order, name)]
        if dice.rarely(50):
            choices = self.possible(facts) or choices
        wanted = dice.one_of(sorted({name for name, _ in choices}))
        if order["supplier_reviews"] and dice.rarely(25):
            wanted = "supplier_verdict"
            choices = [(wanted, review["id"]) for review in order["supplier_reviews"]]
        action, subject = dice.one_of([each for each in choices if each[0] == wanted])
        payload = WISHES[action][1](dice, facts, subject)
        self.propose(merchant, order, action, payload, actor)

    def _a_proposal(self, dice: Dice, merchant: str) -> Doc | None:
        """An open one, now and then one that was decided."""
        shop = self.world.shop(merchant)
        waiting, over = shop.open_proposals(), list(shop.proposals.values())
        if waiting and not dice.rarely(15):
            return dice.one_of(waiting)
        return dice.one_of(over) if over else None

    def decide(self, dice: Dice) -> None:
        """Somebody confirms, with the hash they saw or another; then perhaps somebody again."""
        merchant = self.a_shop(dice)
        proposal = self._a_proposal(dice, merchant)
        if proposal is None:
            self.carry(dice, ("approve_return", "receive_return"))
            return
        sha256 = "f" * 64 if dice.rarely(25) else proposal["sha256"]
        self.confirm(merchant, proposal, self.anybody(dice), sha256)
        if dice.rarely(25):
            again = self.world.shop(merchant).proposals[proposal["id"]]
            self.confirm(merchant, again, self.anybody(dice), again["sha256"])

    def change_of_mind(self, dice: Dice) -> None:
        """Edit, withdraw, or find that it has run out."""
        merchant = self.a_shop(dice)
        proposal = self._a_proposal(dice, merchant)
        if proposal is None:
            self.carry(dice, ("refund_return", "supplier_verdict"))
            return
        actor = proposal["created_by"] if not dice.rarely(40) else self.anybody(dice)
        if dice.rarely(25):
            self._look_at_expiry(merchant, proposal)
        elif actor in self.world.staff[merchant] and not dice.rarely(40):
            self._edit(dice, merchant, proposal, actor)
        elif actor in self.world.staff[merchant]:
            self._withdraw(merchant, proposal, actor)

    def _edit(self, dice: Dice, merchant: str, proposal: Doc, actor: str) -> None:
        order = self.world.shop(merchant).orders[proposal["order_id"]]
        facts = self.world.facts(merchant, order, actor)
        stored = proposal["payload"]
        subject = stored.get("return_id") or stored.get("review_id") or order["lines"][0]["id"]
        action = "refund_return" if stored.get("settles_return") else proposal["kind"]
        payload = WISHES[action][1](dice, facts, stored.get("settles_return") or subject)
        edited = self.propose(merchant, order, action, payload, actor, replaces=proposal)
        after = self.world.shop(merchant).proposals[proposal["id"]]["state"]
        if edited is not None:
            hold(after == "superseded", f"{proposal['id']} was edited and is {after}")
            hold(edited["supersedes"] == proposal["id"], f"{edited['id']} supersedes nothing")

    def _withdraw(self, merchant: str, proposal: Doc, actor: str) -> None:
        person = self.world.staff[merchant][actor]
        legal = proposal["state"] == "open" and may_decide(self.world.person(merchant, actor), proposal)

        def work(uow: UnitOfWork) -> Decision:
            return service.cancel(uow, person, proposal["id"])

        decision = self.world.write(merchant, work)
        change = self.see(merchant)[merchant]
        self.count("cancel proposal", "done" if decision.accepted else "refused")
        hold(decision.accepted == legal, f"{actor} withdraws {proposal['id']}: {decision.refused}")
        hold(legal or change.nothing, f"{actor} may not withdraw, but something changed")

    def _look_at_expiry(self, merchant: str, proposal: Doc) -> None:
        """The desk marks what has run out."""
        over = self.world.clock.now().isoformat() >= proposal["expires_at"].replace("Z", "+00:00")

        def work(uow: UnitOfWork) -> Proposal:
            return service.expire_if_due(uow, service.get(uow, proposal["id"]))

        state = self.world.write(merchant, work).state.value
        self.see(merchant)
        expected = "expired" if over and proposal["state"] == "open" else proposal["state"]
        self.count("expire", "done" if state == "expired" else "not yet")
        hold(state == expected, f"{proposal['id']} is {state}, not {expected}")

    def supplier_answers(self, dice: Dice) -> None:
        """A verdict comes from the supplier's import."""
        merchant = self.a_shop(dice)
        order = self.an_order(dice, merchant)
        if order["supplier_reviews"]:
            facts = self.world.facts(merchant, order, "system")
            wish = verdict_wish(dice, facts, dice.one_of(order["supplier_reviews"])["id"])
            self._import_verdict(merchant, order, wish)

    def _import_verdict(self, merchant: str, order: Doc, wish: Doc) -> None:
        facts = self.world.facts(merchant, order, "system")
        codes = JUDGES["supplier_verdict"](facts, wish)
        now = self.world.clock.now().isoformat()
        waiting = [p for p in self.world.shop(merchant).open_proposals() if p["order_id"] == order["id"]]
        if any(now < p["expires_at"].replace("Z", "+00:00") for p in waiting):
            codes.add("open_proposal_exists")
        verdict = SupplierVerdict.model_validate(wish)
        refused = False
        try:
            decision = self.world.write(merchant, lambda uow: import_verdict(uow, order["id"], verdict))
            hold(decision.accepted, f"{wish}: {decision.refused}")
        except Refused:
            refused = True
        self.see(merchant)
        self.count("import verdict", "refused" if refused else "taken")
        hold(refused == bool(codes), f"the supplier says {wish}: refused {refused}, the page says {codes}")
