"""Who may work at the desk: staff, known by the address Slack confirmed; everybody else is refused, privately."""

from __future__ import annotations

from datetime import timedelta

from integrations.slack.identity import REFUSALS
from tests.fakes.slack_api import profile

NOBODIES = {
    "unknown": profile("UX", "T1", "x@elsewhere.example"),
    "guest": profile("UX", "T1", "ana@demo.example", is_restricted=True),
    "guest of one channel": profile("UX", "T1", "ana@demo.example", is_ultra_restricted=True),
    "stranger": profile("UX", "T2", "ana@demo.example"),
    "stranger by flag": profile("UX", "T1", "ana@demo.example", is_stranger=True),
    "bot": profile("UX", "T1", "ana@demo.example", is_bot=True),
    "unconfirmed": profile("UX", "T1", "ana@demo.example", is_email_confirmed=False),
    "unknown: deleted": profile("UX", "T1", "ana@demo.example", deleted=True),
    "unknown: no address": profile("UX", "T1", ""),
}


async def test_nobody_but_staff_is_answered_and_the_refusal_is_for_their_eyes_only(office, api):
    for number, (who, profile_of_who) in enumerate(NOBODIES.items()):
        user = f"UX{number}"
        api.users["T1", user] = profile_of_who
        await office.mention("x", "what's our balance", user=user)
        await office.settled()
        told = api.ephemeral[-1]
        assert (told["user"], told["text"]) == (user, REFUSALS[who.split(" ")[0].strip(":")]), who
    assert not api.called("chat.postMessage")


async def test_somebody_slack_does_not_know_is_refused(office, api):
    await office.mention("x", "what's our balance", user="UGHOST")
    await office.settled()
    assert [told["text"] for told in api.ephemeral] == [REFUSALS["unknown"]]


async def test_an_event_of_a_workspace_that_is_not_connected_comes_to_nothing(office, api):
    office.team = "T9"
    await office.mention("ana", "what's our balance")
    await office.settled()
    assert not api.called("chat.postMessage")
    assert api.ephemeral == []
    assert await office.dead() == []


async def test_a_stranger_cannot_press_what_staff_are_shown(office, api):
    await office.mention("ana", "refund the linen runner on 1042 as goodwill, no return")
    await office.settled()
    (card,) = office.cards("C1")
    api.users["T1", "UGUEST"] = profile("UGUEST", "T1", "sam@demo.example", is_restricted=True)
    await office.press("guest", card, "proposal_confirm")
    await office.press("guest", card, "proposal_cancel")
    await office.press("guest", card, "proposal_edit")
    await office.settled()
    assert (await office.order("1042")).refunds == []
    assert len(office.cards("C1")) == 1
    assert {told["text"] for told in api.ephemeral} == {REFUSALS["guest"]}
    assert "You cannot change this proposal" in str(list(api.views.values()))


async def test_the_role_is_looked_up_at_each_click(office, api):
    await office.mention("ana", "refund the linen runner on 1042 as goodwill, no return")
    await office.settled()
    (card,) = office.cards("C1")
    await office.press("vic", card, "proposal_confirm")
    await office.settled()
    assert (await office.order("1042")).refunds == []
    assert api.ephemeral[-1]["user"] == "UVIC"

    def dismiss(uow):
        uow.staff.save(uow.staff.get("ana").model_copy(update={"active": False}))

    await office.app.store.write("demo", dismiss)
    await office.press("ana", card, "proposal_confirm")
    await office.settled()
    assert (await office.order("1042")).refunds == []
    assert api.ephemeral[-1]["text"] == REFUSALS["inactive"]


async def test_slack_is_asked_again_who_somebody_is_after_a_while(office, api, clock):
    for _ in range(2):
        await office.mention("ana", "what's our balance")
        await office.settled()
    assert len(api.called("users.info")) == 1
    api.users["T1", "UANA"] = profile("UANA", "T1", "ana@demo.example", deleted=True)
    clock.ahead += timedelta(minutes=16)
    await office.mention("ana", "what's our balance")
    await office.settled()
    assert len(api.called("users.info")) == 2
    assert api.ephemeral[-1]["text"] == REFUSALS["unknown"]
