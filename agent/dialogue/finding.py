"""Which order is meant: by number, by description, by the topic, or from the ticket (then only as an offer)."""

from __future__ import annotations

import re
from typing import Any

from agent.dialogue.noted import noted
from agent.dialogue.outcomes import Asked, Candidates, RefusedNow
from agent.dialogue.turn import Turn
from agent.flows.step import Ask, Choice
from agent.reading.text.quoting import split_quoted
from agent.reading.values.spans import find_order_refs
from agent.reading.view import LineView
from agent.reading.words.nouns import names_nothing
from agent.reading.words.people import goods_runs, names_stranger
from agent.state import Case
from agent.tickets.orders import summary_of
from domain.orders.model import Order
from domain.ports import OrderSummary

MOST_CANDIDATES = 3
_ORDER_WORD = re.compile(r"^ord(?:er)?[-_/ ]?#?(?=\d+$)", re.I)
"""“ORD-1042” is how people write “order 1042”, where no order is really called so."""


async def by_number(turn: Turn, number: str) -> Order | None:
    """The order of that number (or of a return's), read once a turn; refusals are not reported here."""
    wanted = _key(number)
    for known in turn.orders.values():
        if _key(known.number) == wanted:
            return known
    outcome = await turn.tools.call("find_order", number=number)
    if not outcome.ok:
        digits = _ORDER_WORD.sub("", number.strip())
        return await by_number(turn, digits) if digits != number.strip() else None
    order: Order = outcome.value
    turn.orders[order.id] = order
    return order


def _key(number: str) -> str:
    """What numbers are compared by, as the store does: a ``#`` and case do not matter."""
    return number.strip().lstrip("#").strip().casefold()


def like_order(found: OrderSummary) -> list[LineView]:
    """The goods of an order in a list, as lines that words can be matched against."""
    return [LineView(id=f"{at}", sku="", title=title, quantity=1) for at, title in enumerate(found.titles)]


async def search(turn: Turn, text: str) -> list[OrderSummary]:
    """Up to a few orders that fit the words: of customers called so, with goods called so, or that hold them all."""
    named = await turn.tools.call("find_customers", names=[text[:100]], limit=MOST_CANDIDATES + 1)
    if named.value and named.value[0].orders:
        customers: list[OrderSummary] = named.value[0].orders
        return customers
    outcome = await turn.tools.call("search_orders", text=text, limit=MOST_CANDIDATES + 1)
    found: list[OrderSummary] = outcome.value or []
    return found or await with_goods(turn, text)


async def resolve(turn: Turn, case: Case, slots: dict[str, Any]) -> Order | None:
    """The order of a case; where it is not clear, the question is added to the turn and None returned."""
    if number := slots.get("order"):
        order = await by_number(turn, str(number))
        if order is None:
            await _not_found(turn, case, str(number))
        return order
    if words := slots.get("order_query"):
        return await _by_words(turn, case, str(words))
    if case.order_id:
        return await turn.order(case.order_id)
    if (part := slots.get("return_id")) and (order := await by_number(turn, str(part))) is not None:
        return order
    if turn.conversation.topic_order:
        return await turn.topic()
    found = await _gone_on_with(turn, case) or await _by_goods(turn, case)
    if found is None:
        await ask_order(turn, case)
    return found


_NO = re.compile(r"^\W*(?:no|nope|nah|not|wrong|neither|another|other)\b", re.IGNORECASE)


async def _gone_on_with(turn: Turn, case: Case) -> Order | None:
    """The one order that was offered, where staff go on with what they want instead of saying yes."""
    goes_on = any(set(command.slots) - {"order"} for command in turn.understanding.commands)
    denied = turn.message is None or _NO.match(turn.message.text)
    if case.asked != "order" or len(case.options) != 1 or turn.ticket is not None or denied or not goes_on:
        return None
    return await by_number(turn, str(case.options[0]["value"]))


async def _by_goods(turn: Turn, case: Case) -> Order | None:
    """The one order of the shop with goods called as they are here, where nothing else names an order."""
    if turn.asked or case.asked == "order" or await ticket_orders(turn):
        return None
    item = case.slots.get("item")
    words = str(item.get("text") or "") if isinstance(item, dict) else ""
    found = await with_goods(turn, words) if words else []
    if len(found) == 1:
        return await turn.order(found[0].id)
    if found and len(found) <= MOST_CANDIDATES:
        turn.notes.setdefault("maybe", found)
    return await goods_order(turn)


