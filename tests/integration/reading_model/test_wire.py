"""What OpenAI and Anthropic send back, over a real socket: a good answer is used, all else ends in the fallback."""

import json
from decimal import Decimal
from typing import Any

import pytest

from agent.reading.chat_model.prompt import load_prompt
from agent.reading.chat_model.provider import connect
from agent.reading.chat_model.reader import Prices
from tests.integration.reading_model.provider_server import anthropic_answer, openai_answer

GOOD = {
    "commands": [
        {
            "name": "StartFlow",
            "flow": "direct_refund",
            "detail": "",
            "slots": [
                {"slot": "order", "value": "7001", "said": "7001"},
                {"slot": "amount", "value": "12.50", "said": "12.50"},
                {"slot": "reason", "value": "damaged", "said": "cracked"},
                {"slot": "line", "value": "1", "said": "the mug"},
            ],
        }
    ]
}
ANSWER: dict[str, Any] = {"openai": openai_answer, "anthropic": anthropic_answer}
CUT: dict[str, Any] = {"openai": {"finish": "length"}, "anthropic": {"stop": "max_tokens"}}
both = pytest.mark.parametrize("vendor", ["openai", "anthropic"])


@both
def test_a_good_answer_becomes_commands_with_tokens_cost_and_prompt(vendor, provider, reader_of, view):
    provider.answers(ANSWER[vendor](json.dumps(GOOD)))
    reader, calls = reader_of(vendor, prices=Prices(Decimal("0.40"), Decimal("1.60")))

    heard = reader.read(view)

    (command,) = heard.commands
    assert command.flow == "direct_refund"
    assert {name: slot.value for name, slot in command.slots.items()} == {
        "order": "7001",
        "amount": {"kind": "exact", "value": "12.50", "currency": None},
        "reason": "damaged",
        "line": [{"line": "l1", "quantity": None, "amount": None}],
    }
    assert (heard.reader, heard.fallback, heard.dropped) == ("model", "", [])
    assert (heard.usage.calls, heard.usage.prompt_tokens, heard.usage.completion_tokens) == (1, 700, 50)
    assert Decimal(heard.usage.cost) == Decimal("0.00036")
    assert heard.prompt == load_prompt().version
    assert [(call.outcome, call.usage) for call in calls] == [("", heard.usage)]


@both
def test_one_call_a_turn_with_a_closed_schema(vendor, provider, reader_of, view):
    provider.answers(ANSWER[vendor](json.dumps(GOOD)))
    reader_of(vendor)[0].read(view)

    (sent,) = provider.requests
    form = sent["response_format"]["json_schema"] if vendor == "openai" else sent["output_config"]["format"]
    assert form["schema"]["additionalProperties"] is False
    assert "tools" not in sent
    if vendor == "openai":
        assert form["strict"] is True


@both
@pytest.mark.parametrize(
    ("status", "reason"), [(429, "rate limited"), (500, "500"), (529, "529"), (401, "401"), (400, "400")]
)
def test_an_error_status_is_not_tried_again(vendor, status, reason, provider, reader_of, view):
    provider.answers({"error": {"type": "error", "message": "no sk-test for you"}}, status=status)
    reader, calls = reader_of(vendor)

    heard = reader.read(view)

    assert heard.intent == "balance"
    assert heard.reader == "local"
    assert heard.fallback.endswith(reason)
    assert "sk-test" not in heard.fallback
    assert len(provider.requests) == 1
    assert calls[0].outcome == heard.fallback


@both
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Sure! I refunded the order.", "malformed: no list of commands"),
        ("[1, 2]", "malformed: no list of commands"),
        ('{"commands": "none"}', "malformed: no list of commands"),
        (json.dumps(GOOD)[:-20], "malformed: no complete JSON"),
        ('{"commands": []}', "nothing in it could be used"),
        ('{"commands": [{"name": "Confirm", "slots": []}]}', "nothing in it could be used"),
        ('{"commands": [{"name": "Clarify", "flow": "", "detail": "", "slots": []}]}', "unsure"),
        ('{"commands": [null, 7, {"name": ["x"]}]}', "nothing in it could be used"),
    ],
)
def test_an_answer_of_no_use_ends_in_the_fallback(vendor, text, reason, provider, reader_of, view):
    provider.answers(ANSWER[vendor](text))

    heard = reader_of(vendor)[0].read(view)

    assert (heard.intent, heard.reader, heard.fallback) == ("balance", "local", reason)
    assert heard.usage.prompt_tokens == 700


