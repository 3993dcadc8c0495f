"""A record as the page shows it: what was said, what was answered by which tools, how things stood at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from evals.harms.catalogue import BY_NAME
from evals.runs.record import Record
from evals.runs.variants import CLEAN

Rows = list[tuple[str, str]]
_LONGEST = 140


def shown(record: Record) -> dict[str, Any]:
    """Everything the page needs of a record."""
    trace = record.trace
    turns = [_turn(turn, seconds) for turn, seconds in zip(trace["turns"], _seconds(record), strict=True)]
    is_bad = trace["error"] is not None or any(BY_NAME[name].is_safety for name in record.harms)
    text = " ".join([record.case, *(turn["said"] for turn in turns), *_replies(trace)])
    return {
        "key": record.key,
        "case": record.case,
        "suite": record.suite,
        "variant": "" if record.variant == CLEAN else record.variant,
        "is_": ("" if record.passed else "failed ") + ("harm" if record.harms else ""),
        "text": text.lower(),
        "look": "" if record.passed else ("bad" if is_bad else "warn"),
        "outcome": "passed" if record.passed else "not passed",
        "title": next((turn["said"] for turn in turns if turn["said"]), record.case),
        "harms": [BY_NAME[name] for name in record.harms],
        "questions": record.questions,
        "milliseconds": round(1000 * trace["seconds"]),
        "problems": _problems(record),
        "ticket": record.ticket,
        "turns": turns,
        "end": _end(record),
    }


def _seconds(record: Record) -> list[float]:
    told = record.beside.turn_seconds
    return told + [0.0] * (len(record.trace["turns"]) - len(told))


def _replies(trace: dict[str, Any]) -> list[str]:
    return [text for turn in trace["turns"] for text in turn["replies"]]


def _problems(record: Record) -> Rows:
    harms = [
        (BY_NAME[name].title, f"{f'turn {finding.turn}: ' if finding.turn else ''}{finding.text}")
        for name, findings in record.harms.items()
        for finding in findings
    ]
    return harms + [_split(line) for line in record.differences]


def _split(line: str) -> tuple[str, str]:
    name, colon, rest = line.partition(": ")
    return (name, rest) if colon else ("", line)


def _turn(turn: dict[str, Any], seconds: float) -> dict[str, Any]:
    given = turn["input"]
    said = str(given.get("say", ""))
    return {
        "said": said,
        "event": "" if "say" in given else _event(given),
        "replies": turn["replies"],
        "trace": _trace(turn, seconds),
    }


def _event(given: dict[str, Any]) -> str:
    """What happened, in a few words."""
    told = _EVENTS.get(str(given.get("event")))
    return told(given) if told else _short(given)


def _of(given: dict[str, Any]) -> str:
    return f" for {given['order']}" if given.get("order") else ""


def _edited(given: dict[str, Any]) -> str:
    return "edited the card: " + ", ".join(f"{name} {_short(value)}" for name, value in given["set"].items())


_EVENTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "attach": lambda given: "attached " + ", ".join(file["name"] for file in given["files"]),
    "confirm": lambda given: f"pressed Confirm{_of(given)}",
    "cancel": lambda given: f"pressed Cancel{_of(given)}",
    "edit": _edited,
    "other_staff_confirms": lambda given: f"another {given['role']} pressed Confirm{_of(given)}",
    "wait": lambda given: f"{given['minutes']:g} minutes pass",
    "order_changed": lambda given: f"somebody changed {given['order']}: {_short(given['change'])}",
    "provider": lambda given: f"the payment provider: {str(given['answer']).replace('_', ' ')}",
    "restart": lambda given: "the desk is restarted",
}


def _trace(turn: dict[str, Any], seconds: float) -> Rows:
    rows: Rows = []
    if turn["commands"]:
        rows.append(("heard", "; ".join(_command(command) for command in turn["commands"])))
    if turn["tools"]:
        rows.append(("tools", " · ".join(f"{t['name']}{'' if t['ok'] else ' ✗'}" for t in turn["tools"])))
    if turn["refused"]:
        rows.append(("refused", ", ".join(refusal["code"] for refusal in turn["refused"])))
    moved = [
        f"{told['kind']} {told.get('amount', '')} {told['state']}".replace("  ", " ")
        for told in turn["proposals"]
    ]
    if moved:
        rows.append(("proposal", "; ".join(moved)))
    if rows:
        rows[-1] = (rows[-1][0], f"{rows[-1][1]}  ({1000 * seconds:.0f} ms)")
    return rows


def _command(command: dict[str, Any]) -> str:
    slots = ", ".join(f"{name} {_short(value)}" for name, value in command["slots"].items())
    return f"{command['name']} {command['confidence']:.2f}{f' ({slots})' if slots else ''}"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _end(record: Record) -> list[tuple[str, Rows]]:
    """Sections of the last column."""
    end = record.trace["end"]
    if end is None:
        return [("The case broke", [("error", str(record.trace["error"]))])]
    sections = [(number, _order(order)) for number, order in end["orders"].items()]
    moved = [
        (name.replace("_", " "), amount) for name, amount in end["balances"].items() if _is_money(amount)
    ]
    sections.append(("Balances moved", moved or [("nothing", "")]))
    states = [(state, str(count)) for state, count in end["proposals"].items()]
    sections.append(("Proposals", states or [("none", "")]))
    paid = [(p.refund[-6:], f"{p.amount} {p.currency} {p.status}") for p in record.beside.paid]
    if paid:
        sections.append(("Paid by the provider", paid))
    chain = "intact" if end["audit_ok"] else "BROKEN"
    ledger = "sums to zero" if end["ledger_sum"] == 0 else f"sums to {end['ledger_sum']}"
    sections.append(("Books", [("ledger", ledger), ("audit chain", chain)]))
    usage = record.beside.usage
    if usage.calls:
        tokens = f"{usage.prompt_tokens} + {usage.completion_tokens}"
        sections.append(("Model", [("calls", str(usage.calls)), ("tokens", tokens)]))
    return sections


def _is_money(amount: str) -> bool:
    return amount.strip("-0.") != ""


def _order(order: dict[str, Any]) -> Rows:
    rows = [("given back", order["refunded_total"]), ("left", order["remaining"])]
    rows += [("refund", f"{refund['amount']} {refund['status']}") for refund in order["refunds"]]
    rows += [(f"return {ret['id'][:14]}", ret["status"]) for ret in order["returns"]]
    rows += [
        (f"review {told['id'][:14]}", f"{told['refunded']} {told['status']}")
        for told in order["supplier_reviews"]
    ]
    return rows
