"""The register of orders: the ids of those that fit in their order, their lines, and what they come to."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.models.officers import Officer
from app.models.purchase_orders.orders import OrderLine, OrderSplit, PurchaseOrder, WorksOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import ZERO, Money, OrderKind, OrderState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import like_pattern, words
from app.services.core.ids import read_ids
from app.services.purchase_orders.orders import keeping, rules
from app.services.purchase_orders.orders.dto import OrderFilter, OrderRow, OrderSort, OrderTotals, OrderView

_MOST_WORDS: Final = 6
_KINDS: Final = {
    OrderView.WORKS: OrderKind.WORKS,
    OrderView.AGREEMENTS: OrderKind.AGREEMENT,
    OrderView.TEMPLATES: OrderKind.TEMPLATE,
}
"""The views that list one kind."""
_DAY: Final = timedelta(days=1)
_STATES: Final = {state: place for place, state in enumerate(OrderState)}
_BOUND: Final = PurchaseOrder.kind.not_in(keeping.NOT_BOUND)
_REST: Final = OrderLine.quantity - OrderLine.cancelled - OrderLine.received
_OWED: Final = OrderLine.received - OrderLine.invoiced


def ids(ctx: Context, wanted: OrderFilter, sort: OrderSort, *, descending: bool) -> array[int]:
    """The ids of the orders that fit, in order."""
    key = _key(sort)
    order = (key.desc(), PurchaseOrder.id.desc()) if descending else (key, PurchaseOrder.id)
    return read_ids(ctx.session, _over(ctx, wanted).order_by(*order), ctx.cancel)


def rows(ctx: Context, order_ids: Sequence[int]) -> tuple[OrderRow, ...]:
    """The lines with these ids, in that order; works about restricted records say nothing of them."""
    if not order_ids:
        return ()
    shut, hidden = access.closed_accounts(ctx), access.restricted_accounts(ctx)
    begins, today = keeping.prefix(ctx), ctx.clock.today()
    found: dict[int, OrderRow] = {}
    for chunk in in_chunks(list(order_ids)):
        sums = _sums(ctx, chunk)
        read = (
            select(
                PurchaseOrder,
                Supplier.name.label("supplier"),
                PurchaseCategory.name.label("category"),
                Officer.name.label("officer"),
                WorksOrder.account_id,
            )
            .join(PurchaseCategory, PurchaseCategory.id == PurchaseOrder.category_id)
            .join(Officer, Officer.id == PurchaseOrder.made_by)
            .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
            .outerjoin(WorksOrder, WorksOrder.order_id == PurchaseOrder.id)
            .where(PurchaseOrder.id.in_(chunk))
        )
        for row in ctx.session.execute(read):
            left, owed = sums.get(row.PurchaseOrder.id, (ZERO, ZERO))
            made = _row(row, begins, left, owed, today, is_hidden=row.account_id in hidden, shut=row.account_id in shut)
            found[made.order_id] = made
    return tuple(found[each] for each in order_ids if each in found)


def totals(ctx: Context, wanted: OrderFilter) -> OrderTotals:
    """How many fit, what they come to, and what of it hasn't come."""
    fits = _over(ctx, wanted).subquery()
    count, net = ctx.session.execute(
        select(func.count(), func.coalesce(func.sum(PurchaseOrder.net_pence), 0)).where(
            PurchaseOrder.id.in_(select(fits.c.id))
        )
    ).one()
    left = (
        select(func.coalesce(func.sum(_part(_REST)), 0))
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .where(PurchaseOrder.id.in_(select(fits.c.id)), _stands())
    )
    return OrderTotals(count, Money(int(net)), Money(int(ctx.session.scalar(left) or 0)))


def counts(ctx: Context) -> dict[OrderView, int]:
    """How many orders each view lists."""
    return {
        view: ctx.session.scalar(select(func.count()).select_from(PurchaseOrder).where(in_view(ctx, view))) or 0
        for view in OrderView
    }


def my_drafts(ctx: Context) -> int:
    """How many requisitions of the officer who acts aren't asked for yet."""
    mine = (
        PurchaseOrder.made_by == ctx.officer.id,
        PurchaseOrder.state == OrderState.DRAFT,
        PurchaseOrder.kind != OrderKind.TEMPLATE,
    )
    return ctx.session.scalar(select(func.count()).select_from(PurchaseOrder).where(*mine)) or 0


def in_view(ctx: Context, view: OrderView) -> ColumnElement[bool]:
    """Whether an order belongs to a view."""
    kind = _KINDS.get(view)
    if kind is not None:
        return PurchaseOrder.kind == kind
    today = ctx.clock.today()
    mine = PurchaseOrder.made_by == ctx.officer.id
    match view:
        case OrderView.MINE:
            over = (OrderState.CLOSED, OrderState.CANCELLED, OrderState.WITHDRAWN)
            return and_(mine, PurchaseOrder.state.not_in(over), PurchaseOrder.kind != OrderKind.TEMPLATE)
        case OrderView.AWAITING_APPROVAL:
            return PurchaseOrder.state == OrderState.WAITING
        case OrderView.TO_SEND:
            open_ = PurchaseOrder.state == OrderState.OPEN
            return and_(open_, PurchaseOrder.sent_at.is_(None), _BOUND)
        case OrderView.AWAITING_RECEIPT:
            return and_(PurchaseOrder.state == OrderState.OPEN, _BOUND, _has(_REST > 0))
        case OrderView.AWAITING_INVOICE:
            return and_(_stands(), _BOUND, _has(_OWED > 0))
        case OrderView.OVERDUE:
            late = PurchaseOrder.wanted_on < today
            return and_(PurchaseOrder.state == OrderState.OPEN, _BOUND, late, _has(_REST > 0))
        case OrderView.LATE_WORKS:
            late_works = select(WorksOrder.order_id).where(
                WorksOrder.completed_on.is_(None), WorksOrder.target_on < today
            )
            return and_(PurchaseOrder.state == OrderState.OPEN, PurchaseOrder.id.in_(late_works))
    return PurchaseOrder.kind != OrderKind.TEMPLATE


