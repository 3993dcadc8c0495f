"""The whole API against its own description, with good and bad input: never a 500, never an undocumented answer."""

import asyncio
import shutil
import threading

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from integrations.bootstrap import application
from integrations.http.access import Tokens
from integrations.http.app import create_app
from integrations.settings import Settings

EXAMPLES = 12
CONFIG = {
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 415, 422, 503]}},
    # An import takes any rows and reports the bad ones.
    "operations": [
        {"include-path": "/v1/orders/import", "checks": {"negative_data_rejection": {"enabled": False}}}
    ],
}
EVERYTHING = ["read", "converse", "decide", "import", "admin"]


MODES = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


class Quiet:
    """A log nobody reads."""

    def info(self, *_, **__):
        pass

    error = info


@pytest.fixture(scope="module")
def served(seeded, tmp_path_factory):
    """The app on a loop of its own, and finance's token."""
    folder = tmp_path_factory.mktemp("openapi") / "desk"
    shutil.copytree(seeded, folder)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(30)

    opened = application(
        Settings(data=folder, requests_per_second=0, wait_seconds=0.05, public_url="http://testserver"),
        demo=True,
    )
    app = run(opened.__aenter__())
    token = run(Tokens(app.store, app.merchant.id).new("fin", EVERYTHING))
    inner = create_app(app, log=Quiet())

    async def bridge(scope, receive, send):
        """The same app, answered on the loop that its database lives on."""
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        sent = []

        async def once():
            return {"type": "http.request", "body": body, "more_body": False}

        async def keep(message):
            sent.append(message)

        await asyncio.to_thread(run, inner(scope, once, keep))
        for message in sent:
            await send(message)

    yield bridge, inner.openapi(), token
    run(opened.__aexit__(None, None, None))
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def test_every_body_is_documented_with_an_example(served):
    _, document, _ = served
    schemas = document["components"]["schemas"]
    for name in ("NewMessage", "NewConversation", "ConfirmBody", "EditBody", "ProposeRefund", "NewEvidence"):
        assert schemas[name]["examples"]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["description"]
            if path.startswith("/v1/"):
                assert operation["security"]


def test_the_api_keeps_to_its_description(served):
    bridge, _, token = served
    # Input of the right shape may still break a rule of the order page: that is 422, with the rules named.
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_asgi("/openapi.json", bridge, config=config)
    failures = [
        f"{operation.label}: {error}"
        for operation in (found.ok() for found in schema.get_all_operations())  # type: ignore[union-attr]
        for error in tried(operation, token)
    ]
    assert not failures, "\n\n".join(failures)


def tried(operation, token):
    """What a few examples of an operation, good ones and bad ones, bring to light."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=MODES.flatmap(operation.as_strategy))
    def check(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    try:
        check()
    except BaseExceptionGroup as error:
        return [error, *error.exceptions]
    except Exception as error:
        return [error]
    return []
