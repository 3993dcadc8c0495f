"""Which words of a message are looked up as a customer's name, and what a name is worth."""

import pytest

from agent.reading.view import LastView, NameView, OptionView, TurnView
from agent.reading.words.people import (
    full_names,
    goods_runs,
    is_likely,
    is_sure,
    name_words,
    names_stranger,
    owned_names,
    single_names,
    with_names,
)
from tests.unit.reading.desk_view import hear, order
from tests.unit.reading.heard import names, values


def keys(found):
    return [name.key for name in found]


def one(text, key):
    return next(name for name in single_names(text) if name.key == key)


@pytest.mark.parametrize(
    "text",
    [
        "Nora Feld wants her vase back",
        "the vase of nora feld broke",
        "NORA FELD REFUND",
        "pls refund Nora Feld's vase",
    ],
)
def test_neighbouring_words_are_looked_up_as_a_full_name_however_they_are_written(text):
    assert "nora feld" in keys(full_names(text))


def test_names_with_accents_hyphens_and_apostrophes_are_looked_up_as_the_index_holds_them():
    assert name_words("Zoë O'Brien-Kühn") == ["zoe", "o", "brien", "kuhn"]
    assert {"o brien", "brien kuhn"} <= set(keys(full_names("refund O'Brien-Kühn please")))


def test_words_of_the_work_alone_are_never_looked_up():
    assert full_names("please refund the order, it never arrived") == []
    assert single_names("please refund the order, it never arrived") == []
    assert single_names("photo sent to me@shop.example on 4411 via https://x.example/Feld") == []


def test_a_possessive_without_its_apostrophe_is_tried_without_its_s():
    assert "feld" in keys(owned_names("felds vase came late"))
    assert owned_names("the vases came late") == []


@pytest.mark.parametrize(
    "text",
    [
        "approve the return of Mrs Frost",
        "Frost: approve it",
        "and Frost's parcel",
        "the frost return",
        "ask from Frost",
    ],
)
def test_an_everyday_word_is_a_name_where_it_is_written_or_placed_like_one(text):
    assert is_sure(one(text, "frost"), ["emma", "frost"], also_goods=False, mid=False)


@pytest.mark.parametrize("text", ["frost on the window", "Frost damage again", "it broke in the long frost"])
def test_an_everyday_word_is_no_name_where_nothing_says_so(text):
    assert not is_sure(one(text, "frost"), ["emma", "frost"], also_goods=False, mid=False)


def test_a_word_that_goods_are_called_by_is_a_name_only_where_it_is_marked_as_one():
    assert not is_sure(one("costa came broken", "costa"), ["mira", "costa"], also_goods=True, mid=False)
    assert is_sure(one("mr costa got it broken", "costa"), ["mira", "costa"], also_goods=True, mid=False)
    assert not is_likely(one("the costa is broken", "costa"))


def test_a_first_name_alone_does_not_leave_the_order_that_is_talked_about():
    assert is_sure(one("and then Mira said ok", "mira"), ["mira", "costa"], also_goods=False, mid=False)
    assert not is_sure(one("and then Mira said ok", "mira"), ["mira", "costa"], also_goods=False, mid=True)


def test_a_name_stands_for_the_order_and_covers_no_number_beside_it():
    text = "give Nora Feld's vase 5 back"
    spans = with_names(text, [], [NameView(text="Nora Feld's", order="#77")])
    assert [(span.kind, span.value) for span in spans] == [("order", "#77")]
    assert text[spans[0].start : spans[0].end] == "Nora Feld's"


def test_goods_may_stand_anywhere_in_a_message_longer_names_first():
    found = [goods.text for goods in goods_runs("wool socks came with a hole")]
    assert found[0] == "wool socks"
    assert sorted(found[1:]) == ["hole", "socks", "wool"]


def test_goods_are_looked_up_without_the_words_that_stand_beside_them():
    assert "wall clock" in [goods.text for goods in goods_runs("wall clock turned up smashed")]


