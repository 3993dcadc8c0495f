"""Ten conversations as staff have them: what is asked, what is shown, what is done."""

from __future__ import annotations

import json


def script(path):
    """The journeys are data: who says what, and what the reply must and must not hold."""
    return json.loads(path.read_text(encoding="utf-8"))


async def play(talk, steps):
    """Run the steps; each failure names the step and shows the reply."""
    for number, step in enumerate(steps, 1):
        staff = step.get("staff", "ana")
        if "say" in step:
            text = await talk.say(step["say"], staff, step.get("files", ()), step.get("ticket"))
        else:
            text = await talk.press(step["press"], staff, step.get("set"))
        where = f"step {number} {step.get('say') or step.get('press')!r}:\n{text}"
        for wanted in step.get("shows", []):
            assert wanted.lower() in text.lower(), f"{where}\n… lacks {wanted!r}"
        for unwanted in step.get("hides", []):
            assert unwanted.lower() not in text.lower(), f"{where}\n… must not hold {unwanted!r}"


def pytest_generate_tests(metafunc):
    from pathlib import Path

    paths = sorted((Path(__file__).parent / "conversations").glob("*.json"))
    metafunc.parametrize("path", paths, ids=[path.stem for path in paths])


async def test_conversation(talk, path):
    journey = script(path)
    await play(talk, journey["steps"])
    for number, facts in journey.get("end", {}).items():
        order = await talk.order(number)
        found = {
            "refunds": [[r.amount, r.status.value] for r in order.refunds],
            "returns": [r.status.value for r in order.returns],
            "reviews": [r.status.value for r in order.supplier_reviews],
        }
        for name, value in facts.items():
            assert found[name] == value, (number, name, found[name])
