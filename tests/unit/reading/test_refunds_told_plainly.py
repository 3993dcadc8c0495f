"""Numbers told apart by what the order holds: parts and sets, prices, sums, what is left; and what stays at a card."""

from __future__ import annotations

import pytest

from agent.reading.answers.no_answer import _gives_figure
from agent.reading.facts.what_is_left import number_left, says_what_is_left
from agent.reading.goods.parts import counts_other_things, counts_parts
from agent.reading.goods.unsent import unsent_meant
from agent.reading.text.wording import word
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView, OrderView, PendingView, TurnView
from agent.reading.words.signals import Signals, signals_of
from tests.unit.reading.heard import at_refund, entries, names, values

_SET = LineView(id="s", sku="KNIFE", title="Steak knife set", quantity=1)
_RUG = LineView(id="r", sku="RUG", title="Wool rug", quantity=1)
_BENCH = LineView(id="b", sku="BENCH", title="Garden bench", quantity=1, unsent=True)
_POT = LineView(id="p", sku="POT", title="Clay pot", quantity=2)


def _signals(text: str) -> Signals:
    spans = find_spans(text)
    return signals_of(word(text, spans, frozenset()), spans)


def _number(text: str):
    return next(span for span in find_spans(text) if span.kind == "quantity")


def _order(*lines: LineView, number: str = "4304") -> OrderView:
    return OrderView(
        number=number, currency="EUR", customer="Nora Quist", lines=list(lines), captured="640.00"
    )


def _at_card(reader, text: str, order: OrderView, **units: int):
    return at_refund(reader, text, order, units, shown="120.00", reason="changed_mind", line=entries(units))


@pytest.mark.parametrize(
    "text",
    [
        "two knives in the set are bent",
        "three of the knives came blunt",
        "two blades of the set snapped",
        "a pair of it",
    ],
)
def test_what_a_set_is_made_of_counts_no_sets(text: str) -> None:
    assert counts_parts(text, _number(text), _SET)


@pytest.mark.parametrize(
    "text", ["two sets please", "refund two knife sets", "2 x steak knife set", "two of them"]
)
def test_two_sets_of_one_are_one_too_many(text: str) -> None:
    assert not counts_parts(text, _number(text), _SET)


def test_what_belongs_to_goods_counts_none_of_them() -> None:
    case = LineView(id="c", sku="CASE", title="Travel trolley", quantity=1)
    text = "two wheels of the trolley fell off"
    assert counts_parts(text, _number(text), case)


def test_screws_count_no_rug_but_two_of_them_do() -> None:
    assert counts_other_things("two screws missing", _number("two screws missing"), _RUG)
    assert not counts_other_things("two of them", _number("two of them"), _RUG)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("the coat bought at 89 went down to 69, refund the difference", "20"),
        ("she got it for 40, reduced to 28 since monday, refund the difference", "12"),
        ("price match: bought it at 55, now at 45", "10"),
    ],
)
def test_two_prices_leave_their_difference(text: str, amount: str) -> None:
    told = [s.value["value"] for s in find_spans(text) if s.kind == "money"]
    assert told == [amount]
    assert not [span for span in find_spans(text) if span.kind == "quantity"]


@pytest.mark.parametrize(
    "text",
    [
        "so the ones which are left",
        "oh, a colleague did two. the rest please",
        "whatever hasn't been refunded yet, please",
        "just the remaining ones",
    ],
)
def test_what_is_left_needs_no_number(text: str) -> None:
    assert says_what_is_left(text)


@pytest.mark.parametrize(
    "text", ["not the rest", "two of the rest", "he keeps the rest", "the rest stays with her"]
)
def test_a_part_of_the_rest_or_none_of_it_is_not_what_is_left(text: str) -> None:
    assert not says_what_is_left(text)


def test_the_remaining_two_are_two_whatever_was_counted_before() -> None:
    assert number_left("someone did one of them. only the remaining two then") == 2
    assert number_left("the four that are left") == 4
    assert number_left("two weeks later") is None


