"""Stories in which something comes in between, or must not happen."""

from __future__ import annotations

from typing import Any

from evals.retail.data import Note, pounds
from evals.retail.told import CONFIRM, Told, only, refund


def one_after_the_other(note: Note) -> Told:
    """Three refunds in a row."""
    turns: list[dict[str, Any]] = []
    for entry in note.given:
        said = f"{note.order}: refund {entry.units} x {entry.code}, customer no longer wants it"
        turns += [{"say": said}, CONFIRM]
    total = sum(entry.amount for entry in note.given)
    expect: dict[str, Any] = {
        "states": {"executed": len(note.given)},
        "paid": {"GBP": pounds(total)},
        "db": {note.order: {"refunded_total": pounds(total), "remaining": pounds(note.paid - total)}},
    }
    return turns, expect


def corrected(note: Note) -> Told:
    """One too many at first."""
    one = only(note)
    said = f"refund {one.units + 1} {one.title} on {note.order}, changed mind"
    return [{"say": said}, {"say": f"sorry, {one.units} not {one.units + 1}"}, CONFIRM], {
        **refund(note, "changed_mind"),
        "states": {"executed": 1, "superseded": 1},
    }


def too_many(note: Note) -> Told:
    """More than were bought."""
    one = only(note)
    said = f"refund {one.bought + 2} of the {one.title} on {note.order}, changed mind"
    expect: dict[str, Any] = {"proposal": None, "refused_with": "quantity_exceeds_refundable", "paid": {}}
    return [{"say": said}], expect


def again(note: Note) -> Told:
    """The same again."""
    one = only(note)
    said = f"refund {one.units} x {one.code} on {note.order}, ordered by mistake"
    expect = {
        "states": {"executed": 1},
        "refused_with": "quantity_exceeds_refundable",
        "paid": {"GBP": pounds(one.amount)},
        "db": {note.order: {"refunded_total": pounds(one.amount)}},
    }
    return [{"say": said}, CONFIRM, {"say": f"once more: {said}"}], expect


def second_person(note: Note) -> Told:
    """Above the limit."""
    one = only(note)
    said = f"refund {one.units} of the {one.title} on {note.order}, they changed their mind"
    second = {"event": "other_staff_confirms", "role": "supervisor", "limit": {"GBP": "5000.00"}}
    expect = {**refund(note, "changed_mind"), "refused_with": ["approval_required", "self_approval"]}
    return [{"say": said}, CONFIRM, second], expect


def not_on_it(note: Note) -> Told:
    """A line that no purchase matches: the order has no such code."""
    one = note.strange[0]
    said = f"refund {one.units} x {one.code} on {note.order}, ordered by mistake"
    return [{"say": said}], {"proposal": None, "executed": False, "paid": {}}


def provider_silent(note: Note) -> Told:
    """No answer, though it happened."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"{note.order}, refund {one.units} of the {one.title}, changed mind"},
        {"event": "provider", "answer": "timeout_after"},
        CONFIRM,
        {"event": "wait", "minutes": 45},
        {"say": f"is the refund on {note.order} through?"},
    ]
    return turns, refund(note, "changed_mind")


def declined(note: Note) -> Told:
    """The provider declines."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"please refund {one.units} {one.title} from order {note.order}, ordered by mistake"},
        {"event": "provider", "answer": "decline"},
        CONFIRM,
    ]
    return turns, {
        "states": {"failed": 1},
        "paid": {},
        "db": {note.order: {"refunded_total": "0.00", "remaining": pounds(note.paid)}},
    }


def and_the_balance(note: Note) -> Told:
    """Only asked, nothing done."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"what would refunding {one.units} {one.title} on {note.order} do to our balance?"},
        {"say": "ok, do we still owe them anything else on that order?"},
    ]
    return turns, {"executed": False, "paid": {}, "refused_with": None}


def dropped(note: Note) -> Told:
    """Thought better of."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"{one.units} {one.title} off {note.order}, refund, no longer wanted"},
        {"say": "never mind, he keeps them"},
        CONFIRM,
    ]
    return turns, {
        "states": {"cancelled": 1},
        "executed": False,
        "paid": {},
        "refused_with": "proposal_decided",
    }


def on_its_way_back(note: Note) -> Told:
    """Some of it is in a return already."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {
            "say": f"customer sends back {one.units} {one.title} from {note.order}, open the return, changed mind"
        },
        CONFIRM,
        {"say": f"refund all {one.bought} {one.title} on {note.order} right away, changed mind"},
    ]
    return turns, {"refused_with": "quantity_exceeds_refundable", "states": {"executed": 1}, "paid": {}}


def too_late_to_press(note: Note) -> Told:
    """Pressed after the card ran out."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"refund {one.units} pcs of {one.code} on {note.order}, size issue"},
        {"event": "wait", "minutes": 45},
        CONFIRM,
        CONFIRM,
    ]
    return turns, {
        **refund(note, "size_or_fit"),
        "states": {"executed": 1, "expired": 1},
        "refused_with": "proposal_expired",
    }


def lowered_on_the_card(note: Note) -> Told:
    """A penny less, on the card."""
    one = only(note)
    turns: list[dict[str, Any]] = [
        {"say": f"refund {one.units} {one.title} on {note.order} as goodwill"},
        {"event": "edit", "set": {"amount": pounds(one.amount - 1)}},
        CONFIRM,
    ]
    return turns, {
        "states": {"executed": 1, "superseded": 1},
        "paid": {"GBP": pounds(one.amount - 1)},
        "db": {note.order: {"remaining": pounds(note.paid - one.amount + 1)}},
    }
