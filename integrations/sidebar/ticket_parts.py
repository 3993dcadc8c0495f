"""What stands around the case: the customer's words, the order, which order it is, and the likely next step."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup, escape

from agent.dialogue.answers import ACTION_LABELS
from agent.tickets.next_steps import NextStep, next_steps, say_action
from agent.tickets.orders import Candidate
from domain.actions import ActionName
from domain.identity import Role
from domain.orders.value import line_state, refundable_now, refunded_total
from domain.reasons import RefundReason
from integrations.sidebar.facts import Facts
from integrations.sidebar.parts import (
    Choice,
    ClaimsPart,
    FileChip,
    Notice,
    OrderPart,
    PickerPart,
    QuestionPart,
    Row,
)
from integrations.sidebar.speech import Speech

_EVIDENCE = ("image/", "video/", "application/pdf")


def claims_part(speech: Speech, facts: Facts) -> ClaimsPart:
    """Quoted spans, what they amount to, and the files that could be evidence."""
    claims, summary = facts.claims, []
    if claims.reason is not None:
        summary.append(reason_word(speech, claims.reason))
    if claims.wish:
        summary.append(speech.t(f"wish_{claims.wish}"))
    chips = file_chips(facts)
    added = sum(chip.added for chip in chips)
    if chips:
        summary.append(speech.t("files_added" if added else "files_offered", n=added or len(chips)))
    elif claims.mentions_pictures:
        summary.append(speech.t("pictures_missing"))
    return ClaimsPart(claims.quotes, facts.talk.language, summary, chips)


def file_chips(facts: Facts) -> list[FileChip]:
    """The customer's attachments; adding one takes a person's click."""
    may = facts.staff.role.covers(Role.AGENT) and facts.order is not None
    return [
        FileChip(f.id, f.name, f.media_type.startswith("image/"), f.id in facts.added, may)
        for f in facts.ticket.files
        if f.from_customer and f.media_type.startswith(_EVIDENCE)
    ]


def reason_word(speech: Speech, reason: RefundReason) -> Markup:
    """A reason in the reader's language."""
    return speech.phrase(reason.label)


def order_part(speech: Speech, facts: Facts) -> OrderPart:
    """Lines, what was refunded, and what is left."""
    order = facts.order
    assert order is not None
    rows = []
    for line in order.lines:
        state = line_state(order, line)
        gone = [
            speech.t("line_refunded", n=state.refunded) if state.refunded else "",
            speech.t("line_in_return", n=state.in_open_returns) if state.in_open_returns else "",
        ]
        tag = "" if line.source.value == "own" else line.source.value.replace("_", " ")
        rows.append(
            Row(
                escape(f"{line.quantity} × {line.title}"),
                escape(speech.money(state.cost, order.currency)),
                tag=str(speech.word(tag) or tag) if tag else "",
                note=" · ".join(str(part) for part in gone if part),
            )
        )
    if order.shipping:
        rows.append(
            Row(speech.phrase("Shipping"), escape(speech.money(order.shipping, order.currency)), True)
        )
    refunded = refunded_total(order)
    if refunded:
        rows.append(Row(speech.t("refunded"), escape(speech.money(refunded, order.currency)), True))
    found = facts.candidate
    why = speech.t(f"found_{found.why}") if found is not None else Markup("")
    return OrderPart(
        number=order.number,
        customer=order.customer.name,
        placed=speech.day(order.placed_at),
        rows=rows,
        refundable=speech.money(refundable_now(order), order.currency),
        why=why,
        several=len(facts.candidates) > 1,
    )


def picker_part(speech: Speech, facts: Facts) -> PickerPart:
    """Nothing, one or several: offered, never guessed."""
    found = facts.candidates
    key = "pick_none" if not found else "pick_one" if len(found) == 1 else "pick_many"
    return PickerPart(
        question=speech.t(key),
        hint=speech.t(f"{key}_hint", name=facts.talk.requester or "—"),
        choices=[_candidate(speech, each) for each in found],
    )


