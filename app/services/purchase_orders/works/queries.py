"""Works orders as they are listed and opened, by property and account, and what a new one begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.models.accounts import Account
from app.models.documents import DocumentLink
from app.models.properties import Property
from app.models.purchase_orders.orders import PurchaseOrder, WorksOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.recharges import Recharge
from app.models.tenancies import Tenancy
from app.models.values import Money, OrderState, Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.folding import like_pattern, words
from app.services.core.officers import officer_names
from app.services.core.records import record
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.works import keeping, recharging, rules
from app.services.purchase_orders.works.commands import PHOTOGRAPH
from app.services.purchase_orders.works.dto import (
    PRIORITIES,
    TRADES,
    PropertyChoice,
    WorksForm,
    WorksPart,
    WorksRow,
)
from app.services.tenancies.starting.queries import address_of

MOST: Final = 200
_NOT_DONE: Final = (OrderState.DRAFT, OrderState.WAITING, OrderState.OPEN)


def of_property(ctx: Context, property_id: int) -> tuple[WorksRow, ...]:
    """The works orders of a property, those that aren't done first, each part the latest first; at most 200.

    Raises:
        UserError: it is of a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.PROPERTY, property_id)
    return _rows(ctx, WorksOrder.property_id == property_id)


def of_account(ctx: Context, account_id: int) -> tuple[WorksRow, ...]:
    """The works orders of an account's property, as `of_property`: those of tenants before it too.

    Raises:
        UserError: the account is restricted, and not theirs to open.
    """
    access.open_account(ctx, account_id)
    let = select(Tenancy.property_id).join(Account, Account.tenancy_id == Tenancy.id).where(Account.id == account_id)
    return _rows(ctx, WorksOrder.property_id.in_(let))


def late(ctx: Context) -> tuple[WorksRow, ...]:
    """The works that are ordered and past their target, the latest first; at most 200."""
    today = ctx.clock.today()
    return _rows(
        ctx,
        WorksOrder.completed_on.is_(None),
        WorksOrder.target_on < today,
        PurchaseOrder.state == OrderState.OPEN,
    )


def rows(ctx: Context, order_ids: Sequence[int]) -> tuple[WorksRow, ...]:
    """The works of some orders, in their order; orders of something else are left out."""
    found: dict[int, WorksRow] = {}
    for chunk in in_chunks(list(order_ids)):
        found |= {row.order_id: row for row in _rows(ctx, WorksOrder.order_id.in_(chunk), most=len(chunk))}
    return tuple(found[each] for each in order_ids if each in found)


def detail(ctx: Context, order_id: int) -> WorksPart | None:
    """What an order has besides, where it is of works; None of any other.

    Raises:
        UserError: it is about a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.PURCHASE_ORDER, order_id)
    found = rows(ctx, (order_id,))
    if not found:
        return None
    works = keeping.works(ctx, order_id)
    shown = replace(
        found[0],
        title=ctx.session.get_one(PurchaseOrder, order_id).title,
        address=address_of(ctx.session.get_one(Property, works.property_id)),
    )
    pictures = select(func.count()).where(
        DocumentLink.subject == Subject.PURCHASE_ORDER.value,
        DocumentLink.subject_id == order_id,
        DocumentLink.kind == PHOTOGRAPH,
        DocumentLink.unlinked_at.is_(None),
    )
    by = officer_names(ctx.session, [works.completed_by]).get(works.completed_by or 0, "")
    return WorksPart(shown, works.access, works.completion, by, ctx.session.scalar(pictures) or 0)


def form(ctx: Context, property_id: int | None = None, account_id: int | None = None) -> WorksForm:
    """What the sheet of works begins with: on a property, or on that of an account.

    Raises:
        UserError: there is no such property, or it is of a restricted record that the officer may not open.
    """
    if property_id is None:
        let = select(Tenancy.property_id).join(Account, Account.tenancy_id == Tenancy.id)
        property_id = ctx.session.scalar(let.where(Account.id == (account_id or 0)))
    if property_id is None:
        raise UserError("That account has no property.", "Choose the property.", "property")
    place = record(ctx, Property, property_id, "property")
    access.open_subject(ctx, Subject.PROPERTY, place.id)
    today = ctx.clock.today()
    account = ctx.session.get(Account, keeping.account_of(ctx, place.id, today) or 0)
    return WorksForm(
        place.id,
        address_of(place),
        account.id if account is not None else None,
        (account.payment_reference or "") if account is not None else "",
        today,
        TRADES,
        tuple((key, name, keeping.target_days(ctx, key, today)) for key, name in PRIORITIES.items()),
        tuple(row for row in _rows(ctx, WorksOrder.property_id == place.id) if row.completed_on is None),
    )


def properties(ctx: Context, text: str) -> tuple[PropertyChoice, ...]:
    """The properties that a text may mean, by reference, address and postcode: at most 12; none of restricted records."""
    typed = words(text)[:6]
    if not typed:
        return ()
    read = select(Property).order_by(Property.address_1, Property.id).limit(30)
    for word in typed:
        like = like_pattern(word)
        columns = (Property.ref, Property.address_1, Property.address_2, Property.town, Property.postcode)
        read = read.where(or_(*(column.ilike(like, escape="/") for column in columns)))
    places = list(ctx.session.scalars(read))
    lives = _accounts_of(ctx, [place.id for place in places])
    shut = access.closed_accounts(ctx)
    found = [
        PropertyChoice(place.id, place.ref, address_of(place), *lives.get(place.id, (None, ""))) for place in places
    ]
    return tuple(each for each in found if each.account_id not in shut)[:12]


def _accounts_of(ctx: Context, property_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Whoever has each property today: the tenancy's first account and its reference."""
    today = ctx.clock.today()
    found: dict[int, tuple[int, str]] = {}
    for chunk in in_chunks(property_ids):
        read = (
            select(Tenancy.property_id, Account.id, Account.payment_reference)
            .join(Account, Account.tenancy_id == Tenancy.id)
            .where(
                Tenancy.property_id.in_(chunk),
                Tenancy.start_on <= today,
                or_(Tenancy.end_on.is_(None), Tenancy.end_on >= today),
            )
            .order_by(Tenancy.start_on, Account.id.desc())
        )
        for property_id, account_id, reference in ctx.session.execute(read):
            found[property_id] = (account_id, reference or "")
    return found


