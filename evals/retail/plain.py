"""Stories in which the refund is made."""

from __future__ import annotations

from typing import Any

from evals.retail.data import Note, pounds
from evals.retail.told import CONFIRM, Told, only, refund


def by_title(note: Note) -> Told:
    """Named as on the invoice."""
    one = only(note)
    said = f"refund {one.units} of the {one.title} on {note.order}, customer changed their mind"
    return [{"say": said}, CONFIRM], refund(note, "changed_mind")


def in_a_sentence(note: Note) -> Told:
    """As people talk."""
    one = only(note)
    said = (
        f"Just had the buyer of {note.order} on the phone. {one.units} of the {one.title} were ordered by mistake, "
        "please refund those and leave the rest."
    )
    return [{"say": said}, CONFIRM], refund(note, "ordered_by_mistake")


def by_code(note: Note) -> Told:
    """Named by its code."""
    one = only(note)
    said = f"order {note.order}: refund {one.units} x {one.code}, ordered by mistake"
    return [{"say": said}, CONFIRM], refund(note, "ordered_by_mistake")


def terse(note: Note) -> Told:
    """As people note things down."""
    one = only(note)
    return [{"say": f"{note.order} {one.units}x {one.code} rfnd late delivery"}, CONFIRM], refund(
        note, "late_delivery"
    )


def whole_line(note: Note) -> Told:
    """All units of a line."""
    one = only(note)
    said = f"{note.order} - all {one.units} {one.title}: customer ordered them by mistake, refund please"
    return [{"say": said}, CONFIRM], refund(note, "ordered_by_mistake")


def whole_order(note: Note) -> Told:
    """All there is."""
    expect = refund(note, "changed_mind")
    return [{"say": f"full refund on {note.order}, they changed their mind about all of it"}, CONFIRM], expect


def duplicate(note: Note) -> Told:
    """The whole order was one too many."""
    turns = [{"say": f"{note.order} is a duplicate of another order, refund everything"}, CONFIRM]
    return turns, refund(note, "duplicate")


def step_by_step(note: Note) -> Told:
    """One fact a message."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"customer of {note.order} wants money back"},
        {"say": f"the {one.title}"},
        {"say": f"{one.units} of them"},
        {"say": "they changed their mind"},
        CONFIRM,
    ]
    return turns, refund(note, "changed_mind")


def two_lines(note: Note) -> Told:
    """Two lines at once."""
    one, other = note.given
    said = (
        f"on {note.order} refund {one.units} {one.title} and {other.units} {other.title}, "
        "customer changed her mind"
    )
    return [{"say": said}, CONFIRM], refund(note, "changed_mind")


def damaged(note: Note) -> Told:
    """With a photo, nothing to send back."""
    one = only(note)
    photo = {"name": "parcel.jpg", "type": "image/jpeg", "source": "customer"}
    said = f"{one.units} of the {one.title} on {note.order} came broken, nothing to send back, refund them"
    turns: list[dict[str, Any]] = [{"event": "attach", "files": [photo]}, {"say": said}, CONFIRM]
    return turns, {**refund(note, "damaged"), "must_not_ask": ["evidence"]}


def missing(note: Note) -> Told:
    """Units that were not in the box."""
    one = only(note)
    said = f"{one.units} x {one.title} were missing from the box of {note.order}, refund what was missing"
    return [{"say": said}, CONFIRM], refund(note, "missing_item")


def keeps_some(note: Note) -> Told:
    """The rest is what goes back."""
    one = only(note)
    said = (
        f"on {note.order} she keeps {one.bought - one.units} of the {one.bought} {one.title}, "
        f"refund the other {one.units}, changed her mind"
    )
    return [{"say": said}, CONFIRM], refund(note, "changed_mind")


def by_customer(note: Note) -> Told:
    """By customer, without an order number."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"refund something for Customer {note.bill.customer}, they ordered it by mistake"},
        {"say": f"{one.units} of the {one.title}"},
        CONFIRM,
    ]
    return turns, {**refund(note, "ordered_by_mistake"), "must_not_ask": ["order", "reason"]}


def sent_back(note: Note) -> Told:
    """By way of a return."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"open a return on {note.order} for {one.units} {one.title}, they changed their mind"},
        CONFIRM,
        {"say": f"the return on {note.order} has arrived, all {one.units} in good condition"},
        CONFIRM,
        {"say": "refund the return"},
        CONFIRM,
    ]
    expect = refund(note, "changed_mind")
    return turns, {"states": {"executed": 3}, "paid": expect["paid"], "db": expect["db"]}


def by_price(note: Note) -> Told:
    """An amount, no units."""
    one = only(note)
    said = f"refund {pounds(one.amount)} GBP on the {one.title} of {note.order}, as a price adjustment"
    expect = {
        "proposal": {"kind": "refund", "reason": "price_adjustment", "amount": pounds(one.amount)},
        "executed": True,
        "paid": {"GBP": pounds(one.amount)},
    }
    return [{"say": said}, CONFIRM], expect


def after_an_earlier_note(note: Note) -> Told:
    """After an earlier credit."""
    one = only(note)
    said = f"another credit on {note.order}: {one.units} x {one.code} this time, ordered by mistake"
    return [{"say": said}, CONFIRM], refund(note, "ordered_by_mistake")


def noticed(note: Note) -> Told:
    """With a notice to the customer."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"{note.order}: the {one.title}, {one.units} of them, came too late. refund"},
        CONFIRM,
        {"say": "draft the refund notice"},
    ]
    expect = {**refund(note, "late_delivery"), "drafts": 1, "texts": {"present": [pounds(one.amount)]}}
    return turns, expect
