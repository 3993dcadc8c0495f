"""The page of a label: sender, recipient, numbers, and the tracking number as a Code 128 barcode. A6."""

from __future__ import annotations

from io import BytesIO

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from domain.returns.labels import LabelOrder

_LEFT, _TOP = 8 * mm, A6[1] - 10 * mm
_WIDTH = A6[0] - 2 * _LEFT
_FONT, _BOLD = "Helvetica", "Helvetica-Bold"


def draw(order: LabelOrder, tracking: str) -> bytes:
    """The page as PDF; equal orders give equal bytes."""
    buffer = BytesIO()
    page = Canvas(buffer, pagesize=A6, invariant=True, pageCompression=0)
    page.setTitle(f"Return label {order.return_id}")
    page.setAuthor(order.carrier)
    y = _text(page, _TOP, [f"{order.carrier} · RETURN"], _BOLD, 14)
    page.line(_LEFT, y, _LEFT + _WIDTH, y)
    y = _block(page, y - 6 * mm, "From", order.sender_name, order.sender_address)
    y = _block(page, y - 3 * mm, "To", order.recipient_name, order.recipient_address)
    page.line(_LEFT, y, _LEFT + _WIDTH, y)
    _text(page, y - 6 * mm, [f"Order {order.order_number}", f"Return {order.return_id}"], _FONT, 9)
    _barcode(page, tracking)
    page.showPage()
    page.save()
    return buffer.getvalue()


def _block(page: Canvas, y: float, heading: str, name: str, address: str) -> float:
    y = _text(page, y, [heading], _FONT, 8)
    y = _text(page, y, [name], _BOLD, 11)
    return _text(page, y, [line for line in address.splitlines() if line.strip()][:5], _FONT, 10)


def _text(page: Canvas, y: float, lines: list[str], font: str, size: float) -> float:
    """Write lines downwards, each cut to the label's width; the height below them."""
    page.setFont(font, size)
    for line in lines:
        page.drawString(_LEFT, y, _fitted(line, font, size))
        y -= size * 1.35
    return y


def _fitted(text: str, font: str, size: float) -> str:
    """What the standard fonts can show of it, cut at the label's edge."""
    shown = text.encode("cp1252", "replace").decode("cp1252")
    while shown and stringWidth(shown, font, size) > _WIDTH:
        shown = shown[:-1]
    return shown


def _barcode(page: Canvas, tracking: str) -> None:
    """Code 128 of the number over the label's width, the number under it."""
    narrow = Code128(tracking, barWidth=1, quiet=True).width
    bars = Code128(tracking, barWidth=min(0.5 * mm, _WIDTH / narrow), barHeight=20 * mm, quiet=True)
    bars.drawOn(page, _LEFT + (_WIDTH - bars.width) / 2, 16 * mm)
    page.setFont(_BOLD, 10)
    page.drawCentredString(A6[0] / 2, 10 * mm, tracking)
