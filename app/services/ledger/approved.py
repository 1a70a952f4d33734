"""Proof that another officer approved what needs it: every journal, every request, and the guards that see to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sqlalchemy import and_, case, column, func, or_, select, table, true

from app.models.approvals import ApprovalEvent, ApprovalRequest
from app.models.ledger import Journal
from app.models.logins import JournalGuard
from app.models.migrations.guards import server, sqlite, views
from app.models.reception_payments.receipts import Receipt
from app.models.values import ApprovalState, Money
from app.services.core.context import Context

BEFORE: Final = "before"
"""The family of the row that names the last journal from before the database worked this out."""
_LINE: Final = table("guarded_line", column("journal"), column("family"), column("pence"))
_SOUND: Final = table("approval_sound", column("request_id"), column("asked_by"), column("approved_by"))
_FAMILIES: Final = {
    "adjustment": "An adjustment above the limits of who posted it",
    "refund": "A refund",
    "write_off": "A write-off",
    "suspense": "Money out of suspense",
    "receipt": "The void of a receipt",
}


def second_officer(ctx: Context) -> Iterator[str]:
    """Each journal that needs another officer's approval has one; and what needs it was worked out by the database."""
    first = ctx.session.scalar(select(func.max(JournalGuard.journal)).where(JournalGuard.family == BEFORE))
    if first is None:
        yield "The database doesn't say from which journal on it asks for a second officer."
        return
    yield from _tampered(ctx, first)
    approved = _SOUND.c.request_id == Journal.approval
    lacking = (
        select(JournalGuard.journal, JournalGuard.family, Journal.posted_by)
        .join(Journal, Journal.number == JournalGuard.journal)
        .outerjoin(_SOUND, approved)
        .where(JournalGuard.needed == true(), _SOUND.c.request_id.is_(None))
        .order_by(JournalGuard.journal)
    )
    for row in ctx.session.execute(lacking):
        yield f"Journal {row.journal} has no approval by another officer. {_FAMILIES.get(row.family, row.family)} needs one."
    named = (
        select(Journal.number)
        .outerjoin(
            _SOUND, and_(approved, _SOUND.c.approved_by == func.coalesce(Journal.authorised_by, _SOUND.c.approved_by))
        )
        .where(Journal.number > first, or_(Journal.approval.is_not(None), Journal.authorised_by.is_not(None)))
        .where(_SOUND.c.request_id.is_(None))
        .order_by(Journal.number)
    )
    for number in ctx.session.scalars(named):
        yield f"Journal {number} names an approval that another officer didn't give."


def _tampered(ctx: Context, first: int) -> Iterator[str]:
    """Where the entries of a journal come to something else than the database wrote down when it was posted."""
    debit = func.sum(case((_LINE.c.pence > 0, _LINE.c.pence), else_=0))
    credit = func.sum(case((_LINE.c.pence < 0, -_LINE.c.pence), else_=0))
    now = (
        select(_LINE.c.journal, _LINE.c.family, debit.label("debit"), credit.label("credit"))
        .where(_LINE.c.journal > first)
        .group_by(_LINE.c.journal, _LINE.c.family)
        .subquery("as_it_is")
    )
    same = and_(JournalGuard.journal == now.c.journal, JournalGuard.family == now.c.family)
    differs = or_(
        JournalGuard.journal.is_(None),
        JournalGuard.debit_pence != now.c.debit,
        JournalGuard.credit_pence != now.c.credit,
    )
    wrong = (
        select(now.c.journal, now.c.family, now.c.debit, now.c.credit)
        .select_from(now.outerjoin(JournalGuard.__table__, same))
        .where(differs)
        .order_by(now.c.journal)
    )
    for row in ctx.session.execute(wrong):
        amounts = f"{Money(row.debit)} debited and {Money(row.credit)} credited"
        yield f"Journal {row.journal} was not looked at when it was posted: {amounts} may need a second officer."

    void = (
        select(Journal.number)
        .join(Receipt, Receipt.journal == Journal.reverses)
        .outerjoin(JournalGuard, and_(JournalGuard.journal == Journal.number, JournalGuard.family == "receipt"))
        .where(Journal.number > first, JournalGuard.journal.is_(None))
        .order_by(Journal.number)
    )
    for number in ctx.session.scalars(void):
        yield f"Journal {number} was not looked at when it was posted: it makes a receipt void."


def requests(ctx: Context) -> Iterator[str]:
    """Each request that counts as approved has the step by which another officer approved it, as it was asked."""
    unsound = (
        select(ApprovalRequest.id, ApprovalRequest.summary)
        .outerjoin(_SOUND, _SOUND.c.request_id == ApprovalRequest.id)
        .where(ApprovalRequest.state == ApprovalState.APPROVED, _SOUND.c.request_id.is_(None))
        .order_by(ApprovalRequest.id)
    )
    for row in ctx.session.execute(unsound):
        yield f"Request {row.id} ({row.summary}) counts as approved, but no other officer approved what was asked for."
    given = select(ApprovalEvent.request_id).where(ApprovalEvent.action == "approved")
    open_ = (ApprovalState.WAITING, ApprovalState.RETURNED)
    half = (
        select(ApprovalRequest.id, ApprovalRequest.summary)
        .where(ApprovalRequest.state.in_(open_), ApprovalRequest.id.in_(given))
        .order_by(ApprovalRequest.id)
    )
    for row in ctx.session.execute(half):
        yield f"Request {row.id} ({row.summary}) was approved but never carried out."


_MADE: Final = re.compile(r"CREATE (TRIGGER|VIEW) (\w+)")
_MASTER: Final = table("sqlite_master", column("type"), column("name"), column("sql"))
_MODULE: Final = table("sql_modules", column("object_id"), column("definition"), schema="sys")
_OBJECT: Final = table("objects", column("object_id"), column("name"), schema="sys")
_TRIGGER: Final = table("triggers", column("object_id"), column("is_disabled"), schema="sys")


def guarding(ctx: Context) -> Iterator[str]:
    """What the database refuses by itself stands as it was made: every trigger and view of it, word for word, and awake."""
    on_sqlite = ctx.session.get_bind().dialect.name == "sqlite"
    made_of = sqlite if on_sqlite else server
    wanted = (*views.VIEWS, *made_of.triggers(), *made_of.added())
    there = _on_file(ctx) if on_sqlite else _on_server(ctx)
    for text in wanted:
        made = _MADE.match(text)
        assert made is not None, text
        if made[2] not in there:
            yield f"The {made[1].lower()} {made[2]} is missing or asleep: the database doesn't refuse what it should."
        elif there[made[2]].strip() != text.strip():
            yield f"The {made[1].lower()} {made[2]} is not as it was made."


def _on_file(ctx: Context) -> dict[str, str]:
    rows = select(_MASTER.c.name, _MASTER.c.sql).where(_MASTER.c.type.in_(("trigger", "view")))
    return {row.name: row.sql or "" for row in ctx.session.execute(rows)}


def _on_server(ctx: Context) -> dict[str, str]:
    rows = (
        select(_OBJECT.c.name, _MODULE.c.definition)
        .join(_MODULE, _MODULE.c.object_id == _OBJECT.c.object_id)
        .outerjoin(_TRIGGER, _TRIGGER.c.object_id == _OBJECT.c.object_id)
        .where(func.coalesce(_TRIGGER.c.is_disabled, 0) == 0)
    )
    return {row.name: row.definition or "" for row in ctx.session.execute(rows)}
