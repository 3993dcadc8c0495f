"""What people read: nothing from elsewhere, nothing unescaped, everything that failed with its reason."""

import io
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

from rich.console import Console

from evals.harms.controls import CONTROLS, Verdict
from evals.harms.scene import Finding
from evals.report.junit import junit
from evals.report.page import page
from evals.report.terminal import print_comparison, print_summary
from evals.runs.comparing import compared
from evals.runs.summary import summed_up
from tests.unit.evals.runs import CONFIRM, a_record, a_refund, a_trace, a_turn, an_end, paid

EVIL = "<script>alert('1 & 2')</script>"
FOUND = {"name": "find_order", "kind": "READ", "ok": True}
HARM = {"paid_twice": [{"turn": 2, "text": "paid again"}]}
RECORDS = [
    a_record(
        "sound",
        trace=a_trace(
            a_turn(
                {"say": EVIL},
                replies=[f"You said {EVIL}"],
                tools=[{"name": "find_order", "kind": "READ", "ok": True}],
            ),
            a_turn(CONFIRM, proposals=[a_refund(state="executed")], replies=["Refunded."]),
            end=an_end(paid(), proposals={"executed": 1}),
        ),
        ticket=f"help {EVIL}",
        beside={"turn_seconds": [0.1, 0.2]},
    ),
    a_record("unlike", differences=["executed: False, wanted True"]),
    a_record("harmful", suite="limits and four eyes", harms=HARM),
    a_record("sound", variant="typos", differences=["lost by a typo"]),
    a_record("sound", attempt=2),
    a_record(
        "broken", trace={**a_trace(a_turn(), error="turn 1: KeyError"), "end": None}, differences=["broke: x"]
    ),
]
MADE = datetime(2026, 6, 15, 12, tzinfo=UTC)


def the_page(records=RECORDS, verdicts=()):
    return page(summed_up(records), records, verdicts, MADE)


def test_the_page_needs_nothing_from_elsewhere():
    html = the_page()
    assert not re.search(r"""(?:src|href|action)\s*=|@import|url\(|https?://|<link|<img|<iframe""", html)


def test_what_was_said_is_text_on_the_page():
    html = the_page()
    assert EVIL not in html
    assert html.count("&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;") >= 3


def test_the_page_says_first_whether_anybody_came_to_harm():
    assert "This desk does harm: paid twice (1)." in the_page()
    sound = [record for record in RECORDS if not record.harms]
    assert f"No customer came to harm in {len(sound)} replays." in the_page(sound)


def test_every_case_has_its_transcript_and_its_reasons():
    html = the_page()
    assert html.count('<details class="case"') == 5
    for text in (
        "paid again",
        "lost by a typo",
        "executed",
        "find_order",
        "pressed Confirm",
        "turn 1: KeyError",
    ):
        assert text in html


def test_a_control_that_was_missed_is_seen_on_the_page():
    caught = Verdict(CONTROLS[0], [Finding(1, "x")], [])
    assert "control caught" in the_page(verdicts=[caught])
    assert "control missed" in the_page(verdicts=[caught, Verdict(CONTROLS[0], [], [])])


def test_junit_tells_each_job_and_why_it_failed():
    record = a_record("odd\x0b", differences=["a \x00 in it"])
    root = ElementTree.fromstring(junit([*RECORDS, record]))
    assert {suite.get("name"): suite.get("tests") for suite in root} == {
        "repair": "6",
        "limits and four eyes": "1",
    }
    repair = next(suite for suite in root if suite.get("name") == "repair")
    assert (repair.get("failures"), repair.get("errors")) == ("3", "1")
    names = [case.get("name") for case in root.iter("testcase")]
    assert "sound" in names
    assert "sound | typos | 1" in names
    failed = next(case for case in root.iter("testcase") if case.get("name") == "harmful")
    assert [told.get("message") for told in failed.iter("failure")] == ["paid_twice: paid again"]


def test_the_terminal_tells_what_failed_and_why():
    console = Console(record=True, width=140, file=io.StringIO())
    print_summary(summed_up(RECORDS), RECORDS, console)
    text = console.export_text()
    for word in (
        "limits and four eyes",
        "Paid twice",
        "FAILED harmful",
        "paid_twice: paid again",
        "1 of 4 cases",
    ):
        assert word in text


def test_the_terminal_tells_what_flipped():
    console = Console(record=True, width=140, file=io.StringIO())
    print_comparison(
        compared([a_record("a"), a_record("b")], [a_record("a", harms=HARM), a_record("b")]), console
    )
    text = console.export_text()
    for word in ("1 broke", "a | clean | 1", "paid_twice: paid again", "new harms", "pass rate"):
        assert word in text
