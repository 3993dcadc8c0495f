"""Models that say what was written down for them, and count what they are asked: no network, no chance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field
from tokenizers import Tokenizer

from agent.reading.classifier.models import WEIGHTS


@dataclass(slots=True)
class Spent:
    """Calls of a model, and tokens of what it was asked, schemas and tools included."""

    calls: int = 0
    tokens: int = 0

    def add(self, *texts: str) -> None:
        """One more call."""
        self.calls += 1
        self.tokens += sum(map(tokens, texts))


@cache
def _tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def tokens(text: str) -> int:
    """Tokens of a text by the local reader's tokenizer."""
    return len(_tokenizer().encode(text, add_special_tokens=False).ids)


class WrittenReader(BaseChatModel):
    """The desk's reader model: for each message the answer that was written down for it."""

    answers: dict[str, str]
    spent: Spent

    @property
    def _llm_type(self) -> str:
        return "written"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        asked = str(messages[-1].content)
        said = json.loads(asked.rpartition("message: ")[2])
        self.spent.add(*(str(message.content) for message in messages), kwargs["schema"])
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.answers[said]))])

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        """The written answer as it is; the schema counts, as it is sent with each call."""
        bound = self.bind(schema=json.dumps(schema))
        return bound | RunnableLambda(lambda message: {"raw": message})


@dataclass(slots=True)
class Ids:
    """Ids in tool results so far, by what the written calls name them."""

    held: dict[str, str] = field(default_factory=dict)

    def learn(self, result: ToolMessage) -> None:
        """Keep what a result names. Raises AssertionError where a tool refused: the calls do not fit any more."""
        found = json.loads(str(result.content))
        assert "refused" not in found, f"{result.name}: {found}"
        if result.name == "find_order":
            self.held["$order"] = self.held[f"$order:{found['number'].lstrip('#')}"] = found["id"]
            self.held |= {f"$line:{line['sku']}": line["id"] for line in found["lines"]}
            for ret in found["returns"]:
                self.held["$return"] = ret["id"]
        elif str(result.name).startswith("propose_"):
            self.held["$proposal"] = found["id"]

    def filled(self, value: Any) -> Any:
        """Arguments with the ids in place of their names."""
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        return self.held[value] if isinstance(value, str) and value.startswith("$") else value


class WrittenAgent(BaseChatModel):
    """The prebuilt agent's model: its calls in order, as they were written down."""

    script: list[Any]
    spent: Spent
    ids: Ids
    tools: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "written"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """The tools count with each call."""
        self.tools = [json.dumps(convert_to_openai_tool(tool)) for tool in tools]
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.spent.add(*self.tools, *map(_text_of, messages))
        for message in reversed(messages):
            if not isinstance(message, ToolMessage):
                break
            self.ids.learn(message)
        return ChatResult(generations=[ChatGeneration(message=self._next())])

    def _next(self) -> AIMessage:
        written = self.script.pop(0)
        if isinstance(written, dict):
            return AIMessage(written["say"])
        calls = [
            {
                "name": call["tool"],
                "args": self.ids.filled(call["args"]),
                "id": f"call-{len(self.script)}-{at}",
                "type": "tool_call",
            }
            for at, call in enumerate(written)
        ]
        return AIMessage("", tool_calls=calls)


def _text_of(message: BaseMessage) -> str:
    """What a provider is sent of a message: its text, and the calls in it."""
    calls = message.tool_calls if isinstance(message, AIMessage) else []
    return str(message.content) + "".join(json.dumps([call["name"], call["args"]]) for call in calls)
