"""A bench for the sidebar: tickets with orders of their own, signed-in windows, a clock that can be put forward."""

import io
import itertools
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from domain.orders.arrival import take_in
from domain.orders.document import read_document
from domain.orders.intake import to_order
from integrations.helpdesk.local import tickets_of
from integrations.storage.identity import SystemClock
from integrations.storage.repositories.local_tickets import LocalFile, LocalMessage, LocalTicket

CRACKED = (
    "Hello,\n\nmy order {number} came this morning. One of the two stoneware mugs has a crack from the rim down to "
    "the handle. I have attached a photo.\n\nI would like my money back for that mug. The linen runner is fine."
)
NUMBERS = itertools.count(7001)


class PutForward(SystemClock):
    """The system's clock, put forward."""

    def __init__(self):
        self.by = timedelta()

    def now(self) -> datetime:
        return super().now() + self.by


def a_photo():
    image = Image.new("RGB", (240, 180), (214, 206, 190))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((70, 40, 150, 140), 12, fill=(235, 232, 224), outline=(150, 140, 120), width=3)
    draw.arc((136, 60, 186, 116), -90, 90, fill=(150, 140, 120), width=8)
    draw.line((104, 42, 112, 76, 102, 96, 116, 126), fill=(60, 50, 40), width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


PHOTO = a_photo()


def a_document(number, now, **changes):
    """An order like the demo's #1042, delivered a day ago."""
    placed, there = (now - timedelta(days=3)).isoformat(), (now - timedelta(days=1)).isoformat()
    line = {"fulfilment": "delivered", "fulfilled_at": there}
    document = {
        "number": number,
        "customer": {"name": "Lucía Prado", "email": f"lucia{number[1:]}@example.com", "language": "es"},
        "currency": "USD",
        "placed_at": placed,
        "lines": [
            {
                "sku": "MUG", "title": "Stoneware mug", "quantity": 2, "unit_price": "18.00", "discount": "1.80",
                "tax": "2.60", "source": "dropshipping", "supplier": "Kiln & Co", "supplier_cost": "14.40", **line,
            },
            {"sku": "RUNNER", "title": "Linen runner", "quantity": 1, "unit_price": "24.00", **line},
        ],
        "shipping": "4.00",
        "payments": [{"method": "Visa ending 4242", "captured": "64.80"}],
        "address": "Calle del Olmo 7, 28012 Madrid, Spain",
    }  # fmt: skip
    return {**document, **changes}


@dataclass
class Bench:
    """One served desk and one browser; `options` are those of new windows."""

    desk: Any
    browser: Any
    options: dict[str, Any] = field(default_factory=dict)
    contexts: list[Any] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    is_faulty: bool = False

    def order(self, **changes):
        """A new order; its number."""
        number = f"#{next(NUMBERS)}"

        def work(uow):
            document = a_document(number, uow.now, **changes)
            order = to_order(read_document(document), uow.merchant, order_id=uow.ids.new("ord"), now=uow.now)
            take_in(uow, [order])

        self.desk.write(work)
        return number

    def ticket(
        self,
        text=CRACKED,
        *,
        photos=1,
        name="Lucía Prado",
        email=None,
        subject="Mug arrived cracked",
        **order,
    ):
        """A ticket about an order of its own; the ticket's id, which is the order's number without its #."""
        number = self.order(**order)
        ticket_id = number[1:]
        address = email or f"lucia{ticket_id}@example.com"

        def work(uow):
            at, tickets = uow.now - timedelta(minutes=42), tickets_of(uow)
            given = {"id": ticket_id, "subject": subject, "requester": name, "requester_email": address}
            tickets.add(LocalTicket(**given, language="en", created_at=at, updated_at=at))
            said = text.replace("{number}", number)
            tickets.add_message(ticket_id, LocalMessage(id="m1", author=name, text=said, at=at))
            for place in range(1, photos + 1):
                file = LocalFile(
                    id=f"f{place}", name=f"mug-{place}.png", media_type="image/png", size=len(PHOTO)
                )
                tickets.add_file(ticket_id, file, PHOTO)

        self.desk.write(work)
        return ticket_id

    def writes_again(self, ticket_id, text="And it leaks."):
        """The customer writes once more."""
        self.desk.do(
            self.desk.sidebar.helpdesk.add_message(ticket_id, "Lucía Prado", text, from_customer=True)
        )

    def window(self, staff="ana", **options):
        """A browser window of its own, signed in."""
        context = self.browser.new_context(
            **{
                "viewport": {"width": 360, "height": 780},
                "ignore_https_errors": True,
                **self.options,
                **options,
            }
        )
        self.contexts.append(context)
        if staff:
            context.add_cookies([self.desk.cookie(staff)])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        return page

    def _heard(self, message):
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def open(self, ticket_id, staff="ana", *, deaf=False, **options):
        """The sidebar of a ticket, by itself; a deaf one hears of no change."""
        page = self.window(staff, **options)
        if deaf:
            page.route("**/live*", lambda route: route.abort())
        page.goto(f"{self.desk.address}/sidebar/local/t/{ticket_id}")
        return page

    def fault(self, *faults):
        """What befalls the payment provider's next calls, in this test."""
        self.desk.app.provider.script(*faults)
        self.is_faulty = True

    def close(self):
        """Close all windows; what they complained about is wrong."""
        if self.is_faulty:
            with closing(sqlite3.connect(self.desk.folder / "sandbox.db")) as book, book:
                book.execute("DELETE FROM script")
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        complaints, self.complaints = self.complaints, []
        assert not complaints, complaints


def at(page, state):
    """Wait for the sidebar to be in a state, and to have come to rest in it."""
    page.locator(f'[data-state="{state}"]').wait_for()
    page.locator("#case:not([aria-busy])").wait_for()
    return page


def proposed(bench, ticket_id=None, staff="ana", **options):
    """A ticket whose photo is evidence and whose refund waits for a button."""
    page = at(bench.open(ticket_id or bench.ticket(), staff, **options), "start")
    page.get_by_role("button", name="as evidence").click()
    page.locator(".ok-tag").wait_for()
    at(page, "start").locator(".choice.best").click()
    return at(page, "proposal")


def confirmed(bench, state="result-done", **given):
    """The same, confirmed."""
    page = proposed(bench, **given)
    page.locator("button.primary").click()
    return at(page, state)