def _rows(ctx: Context, *conditions: ColumnElement[bool], most: int = MOST) -> tuple[WorksRow, ...]:
    shut, hidden = access.closed_accounts(ctx), access.restricted_accounts(ctx)
    begins, today = orders.prefix(ctx), ctx.clock.today()
    read = (
        select(PurchaseOrder, WorksOrder, Property, Supplier.name, Account.payment_reference, Recharge.id)
        .join(WorksOrder, WorksOrder.order_id == PurchaseOrder.id)
        .join(Property, Property.id == WorksOrder.property_id)
        .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .outerjoin(Account, Account.id == WorksOrder.account_id)
        .outerjoin(Recharge, and_(Recharge.id == WorksOrder.recharge_id, Recharge.state.not_in(recharging.NOTHING)))
        .where(*conditions)
        .order_by(WorksOrder.target_on.desc(), PurchaseOrder.id.desc())
        .limit(most)
    )
    found = [
        _row(row, begins, today, is_hidden=row[1].account_id in hidden, shut=row[1].account_id in shut)
        for row in ctx.session.execute(read)
    ]
    return tuple(sorted(found, key=_is_over))


def _is_over(row: WorksRow) -> bool:
    return row.completed_on is not None or row.state not in _NOT_DONE


def _row(row: Any, begins: str, today: date, *, is_hidden: bool, shut: bool) -> WorksRow:
    order, works, place, contractor, reference, recharge_id = row
    late_ = rules.late_days(works.target_on, works.completed_on, today) if order.state is OrderState.OPEN else 0
    return WorksRow(
        order_id=order.id,
        number=orders.written(begins, order.number, order.requisition),
        state=order.state,
        title=access.RESTRICTED_NAME if is_hidden else order.title,
        property_id=place.id,
        address=access.RESTRICTED_NAME if is_hidden else address_of(place),
        account_id=None if shut else works.account_id,
        account="" if shut else reference or "",
        trade=works.trade,
        priority=PRIORITIES.get(works.priority, works.priority),
        contractor=contractor or "",
        net=Money(order.net_pence),
        reported_on=works.reported_on,
        target_on=works.target_on,
        expected_on=works.expected_on,
        completed_on=works.completed_on,
        late_days=late_,
        rechargeable=works.rechargeable,
        recharge_id=recharge_id,
        words=_words(order, works, today),
        version=order.version,
        shut=shut,
    )


def _words(order: PurchaseOrder, works: WorksOrder, today: date) -> str:
    if order.state in _NOT_DONE or works.completed_on is not None:
        return rules.words(works.target_on, works.expected_on, works.completed_on, today)
    return f"{order.state.value.capitalize()}, not done"
