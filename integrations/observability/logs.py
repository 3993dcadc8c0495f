"""JSON log lines on standard error, for our own loggers and for Python's.

An exception is logged by its kind and where it happened, never by its text: that may quote what somebody wrote, an
address or a secret. Whoever debugs gets the line of code; the words stay where they can be erased.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from contextvars import ContextVar
from typing import Any, TextIO

import orjson
import structlog

request_id: ContextVar[str] = ContextVar("desk_request_id", default="")
"""The request that is being worked on, in whatever line is written meanwhile."""

_SECRETS = re.compile(
    r"\b(?:desk_[\w-]{20,}|sk_(?:live|test)_\w+|xox[a-z]-[\w-]+|Bearer\s+\S+)|(?<=://)[^/@\s]+(?=@)"
)
_LONGEST = 2000


def without_secrets(text: str) -> str:
    """A line without what looks like a token, a key or a password in an address."""
    return _SECRETS.sub("[secret]", text)[:_LONGEST]


def where(error: BaseException) -> list[str]:
    """Kind and place of an error and of what caused it: ``ValueError at domain/money.py:84 parse_minor``."""
    found, seen = [], set[int]()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)[-3:]
        places = " < ".join(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in reversed(frames))
        found.append(f"{type(current).__name__} at {places}" if places else type(current).__name__)
        current = current.__cause__ or current.__context__
    return found


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def _plain_exception(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = where(error)
    return event


def _with_request(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    if (current := request_id.get()) and "request_id" not in event:
        event["request_id"] = current
    return event


def _dump(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()


PROCESSORS: list[Any] = [
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.add_log_level,
    _with_request,
    _plain_exception,
]


def json_logger(name: str, stream: TextIO | None = None) -> Any:
    """A logger of JSON lines, on standard error unless another stream is given."""
    render = structlog.processors.JSONRenderer(serializer=_dump)
    return structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr), processors=[*PROCESSORS, render], log=name
    )


class JsonFormatter(logging.Formatter):
    """A line of Python's own logging in the same form. Errors among its arguments are named by their kind."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        arguments = record.args
        if isinstance(arguments, tuple):
            record.args = tuple(
                type(each).__name__ if isinstance(each, BaseException) else each for each in arguments
            )
        event: dict[str, Any] = {"log": record.name, "event": without_secrets(record.getMessage())}
        record.args = arguments
        event["timestamp"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        event["level"] = record.levelname.lower()
        if record.exc_info:
            event["exc_info"] = record.exc_info[1]
        return _dump(_plain_exception(None, "", _with_request(None, "", event)))


def log_as_json(level: int = logging.INFO) -> None:
    """For a server: everything that is logged in this process goes out as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    quiet_libraries()


def quiet_libraries() -> None:
    """Libraries that log addresses with their queries, or statements with their values, say only what went wrong."""
    for name in (
        "aiosqlite",
        "alembic",
        "asyncio",
        "httpcore",
        "httpx",
        "httpx2",
        "mcp",
        "opentelemetry",
        "uvicorn",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