async def goods_order(turn: Turn) -> Order | None:
    """The one order whose goods the message names; what is not sure is kept in ``turn.notes["maybe"]``."""
    if "goods_order" not in turn.notes:
        turn.notes["goods_order"] = await _order_of_goods(turn)
    found: OrderSummary | None = turn.notes["goods_order"]
    return await turn.order(found.id) if found else None


async def _order_of_goods(turn: Turn) -> OrderSummary | None:
    own = split_quoted(turn.message.text)[0] if turn.message else ""
    for goods in goods_runs(own):
        found = await with_goods(turn, goods.text)
        if len(found) == 1 and goods.is_sure and not names_stranger(own, goods):
            return found[0]
        if found and len(found) <= MOST_CANDIDATES:
            turn.notes.setdefault("maybe", found)
    return None


async def with_goods(turn: Turn, text: str) -> list[OrderSummary]:
    """Orders with goods called so, words of the work left aside; one more than are shown where there are many."""
    words = [word for word in text[:200].split() if not names_nothing(word.lower())]
    if not words:
        return []
    outcome = await turn.tools.call("find_goods", text=" ".join(words), limit=MOST_CANDIDATES + 1)
    found: list[OrderSummary] = outcome.value or []
    return found


async def _not_found(turn: Turn, case: Case, number: str) -> None:
    outcome = await turn.tools.call("find_order", number=number)
    turn.add(RefusedNow(outcome.violations))
    case.slots.pop("order", None)
    await ask_order(turn, case)


async def _by_words(turn: Turn, case: Case, words: str) -> Order | None:
    found = await search(turn, words)
    case.slots.pop("order_query", None)
    if len(found) == 1:
        return await turn.order(found[0].id)
    if not found:
        case.asked = "order"
        turn.add(Asked(case, Ask("order", "ask_order_none_found", {"words": words})))
        return None
    _offer(turn, case, found)
    return None


def _offer(turn: Turn, case: Case, found: list[OrderSummary], text: str = "ask_which_order") -> None:
    shown = found[:MOST_CANDIDATES]
    case.asked = "order"
    case.options = [_option(item) for item in shown]
    turn.add(Candidates(case, shown, text))


def _option(item: OrderSummary) -> dict[str, str]:
    known_by = " ".join([item.customer, *item.titles, f"{item.placed_at:%Y-%m-%d}"])
    return {"value": item.number, "label": item.number, "say": item.number, "words": known_by}


async def ticket_orders(turn: Turn) -> list[OrderSummary]:
    """Orders that the ticket may be about: by a number in it, else by who wrote it. Offers, never facts."""
    ticket = turn.ticket
    if ticket is None:
        return []
    found: dict[str, OrderSummary] = {}
    text = f"{ticket.order_hint} {ticket.subject} {ticket.body}"
    for number in find_order_refs(text)[:5]:
        order = await by_number(turn, number)
        if order is not None:
            found[order.id] = summary_of(order)
    for words in (ticket.requester_email, ticket.requester):
        if not found and words:
            found = {item.id: item for item in await search(turn, words)}
    return list(found.values())


def likely(turn: Turn) -> list[OrderSummary]:
    """Orders that the words may mean, each once: to be offered, where it is not clear which one is meant."""
    return list({item.id: item for item in turn.notes.get("maybe", [])}.values())


async def _offered_before(turn: Turn, case: Case) -> list[OrderSummary]:
    """What was offered with the same question already, so that an answer that was not understood takes none away."""
    if case.asked != "order":
        return []
    orders = [await by_number(turn, str(option["value"])) for option in case.options]
    return [summary_of(order) for order in orders if order is not None]


def _offered(from_ticket: list[OrderSummary], maybe: list[OrderSummary]) -> str:
    if from_ticket:
        return "ask_order_from_ticket"
    return "ask_order_maybe" if len(maybe) == 1 else "ask_which_order"


async def ask_order(turn: Turn, case: Case) -> None:
    """Ask which order, with what the ticket suggests."""
    if turn.asked:
        return
    found = await ticket_orders(turn)
    maybe: list[OrderSummary] = [] if found else likely(turn) or await _offered_before(turn, case)
    if found or maybe:
        _offer(turn, case, found or maybe, _offered(found, maybe))
        return
    case.asked = "order"
    case.options = []
    turn.add(Asked(case, Ask("order", "ask_order", {"noted": noted(case)}, list[Choice]())))
