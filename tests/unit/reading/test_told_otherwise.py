"""What is told otherwise at a card or a question: a return instead, shipping alone, other goods."""

from __future__ import annotations

import pytest

from agent.reading.text.quoting import split_quoted
from agent.reading.text.wording import word
from agent.reading.values.spans import find_spans
from agent.reading.view import CaseView, LineView, OrderView, PendingView, TurnView
from agent.reading.words.reasons import named_reason
from tests.unit.reading.heard import at_refund, entries, names, values

_RED = LineView(id="r", sku="BAG-RED", title="Red satchel", quantity=1)
_TAN = LineView(id="t", sku="BAG-TAN", title="Tan satchel", quantity=1)
_FAN = LineView(id="f", sku="FAN", title="Desk fan", quantity=1)


def _order(*lines: LineView, number: str = "4416") -> OrderView:
    return OrderView(
        number=number, currency="EUR", customer="Nils Oker", lines=list(lines), captured="112.25"
    )


def _at_card(reader, text: str, *lines: LineView):
    return at_refund(
        reader,
        text,
        _order(*lines),
        {"r": 1},
        shown="51.00",
        reason="size_or_fit",
        line=entries({"r": None}),
    )


@pytest.mark.parametrize(
    "text",
    [
        "make it a return",
        "no refund, open a return instead",
        "he must send it back before he sees a cent",
        "rather a return than a refund",
        "no money until we have it back",
    ],
)
def test_a_refund_that_is_to_be_a_return_becomes_one(reader, text: str) -> None:
    heard = _at_card(reader, text, _RED)
    assert names(heard) == ["CorrectSlot"]
    assert values(heard.commands[0])["return_needed"] is True


@pytest.mark.parametrize(
    "text", ["don't make it a return", "should this be a return?", "looks good, send it"]
)
def test_what_denies_or_asks_for_a_return_opens_none(reader, text: str) -> None:
    heard = _at_card(reader, text, _RED)
    assert all(values(command).get("return_needed") is not True for command in heard.commands)


@pytest.mark.parametrize("text", ["4 return fee", "charge him 4 for the label", "make the label fee 4"])
def test_a_fee_is_no_amount_of_a_refund(reader, text: str) -> None:
    heard = _at_card(reader, text, _RED)
    assert all("amount" not in values(command) for command in heard.commands)


@pytest.mark.parametrize(
    "text",
    [
        "cancel that, just refund the postage as a gesture",
        "instead of the bag give him the shipping back, goodwill",
        "scrap that refund. but send him the postage back as goodwill",
    ],
)
def test_the_shipping_takes_the_place_of_goods_that_are_called_off(reader, text: str) -> None:
    told = values(_at_card(reader, text, _RED).commands[0])
    assert told["shipping"] == {"kind": "full", "only": True}
    assert told["reason"] == "goodwill"


@pytest.mark.parametrize("text", ["don't refund the shipping", "drop it and don't give him the postage back"])
def test_shipping_that_is_denied_is_not_given(reader, text: str) -> None:
    told = [values(command).get("shipping") for command in _at_card(reader, text, _RED).commands]
    assert all(value in (None, {"kind": "exact", "value": "0", "currency": None}) for value in told)


@pytest.mark.parametrize("text", ["not the red, the other one", "not the red one but the other"])
def test_the_other_goods_where_those_of_the_card_are_denied(reader, text: str) -> None:
    heard = _at_card(reader, text, _RED, _TAN)
    assert [entry["line"] for entry in values(heard.commands[0])["line"]] == ["t"]


@pytest.mark.parametrize("text", ["how much is that in total?", "so what does he get?", "is that with tax?"])
def test_a_card_that_is_asked_for_its_sum_shows_it(reader, text: str) -> None:
    heard = _at_card(reader, text, _RED)
    assert [getattr(command, "topic", "") for command in heard.commands] == ["card"]


def test_a_yes_that_asks_for_a_part_is_none(reader) -> None:
    heard = _at_card(reader, "go ahead, half only", _RED)
    assert names(heard) != ["Affirm"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("late delivery. only 20 though", "20"),
        ("came late, 20 is enough", "20"),
        ("it came 12 days late", None),
    ],
)
def test_a_figure_that_counts_no_goods_is_the_sum_beside_a_reason(
    reader, text: str, amount: str | None
) -> None:
    order = _order(_RED)
    view = TurnView(
        text=text, order=order, orders=[order], flow="direct_refund",
        pending=PendingView(slot="reason", flow="direct_refund"),
        slots={"line": [{"line": "r", "quantity": None, "amount": None}]},
    )  # fmt: skip
    said = [values(c)["amount"] for c in reader.read(view).commands if "amount" in values(c)]
    assert [value["value"] for value in said] == ([amount] if amount else [])


def test_a_left_case_is_gone_back_to_by_its_goods_with_what_is_said_of_it(reader) -> None:
    topic, left = _order(_FAN, number="4414"), _order(_RED)
    case = CaseView(order="4416", customer="Nils Oker", flow="direct_refund", held=left)
    view = TurnView(text="now the satchel: he changed his mind", order=topic, orders=[topic], cases=[case])
    heard = reader.read(view)
    assert names(heard) == ["ResumeCase", "SetSlot"]
    assert values(heard.commands[1])["reason"] == "changed_mind"
    ours = reader.read(view.model_copy(update={"text": "refund the fan, he changed his mind"}))
    assert names(ours) == ["StartFlow"]


@pytest.mark.parametrize("text", ["the reason is wrong", "that reason was not right"])
def test_a_reason_that_is_said_to_be_wrong_names_none(text: str) -> None:
    assert named_reason(word(text, [], frozenset()).plain) is None


@pytest.mark.parametrize(
    "text",
    [
        "7166: it went from 240 to 205, give the difference",
        "on 7166 he paid 240, it's 205 now. hand him the difference",
    ],
)
def test_two_prices_beside_an_order_leave_their_difference(text: str) -> None:
    sums = [
        span.value["value"] for span in find_spans(text, "USD", frozenset({"7166"})) if span.kind == "money"
    ]
    assert sums == ["35"]


def test_what_staff_told_the_customer_stays_theirs_and_what_she_wrote_does_not() -> None:
    told = '"Pieces from the final sale cannot come back to us, as the page of the product says."'
    assert split_quoted(f"reject it. texted her today: {told}")[1] == []
    assert split_quoted(f"reject it. she texted me today: {told}")[1] != []
