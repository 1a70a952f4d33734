"""Every request that was decided, however many: found, sorted and summed in SQL."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select

from app.models.approvals import ApprovalRequest
from app.models.values import Money
from app.services.approvals.dto import DecidedFilter, DecidedSort, RequestRow
from app.services.approvals.queries import SETTLED, shown
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import like_pattern
from app.services.workbench.listing import Totals

_MOST_WORDS: Final = 6
_ORDERS: Final[dict[DecidedSort, tuple[Any, ...]]] = {
    DecidedSort.DECIDED: (ApprovalRequest.decided_at,),
    DecidedSort.SUMMARY: (ApprovalRequest.summary,),
    DecidedSort.KIND: (ApprovalRequest.kind, ApprovalRequest.decided_at),
    DecidedSort.TOTAL: (func.coalesce(ApprovalRequest.total_pence, 0),),
    DecidedSort.STATE: (ApprovalRequest.state, ApprovalRequest.decided_at),
}


def ids(ctx: Context, wanted: DecidedFilter, sort: DecidedSort, *, descending: bool) -> array[int]:
    """The numbers of the decided requests that fit, in order."""
    order = [each.desc() if descending else each for each in (*_ORDERS[sort], ApprovalRequest.id)]
    return array("q", ctx.session.scalars(_fitting(ctx, select(ApprovalRequest.id), wanted).order_by(*order)))


def rows(ctx: Context, request_ids: Sequence[int]) -> tuple[RequestRow, ...]:
    """The requests with these numbers, as `queries.queue` lists them."""
    found: list[RequestRow] = []
    for chunk in in_chunks(request_ids):
        wanted = select(ApprovalRequest).where(ApprovalRequest.id.in_(chunk)).order_by(ApprovalRequest.id)
        found += shown(ctx, ctx.session.scalars(wanted).all())
    return tuple(found)


def totals(ctx: Context, wanted: DecidedFilter) -> Totals:
    """How many fit, and what those about money come to."""
    return _summed(ctx, _fitting(ctx, select(*_SUMS), wanted))


def totals_of(ctx: Context, request_ids: Sequence[int]) -> Totals:
    """What at most 900 of them come to."""
    return _summed(ctx, select(*_SUMS).where(ApprovalRequest.id.in_(request_ids)))


_SUMS: Final = (
    func.count().label("number"),
    *(
        func.sum(case((sign, ApprovalRequest.total_pence), else_=0)).label(name)
        for name, sign in (("debit", ApprovalRequest.total_pence > 0), ("credit", ApprovalRequest.total_pence < 0))
    ),
)


def _summed(ctx: Context, statement: Select[Any]) -> Totals:
    row = ctx.session.execute(statement).one()
    return Totals(row.number, Money(row.debit or 0), Money(-(row.credit or 0)))


def _fitting(ctx: Context, statement: Select[Any], wanted: DecidedFilter) -> Select[Any]:
    where: list[ColumnElement[bool]] = [ApprovalRequest.state.in_(sorted(wanted.states) or SETTLED)]
    if wanted.kinds:
        where.append(ApprovalRequest.kind.in_(sorted(wanted.kinds)))
    if wanted.mine is not None:
        own = ApprovalRequest.asked_by == ctx.officer.id
        where.append(own if wanted.mine else not_(own))
    if wanted.days is not None:
        where.append(ApprovalRequest.decided_at >= ctx.clock.now() - timedelta(days=wanted.days))
    if wanted.text:
        where += _without_closed(ctx)
    where += [
        or_(*(each.like(like_pattern(word), escape="/") for each in (ApprovalRequest.summary, ApprovalRequest.reason)))
        for word in wanted.text.split()[:_MOST_WORDS]
    ]
    return statement.where(*where)


def _without_closed(ctx: Context) -> list[ColumnElement[bool]]:
    """What is asked of restricted records isn't found by its words."""
    closed = sorted(access.closed_records(ctx))
    return [
        not_(and_(ApprovalRequest.subject == subject, ApprovalRequest.subject_id.in_(chunk)))
        for subject, about in groupby(closed, key=lambda each: each[0])
        for chunk in in_chunks([record_id for _, record_id in about])
    ]
