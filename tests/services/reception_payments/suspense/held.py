"""Money in suspense, for the tests about what becomes of it."""

from datetime import date

from sqlalchemy import select

from app.models.diary import Task
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import JournalKind, SuspenseSource
from app.services.ledger.dto import JournalHeader
from app.services.reception_payments.suspense import commands, holding
from app.services.reception_payments.suspense.dto import ClearItem, NewSuspense
from tests.factories import purchasing

DAY = date(2026, 11, 13)


def hold(desk, pence=50_00, line=1, on=DAY, code="RBP", **said):
    """£50.00 from the bank, paid on 13 November, unless the test says otherwise."""
    new = NewSuspense(SuspenseSource.BANK, 7, line, pence, code, on, **said)
    header = JournalHeader(JournalKind.RECEIPTS, DAY, "bank", f"bank:{line}")
    desk.do(lambda ctx: holding.hold(ctx, header, [new]))
    return desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem).order_by(SuspenseItem.id.desc())).first())


def clear(desk, item, *parts, **rest):
    """Say where it goes."""
    return desk.do(commands.clear, ClearItem(item.id, item.version, parts, **rest))


def alone(desk, pounds="100"):
    """One officer clears up to so much."""
    desk.do(lambda ctx: purchasing.policy(ctx, "suspense.alone_up_to", pounds))


def again(desk, item):
    """An item as it is now."""
    return desk.ask(lambda ctx: ctx.session.get_one(SuspenseItem, item.id))


def tasks(desk, kind):
    """The tasks of a kind: title, officer, state."""
    rows = select(Task.title, Task.officer_id, Task.state).where(Task.kind == kind).order_by(Task.id)
    return [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(rows).all())]
