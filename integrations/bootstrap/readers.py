"""The reader that is configured."""

from __future__ import annotations

import logging
from functools import cache, partial
from typing import TYPE_CHECKING

from agent.reading.view import Reader
from integrations.observability.metrics import Metrics
from integrations.settings import Settings

if TYPE_CHECKING:
    from agent.reading.chat_model.reader import Call
    from agent.reading.local import LocalReader

log = logging.getLogger(__name__)


@cache
def embedded() -> LocalReader:
    """The embedded reader, one a process: its weights are read once, with the first message or by its `warm`."""
    from agent.reading.local import LocalReader

    return LocalReader()


def load_reader(settings: Settings | None = None, metrics: Metrics | None = None) -> Reader:
    """The configured reader; the embedded one is in all of them. Raises ModelUnavailable."""
    local = embedded()
    if settings is None or not settings.model or settings.reader == "local":
        return local
    from agent.reading.chat_model.cascade import CascadeReader
    from agent.reading.chat_model.provider import connect
    from agent.reading.chat_model.reader import ModelReader, Prices

    asked, answered = settings.model_prompt_price, settings.model_completion_price
    model = ModelReader(
        connect(
            settings.model,
            base_url=settings.model_base_url,
            api_key=settings.model_api_key.get_secret_value(),
            timeout_seconds=settings.model_seconds,
        ),
        fallback=local,
        timeout_seconds=settings.model_seconds,
        meter=partial(note_call, metrics=metrics),
        prices=Prices(asked, answered) if asked is not None and answered is not None else None,
    )
    return model if settings.reader == "model" else CascadeReader(local, model)


def note_call(call: Call, metrics: Metrics | None = None) -> None:
    """One line of log for each call to a chat model: what it took and what came of it, no text."""
    used = call.usage
    if metrics is not None:
        metrics.model_call(call)
    log.log(
        logging.WARNING if call.outcome else logging.INFO,
        "model call: %s, %.2f s, %d + %d tokens, cost %s",
        call.outcome or "used", call.seconds, used.prompt_tokens, used.completion_tokens, used.cost or "unknown",
    )  # fmt: skip
