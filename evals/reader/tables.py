"""The reader's tables: cross-validation, recall, held-out sources, confidence curve, robustness, latency."""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from agent.reading.local import LocalReader
from agent.reading.view import TurnView
from agent.reading.words.act import INTENTS, ISSUES
from evals.reader.blend import GUARDS_GAVE, beside_blend
from evals.reader.corpus import Utterance, real
from evals.reader.fit import Table, fit, predict, save
from evals.reader.perturb import PERTURBATIONS
from evals.reader.read import Figure, Read, issue_share, read_all, share
from evals.reader.training import counts, developed_against, held_out, is_banking

_LEVELS = (0.35, 0.5, 0.6, 0.7, 0.8, 0.9)
_STAFF = "staff, unseen"
_PROTOTYPE_SURE = 0.63
"""The share of messages that the prototype gave at least .6; of these it read .97 as meant."""


def measure(
    rows: Sequence[Utterance], data: Table, labels: Mapping[str, Sequence[str]]
) -> tuple[str, list[Figure]]:
    """All tables as Markdown, and the figures with their bars."""
    reader = LocalReader()
    reader.warm()
    read = {name: read_all(reader, held) for name, held in held_out().items()}
    everything = [item for items in read.values() for item in items]
    known = {name: read_all(reader, held) for name, held in developed_against().items()}
    cross, cross_share = _cross_validated(rows, data, labels)
    robust, worst = _robustness(reader, read[_STAFF])
    latency, ratio = _latency(reader, [item.row.text for item in everything])
    beside, gained = beside_blend(reader, read)
    parts = [cross, _held_out(read, known), beside, _apart(rows, data, labels), _recall(everything)]
    parts += [_curve(everything, read[_STAFF]), robust, latency]
    figures = [
        Figure("cross_validated_intent", cross_share, 0.80),
        Figure("held_out_strict", share(item.strict for item in everything), 0.83),
        Figure("held_out_lenient", share(item.lenient for item in everything), 0.89),
        Figure("staff_unseen_strict", share(item.strict for item in read[_STAFF]), 0.78),
        Figure("above_prototypes_blend", gained, GUARDS_GAVE),
        Figure("top_three", share(item.top3 for item in everything), 0.986),
        Figure("right_when_surest", share(item.lenient for item in _surest(everything)), 0.97),
        Figure("staff_issue_type", issue_share(read[_STAFF]), 0.81),
        Figure("worst_robustness_drop", worst, 0.10, at_most=True),
        Figure("latency_against_forward_pass", ratio, 1.5, at_most=True),
    ]
    return "\n\n".join(parts), figures


def _surest(items: Sequence[Read]) -> list[Read]:
    """As large a part of the messages as the prototype was sure of, those first that the reader is surest of."""
    ranked = sorted(items, key=lambda item: -item.seen.confidence)
    return ranked[: round(len(ranked) * _PROTOTYPE_SURE)]


def _cross_validated(
    rows: Sequence[Utterance], data: Table, labels: Mapping[str, Sequence[str]]
) -> tuple[str, float]:
    groups = [row.group for row in rows]
    right = {"intent": np.zeros(len(rows), dtype=bool), "issue": np.zeros(len(rows), dtype=bool)}
    for train, test in GroupKFold(n_splits=4).split(rows, groups=groups):
        fitted = fit(
            data.part(train),
            {name: [labels[name][n] for n in train] for name in labels},
            counts([rows[n] for n in train]),
        )
        for head, names in (("intent", INTENTS), ("issue", ISSUES)):
            best = predict(fitted, data.part(test), head).argmax(axis=1)
            right[head][test] = [names[b] == labels[head][n] for b, n in zip(best, test, strict=True)]
    lines = [
        "### Cross-validation on the training set (4 folds, whole sentence frames kept together; "
        "models only)",
        "",
        "| source | n | intent | issue type |",
        "|---|---|---|---|",
    ]
    for source in dict.fromkeys(row.source for row in rows):
        at = np.array([row.source == source for row in rows])
        lines.append(
            f"| {source} | {at.sum()} | {right['intent'][at].mean():.3f} | {right['issue'][at].mean():.3f} |"
        )
    overall = float(right["intent"].mean())
    lines.append(f"| all | {len(rows)} | {overall:.3f} | {right['issue'].mean():.3f} |")
    return "\n".join(lines), overall


