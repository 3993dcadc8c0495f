from datetime import UTC, datetime, timedelta

import pytest

from domain.ports import StorageUnavailable
from domain.rules import Refused, Rule, broken
from integrations.files import plain_name, sniff
from integrations.http.page.draw import Cards, minutes_left
from integrations.http.problems import Problem, problem_of, refusal, status_of
from integrations.http.rate import Rate


class Stopwatch:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_a_burst_is_allowed_and_then_the_pace():
    watch = Stopwatch()
    rate = Rate(2, burst=3, now=watch)
    assert [rate.take("a") for _ in range(3)] == [0, 0, 0]
    assert rate.take("a") == pytest.approx(0.5)
    assert rate.take("b") == 0
    watch.seconds = 0.5
    assert rate.take("a") == 0
    assert rate.take("a") > 0


def test_no_rate_is_no_limit():
    assert not any(Rate(0).take("a") for _ in range(1000))


def test_callers_that_were_long_not_seen_take_no_memory():
    rate = Rate(1, burst=1)
    for caller in range(10_050):
        rate.take(str(caller))
    assert len(rate._buckets) == 10_000


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic....", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom....", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ....", "video/quicktime"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg onload=alert(1)>", None),
        (b"MZ\x90\x00", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_show(content, media_type):
    assert sniff(content) == media_type


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\crack.png", "crack.png"),
        ("a\r\nb.png", "ab.png"),
        ("", "file"),
        (None, "file"),
        ("x" * 500, "x" * 120),
        ("Riß 図.png", "Riß 図.png"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert plain_name(given) == kept


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (Rule.NOT_AUTHORISED, 403),
        (Rule.ORDER_NOT_FOUND, 404),
        (Rule.PROPOSAL_NOT_FOUND, 404),
        (Rule.PROPOSAL_DECIDED, 409),
        (Rule.PROPOSAL_STALE, 409),
        (Rule.PROPOSAL_EXPIRED, 409),
        (Rule.PROPOSAL_MISMATCH, 409),
        (Rule.OPEN_PROPOSAL_EXISTS, 409),
        (Rule.REFUND_EXCEEDS_REMAINING, 422),
        (Rule.APPROVAL_REQUIRED, 422),
    ],
)
def test_each_rule_has_its_status(code, status):
    assert status_of(code) == status


def test_the_gravest_of_several_rules_names_the_status_and_all_are_told():
    problem = refusal(
        [broken(Rule.NOTE_REQUIRED, "note"), broken(Rule.NOT_AUTHORISED, "actor", limit="agent")]
    )
    assert (problem.status, problem.code) == (403, "not_authorised")
    assert [v.code.value for v in problem.violations] == ["note_required", "not_authorised"]


def test_errors_become_problems_and_tell_no_secrets():
    assert problem_of(Refused(broken(Rule.NOTE_REQUIRED, "note"))).status == 422
    trouble = problem_of(StorageUnavailable("/secret/path is locked", 2.2))
    assert (trouble.status, trouble.headers["Retry-After"]) == (503, "3")
    assert "secret" not in trouble.detail + problem_of(RuntimeError("secret")).detail
    known = Problem(418, "teapot", "I am one.")
    assert problem_of(known) is known


def test_minutes_left_are_whole_and_never_negative():
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert minutes_left(now + timedelta(minutes=29, seconds=59), now) == 29
    assert minutes_left(now - timedelta(minutes=5), now) == 0


def test_a_card_nobody_knows_any_more_has_no_buttons():
    cards = Cards(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
    assert not cards.is_live("prop_1", "e1")
    assert cards.state("prop_1") == ""
