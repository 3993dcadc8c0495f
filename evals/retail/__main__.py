"""Cases out of a real shop's credit notes: ``python -m evals.retail > evals/datasets/cases/credit_notes.jsonl``.

Source: UCI Machine Learning Repository, *Online Retail*, D. Chen, 2015, CC BY 4.0, in the slice the demo shop ships
with. Each story is told once, with the first credit note of its shape; stories with the rarest shapes choose first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from evals.retail.data import CURRENCY, Note, credit_notes
from evals.retail.stories import STORIES, Story


def retail_cases() -> Iterator[dict[str, Any]]:
    """The cases, story by story, the same every time."""
    told: set[str] = set()
    seen: set[str] = set()
    found: list[tuple[int, dict[str, Any]]] = []
    order = {story.name: at for at, story in enumerate(STORIES)}
    for note in credit_notes():
        fitting = [story for story in reversed(STORIES) if story.name not in told and story.fits(note)]
        if fitting and note.order not in seen:
            story = fitting[0]
            told.add(story.name)
            seen.add(note.order)
            found.append((order[story.name], _case(note, story)))
    yield from (case for _, case in sorted(found, key=lambda item: item[0]))


def _case(note: Note, story: Story) -> dict[str, Any]:
    turns, expect = story.tell(note)
    return {
        "id": f"credit-{note.number.lower()}-{story.name}",
        "theme": "credit_notes",
        "actor": {"role": "agent", "limit": {CURRENCY: story.limit}},
        "orders": [note.as_order()],
        "turns": turns,
        "expect": expect,
    }


if __name__ == "__main__":
    for case in retail_cases():
        print(json.dumps(case, ensure_ascii=False))
