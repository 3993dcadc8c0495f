"""What became of a proposal stands in its ticket: once, whatever fails in between, and the money never waits for it."""

from __future__ import annotations

from dataclasses import replace

from domain.ports import Job, ProviderAnswer
from domain.refunds.execution import record_answer
from integrations.helpdesk.noting import NoteWriter, later
from integrations.helpdesk.port import HelpdeskError
from integrations.work.outcome import Again
from tests.builders import NOW


async def refund_status(beside):
    order = await beside.app.store.read("demo", lambda uow: uow.orders.by_number("1042"))
    return [refund.status.value for refund in order.refunds]


async def test_a_refund_is_noted_once_in_its_own_ticket_and_tagged(beside):
    await beside.refund("1")
    await beside.work()
    await beside.work()
    [note] = await beside.notes("1")
    assert note.startswith("Refunded $24.00 on order #1042 to Lucía Prado (Visa ending 4242).")
    assert "Items: 1 × Linen runner" in note
    assert "Proposed and confirmed by Ana Agent." in note
    assert beside.other.tags == {"1": ["desk-refunded"]}
    assert list(beside.other.notes) == ["1"]


async def test_nothing_is_noted_of_what_did_not_happen(beside):
    await beside.say("refund the linen runner on 1042 as goodwill")
    await beside.press(action="cancel")
    await beside.work()
    assert (beside.other.notes, beside.other.tags) == ({}, {})


async def test_a_conversation_without_a_ticket_is_noted_nowhere(beside):
    await beside.refund("talk-1", channel="page")
    await beside.work()
    assert (beside.other.notes, await refund_status(beside)) == ({}, ["succeeded"])


async def test_a_ticket_that_a_client_only_claims_is_not_written_to(beside, a_ticket):
    await beside.refund("talk-1", channel="http", given=a_ticket)
    await beside.work()
    assert (beside.other.notes, await refund_status(beside)) == ({}, ["succeeded"])


async def test_a_case_in_slack_about_a_ticket_that_was_named_there_is_noted_in_it(beside, a_ticket):
    await beside.refund("C1:171", channel="slack", given=a_ticket)
    await beside.work()
    assert list(beside.other.notes) == [a_ticket.id]


async def test_a_message_made_a_case_in_slack_is_no_ticket_of_the_helpdesk(beside, a_ticket):
    await beside.refund("C1:171", channel="slack", given=a_ticket.model_copy(update={"id": "slack:C1:171"}))
    await beside.work()
    assert (beside.other.notes, await refund_status(beside)) == ({}, ["succeeded"])


async def test_a_helpdesk_that_is_down_holds_up_the_note_and_nothing_else(beside):
    down = HelpdeskError("cannot be reached")
    beside.other.trouble = [("before", down), ("before", down)]
    await beside.refund()
    await beside.work()
    assert (await refund_status(beside), await beside.notes()) == (["succeeded"], [])
    assert list((await beside.told()).values()) == ["queued"]
    for _ in range(2):
        beside.clock.pass_time(seconds=11)
        await beside.work()
    assert (len(await beside.notes()), list((await beside.told()).values())) == (1, ["done"])


async def test_it_waits_as_long_as_the_helpdesk_asks_to(beside):
    beside.other.trouble = [("before", HelpdeskError("too many calls", 120.0))]
    await beside.refund()
    await beside.work()
    beside.clock.pass_time(seconds=119)
    await beside.work()
    assert await beside.notes() == []
    beside.clock.pass_time(seconds=1)
    await beside.work()
    assert len(await beside.notes()) == 1


async def test_a_tag_that_failed_is_tried_again_without_a_second_note(beside):
    beside.other.trouble = [("tags", HelpdeskError("cannot be reached"))]
    await beside.refund()
    await beside.work()
    assert (len(await beside.notes()), beside.other.tags) == (1, {})
    beside.clock.pass_time(seconds=3)
    await beside.work()
    assert (len(await beside.notes()), beside.other.tags) == (1, {"1": ["desk-refunded"]})


def test_a_helpdesk_that_stays_down_is_tried_for_more_than_an_hour_whatever_it_advises():
    waits = [later(a_job(attempts), "other", HelpdeskError("down", 5.0)).seconds for attempts in range(1, 9)]
    assert waits[0] == 5.0
    assert sum(wait or 0 for wait in waits[:7]) > 3600


def test_it_is_never_tried_sooner_than_the_helpdesk_asks():
    assert later(a_job(1), "other", HelpdeskError("too many calls", 900.0)).seconds == 900.0


def a_job(attempts):
    return Job(1, "demo", "notify.other", "k", {}, attempts, 1, NOW, NOW)


class Killed(BaseException):
    """The process died here."""


