"""Draw Block Kit as HTML, near enough to what Slack shows for a person to review the cards.

``python -m tests.fakes.slack_picture out.png`` draws the pinned views of ``tests/unit/slack/snapshots``.
"""

from __future__ import annotations

import json
import re
import sys
from html import escape
from pathlib import Path

SNAPSHOTS = Path(__file__).parents[1] / "unit" / "slack" / "snapshots"
COLUMNS = (
    ("proposal", "question"),
    ("approval", "result", "refused"),
    ("order", "draft", "handoff"),
    ("edit_errors", "decided"),
    ("home",),
)
STYLE = """
body{font:15px/1.46 Lato,"DejaVu Sans",sans-serif;margin:0;padding:20px;background:#fff;color:#1d1c1d;width:2050px}
main{display:flex;gap:22px;align-items:flex-start}.col{width:390px}
article{border:1px solid #ddd;border-radius:8px;padding:12px 14px;margin-bottom:16px}
h2{font-size:12px;color:#888;margin:0 0 8px;font-weight:600}.header{font-size:18px;font-weight:900;margin:6px 0}
.section{margin:8px 0;display:flex;justify-content:space-between;gap:12px}
.context{font-size:12px;color:#616061;margin:6px 0}
.context>*{margin-right:8px}.actions{margin:8px 0;display:flex;gap:8px;flex-wrap:wrap}
button{border:1px solid #bbb;border-radius:4px;background:#fff;
font:700 13px Lato,"DejaVu Sans",sans-serif;padding:6px 12px}
.primary{background:#007a5a;color:#fff;border-color:#007a5a}
hr{border:0;border-top:1px solid #ddd;margin:12px 0}
pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;
white-space:pre-wrap;font-size:12px}
label{font-weight:700;display:block;margin-top:10px}.field{border:1px solid #999;border-radius:4px;padding:6px 10px}
"""
SIGNS = {
    "warning": "⚠",
    "white_check_mark": "✔",
    "no_entry": "⛔",
    "raising_hand": "☝",
    "hourglass": "⏳",
    "x": "❌",
}


def text(value):
    """A text object."""
    if value["type"] == "plain_text":
        return escape(value["text"])
    shown = re.sub(r"<!date\^\d+\^[^|]+\|([^>]+)>", r"\1", value["text"])
    shown = shown.replace("<", "&lt;").replace("\u2060", "")
    shown = re.sub(r"\*([^*\n]+)\*", r"<b>\1</b>", shown)
    shown = re.sub(r"(?<!\w)_([^_\n]+)_(?!\w)", r"<i>\1</i>", shown)
    shown = re.sub(r":(\w+):", lambda found: SIGNS.get(found[1], found[0]), shown)
    return shown.replace("\n", "<br>")


def element(value):
    """A button or a choice."""
    if value["type"] == "feedback_buttons":
        return "<button>Good</button><button>Bad</button>"
    return f'<button class="{value.get("style") or ""}">{text(value["text"])}</button>'


def block(value):
    """One block."""
    kind = value["type"]
    if kind == "divider":
        return "<hr>"
    if kind in ("header", "section"):
        beside = f"<span>{element(value['accessory'])}</span>" if value.get("accessory") else ""
        return f'<div class="{kind}"><span>{text(value["text"])}</span>{beside}</div>'
    if kind == "context":
        return f'<div class="context">{"".join(f"<span>{text(e)}</span>" for e in value["elements"])}</div>'
    if kind in ("actions", "context_actions"):
        return f'<div class="actions">{"".join(map(element, value["elements"]))}</div>'
    if kind == "rich_text":
        return f"<pre>{escape(value['elements'][0]['elements'][0]['text'])}</pre>"
    given = value["element"]
    shown = (
        given.get("initial_value") or (given.get("initial_option") or {"text": {"text": ""}})["text"]["text"]
    )
    return f'<label>{text(value["label"])}</label><div class="field">{escape(shown) or "&nbsp;"}</div>'


def page():
    """All of it."""
    columns = ""
    for names in COLUMNS:
        articles = ""
        for name in names:
            drawn = json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))
            blocks = drawn if isinstance(drawn, list) else drawn["blocks"]
            articles += f"<article><h2>{name.replace('_', ' ')}</h2>{''.join(map(block, blocks))}</article>"
        columns += f'<div class="col">{articles}</div>'
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><main>{columns}</main>"


def main(path):
    """Write the picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": 2090, "height": 400}, device_scale_factor=0.75)
        shown.set_content(page())
        shown.screenshot(path=path, full_page=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
