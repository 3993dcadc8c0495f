import os

import pytest

from agent.reading.chat_model.provider import connect
from agent.reading.chat_model.reader import Call, ModelReader
from agent.reading.view import LineView, OrderView, TurnView, Understanding
from tests.integration.reading_model.provider_server import Provider

SMALL_MODEL = "DESK_SMALL_MODEL"


def pytest_configure(config):
    config.addinivalue_line("markers", f"small_model: asks a real small model; only with {SMALL_MODEL}=1")


def pytest_collection_modifyitems(config, items):
    if os.environ.get(SMALL_MODEL):
        return
    left_out = [item for item in items if item.get_closest_marker("small_model")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def provider():
    server = Provider()
    yield server
    server.close()


class Fallback:
    """Says nothing but that it was asked."""

    name = "local"

    def read(self, view):
        return Understanding(intent="balance", confidence=0.7)


@pytest.fixture
def fallback():
    return Fallback()


@pytest.fixture
def view():
    order = OrderView(
        number="7001",
        currency="EUR",
        customer="Maria Lopez",
        lines=[LineView(id="l1", sku="MUG", title="Ceramic mug", quantity=3)],
    )
    return TurnView(text="refund 7001, 12.50, the mug arrived cracked", order=order, orders=[order])


MODELS = {"openai": "openai:gpt-4.1-mini", "anthropic": "anthropic:claude-of-the-test"}


@pytest.fixture
def reader_of(provider, fallback):
    """A reader that asks the scripted provider in that vendor's way, and the calls it counted."""

    def make(vendor, *, timeout_seconds=20.0, **options):
        base = f"{provider.url}/v1" if vendor == "openai" else provider.url
        model = connect(MODELS[vendor], base_url=base, api_key="sk-test", timeout_seconds=timeout_seconds)
        calls: list[Call] = []
        reader = ModelReader(
            model, fallback=fallback, timeout_seconds=timeout_seconds, meter=calls.append, **options
        )
        return reader, calls

    return make