async def killed(beside):
    try:
        await beside.work()
    except Killed:
        return True
    return False


async def test_a_worker_that_dies_after_writing_the_note_leaves_one_note(beside):
    beside.other.trouble = [("after", Killed())]
    await beside.refund()
    assert await killed(beside)
    assert len(await beside.notes()) == 1
    beside.clock.pass_time(seconds=120)
    await beside.work()
    assert (len(await beside.notes()), set((await beside.told()).values())) == (1, {"done"})


async def test_a_worker_that_dies_before_writing_it_leaves_it_to_the_next(beside):
    beside.other.trouble = [("before", Killed())]
    await beside.refund()
    assert await killed(beside)
    beside.clock.pass_time(seconds=120)
    await beside.work()
    assert len(await beside.notes()) == 1


async def test_two_workers_told_the_same_at_once_write_one_note(beside):
    await beside.refund()
    jobs = []
    writer = NoteWriter(beside.app.store, beside.other)

    async def keep(job):
        jobs.append(job)

    beside.channel.tell = keep
    await beside.work()
    [job] = jobs

    inner = beside.other.add_internal_note
    during = []

    async def while_writing(ticket_id, text, *, key):
        beside.other.add_internal_note = inner
        during.append(await writer.tell(replace(job, id=job.id + 1000)))
        return await inner(ticket_id, text, key=key)

    beside.other.add_internal_note = while_writing
    await writer.tell(job)
    assert isinstance(during[0], Again)
    assert (during[0].bounded, len(await beside.notes())) == (False, 1)


async def test_a_declined_refund_is_noted_as_failed_with_its_reason_and_without_a_tag(beside):
    beside.app.provider.script("decline")
    await beside.refund()
    await beside.work()
    [note] = await beside.notes()
    assert note.startswith(
        "The refund of $24.00 on order #1042 failed (24.00 USD to Visa ending 4242 failed: declined)."
    )
    assert beside.other.tags == {}


async def unanswered_then_refunded(beside):
    beside.app.provider.script("timeout_after")
    await beside.refund()
    await beside.work()
    before = await beside.notes()
    beside.clock.pass_time(minutes=1)
    await beside.work()
    return before


async def test_a_missing_answer_is_noted_and_what_came_of_it_follows_in_one_more_note(beside):
    [unknown] = await unanswered_then_refunded(beside)
    assert unknown.startswith("The provider has not answered about the refund of $24.00 on order #1042.")
    again, refunded = await beside.notes()
    assert (again, refunded.startswith("Refunded $24.00")) == (unknown, True)
    assert [key.partition(":")[2] for key, _ in beside.other.notes["1"]] == ["", "done"]


async def test_where_the_helpdesk_can_edit_the_one_note_is_put_right(beside_editable):
    await unanswered_then_refunded(beside_editable)
    [note] = await beside_editable.notes()
    assert note.startswith("Refunded $24.00")


async def test_a_late_follow_up_comes_even_where_the_first_notes_answer_was_never_heard(beside):
    beside.app.provider.script("timeout_after")
    beside.other.trouble = [("after", Killed())]
    await beside.refund()
    assert await killed(beside)
    beside.clock.pass_time(minutes=3)
    await beside.work()
    beside.clock.pass_time(minutes=3)
    await beside.work()
    notes = await beside.notes()
    assert [note.split()[0] for note in notes] == ["The", "Refunded"]


async def test_money_that_the_provider_takes_back_is_said_so(beside):
    await beside.refund()
    await beside.work()
    order = await beside.app.store.read("demo", lambda uow: uow.orders.by_number("1042"))

    def reversed_(uow):
        answer = ProviderAnswer(status="failed", reason="account closed")
        part = order.refunds[0].allocations[0]
        record_answer(uow, order.id, order.refunds[0].id, part.payment, answer)

    await beside.app.store.write("demo", reversed_)
    await beside.work()
    _, second = await beside.notes()
    assert second.startswith("The provider took the refund of $24.00 on order #1042 back (")
    assert "account closed" in second


async def test_a_note_about_a_ticket_that_is_gone_is_given_up_quietly(beside):
    await beside.refund("gone")
    await beside.work()
    assert (beside.other.notes, list((await beside.told()).values())) == ({}, ["done"])


async def test_a_write_without_money_is_noted_and_tagged_too(beside):
    await beside.say("approve the return on 1048, no fees")
    for answer in ("damaged", "no fee", "0", "none", "no label"):
        if beside.card is not None:
            break
        await beside.say(answer)
    await beside.press()
    await beside.work()
    [note] = await beside.notes()
    assert note.startswith("Approve the return on order #1048:")
    assert beside.other.tags == {"1": ["desk-return-approved"]}
