"""Block Kit views are pure: what they draw is pinned as JSON people can read, and every one is legal.

`DESK_SNAPSHOTS=write` writes the files anew; look at what changed before committing them.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.messages import (
    ActionState,
    Block,
    CardRow,
    DraftBlock,
    HandoffBlock,
    Move,
    Option,
    OrderCard,
    ProposalCard,
    QuestionBlock,
    RefusedBlock,
    Reply,
    ResultCard,
    TextBlock,
)
from domain.rules import Rule, broken
from integrations.slack.blocks.edit import build_copy, build_edit, build_skeleton, metadata_of
from integrations.slack.blocks.home import HomeFacts, Line, build_home, build_strangers_home
from integrations.slack.blocks.order import build_order
from integrations.slack.blocks.outcome import (
    build_draft,
    build_handoff,
    build_refused,
    build_result,
    build_text,
)
from integrations.slack.blocks.proposal import build_decided, build_proposal
from integrations.slack.blocks.question import build_question
from integrations.slack.blocks.reply import build_reply
from integrations.slack.blocks.text import as_json, data
from tests.fakes.slack_limits import block_problems, view_problems

SNAPSHOTS = Path(__file__).with_name("snapshots")
PROPOSAL = ProposalCard(
    proposal_id="prop_01hxyzg6czq0",
    short_id="g6czq0",
    sha256="ab" * 32,
    write="refund",
    state="open",
    title="Refund",
    headline="$18.40",
    to="to Lucía Prado, Visa ending 4242",
    order="#1042",
    customer="Lucía Prado",
    rows=[
        CardRow(label="1 × Stoneware mug", value="$18.40", tag="dropshipping"),
        CardRow(label="Tax part", value="$1.30", soft=True),
        CardRow(label="Reason", value="Damaged", soft=True),
    ],
    moves=[Move(account="Pending settlement", before="$382.57", after="$364.17")],
    warnings=["Dropshipped: refunding the customer does not recover its cost from the supplier."],
    confirm_label="Refund $18.40",
    footnote="Within your limit of $100.00. Nothing is sent until you press.",
    owner="Ana Agent",
    expires_at=datetime(2026, 6, 15, 12, 30, tzinfo=UTC),
    difference=["amount: 24.00 → 18.40"],
    editable={"amount": "18.40", "quantity": "1", "reason": "damaged", "note": ""},
)
ORDER = OrderCard(
    number="#1042",
    customer="Lucía Prado",
    placed="22 Nov 2026",
    status="paid, $64.80",
    rows=[
        CardRow(label="2 × Stoneware mug", value="$36.80", tag="dropshipping"),
        CardRow(label="Shipping", value="$4.00", soft=True),
    ],
    refundable="$64.80",
    actions=[
        ActionState(name="refund", label="Refund", available=True),
        ActionState(
            name="approve",
            label="Approve return",
            available=False,
            code="x",
            reason="No return was asked for.",
        ),
        ActionState(
            name="reject", label="Reject return", available=False, code="x", reason="No return was asked for."
        ),
    ],
)
QUESTION = QuestionBlock(
    slot="reason",
    text="What is wrong with it?",
    options=[
        Option(label="Damaged", say="damaged"),
        Option(label="Wrong item", say="wrong item"),
        Option(label="Warranty", say="warranty", disabled="The warranty is over."),
    ],
)
RESULT = ResultCard(
    proposal_id="p", write="refund", outcome="done", title="Refunded $18.40 to Lucía Prado.", order="#1042",
    moves=PROPOSAL.moves,
)  # fmt: skip
REFUSED = RefusedBlock(
    text="That is not possible: too much.", violations=[broken(Rule.FIELD_INVALID, "amount", limit="x")]
)
DRAFT = DraftBlock(draft="refund_notice", language="es", text="Hola Lucía:\n\nHemos reembolsado 18,40 $.")
HANDOFF = HandoffBlock(role="supervisor", text="Above your limit. Passed on: #1042.")
CANDIDATES = QuestionBlock(
    slot="order",
    text="Which one?",
    options=[Option(label="#1042, Lucía Prado", say="#1042", detail="22 Nov 2026: Stoneware mug")],
)
MESSAGES = {
    "text": build_text(TextBlock(text="Nothing is greyed out.", source="evidence")),
    "question": build_question(QUESTION),
    "candidates": build_question(CANDIDATES),
    "order": build_order(ORDER),
    "proposal": build_proposal(PROPOSAL),
    "approval": build_proposal(PROPOSAL, asked_by="Ana Agent"),
    "decided": build_decided(PROPOSAL, "Confirmed by Sam Supervisor"),
    "result": build_result(RESULT),
    "refused": build_refused(REFUSED),
    "draft": build_draft(DRAFT, "slack:e1|2", ticket="4711"),
    "handoff": build_handoff(HANDOFF),
}
META = metadata_of("prop_1", "ab" * 32, "C1", "1.1")
VIEWS = {
    "edit_skeleton": build_skeleton(META),
    "edit_form": build_edit(PROPOSAL.editable, {}, META),
    "edit_errors": build_edit(PROPOSAL.editable, {"amount": "At most 18.40.", "order": "It changed."}, META),
    "draft_copy": build_copy(DRAFT.text),
    "home": build_home(
        HomeFacts(
            name="Ana Agent",
            role="agent",
            waiting=[Line("Refund $18.40, order #1042", "Open until 12:30 UTC, proposed by Ana Agent")],
            cases=[Line("Direct refund, #1042", "one mug, damaged", "https://slack.com/archives/C1/p11")],
            outcomes=[Line("Refund $5.00, order #1040", "Confirmed by Sam Supervisor")],
            balances=["USD: available $1,208.15, pending settlement $364.17"],
        )
    ),
    "home_of_a_stranger": build_strangers_home("This desk does not know you."),
}


def compare(name, drawn):
    path = SNAPSHOTS / f"{name}.json"
    text = json.dumps(drawn, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("DESK_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_drawn_as_pinned_and_legal(name):
    drawn = as_json(MESSAGES[name])
    assert list(block_problems(drawn, 50)) == []
    compare(name, drawn)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_drawn_as_pinned_and_legal(name):
    assert list(view_problems(VIEWS[name])) == []
    compare(name, VIEWS[name])


def test_what_people_wrote_mentions_nobody_links_nowhere_and_formats_nothing():
    shown = data("<!channel> *bold* <https://evil.example|click> & <@U1>")
    assert "<" not in shown
    assert "&lt;!channel&gt;" in shown
    assert "*bold*" not in shown


LONG = "x" * 9000


def test_no_length_of_text_and_no_number_of_things_makes_a_message_illegal():
    rows = [CardRow(label=LONG, value=LONG, tag=LONG) for _ in range(60)]
    moves = [Move(account=LONG, before=LONG, after=LONG) for _ in range(20)]
    many = [Option(label=LONG, say=LONG, detail=LONG, disabled=LONG if n % 3 else "") for n in range(90)]
    actions = [
        ActionState(name=str(n), label=f"{n}{LONG}", available=bool(n % 2), reason=f"{n}{LONG}")
        for n in range(30)
    ]
    huge = PROPOSAL.model_copy(
        update={"title": LONG, "headline": LONG, "to": LONG, "rows": rows, "moves": moves, "warnings": [LONG] * 30,
                "confirm_label": LONG, "footnote": LONG, "owner": LONG, "difference": [LONG] * 30}
    )  # fmt: skip
    reply = Reply(
        conversation_id="c",
        event_id="e",
        blocks=[
            TextBlock(text=LONG, source=LONG),
            ORDER.model_copy(update={"rows": rows, "actions": actions, "customer": LONG}),
            RESULT.model_copy(update={"title": LONG, "moves": moves}),
            DRAFT.model_copy(update={"text": LONG * 3}),
            HANDOFF.model_copy(update={"text": LONG}),
            huge,
            REFUSED.model_copy(update={"text": LONG}),
            ORDER,
            DRAFT,
            QUESTION.model_copy(update={"options": many, "text": LONG}),
        ],
    )
    for private in (True, False):
        for part in build_reply(reply, private=private, ticket="4711"):
            assert list(block_problems(part.blocks, 50)) == [], part.kind
            assert part.text
    values = {"amount": LONG, "note": LONG, "reason": "damaged"}
    assert list(view_problems(build_edit(values, {"amount": LONG, "x": LONG}, META))) == []


def test_in_a_channel_personal_data_and_refusals_are_for_one_persons_eyes_and_customers_are_not_named():
    blocks: list[Block] = [
        TextBlock(text="For Lucía Prado."),
        ORDER,
        CANDIDATES,
        PROPOSAL,
        RESULT,
        DRAFT,
        REFUSED,
        HANDOFF,
    ]
    reply = Reply(conversation_id="c", event_id="e", blocks=blocks)
    parts = {part.kind: part for part in build_reply(reply, private=False)}
    hidden = json.dumps(parts["private"].blocks, ensure_ascii=False)
    assert "Order #1042" in hidden
    assert "not possible" in hidden
    assert "Hola Lucía" in hidden
    named = build_reply(reply, private=False, names=frozenset({"Lucía Prado"}))
    shown = json.dumps([part.blocks for part in named if part.kind != "private"], ensure_ascii=False)
    assert "Lucía" not in shown
    assert "Refunded $18.40 to the customer." in shown


def test_a_draft_is_added_to_a_ticket_only_where_one_is_linked():
    for ticket in ("4711", ""):
        drawn = json.dumps(as_json(build_draft(DRAFT, "e|0", ticket=ticket)))
        assert ("Add to ticket" in drawn) is bool(ticket)
        assert "Copy" in drawn