def _candidate(speech: Speech, each: Candidate) -> Choice:
    order = each.order
    titles = ", ".join(order.titles[:3])
    doubt = Markup("") if each.belongs else Markup(" · ") + speech.t("other_customer", name=order.customer)
    return Choice(
        label=Markup("{} · {}").format(order.number, order.customer),
        say=f"show order {order.number}",
        detail=Markup("{} · {} · {}{}").format(
            speech.t(f"found_{each.why}"), speech.day(order.placed_at), titles, doubt
        ),
    )


def start_part(speech: Speech, facts: Facts, *, after: bool = False) -> QuestionPart:
    """The likely scenario: one question, the best answer first, closed ways with their reason.

    `after` an outcome: what else could be done, none of it the obvious thing.
    """
    order = facts.order
    assert order is not None
    found = next_steps(order, facts.actions, facts.claims)
    item = found.items[0].line.title if len(found.items) == 1 else ""
    key = f"ask_{found.scenario}"
    question = speech.t(f"{key}_item", item=item) if item and found.scenario == "quality" else speech.t(key)
    if after:
        question = speech.t("what_else")
    open_ones = [step for step in found.steps if not step.closed]
    quality = found.scenario == "quality" and not after
    choices = [
        _step(
            speech, facts, step, best=not after and bool(open_ones) and step is open_ones[0], quality=quality
        )
        for step in found.steps
    ]
    others = [action for action in found.others if action.name in ACTION_LABELS]
    chips = [
        Choice(speech.phrase(ACTION_LABELS[a.name]), say_action(a.name, order.number))
        for a in others
        if a.available
    ]
    closed = sorted((a for a in others if not a.available), key=lambda a: a.sentence)
    reasons = [
        (
            Markup(", ").join(speech.phrase(ACTION_LABELS[a.name]) for a in group),
            closed_because(speech, sentence),
        )
        for sentence, grouped in groupby(closed, key=lambda a: a.sentence)
        if (group := list(grouped))
    ]
    return QuestionPart(question, choices, chips, reasons)


def _step(speech: Speech, facts: Facts, step: NextStep, *, best: bool, quality: bool) -> Choice:
    if step.closed:
        return Choice(speech.phrase(ACTION_LABELS[step.action]), closed=closed_because(speech, step.closed))
    order = facts.order
    assert order is not None
    details = []
    if step.amount is not None and step.action is ActionName.REFUND:
        details.append(speech.t("with_tax", amount=speech.money(step.amount, order.currency)))
    if step.reason is not None:
        details.append(reason_word(speech, step.reason))
    if step.reason is not None and step.reason.is_quality and facts.added:
        details.append(speech.t("files_added", n=len(facts.added)))
    return Choice(_label(speech, step, quality=quality), step.say, Markup(" · ").join(details), best=best)


def closed_because(speech: Speech, sentence: str) -> Markup:
    """Why an action is closed, without saying twice that it is."""
    rest = sentence.removeprefix("Not available now: ")
    return speech.phrase(rest[:1].upper() + rest[1:] if rest != sentence else sentence)


def _label(speech: Speech, step: NextStep, *, quality: bool) -> Markup:
    if step.item is None:
        return speech.phrase(ACTION_LABELS[step.action])
    units = f"{step.item.quantity} × " if step.item.quantity else ""
    key = "step_refund" if step.action is ActionName.REFUND else "step_return"
    return speech.t(f"{key}_quality" if quality else key, item=f"{units}{step.item.line.title}")


def ticket_notices(speech: Speech, facts: Facts) -> list[Notice]:
    """The customer wrote again since the desk took the ticket in; the order's customer is somebody else."""
    notices = []
    if facts.wrote_again:
        button = Choice(speech.t("take_in"))
        notices.append(Notice(speech.t("ticket_changed"), "warn", urgent=True, action=button, take_in=True))
    found = facts.candidate
    if found is not None and not found.belongs and facts.order is not None:
        text = speech.t("not_their_order", name=facts.order.customer.name, writer=facts.talk.requester)
        notices.append(Notice(text, "warn"))
    return notices
