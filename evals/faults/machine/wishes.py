"""Payloads to propose: mostly legal ones and ones at a limit, now and then wrong in one thing."""

from __future__ import annotations

from evals.faults.machine.dice import Dice
from evals.faults.oracle.facts import Facts
from evals.faults.oracle.settling import worth
from evals.faults.oracle.values import (
    Doc,
    choice,
    held_value,
    left,
    return_of,
    shipping_left,
    tally,
)

_REASONS = ("changed_mind", "goodwill", "damaged", "changed_mind", "other", "price_adjustment")
PROMISING = "The handle came off when I lifted it."


def refund_wish(dice: Dice, facts: Facts) -> Doc:
    """A direct refund."""
    order = facts.order
    wish: Doc = {"currency": order["currency"], "lines": []}
    shapes = (_everything, _units, _units, _of_order, _adjustment, _part, _shipping, _total, _twice, _third)
    shape = dice.one_of(shapes)
    if held_value(order) > 0 and dice.rarely(25):
        shape = _beside_returns
    elif _begun(order) and dice.rarely(30):
        shape = _third
    shape(dice, order, wish)
    _reasoned(dice, facts, wish)
    if dice.rarely(20):
        wish["payment"] = dice.one_of(order["payments"])["id"]
    if dice.flaw(12):
        _spoil(dice, wish)
    return wish


def _room(order: Doc) -> list[Doc]:
    """Lines with room first of all."""
    lines = [line for line in order["lines"] if tally(order, line).room > 0]
    return lines or order["lines"]


def _everything(dice: Dice, order: Doc, wish: Doc) -> None:
    wish["lines"] = [
        {"line": line["id"], "quantity": tally(order, line).room}
        for line in order["lines"]
        if tally(order, line).room > 0
    ]
    wish["shipping"] = max(0, shipping_left(order))


def _units(dice: Dice, order: Doc, wish: Doc) -> None:
    line = dice.one_of(_room(order))
    quantity = dice.between(1, max(1, tally(order, line).room + dice.flaw(15)))
    wish["lines"] = [{"line": line["id"], "quantity": quantity}]


def _of_order(dice: Dice, order: Doc, wish: Doc) -> None:
    limit = left(order) - (0 if dice.flaw(15) else held_value(order))
    wish["amount"] = dice.near(max(1, limit))


def _beside_returns(dice: Dice, order: Doc, wish: Doc) -> None:
    """What open returns lay claim to is not there for an amount of the order."""
    limit = left(order) - held_value(order)
    wish["amount"] = max(1, dice.one_of((limit, limit + 1, left(order))))


def _begun(order: Doc) -> list[Doc]:
    """Lines of which a part was given back, and money is left."""
    return [line for line in order["lines"] if tally(order, line).amount > 0 and tally(order, line).money > 0]


def _third(dice: Dice, order: Doc, wish: Doc) -> None:
    """A third of a line's money; in the end what is left, with what is left of its tax."""
    line = dice.one_of(_begun(order) or order["lines"])
    now = tally(order, line)
    third = max(1, now.cost // 3)
    amount = now.money if now.money <= third + 2 else third
    wish["lines"] = [{"line": line["id"], "quantity": 0, "amount": amount}]


def _adjustment(dice: Dice, order: Doc, wish: Doc) -> None:
    line = dice.one_of(order["lines"])
    wish["lines"] = [{"line": line["id"], "quantity": 0, "amount": dice.near(tally(order, line).money)}]


def _part(dice: Dice, order: Doc, wish: Doc) -> None:
    line = dice.one_of(_room(order))
    quantity = dice.between(1, max(1, tally(order, line).room))
    most = choice(order, line, quantity)
    wish["lines"] = [{"line": line["id"], "quantity": quantity, "amount": dice.near(most)}]


def _shipping(dice: Dice, order: Doc, wish: Doc) -> None:
    wish["shipping"] = dice.near(max(1, shipping_left(order)))


def _total(dice: Dice, order: Doc, wish: Doc) -> None:
    lines = [line for line in _room(order) if tally(order, line).room > 0][:2]
    wish["lines"] = [{"line": line["id"], "quantity": 1} for line in lines]
    wish["shipping"] = dice.upto(max(0, min(1, shipping_left(order))))
    values = sum(choice(order, line, 1) for line in lines)
    wish["amount"] = dice.near(max(1, values + wish["shipping"]))


def _twice(dice: Dice, order: Doc, wish: Doc) -> None:
    line = dice.one_of(_room(order))
    room = tally(order, line).room
    wish["lines"] = [
        {"line": line["id"], "quantity": max(1, room // 2)},
        {"line": line["id"], "quantity": max(1, room - room // 2 + dice.flaw(30))},
    ]


def _reasoned(dice: Dice, facts: Facts, wish: Doc) -> None:
    wish["reason"] = dice.one_of(_REASONS)
    if wish["reason"] == "other" and not dice.flaw(20):
        wish["note"] = "as agreed"
    if not dice.flaw(15):
        wish["evidence"] = [item["sha256"] for item in facts.order["evidence"]]
    if dice.flaw(20):
        wish["quality_issue"] = True
    quality = wish["reason"] == "damaged" or facts.order["claims"]
    if dice.rarely(60 if quality else 15):
        by = "sam" if dice.flaw(20) else facts.proposer["id"]
        wish["waiver"] = {
            "by": by,
            "role": facts.proposer["role"],
            "note": "" if dice.flaw(20) else "seen it",
        }


def _spoil(dice: Dice, wish: Doc) -> None:
    wish |= dice.one_of(
        (
            {"currency": "EUR" if wish["currency"] != "EUR" else "JPY"},
            {"reason": None},
            {"payment": "P9"},
            {"lines": [*wish["lines"], {"line": "L9", "quantity": 1}]},
            {"shipping": -1},
            {"amount": 0},
            {"amount": 10**9},
            {"settles_return": "none"},
        )
    )


def settle_wish(dice: Dice, facts: Facts, return_id: str) -> Doc:
    """The refund of a return."""
    order, ret = facts.order, return_of(facts.order, return_id)
    wish: Doc = {"currency": order["currency"], "settles_return": return_id, "lines": []}
    now = worth(order, ret, before_receipt=facts.settings["refund_before_receipt"]) if ret else None
    if now is not None and dice.rarely(40):
        wish["amount"] = dice.near(max(1, min(now.net, left(order))))
        if not dice.flaw(30):
            wish["value_note"] = "scratched"
    elif now is not None and dice.rarely(40):
        wish["lines"] = [
            {"line": line, "quantity": count + dice.flaw(15), "amount": now.values[line]}
            for line, count in now.units.items()
        ]
    elif now is not None and dice.flaw(25):
        wish["lines"] = [{"line": line, "quantity": count} for line, count in list(now.units.items())[:1]]
    if dice.rarely(20):
        wish["shipping"] = max(0, shipping_left(order))
    _reasoned(dice, facts, wish)
    return wish
