"""One trace from the request to the payment provider, through the outbox; nothing of it where tracing is off."""

import pytest

from integrations.observability.tracing import is_wanted
from tests.integration.observability.conftest import a_refund_over_http


def attributes(span):
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


async def test_a_confirmed_refund_is_one_trace_from_the_channel_to_the_provider(serve, recorder):
    async with serve() as served, await served.client() as client:
        card, conversation = await a_refund_over_http(client)
    spans = recorder.spans()
    by_id = {span.span_id: span for span in spans}

    def way_up(span):
        names = [span.name]
        while span.parent_span_id in by_id:
            span = by_id[span.parent_span_id]
            names.append(span.name)
        return names

    [asked] = [span for span in spans if span.name == "provider refund"]
    way = way_up(asked)
    assert way[:2] == ["provider refund", "job execute_refund"]
    assert "turn confirm" in way
    assert way[-1] == "POST /v1/proposals/{proposal_id}/confirm"
    assert attributes(asked)["desk.refund_id"] == card["proposal_id"]
    job = next(span for span in spans if span.name == "job execute_refund")
    assert attributes(job)["desk.refund_id"] == card["proposal_id"]
    turn = next(span for span in spans if span.name == "turn confirm")
    assert attributes(turn)["desk.proposal_id"] == card["proposal_id"]
    assert attributes(turn)["desk.conversation_id"] == conversation
    confirmed = [event for span in spans for event in span.events if event.name == "proposal.confirmed"]
    assert [e.attributes[0].value.string_value for e in confirmed] == [card["proposal_id"]]
    [proposing] = [
        span for span in spans if span.name == "tool propose_refund" and span.parent_span_id in by_id
    ][-1:]
    assert way_up(proposing)[1:4] == [
        "graph",
        "turn message",
        "POST /v1/conversations/{conversation_id}/messages",
    ]
    assert any(key.string_value for span in spans if span.name == "graph" for each in span.attributes
               if each.key == "desk.case_ids" for key in each.value.array_value.values)  # fmt: skip
    assert "read" in {span.name for span in spans}


async def test_a_callers_own_trace_is_gone_on_with(serve, recorder):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    async with (
        serve() as served,
        await served.client(traceparent=f"00-{trace}-00f067aa0ba902b7-01") as client,
    ):
        await client.get("/v1/orders")
    [span] = [span for span in recorder.spans() if span.name == "GET /v1/orders"]
    assert span.trace_id.hex() == trace


async def test_without_an_exporter_nothing_is_traced_or_carried(serve, monkeypatch):
    for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER"):
        monkeypatch.delenv(name, raising=False)
    async with serve() as served, await served.client() as client:
        await a_refund_over_http(client)
        assert served.app.watch.tracing is None
        payloads = [job.payload for job in await served.app.store.jobs.jobs()]
    assert payloads
    assert not any("traceparent" in payload for payload in payloads)


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_the_standard_variables_switch_it(environment, wanted):
    assert is_wanted(environment) is wanted
