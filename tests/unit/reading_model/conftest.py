import json

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import RunnableLambda
from pydantic import Field

from agent.reading.chat_model.reader import ModelReader
from agent.reading.view import LineView, OrderView, PendingView, ProposalView, TurnView, Understanding


class Scripted(BaseChatModel):
    """A chat model that answers what it was told to, and keeps what it was asked."""

    answer: str = "{}"
    asked: list[list[str]] = Field(default_factory=list)

    @property
    def _llm_type(self):
        return "scripted"

    def _generate(self, messages, stop=None, run_manager=None, **kwargs):
        self.asked.append([message.text for message in messages])
        usage = {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
        message = AIMessage(self.answer, usage_metadata=usage)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def with_structured_output(self, schema, **kwargs):
        return self | RunnableLambda(lambda message: {"raw": message})


class Asked(ModelReader):
    """A model reader that shows what its model was asked."""

    def __init__(self, model, **options):
        super().__init__(model, **options)
        self.asked = model.asked


class Fallback:
    name = "local"

    def __init__(self):
        self.asked = 0

    def read(self, view):
        self.asked += 1
        return Understanding(intent="balance", confidence=0.3)


@pytest.fixture
def fallback():
    return Fallback()


@pytest.fixture
def order():
    return OrderView(
        number="#1042",
        currency="EUR",
        customer="Ana Lopez",
        lines=[
            LineView(id="l1", sku="MUG-B", title="Coffee mug", variant="blue", quantity=3),
            LineView(id="l2", sku="MUG-R", title="Coffee mug", variant="red", quantity=2),
            LineView(id="l3", sku="LAMP", title="Desk lamp", quantity=1, source="dropship"),
        ],
        returns=[{"id": "R1", "status": "requested"}],
        payments=["visa", "paypal"],
    )


@pytest.fixture
def view_of(order):
    def make(text, *, pending=None, card=False, options=(), alone=False, **more):
        asked = PendingView(slot=pending, flow="direct_refund", options=list(options)) if pending else None
        return TurnView(
            text=text,
            order=None if alone else order,
            orders=[] if alone else [order],
            pending=asked,
            proposal=ProposalView(kind="direct_refund", order=order.number) if card else None,
            flow="direct_refund" if pending or card else None,
            **more,
        )

    return make


@pytest.fixture
def model_says(fallback):
    """A reader whose model gives this answer (a list of commands, or raw text)."""

    def make(answer):
        text = answer if isinstance(answer, str) else json.dumps({"commands": answer})
        model = Scripted(answer=text)
        return Asked(model, fallback=fallback)

    return make
