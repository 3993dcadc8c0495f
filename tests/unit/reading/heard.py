"""What is said of an order or at its card, and what was heard, in short."""

from agent.reading.view import ProposalView, TurnView


def names(understanding):
    """The command names, in order."""
    return [command.name for command in understanding.commands]


def values(command):
    """Slot values without their spans."""
    return {name: slot.value for name, slot in command.slots.items()}


def about(reader, text, order, **more):
    """What is heard of a message about this order."""
    return reader.read(TurnView(text=text, order=order, orders=[order], **more))


def at_refund(reader, text, order, units, *, shown="50.00", reason="", **told):
    """The same at a refund's card with these units of its lines; `told` are the slots of its case."""
    card = ProposalView(
        kind="direct_refund", order=order.number, amount=shown, write="refund", lines=units, reason=reason
    )
    case = {"reason": reason, **told} if reason else told
    return about(reader, text, order, proposal=card, flow="direct_refund", slots=case)


def entries(units):
    """Lines as a case holds them, with so many units of each; none where only an amount is told."""
    return [{"line": line, "quantity": number, "amount": None} for line, number in units.items()]
