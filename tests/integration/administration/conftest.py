"""A small shop on either database, with a customer whose every word can be told apart."""

import json
from contextlib import asynccontextmanager

import pytest

from agent.messages import Attachment, InboundMessage, Press, ProposalCard, Ticket
from domain.identity import Role, Staff
from domain.orders.arrival import take_in
from domain.orders.document import read_document
from domain.orders.intake import to_order
from integrations.bootstrap import application
from integrations.cli.office import office_of
from integrations.http.access import Tokens
from integrations.settings import Settings
from integrations.storage.repositories.local_tickets import (
    LocalDraft,
    LocalFile,
    LocalMessage,
    LocalNote,
    LocalTicket,
)

NAME, EMAIL = "Zelda Quixworth", "zelda.quixworth@canary.example"
ADDRESS, ORDER_NOTE = "7 Canarylane Birdtown", "cnote-order-77"
TICKET, WORDS = "canaryticket broken handle everywhere", "canarywords cracked along the whole side"
CARD = "49291357"
"""More digits than a card shows: four of them stand in one of many random ids by chance."""
CANARIES = ("Quixworth", "zelda", "Canarylane", "cnote-", "canaryticket", "canarywords", "canaryfile", CARD)

DOCUMENT = {
    "number": "#7001",
    "customer": {"name": NAME, "email": EMAIL, "language": "en"},
    "currency": "EUR",
    "placed_at": "2026-03-01T12:00:00Z",
    "lines": [
        {"sku": "MUG", "title": "Stoneware mug", "quantity": 2, "unit_price": "18.00", "fulfilment": "delivered",
         "tracking": "cnote-track"},
    ],
    "payments": [{"method": f"Visa ending {CARD}", "captured": "36.00"}],
    "address": ADDRESS,
    "note": ORDER_NOTE,
    "communication_log": [{"channel": "email", "direction": "in", "text": TICKET, "by": NAME}],
}  # fmt: skip
OTHER = {
    **{name: DOCUMENT[name] for name in ("currency", "placed_at")},
    "number": "#7002",
    "customer": {"name": "Bo Other", "email": "bo@other.example"},
    "lines": [{"sku": "MUG", "title": "Stoneware mug", "quantity": 1, "unit_price": "18.00"}],
    "payments": [{"method": "PayPal", "captured": "18.00"}],
    "address": "1 Plain Street",
}


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    return request.getfixturevalue("postgres_url")


def put_orders(uow, documents):
    take_in(
        uow,
        [
            to_order(
                read_document(json.loads(json.dumps(d))),
                uow.merchant,
                order_id=uow.ids.new("ord"),
                now=uow.now,
            )
            for d in documents
        ],
    )


def people(uow):
    for key, role in (
        ("ana", Role.AGENT),
        ("sam", Role.SUPERVISOR),
        ("fin", Role.FINANCE),
        ("vic", Role.VIEWER),
    ):
        person = Staff(
            id=key, merchant_id=uow.merchant.id, name=key.title(), role=role, limits={"EUR": 100_000}
        )
        uow.staff.save(person, [("email", f"{key}@shop.example")])


@pytest.fixture
def open_shop(url, tmp_path):
    """Open the desk of that shop; the first time it is filled."""

    @asynccontextmanager
    async def opened(**settings):
        given = Settings(
            data=tmp_path,
            database_url=url,
            merchant="shop",
            currency="EUR",
            requests_per_second=0,
            **settings,
        )
        async with application(given, create=True) as app:
            if not await app.store.read("shop", lambda uow: uow.staff.all()):
                await app.store.write("shop", people)
                await app.store.write("shop", lambda uow: put_orders(uow, [DOCUMENT, OTHER]))
            yield app

    return opened


@pytest.fixture
async def shop(open_shop):
    async with open_shop() as app:
        yield app


@pytest.fixture
def office(shop):
    return office_of(shop, Tokens(shop.store, "shop"))


def write_tickets(uow):
    """Two of the built-in helpdesk: the customer's, with everything a ticket can hold, and another's."""
    at = uow.now
    for key, name, email in (("T7", NAME, EMAIL), ("T8", "Otto Other", "otto@other.example")):
        uow.local_tickets.add(
            LocalTicket(
                id=key, subject="Broken", requester=name, requester_email=email, created_at=at, updated_at=at
            )
        )
        uow.local_tickets.add_message(key, LocalMessage(id="m1", author=name, text=f"Hello, {name}", at=at))
        uow.local_tickets.save_note(
            key, LocalNote(id="n1", key="n1", author="desk", text=f"for {name}", at=at)
        )
        uow.local_tickets.save_draft(key, LocalDraft(key="d1", text=f"Dear {name}", at=at))
        uow.local_tickets.add_tag(key, "waiting")
        photo = LocalFile(id="f1", name=f"{name}.jpg", media_type="image/jpeg", size=10)
        uow.local_tickets.add_file(key, photo, f"taken by {name}".encode())


async def a_day_at_the_desk(app):
    """A ticket, a photo, a refund with a note, confirmed and paid: everything that leaves traces of the customer."""
    stored = await app.store.write(
        "shop", lambda uow: uow.files.put(b"\xff\xd8\xff canaryfile", "image/jpeg", "z.jpg")
    )
    await app.store.write("shop", write_tickets)
    ticket = Ticket(id="T1", subject=TICKET, body=f"{WORDS}. {NAME}", requester=NAME, requester_email=EMAIL)

    async def say(text, number, **more):
        return await app.desk.say(
            InboundMessage(
                channel="page", thread_key="t1", event_id=f"e{number}", staff_id="ana", text=text, **more
            )
        )

    photo = Attachment(sha256=stored, name="zelda.jpg", media_type="image/jpeg")
    await say(f'refund one mug on 7001, it arrived cracked: "{WORDS}"', 1, ticket=ticket, attachments=[photo])
    reply = await say("no need to send it back", 2)
    [card] = [block for block in reply.blocks if isinstance(block, ProposalCard)]
    await say(f"find orders of {NAME}", 3)
    done = await app.desk.press(
        Press(
            channel="page", thread_key="t1", event_id="p1", staff_id="ana", action="confirm",
            proposal_id=card.proposal_id, sha256=card.sha256,
        )
    )  # fmt: skip
    assert any(block.kind == "result" for block in done.blocks), done
    await say("write her a reply", 4)
    return card
