"""One message by the local reader against one raw forward pass of the same text by the product's own encoder."""

from __future__ import annotations

from agent.reading.classifier.models import Encoder
from agent.reading.local import LocalReader
from agent.reading.view import LineView, OrderView, TurnView
from evals.bench.figures import Figure, Measured, median, ms, percentile, spread, timed
from evals.bench.place import Place
from evals.reader.corpus import FOLDER

_ORDER = OrderView(
    number="#1042",
    currency="EUR",
    customer="Lucía Prado",
    lines=[
        LineView(id="L1", sku="MUG-STONE", title="Stoneware mug", quantity=2),
        LineView(id="L2", sku="RUNNER-LINEN", title="Linen runner", quantity=1),
        LineView(id="L3", sku="LAMP-OAK", title="Oak desk lamp", quantity=1),
    ],
)


def texts() -> list[str]:
    """Staff messages that the reader was never tuned on."""
    lines = (FOLDER / "unseen.txt").read_text(encoding="utf-8").splitlines()
    return [
        line.split("|", 1)[1].strip() for line in lines if "|" in line and not line.startswith(("#", "="))
    ]


def run(place: Place) -> Measured:
    """Each text by both, one right after the other."""
    reader, encoder = LocalReader(), Encoder()
    reader.warm()
    chosen = texts()[: place.size(300, 5)]
    views = [TurnView(text=text, order=_ORDER, orders=[_ORDER]) for text in chosen]
    feeds = [encoder.feed([text]) for text in chosen]
    for view, feed in list(zip(views, feeds, strict=True))[:20]:
        reader.read(view)
        encoder.forward(feed)
    rows, ratios = [], []
    for at in range(place.rounds):
        whole: list[float] = []
        raw: list[float] = []
        for view, feed in zip(views, feeds, strict=True):
            raw.append(timed(lambda feed=feed: encoder.forward(feed)))  # type: ignore[misc]
            whole.append(timed(lambda view=view: reader.read(view)))  # type: ignore[misc]
        ratios.append(median(whole) / median(raw))
        found = (median(whole), percentile(whole, 0.95), median(raw), percentile(raw, 0.95))
        rows.append((str(at + 1), *map(ms, found)))
    figure = Figure("reader_ratio", median(ratios), 1.5, False, f"rounds {spread(ratios)}")
    return Measured([figure], ("round", "reader p50", "p95", "forward pass p50", "p95"), rows)
