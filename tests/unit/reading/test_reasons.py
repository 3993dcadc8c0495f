import pytest

from agent.reading.text.wording import word
from agent.reading.words.reasons import find_reasons, find_reject_reason


def reason(text):
    found = find_reasons(word(text).plain)
    return found[0].code.value if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("its cracked", "damaged"),
        ("dmg on arrival", "damaged"),
        ("stopped working after a week", "defective"),
        ("the zip broke after one day", "defective"),
        ("looks nothing like the photo", "not_as_described"),
        ("got blue, ordered red", "wrong_item"),
        ("we sent the wrong size", "wrong_item"),
        ("one of the mugs is missing", "missing_item"),
        ("only got 2 of 3", "missing_item"),
        ("never arrived", "not_received"),
        ("says delivered but nothing is here", "not_received"),
        ("INR", "not_received"),
        ("arrived late", "late_delivery"),
        ("came two weeks after the birthday", "late_delivery"),
        ("shipping took far too long", "late_delivery"),
        ("chgd mind", "changed_mind"),
        ("doesnt want it anymore", "changed_mind"),
        ("too small", "size_or_fit"),
        ("ordered by mistake", "ordered_by_mistake"),
        ("ordered the wrong size", "size_or_fit"),
        ("charged twice", "duplicate"),
        ("dup order", "duplicate"),
        ("price dropped yesterday", "price_adjustment"),
        ("as a gesture", "goodwill"),
        ("gw", "goodwill"),
        ("not damaged, just late", "late_delivery"),
        ("i have not received my refund", None),
        ("refund please", None),
    ],
)
def test_words_map_to_reason_codes(text, code):
    assert reason(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("outside the window", "outside_window"),
        ("past 30 days", "outside_window"),
        ("oow", "outside_window"),
        ("final sale", "final_sale"),
        ("hygiene article", "not_returnable"),
        ("tags off", "used_or_altered"),
        ("worn", "used_or_altered"),
        ("no photos", "no_evidence"),
        ("already refunded", "already_resolved"),
    ],
)
def test_words_map_to_rejection_codes(text, code):
    found = find_reject_reason(word(text).plain)
    assert found is not None
    assert found[0].value == code


@pytest.mark.parametrize(
    "text",
    [
        "the other two weren't in there either (envelope ripped open)",
        "one mug was missing from the parcel, the box was torn at one side",
    ],
)
def test_a_torn_parcel_that_lacks_goods_has_lost_and_not_damaged_them(text):
    found = [reason.code.value for reason in find_reasons(word(text).plain)]
    assert found == ["missing_item"]


def test_damaged_goods_stay_damaged_where_others_are_missing():
    found = [
        reason.code.value for reason in find_reasons(word("one mug was missing, the other was ripped").plain)
    ]
    assert "damaged" in found