def test_a_figure_behind_a_question_answers() -> None:
    assert _gives_figure(_signals("is it that little? then 30 for today"), "amount")
    assert not _gives_figure(_signals("then 30, is that ok?"), "amount")


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("give nora 300", "300"),
        ("nora quist gets 175 as an apology", "175"),
        ("send nora 120 for the long wait", "120"),
    ],
)
def test_a_sum_for_somebody_is_no_order(reader, text: str, sum_: str) -> None:
    order = _order(_RUG)
    command = reader.read(TurnView(text=text, order=order, orders=[order])).commands[0]
    assert values(command)["amount"]["value"] == sum_
    assert "order" not in command.slots


@pytest.mark.parametrize(
    "text", ["refund 4711", "refund order 300", "now check 300", "give nora quist 6400 goodwill"]
)
def test_a_number_that_looks_up_or_is_far_above_what_was_paid_is_no_sum(reader, text: str) -> None:
    order = _order(_RUG)
    commands = reader.read(TurnView(text=text, order=order, orders=[order])).commands
    assert all("amount" not in command.slots for command in commands)


def test_goods_that_have_not_left_are_told_without_their_names() -> None:
    order = _order(_BENCH, _POT)
    assert unsent_meant("only what hasn't gone out yet", order) == ["b"]
    assert unsent_meant("the unshipped part", order) == ["b"]
    assert unsent_meant("what has gone out", order) == []


@pytest.mark.parametrize(
    "text", ["the pots stay with her", "pots she keeps, they are fine", "just what hasn't left the warehouse"]
)
def test_goods_off_the_card_that_stay_leave_it_as_it_is(reader, text: str) -> None:
    assert names(_at_card(reader, text, _order(_BENCH, _POT), b=1)) == ["Affirm"]


@pytest.mark.parametrize("text", ["the pots too", "the pots are broken", "not the bench", "2 pots instead"])
def test_what_may_change_the_card_is_no_as_it_is(reader, text: str) -> None:
    assert names(_at_card(reader, text, _order(_BENCH, _POT), b=1)) != ["Affirm"]


@pytest.mark.parametrize(
    "text",
    ["yes we do need those, blue is sold out", "we'd like it back though", "hm, we need the pots back first"],
)
def test_goods_wanted_back_at_a_refund_become_a_return(reader, text: str) -> None:
    heard = _at_card(reader, text, _order(_POT), p=2)
    assert names(heard) == ["CorrectSlot"]
    assert values(heard.commands[0])["return_needed"] is True


@pytest.mark.parametrize("text", ["we don't need it back", "we need it by tomorrow", "I take that back"])
def test_what_only_sounds_like_wanting_goods_back_opens_no_return(reader, text: str) -> None:
    heard = _at_card(reader, text, _order(_POT), p=2)
    assert all(values(command).get("return_needed") is not True for command in heard.commands)


def test_one_of_several_goods_wanted_back_withdraws_the_card_and_asks(reader) -> None:
    heard = _at_card(reader, "we want the pots back", _order(_BENCH, _POT), b=1, p=2)
    assert names(heard) == ["Clarify"]
    assert heard.commands[0].changes


def test_the_long_back_and_forth_brings_no_goods_back() -> None:
    assert not _signals("20 as goodwill for all the back and forth").has("send_back", "wants_return")
    assert _signals("he must send it back").has("send_back")


def test_a_question_whether_proof_can_be_left_out_drops_no_case(reader) -> None:
    order = _order(_RUG)
    asked = PendingView(slot="evidence", flow="direct_refund")
    for text in ("can we not skip this?", "can we leave that out?", "can't we do without?"):
        view = TurnView(text=text, order=order, orders=[order], pending=asked, flow="direct_refund")
        command = reader.read(view).commands[0]
        assert command.name == "SetSlot"
        assert values(command) == {"waiver_note": True}