@pytest.mark.parametrize(
    ("text", "goods", "sure"),
    [
        ("refund the tent", "tent", True),
        ("tent return: fine", "tent", True),
        ("he says tent poles", "tent", False),
    ],
)
def test_a_single_word_counts_as_goods_where_it_stands_as_goods_do(text, goods, sure):
    assert next(g for g in goods_runs(text) if g.text == goods).is_sure is sure


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mr Brandt says the oak lamp is broken", True),
        ("the oak lamp of Okafor is broken", True),
        ("the oak lamp went back with UPS, 1Z12345E0205271688", False),
        ("the oak lamp is broken", False),
    ],
)
def test_goods_do_not_tell_the_order_where_somebody_unknown_is_named(text, named):
    assert names_stranger(text, goods_runs(text)[0]) is named


def read(reader, text, name, **also):
    held = order(number=name.order.lstrip("#") or "1043")
    return reader.read(TurnView(text=text, orders=[held] if name.order else [], names=[name], **also))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lopez had one mug cracked, refund it",
        "refund one mug for Ana Lopez, it was cracked",
        "Ana Lopez: one mug cracked, money back",
    ],
)
def test_a_named_customer_reads_like_the_number_of_the_order(reader, text):
    heard = read(reader, text, NameView(text="Ana Lopez", order="#1043"))
    said = values(heard.commands[0])
    assert (said["order"], said["line"][0]["line"], said["reason"]) == ("#1043", "l1", "damaged")


def test_where_several_orders_fit_the_name_is_what_is_asked_with(reader):
    heard = read(
        reader, "Ana Lopez wants a full refund, never arrived", NameView(text="Ana Lopez", query="Ana Lopez")
    )
    assert values(heard.commands[0])["order_query"] == "Ana Lopez"


def test_a_name_alone_looks_the_order_up_and_a_name_with_a_wish_does_not(reader):
    name = NameView(text="Lopez", order="#1043")
    assert names(read(reader, "Lopez again please", name)) == ["SelectOrder"]
    assert names(read(reader, "Lopez return approve", name)) == ["StartFlow"]


OPTIONS = [
    OptionView(value="#31", label="#31", words="Ana Lopez Kids bike"),
    OptionView(value="#32", label="#32", words="Ana Lopez Brass bell"),
]


@pytest.mark.parametrize(
    "text", ["the bell one", "the second", "brass bell please", "I mean the one with the bell"]
)
def test_the_goods_or_the_place_choose_among_the_orders_offered(reader, text):
    heard = hear(reader, text, pending="order", options=OPTIONS, alone=True)
    assert values(heard.commands[0]) == {"order": "#32"}


def test_words_that_fit_two_orders_offered_choose_none(reader):
    heard = hear(reader, "that of Lopez", pending="order", options=OPTIONS, alone=True)
    assert "order" not in {slot for command in heard.commands for slot in command.slots}


@pytest.mark.parametrize("text", ["yes that one", "that's it", "yep, the right one", "this one"])
def test_the_one_order_offered_is_taken_by_any_yes(reader, text):
    heard = hear(reader, text, pending="order", options=OPTIONS[:1], alone=True)
    assert values(heard.commands[0]) == {"order": "#31"}


LAST = LastView(order="#1043", flow="direct_refund", reason="changed_mind", lines=["l1"])


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("the lamp as well, same reason", "l2", "changed_mind"),
        ("same again for the lamp", "l2", "changed_mind"),
        ("another one, same story", "l1", "changed_mind"),
        ("the lamp too", "l2", None),
    ],
)
def test_after_a_result_the_same_goes_on_and_its_reason_only_where_that_is_said(reader, text, line, reason):
    held = order()
    heard = reader.read(TurnView(text=text, order=held, orders=[held], last=LAST))
    said = values(heard.commands[0])
    assert heard.commands[0].flow == "direct_refund"
    assert (said["line"][0]["line"], said.get("reason")) == (line, reason)


def test_nothing_goes_on_by_itself_while_a_card_waits(reader):
    heard = hear(reader, "the lamp as well, same reason", card=True)
    assert "StartFlow" not in names(heard)
