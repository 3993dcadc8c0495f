"""How much a supplier can be asked for. Minor units. Order page, section 4, "Supplier review"."""

from __future__ import annotations

from domain.money import share_out
from domain.orders.model import Line, Order
from domain.returns.model import Return, ReturnStatus
from domain.supplier_reviews.model import ReviewKind, SupplierReview

_VOID = frozenset({ReturnStatus.REJECTED, ReturnStatus.CANCELLED})


def lines_of(order: Order, line_ids: list[str]) -> list[Line]:
    """The order's lines of these ids, each once; unknown ids are left out."""
    return [line for line in order.lines if line.id in line_ids]


def returns_on(order: Order, line_ids: list[str]) -> list[Return]:
    """Returns with units of these lines that were neither rejected nor cancelled."""
    return [
        ret
        for ret in order.returns
        if ret.status not in _VOID and any(entry.line in line_ids for entry in ret.lines)
    ]


def supplier_cost(order: Order, line_ids: list[str]) -> int:
    """What the supplier was paid for these lines: cost per unit × units, of the whole line."""
    return sum(line.supplier_cost for line in lines_of(order, line_ids))


def review_cap(order: Order, line_ids: list[str], kind: ReviewKind) -> int:
    """The most that can still be asked for, after what earlier reviews of that line and kind got; never below 0."""
    if kind is ReviewKind.RETURN_COST:
        return max(0, _return_cost_left(order, line_ids))
    left = [line.supplier_cost - _got(order, line, kind) for line in lines_of(order, line_ids)]
    return sum(max(0, part) for part in left)


def _got(order: Order, line: Line, kind: ReviewKind) -> int:
    """What earlier reviews of that kind got for the line; one over several lines is shared by supplier cost."""
    total = 0
    for review in order.supplier_reviews:
        if review.kind is kind and line.id in review.lines and review.refunded:
            lines = lines_of(order, review.lines)
            shares = share_out(review.refunded, [each.supplier_cost for each in lines])
            total += shares[[each.id for each in lines].index(line.id)]
    return total


def _return_cost_left(order: Order, line_ids: list[str]) -> int:
    """Documented cost of the returns on these lines, less what was got or is being asked for the same returns."""
    returns = returns_on(order, line_ids)
    touched = {entry.line for ret in returns for entry in ret.lines}
    used = sum(
        _counted(review)
        for review in order.supplier_reviews
        if review.kind is ReviewKind.RETURN_COST and touched & set(review.lines)
    )
    return sum(ret.return_cost for ret in returns) - used


def _counted(review: SupplierReview) -> int:
    return review.requested if review.is_unfinished else review.refunded