@both
def test_an_answer_that_broke_off_is_not_used_even_where_its_json_is_whole(vendor, provider, reader_of, view):
    provider.answers(ANSWER[vendor](json.dumps(GOOD), **CUT[vendor]))
    heard = reader_of(vendor)[0].read(view)
    assert (heard.intent, heard.fallback) == ("balance", "cut off")


def test_a_refusal_of_openai(provider, reader_of, view):
    provider.answers(openai_answer(None, refusal="I can't help with that."))
    heard = reader_of("openai")[0].read(view)
    assert (heard.intent, heard.fallback) == ("balance", "refused")


def test_a_refusal_of_anthropic(provider, reader_of, view):
    provider.answers(anthropic_answer("", stop="refusal"))
    heard = reader_of("anthropic")[0].read(view)
    assert (heard.intent, heard.fallback) == ("balance", "refused")


@both
def test_a_slow_answer_is_not_waited_for(vendor, provider, reader_of, view):
    provider.answers(ANSWER[vendor](json.dumps(GOOD)))
    provider.may_answer.clear()
    reader, _ = reader_of(vendor, timeout_seconds=0.4)
    heard = reader.read(view)
    assert (heard.intent, heard.fallback) == ("balance", "timed out")


@both
def test_a_body_that_breaks_off(vendor, provider, reader_of, view):
    body = json.dumps(ANSWER[vendor](json.dumps(GOOD))).encode()
    provider.answers(body[: len(body) // 2], breaks=True)
    heard = reader_of(vendor)[0].read(view)
    assert heard.intent == "balance"
    assert heard.fallback


def test_a_stream_that_breaks_off_in_the_middle_of_the_json(provider, fallback, view):
    from agent.reading.chat_model.reader import ModelReader

    def event(delta):
        choice = {"index": 0, "delta": {"content": delta}, "finish_reason": None}
        return b"data: " + json.dumps({"id": "1", "object": "chat.completion.chunk", "created": 1,
                                       "model": "m", "choices": [choice]}).encode() + b"\n\n"  # fmt: skip

    text = json.dumps(GOOD)
    provider.answers(event(text[:60]) + event(text[60:90]), kind="text/event-stream")
    model: Any = connect("openai:gpt-4.1-mini", base_url=f"{provider.url}/v1", api_key="k", timeout_seconds=5)
    model.streaming = True

    heard = ModelReader(model, fallback=fallback, timeout_seconds=20).read(view)

    assert heard.intent == "balance"
    assert heard.fallback


@both
def test_nobody_listening(vendor, provider, reader_of, view):
    reader, _ = reader_of(vendor)
    provider.close()
    heard = reader.read(view)
    assert heard.intent == "balance"
    assert "Connection" in heard.fallback


@both
def test_after_three_failures_in_a_row_the_model_is_left_alone_for_a_while(vendor, provider, reader_of, view):
    provider.answers({}, status=500)
    reader, _ = reader_of(vendor)
    for _ in range(4):
        heard = reader.read(view)
    assert heard.fallback == "resting after failures"
    assert len(provider.requests) == 3
    assert heard.usage is None


@both
def test_an_invented_amount_is_dropped_and_the_rest_kept(vendor, provider, reader_of, view):
    answer = json.loads(json.dumps(GOOD))
    answer["commands"][0]["slots"][1] = {"slot": "amount", "value": "125.00", "said": "12.50"}
    provider.answers(ANSWER[vendor](json.dumps(answer)))

    heard = reader_of(vendor)[0].read(view)

    assert "amount" not in heard.commands[0].slots
    assert heard.dropped == ["StartFlow.amount: an amount that was not said"]
