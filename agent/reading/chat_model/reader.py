"""Reading with a chat model: one call a turn, and another reader's answer whenever that call is of no use."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from agent.commands import Clarify, Command
from agent.reading.chat_model.answer import CONFIDENCE, SCHEMA, NotAnAnswer, parse
from agent.reading.chat_model.prompt import Prompt, describe, load_prompt
from agent.reading.grounding.validate import checked
from agent.reading.view import Reader, TurnView, Understanding, Usage
from agent.reading.words.reasons import issue_type_of
from domain.reasons import RefundReason

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

FAILURES_IN_A_ROW, REST_SECONDS = 3, 30.0
_CUT_OFF = frozenset({"length", "max_tokens", "MAX_TOKENS", "model_context_window_exceeded"})
_REFUSED = frozenset({"refusal", "content_filter", "SAFETY"})
_INTENTS = {
    "quality_issue": "report_issue", "return_progress": "review_return", "supplier_review": "supplier_request",
    "status": "lookup_order", "draft_reply": "evidence", "SelectOrder": "lookup_order", "CancelCase": "cancel",
    "Affirm": "confirm", "CorrectSlot": "correct", "AskQuestion": "policy", "Greet": "greet", "Handoff": "oos",
    "OutOfScope": "oos",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost."""

    prompt: Decimal
    completion: Decimal


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was made, for whoever counts them."""

    usage: Usage
    seconds: float
    outcome: str
    """Empty when the answer was used, else why it was not."""


class ModelFailed(Exception):
    """The model gave nothing to go on."""

    def __init__(self, reason: str, usage: Usage | None = None, dropped: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason, self.usage, self.dropped = reason, usage, list(dropped)


class ModelReader:
    """Any chat model as a reader. It never raises and never waits longer than `timeout_seconds`."""

    name = "model"

    def __init__(
        self,
        model: BaseChatModel,
        *,
        fallback: Reader,
        timeout_seconds: float = 8.0,
        meter: Callable[[Call], None] | None = None,
        prices: Prices | None = None,
        prompt: Prompt | None = None,
    ) -> None:
        """Raises MissingVariable when the prompt is not whole."""
        self.fallback, self._timeout, self._meter, self._prices = fallback, timeout_seconds, meter, prices
        self._prompt = prompt or load_prompt()
        self._chain = structured(model)
        self._failures, self._resting_until = 0, 0.0

    def messages(self, view: TurnView) -> list[tuple[str, str]]:
        """Everything that is sent for this turn, besides :data:`agent.reading.chat_model.answer.SCHEMA`."""
        return [("system", self._prompt.text), ("human", describe(view))]

    def read(self, view: TurnView) -> Understanding:
        """Read one message. Never raises: without a usable answer it is the fallback's."""
        try:
            return self.attempt(view)
        except ModelFailed as failed:
            return self.noted(self.fallback.read(view), failed)

    def noted(self, understanding: Understanding, failed: ModelFailed) -> Understanding:
        """Another reader's understanding, with why the model's was not taken."""
        dropped = [*understanding.dropped, *failed.dropped]
        changes = {"fallback": failed.reason, "usage": failed.usage, "prompt": self._prompt.version}
        return understanding.model_copy(update={**changes, "dropped": dropped})

    def attempt(self, view: TurnView) -> Understanding:
        """The model's own understanding. Raises ModelFailed, and nothing else."""
        if not any(ch.isalnum() for ch in view.text):
            raise ModelFailed("nothing to read")
        if time.monotonic() < self._resting_until:
            raise ModelFailed("resting after failures")
        began = time.monotonic()
        try:
            understanding = self._understood(self._answer(view), view)
        except ModelFailed as failed:
            self._count(failed.usage or Usage(calls=1), began, failed.reason)
            raise
        self._count(understanding.usage or Usage(calls=1), began, "")
        return understanding

    def _answer(self, view: TurnView) -> AIMessage:
        messages = self.messages(view)
        try:
            answer = within(self._timeout, lambda: self._chain.invoke(messages))
            message: AIMessage = answer["raw"]
        except Exception as error:
            self._failures += 1
            if self._failures >= FAILURES_IN_A_ROW:
                self._failures, self._resting_until = 0, time.monotonic() + REST_SECONDS
            raise ModelFailed(reason_of(error), Usage(calls=1)) from error
        self._failures = 0
        return message

    def _understood(self, message: AIMessage, view: TurnView) -> Understanding:
        usage = self._usage(message)
        try:
            commands, dropped = parse(content_of(message), view)
            kept, taken_out = checked(commands, view)
        except NotAnAnswer as error:
            raise ModelFailed(f"malformed: {error}", usage) from error
        except ModelFailed as failed:
            raise ModelFailed(failed.reason, usage) from failed
        except Exception as error:  # an answer nobody thought of must not end the turn
            raise ModelFailed(f"malformed: {type(error).__name__}", usage) from error
        dropped += taken_out
        if not kept or all(isinstance(command, Clarify) for command in kept):
            reason = "unsure" if kept else "nothing in it could be used"
            raise ModelFailed(reason, usage, dropped)
        intent = _intent(kept[0])
        return Understanding(
            commands=kept,
            intent=intent,
            issue_type=_issue(kept),
            confidence=CONFIDENCE,
            alternatives=[(intent, CONFIDENCE)],
            reader=self.name,
            usage=usage,
            prompt=self._prompt.version,
            dropped=dropped,
        )

    def _usage(self, message: AIMessage) -> Usage:
        told = message.usage_metadata
        if told is None:
            return Usage(calls=1)
        asked, written = told["input_tokens"], told["output_tokens"]
        cost = None
        if self._prices is not None:
            cost = str((asked * self._prices.prompt + written * self._prices.completion) / 1_000_000)
        return Usage(calls=1, prompt_tokens=asked, completion_tokens=written, cost=cost)

    def _count(self, usage: Usage, began: float, outcome: str) -> None:
        if self._meter is not None:
            self._meter(Call(usage, time.monotonic() - began, outcome))