def _apart(rows: Sequence[Utterance], data: Table, labels: Mapping[str, Sequence[str]]) -> str:
    """All real messages by models that saw none of their sources."""
    at = [n for n, row in enumerate(rows) if row.source != "real"]
    fitted = fit(
        data.part(at), {name: [labels[name][n] for n in at] for name in labels}, counts([rows[n] for n in at])
    )
    with tempfile.TemporaryDirectory(prefix="desk-reader-") as folder:
        save(fitted, Path(folder))
        reader = LocalReader(Path(folder))
        found = read_all(reader, real())
    banking = [item for item in found if is_banking(item.row)]
    clinc = [item for item in found if not is_banking(item.row)]
    title = (
        "### Whole sources kept out (trained without any real message, tested on all of them, whole reader)"
    )
    return _sources(title, [("CLINC150", clinc), ("Banking77", banking), ("all", found)])


def _held_out(read: dict[str, list[Read]], known: dict[str, list[Read]]) -> str:
    named = [*read.items(), ("all held out", [item for items in read.values() for item in items])]
    named += [(f"{name} (developed against)", items) for name, items in known.items()]
    return _sources("### Held-out messages (whole reader)", named)


def _sources(title: str, named: Sequence[tuple[str, Sequence[Read]]]) -> str:
    lines = [
        title,
        "",
        "| source | n | strict | lenient | top three | issue type (where there is one) "
        "| sure (p ≥ .6) | right when sure |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, items in named:
        sure = [item for item in items if item.seen.confidence >= 0.6]
        issue = issue_share(items)
        shown = f"{issue:.3f}" if any(item.row.issue != "other" for item in items) else "–"
        lines.append(
            f"| {name} | {len(items)} | {share(i.strict for i in items):.3f} "
            f"| {share(i.lenient for i in items):.3f} | {share(i.top3 for i in items):.3f} "
            f"| {shown} | {len(sure) / len(items):.2f} | {share(i.lenient for i in sure):.3f} |"
        )
    return "\n".join(lines)


def _recall(items: Sequence[Read]) -> str:
    by: dict[str, list[Read]] = defaultdict(list)
    for item in items:
        by[item.row.intent].append(item)
    lines = [
        "### Per intent, held-out (strict)",
        "",
        "| intent | n | recall | most often taken for |",
        "|---|---|---|---|",
    ]
    for intent in INTENTS:
        rows = by[intent]
        wrong = Counter(item.seen.intent for item in rows if not item.strict).most_common(1)
        lines.append(
            f"| {intent} | {len(rows)} | {share(i.strict for i in rows):.3f} "
            f"| {wrong[0][0] if wrong else '–'} |"
        )
    return "\n".join(lines)


def _curve(items: Sequence[Read], staff: Sequence[Read]) -> str:
    lines = [
        "### Confidence",
        "",
        "| p at least | share of all | right | share of staff, unseen | right |",
        "|---|---|---|---|---|",
    ]
    for level in _LEVELS:
        row = []
        for group in (items, staff):
            over = [item for item in group if item.seen.confidence >= level]
            row += [f"{len(over) / len(group):.2f}", f"{share(i.lenient for i in over):.3f}"]
        lines.append(f"| {level} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def _robustness(reader: LocalReader, items: Sequence[Read]) -> tuple[str, float]:
    base = share(item.strict for item in items)
    lines = [
        "### Robustness (staff, unseen; every message changed)",
        "",
        "| change | strict | drop |",
        "|---|---|---|",
        f"| none | {base:.3f} | |",
    ]
    worst = 0.0
    for name, change in PERTURBATIONS.items():
        right = share(
            reader.read(TurnView(text=change(item.row.text))).intent == item.row.intent for item in items
        )
        worst = max(worst, base - right)
        lines.append(f"| {name} | {right:.3f} | {base - right:+.3f} |")
    return "\n".join(lines), worst


def _latency(reader: LocalReader, texts: Sequence[str]) -> tuple[str, float]:
    """Reading against one raw forward pass of the very text, one thread, turn about, the best of seven of each."""
    encoder = reader.encoder()
    sample = texts[:: max(1, len(texts) // 150)]
    reading, passing = [], []
    for text in sample:
        feed = encoder.feed([text])
        view = TurnView(text=text)
        reads, passes = [], []
        for _ in range(7):
            start = time.perf_counter()
            reader.read(view)
            between = time.perf_counter()
            encoder.forward(feed)
            reads.append(between - start)
            passes.append(time.perf_counter() - between)
        reading.append(min(reads))
        passing.append(min(passes))
    read, raw = float(np.median(reading)) * 1e3, float(np.median(passing)) * 1e3
    lines = [
        f"### Latency (one thread, {len(sample)} messages, p50)",
        "",
        "| reading a message | raw forward pass of the same text | ratio |",
        "|---|---|---|",
        f"| {read:.2f} ms | {raw:.2f} ms | {read / raw:.2f} |",
    ]
    return "\n".join(lines), read / raw
