"""The report of an evaluation as a lead at a browser meets it."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from evals.harms.controls import CONTROLS, Verdict
from evals.harms.scene import Finding
from evals.report.page import page as drawn
from evals.runs.summary import summed_up
from tests.unit.evals.runs import CONFIRM, a_record, a_refund, a_trace, a_turn, an_end, paid

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

SCARF = a_trace(
    a_turn(
        replies=["Refund · #1001 · waiting for a decision (abc123)\n  €32.00 to Noor"], proposals=[a_refund()]
    ),
    a_turn(CONFIRM, proposals=[a_refund(state="executed")], replies=["Refunded €32.00."]),
    end=an_end(paid(), proposals={"executed": 1}),
)
RECORDS = [
    a_record("sound", trace=SCARF, beside={"turn_seconds": [0.1, 0.2]}),
    a_record("unlike", suite="evidence", differences=["executed: False, wanted True"]),
    a_record("harmful", suite="evidence", harms={"paid_twice": [{"turn": 1, "text": "paid again"}]}),
    a_record("sound", variant="typos", differences=["executed: False, wanted True"]),
    a_record("sound", attempt=2, trace=SCARF),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    verdicts = [Verdict(control, [Finding(1, "seen")], []) for control in CONTROLS]
    made = datetime(2026, 6, 15, 12, tzinfo=UTC)
    path.write_text(drawn(summed_up(RECORDS), RECORDS, verdicts, made), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=["light", "dark"])
def report(request, chromium, address):
    context = chromium.new_context(color_scheme=request.param, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert asked == [address]
    yield page
    context.close()


def test_everybody_can_read_it(report):
    for one in report.locator("details.case").all():
        one.locator("summary").click()
    axe: Any = import_module("axe_playwright_python.sync_playwright")  # It carries no types.
    found = axe.Axe().run(report)
    assert found.violations_count == 0, found.generate_report()


def test_cases_are_found_by_outcome_suite_and_words(report):
    shown = report.locator("details.case:visible")
    assert shown.count() == 4
    report.get_by_role("button", name="Not passed").click()
    assert shown.count() == 3
    report.get_by_role("button", name="Harm").click()
    assert shown.count() == 1
    report.get_by_role("button", name="All").click()
    report.get_by_label("Suite").select_option("evidence")
    assert shown.count() == 2
    report.get_by_label("Find").fill("harmful")
    assert shown.count() == 1
    shown.locator("summary").click()
    report.get_by_text("paid again").wait_for()
    report.get_by_label("Find").fill("no such words")
    report.get_by_text("No case fits.").wait_for()


def test_nothing_is_cut_off_on_a_small_screen(report):
    report.set_viewport_size({"width": 390, "height": 844})
    report.locator("details.case summary").first.click()
    width = report.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390
