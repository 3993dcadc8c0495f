import pytest

from tests.unit.reading.heard import names, values


def first(heard):
    command = heard.commands[0]
    return command, values(command)


@pytest.mark.parametrize(
    ("text", "flow", "action"),
    [
        ("7001 1x scarf rfnd chgd mind", "direct_refund", None),
        ("refund the cup on 7002, its cracked", "direct_refund", None),
        ("customer says the mug on 1042 is cracked", "quality_issue", None),
        ("she wants to return the dress, too tight", "merchant_return", None),
        ("approve the return on 1042, 5 restocking", "review_return", None),
        ("2 came back, one good one broken, one missing", "return_progress", "receive"),
        ("cancel the return on 3391", "return_progress", "cancel"),
        ("close the return, customer never sent it", "return_progress", "close"),
        ("request a supplier cost review for 1042", "supplier_review", "request"),
        ("supplier rejected our claim on 88", "supplier_review", "verdict"),
        ("has the supplier answered yet", "supplier_review", "view"),
        ("withdraw the supplier claim", "supplier_review", "cancel"),
        ("what's our balance", "balance", None),
        ("write her a reply in Spanish asking for photos", "draft_reply", None),
    ],
)
def test_each_flow_is_started_by_its_words(say, text, flow, action):
    command, _ = first(say(text, alone=True))
    assert command.name == "StartFlow"
    assert (command.flow.value, command.action) == (flow, action)


def test_what_is_said_at_once_is_kept(say):
    _, slots = first(say("7001 one scarf back to her, changed her mind, we let her keep it", alone=True))
    assert slots["order"] == "7001"
    assert slots["reason"] == "changed_mind"
    assert slots["return_needed"] is False
    assert slots["quantity"] == 1
    assert slots["item"]["text"] == "scarf"


def test_an_approval_holds_fees_carrier_and_label(say):
    _, slots = first(
        say("1042 approve the return, 5 restocking, 3 return fee, DHL 00340434161094, generate label")
    )
    assert slots["decision"] == "approve"
    assert slots["restocking_fee"]["value"] == "5"
    assert slots["return_fee"]["value"] == "3"
    assert (slots["carrier"], slots["tracking"], slots["label"]) == ("DHL", "00340434161094", "generate")


def test_a_rejection_holds_reason_and_record(say):
    _, slots = first(say("reject it, outside the window, told her by mail"))
    assert slots["decision"] == "reject"
    assert slots["reject_reason"] == "outside_window"
    assert "told her by mail" in slots["communication_record"]


def test_inspection_counts(say):
    _, slots = first(say("2 came back, one good one broken, one missing"))
    assert slots["inspection"] == [{"line": None, "good": 1, "damaged": 1, "missing": 1}]


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("supplier paid 5 of the 7.20", "verdict", "partially_approved"),
        ("supplier rejected it", "verdict", "rejected"),
        ("claim 7.20 from the supplier for the lamp, arrived cracked", "review_notes", "arrived cracked"),
        ("supplier review for return cost 6.50", "review_kind", "return_cost"),
        ("refund 12.00, note: agreed with team lead", "note", "agreed with team lead"),
        ("refund 12.00 to paypal", "payment", "paypal"),
        ("write a reply in german: approved", "language", "de"),
    ],
)
def test_single_facts(say, text, slot, value):
    assert first(say(text))[1][slot] == value


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("refund 2 blue mugs and the lamp", [("l1", 2), ("l3", None)]),
        ("refund all but the lamp", [("l1", None), ("l2", None)]),
        ("refund the lmap", [("l3", None)]),
        ("refund MUG-R", [("l2", None)]),
        ("both mugs cracked, refund", [("l1", None), ("l2", None)]),
    ],
)
def test_items_are_matched_to_lines_of_the_order(say, text, lines):
    _, slots = first(say(text))
    assert [(entry["line"], entry["quantity"]) for entry in slots["line"]] == lines


def test_two_lines_that_fit_equally_are_asked_about(say):
    _, slots = first(say("refund the mug"))
    assert "line" not in slots
    assert slots["item"] == {"text": "mug", "candidates": ["l1", "l2"]}


def test_lines_may_have_their_own_amounts(say):
    _, slots = first(say("refund blue mug 5 eur and lamp 10 eur goodwill"))
    assert [entry["amount"]["value"] for entry in slots["line"]] == ["5", "10"]
    assert "amount" not in slots


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bitte erstatten Sie mir das Geld", "de"),
        ("quiero devolver el pedido 4410", "es"),
        ("le client n'a jamais reçu son colis", "fr"),
        ("il cliente vuole il rimborso", "it"),
    ],
)
def test_another_language_is_said_to_be_one(say, text, code):
    heard = say(text, alone=True)
    assert names(heard) == ["OutOfScope"]
    assert heard.commands[0].language == code


@pytest.mark.parametrize(
    "text",
    ["please refund the La Mer crème on 7001", "refund 3 x Schöne Tasse 7001", "7001 1x scarf rfnd dmg"],
)
def test_foreign_names_and_shorthand_are_still_english(say, text):
    assert say(text, alone=True).language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "refund status 4410",
        "has she been refunded",
        "I received refund. Thanks",
        "refund for 4410 still not there",
    ],
)
def test_news_about_a_refund_is_no_wish_for_one(say, text):
    assert say(text, alone=True).intent in {"lookup_order", "greet"}


def test_reading_is_deterministic_and_never_raises(say):
    for text in [
        "refund 1042",
        "",
        "   ",
        "\x00\x01",
        "💥" * 50,
        "a" * 9000,
        "((((",
        "{" * 40,
        "> only quoted",
        "1" * 500,
    ]:
        once, again = say(text), say(text)
        assert once == again
        assert 0 <= once.confidence <= 1


@pytest.mark.parametrize(
    ("text", "what", "counted"),
    [
        ("refund " + " ".join(str(1000 + at) for at in range(151)), "figures", 151),
        ("refund 1042, she wrote a lot. " + "so it goes on and on " * 200, "characters", 4229),
    ],
)
def test_a_message_that_holds_too_much_is_named_with_its_limit_and_nothing_is_taken_of_it(
    say, text, what, counted
):
    heard = say(text, alone=True)
    assert names(heard) == ["OutOfScope"]
    told = heard.commands[0].too_much
    assert (told["what"], told["counted"]) == (what, counted)
    assert told["limit"] < counted


def test_as_many_figures_as_are_read_are_read(say):
    assert "OutOfScope" not in names(
        say("refund " + " ".join(str(1000 + at) for at in range(150)), alone=True)
    )
