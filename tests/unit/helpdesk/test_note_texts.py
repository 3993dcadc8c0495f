"""What a note says: facts of the proposal, nothing that promises, and nothing that is markup where it is shown."""

from __future__ import annotations

import html
import re

import pytest

from agent.rendering.notes import internal_note, tags_for
from agent.texts.promises import violations_of_promises
from domain.proposals.model import PreviewLine, ProposalKind, ProposalState
from domain.refunds.model import RefundStatus
from integrations.helpdesk.marks import as_html, as_markdown, as_plain, carries, mark
from tests.builders import a_line, a_payment, a_proposal, a_refund, an_order

NAMES = {"ana": "Ana Agent", "sam": "Sam Supervisor"}


def refunded(status=RefundStatus.SUCCEEDED, **changes):
    order = an_order(lines=[a_line("mug", 5000)], payments=[a_payment("visa", 5000)])
    refund = a_refund(order, {"visa": 1840}).model_copy(update={"status": status})
    proposal = a_proposal(order, refund.id)
    preview = proposal.preview.model_copy(
        update={
            "currency": "EUR", "customer": "Lucía Prado", "reason": "damaged",
            "lines": [PreviewLine(line="mug", sku="M", title="Stoneware mug", quantity=1, amount=1840)],
            **changes.pop("preview", {}),
        }
    )  # fmt: skip
    decided = {
        "created_by": "ana",
        "created_by_name": "Ana Agent",
        "confirmed_by": "sam",
        "kind": ProposalKind.REFUND,
    }
    return proposal.model_copy(update={"preview": preview, **decided, **changes}), refund


def text_of(proposal, refund, **given):
    note = internal_note(proposal, refund, NAMES, **given)
    return note.text if note else ""


def test_a_refund_says_what_to_whom_of_what_why_and_by_whom():
    proposal, refund = refunded()
    first, items, reason, people = text_of(proposal, refund).split("\n")
    assert re.fullmatch(r"Refunded €18\.40 on order \S+ to Lucía Prado \(.+\)\.", first)
    assert (items, reason) == ("Items: 1 × Stoneware mug", "Reason: Damaged")
    assert people == "Proposed by Ana Agent, confirmed by Sam Supervisor."


@pytest.mark.parametrize(
    ("status", "given", "state", "begins"),
    [
        (RefundStatus.PENDING, {}, None, ""),
        (RefundStatus.UNKNOWN, {}, "unknown", "The provider has not answered"),
        (RefundStatus.UNKNOWN, {"stuck": True}, "stuck", "The refund of €18.40 on order"),
        (RefundStatus.PENDING, {"stuck": True}, "stuck", "The refund of €18.40 on order"),
        (RefundStatus.SUCCEEDED, {"stuck": True}, "done", "Refunded €18.40"),
        (RefundStatus.FAILED, {}, "failed", "The refund of €18.40 on order"),
        (RefundStatus.FAILED, {"before": "unknown"}, "failed", "The refund of €18.40 on order"),
        (RefundStatus.FAILED, {"before": "done"}, "reversed", "The provider took the refund of €18.40"),
    ],
)
def test_each_state_of_a_refund_says_what_it_is(status, given, state, begins):
    proposal, refund = refunded(status)
    note = internal_note(proposal, refund, NAMES, **given)
    assert (note.state if note else None) == state
    assert (note.text if note else "").startswith(begins)


def test_it_is_called_refunded_only_when_it_succeeded():
    for status in RefundStatus:
        said = text_of(*refunded(status))
        assert said.startswith("Refunded") is (status is RefundStatus.SUCCEEDED)
        assert bool(tags_for(*refunded(status))) is (status is RefundStatus.SUCCEEDED)


BAD = "<script>alert(1)</script> [x](http://evil) **now** you get it within 24 hours guaranteed \u202e\x00"


def test_what_people_wrote_is_cleaned_and_promises_nothing():
    for status in (RefundStatus.SUCCEEDED, RefundStatus.FAILED):
        lines = [PreviewLine(line="mug", sku="M", title=BAD, quantity=1)]
        proposal, refund = refunded(
            status, preview={"customer": BAD, "lines": lines, "reason": BAD}, created_by_name=BAD
        )
        said = text_of(proposal, refund.model_copy(update={"failure": BAD}))
        assert violations_of_promises(said) == []
        assert "€18.40" in said.split("\n")[0]
        assert not re.search(r"[<>\[\]*\x00\u202e]|http", said)


def test_every_other_write_says_what_was_done_and_only_when_it_was():
    for kind in set(ProposalKind) - {ProposalKind.REFUND}:
        for state in ProposalState:
            proposal, _ = refunded(kind=kind, state=state, failure="not any more", preview={"reason": None})
            said = text_of(proposal, None)
            told = state in (ProposalState.EXECUTED, ProposalState.FAILED)
            assert bool(said) is told
            assert ("failed: not any more" in said) is (state is ProposalState.FAILED)
            if state is not ProposalState.EXECUTED:
                assert tags_for(proposal, None) == []


def test_many_items_are_counted_not_listed():
    lines = [PreviewLine(line=str(n), sku="M", title=f"Thing {n}", quantity=1) for n in range(9)]
    assert text_of(*refunded(preview={"lines": lines})).split("\n")[1].endswith("1 × Thing 5 and 3 more")


TEXT = 'Refunded $18.40 on #1042 & "more" <b>x</b> [a](b) *c* _d_ `e`\n\nSecond\nline'


@pytest.mark.parametrize("written", [as_plain, as_html, as_markdown])
def test_a_note_carries_its_key_in_every_format_and_no_other(written):
    for key in ("prp_01HZX", "prp_01HZX:failed", "a-b.c"):
        note = written(TEXT, key)
        assert carries(note, key)
        assert not any(carries(note, other) for other in (key[:-1], f"{key}1", f"{key}:done", f"x{key}"))


def test_html_and_markdown_show_the_text_and_nothing_else():
    shown = as_html(TEXT, "k")
    assert set(re.findall(r"<[^>]*>", shown)) == {"<p>", "</p>", "<br>"}
    back = html.unescape(re.sub(r"<[^>]+>", "\n", shown))
    assert " ".join(back.split()) == " ".join(as_plain(TEXT, "k").split())
    marked = as_markdown(TEXT, "k")
    assert re.sub(r"\\(.)", r"\1", marked).split() == as_plain(TEXT, "k").split()
    assert not re.search(r"(?<!\\)[\[\]*_`<>#]", marked)


def test_a_mark_that_is_quoted_in_the_middle_is_not_the_notes_own():
    assert not carries(f"{mark('prp_1')}\n\nA colleague wrote the above.", "prp_1")


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "x" * 121, "é", "<b>"])
def test_a_key_that_could_not_be_told_from_text_is_an_error(key):
    with pytest.raises(ValueError, match="key"):
        as_plain("x", key)