def _over(ctx: Context, wanted: OrderFilter) -> Select[Any]:
    """The ids that fit, with what they may be sorted by joined."""
    statement = select(PurchaseOrder.id).outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
    statement = statement.where(in_view(ctx, wanted.view))
    for word in words(wanted.text)[:_MOST_WORDS]:
        statement = statement.where(_has_word(word))
    for column, value in (
        (PurchaseOrder.supplier_id, wanted.supplier_id),
        (PurchaseOrder.category_id, wanted.category_id),
        (PurchaseOrder.contract_id, wanted.contract_id),
        (PurchaseOrder.year, wanted.year),
        (PurchaseOrder.made_by, wanted.made_by),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if wanted.states:
        statement = statement.where(PurchaseOrder.state.in_(sorted(wanted.states)))
    if wanted.kinds:
        statement = statement.where(PurchaseOrder.kind.in_(sorted(wanted.kinds)))
    if wanted.budget_id is not None:
        on_code = exists().where(OrderSplit.line_id == OrderLine.id, OrderSplit.budget_id == wanted.budget_id)
        statement = statement.where(_has(on_code))
    return _made_between(statement, wanted.made_from, wanted.made_to)


def _made_between(statement: Select[Any], first: date | None, last: date | None) -> Select[Any]:
    """Those that were drafted from a day to a day, both included."""
    if first is not None:
        statement = statement.where(PurchaseOrder.made_at >= datetime.combine(first, time.min, UTC))
    if last is not None:
        statement = statement.where(PurchaseOrder.made_at < datetime.combine(last + _DAY, time.min, UTC))
    return statement


def _has_word(word: str) -> ColumnElement[bool]:
    like = like_pattern(word)
    found: list[ColumnElement[bool]] = [
        PurchaseOrder.title.ilike(like, escape="/"),
        PurchaseOrder.finance_number.ilike(like, escape="/"),
        Supplier.name.ilike(like, escape="/"),
    ]
    number = rules.number_key(word)
    if number is not None:
        either: list[ColumnElement[bool]] = [PurchaseOrder.number == number, PurchaseOrder.requisition == number]
        begins = word[:2].upper()
        found += either[1:] if begins == "RQ" else either[:1] if begins.isalpha() else either
    return or_(*found)


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a line of the order is such."""
    return exists().where(OrderLine.order_id == PurchaseOrder.id, condition)


def _stands() -> ColumnElement[bool]:
    return PurchaseOrder.state.in_((OrderState.OPEN, OrderState.CLOSED))


def _part(quantity: ColumnElement[int]) -> ColumnElement[int]:
    """The share of a line's amount that a quantity of it has; of a negative one nothing."""
    return case((quantity > 0, OrderLine.net_pence * quantity // OrderLine.quantity), else_=0)


def _sums(ctx: Context, order_ids: Collection[int]) -> Mapping[int, tuple[Money, Money]]:
    """What hasn't come of orders, and what came and isn't invoiced, before VAT; orders that bind nothing are left out."""
    read = (
        select(OrderLine.order_id, func.sum(_part(_REST)), func.sum(_part(_OWED)))
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .where(OrderLine.order_id.in_(order_ids), _stands(), _BOUND)
        .group_by(OrderLine.order_id)
    )
    return {order_id: (Money(int(left)), Money(int(owed))) for order_id, left, owed in ctx.session.execute(read)}


def _key(sort: OrderSort) -> Any:
    match sort:
        case OrderSort.TITLE:
            return func.lower(PurchaseOrder.title)
        case OrderSort.SUPPLIER:
            return func.lower(func.coalesce(Supplier.name, ""))
        case OrderSort.STATE:
            return case(_STATES, value=PurchaseOrder.state, else_=len(_STATES))
        case OrderSort.WANTED:
            return func.coalesce(PurchaseOrder.wanted_on, date.max)
        case OrderSort.NET:
            return PurchaseOrder.net_pence
        case OrderSort.MADE:
            return PurchaseOrder.made_at
    return func.coalesce(PurchaseOrder.number, PurchaseOrder.requisition + 1_000_000_000)


def _row(row: Any, begins: str, left: Money, owed: Money, today: date, *, is_hidden: bool, shut: bool) -> OrderRow:
    order: PurchaseOrder = row.PurchaseOrder
    late = order.state is OrderState.OPEN and order.wanted_on is not None and bool(left)
    return OrderRow(
        order_id=order.id,
        number=keeping.written(begins, order.number, order.requisition),
        finance_number=order.finance_number,
        kind=order.kind,
        state=order.state,
        title=access.RESTRICTED_NAME if is_hidden else order.title,
        supplier_id=order.supplier_id,
        supplier=row.supplier or "",
        category=row.category,
        year=order.year,
        net=Money(order.net_pence),
        vat=Money(order.vat_pence),
        left=left,
        to_invoice=owed,
        wanted_on=order.wanted_on,
        made_on=order.made_at.date(),
        made_by=row.officer,
        approved_on=order.approved_at.date() if order.approved_at else None,
        sent_on=order.sent_at.date() if order.sent_at else None,
        late_days=max(0, (today - order.wanted_on).days) if late and order.wanted_on else 0,
        version=order.version,
        shut=shut,
    )