def structured(model: BaseChatModel) -> Any:
    """The model bound to the schema: by the provider's own JSON schema mode where it has one, else by a forced tool."""
    try:
        return model.with_structured_output(SCHEMA, method="json_schema", include_raw=True, **_strict(model))
    except (NotImplementedError, TypeError, ValueError):
        return model.with_structured_output(SCHEMA, include_raw=True)


def _strict(model: BaseChatModel) -> dict[str, Any]:
    return {"strict": True} if "openai" in type(model).__module__ else {}


def content_of(message: AIMessage) -> str | dict[str, Any]:
    """What the model wrote: a tool call's arguments or its text. Raises ModelFailed when it refused or broke off."""
    ended = message.response_metadata.get("finish_reason") or message.response_metadata.get("stop_reason")
    if ended in _REFUSED or message.additional_kwargs.get("refusal"):
        raise ModelFailed("refused")
    if ended in _CUT_OFF or message.response_metadata.get("status") == "incomplete":
        raise ModelFailed("cut off")
    if message.tool_calls:
        return message.tool_calls[0]["args"]
    return str(message.text)


def reason_of(error: BaseException) -> str:
    """Why a call failed, without the provider's words: they may repeat what was sent."""
    status = getattr(error, "status_code", None)
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    if status == 429:
        return "rate limited"
    if isinstance(error, TimeoutError) or "Timeout" in kinds:
        return "timed out"
    if "LengthFinishReason" in kinds:
        return "cut off"
    if "ContentFilter" in kinds or "Refusal" in kinds:
        return "refused"
    return f"{type(error).__name__} {status}" if status else type(error).__name__


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """The result of `work`, on a thread of its own that nobody waits for any longer. Raises TimeoutError, or its error.

    A client's own time-out counts each read; a server that drips its answer out would never reach it.
    """
    ended: Queue[tuple[Any, BaseException | None]] = Queue(1)

    def run() -> None:
        try:
            ended.put((work(), None))
        except BaseException as error:
            ended.put((None, error))

    threading.Thread(target=run, name="chat-model", daemon=True).start()
    try:
        value, error = ended.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return value


def _intent(command: Command) -> str:
    flow = getattr(command, "flow", None)
    named = str(flow.value) if flow is not None else command.name
    return _INTENTS.get(named, named if flow is not None else "direct_refund")


def _issue(commands: Sequence[Command]) -> str:
    slots = (command.slots.get("issue") or command.slots.get("reason") for command in commands)
    codes = (RefundReason(slot.value) for slot in slots if slot is not None)
    return next((issue_type_of(code) for code in codes), "other")
