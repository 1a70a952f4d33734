"""The register: the numbers of the lines that fit in their order, what they come to, and what stands over it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.values import Money
from app.services.adjustments import kinds
from app.services.adjustments.register import fitting
from app.services.adjustments.register.dto import Register, RegisterFilter, RegisterSort, Stage, View, What, record_of
from app.services.adjustments.register.origins import ORIGINS, Origin
from app.services.adjustments.register.rows import detail, rows
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.ids import read_ids
from app.services.workbench.listing import Totals

__all__ = ["detail", "ids", "register", "rows", "totals", "totals_of", "view_counts"]

_ASKER = aliased(Officer, name="asker")
_APPROVER = aliased(Officer, name="approver")
_AT: Final = {what: at for at, what in enumerate(What)}
_STAGES: Final = {stage: at for at, stage in enumerate(Stage)}


def ids(ctx: Context, wanted: RegisterFilter, sort: RegisterSort, *, descending: bool) -> array[int]:
    """The numbers of the lines that fit, in order."""
    parts = [_sorted_by(ctx, origin, wanted, sort) for origin in _origins(wanted)]
    statement: CompoundSelect[Any] | Select[Any] = union_all(*parts) if len(parts) > 1 else parts[0]
    key, row_id = statement.selected_columns
    order = (key.desc(), row_id.desc()) if descending else (key, row_id)
    return read_ids(ctx.session, statement.order_by(*order), ctx.cancel, column=1)


def totals(ctx: Context, wanted: RegisterFilter) -> Totals:
    """How many lines fit, with what they debit and credit; a transfer comes to nothing."""
    found = Totals()
    for origin in _origins(wanted):
        found += _summed(ctx, fitting.keep(ctx, origin, _over(origin, *_sums(origin)), wanted))
    return found


def totals_of(ctx: Context, row_ids: Sequence[int]) -> Totals:
    """What some lines come to."""
    found = Totals()
    for what, origin in ORIGINS.items():
        own = [record_id for of, record_id in map(record_of, row_ids) if of is what]
        for chunk in in_chunks(own):
            found += _summed(ctx, _over(origin, *_sums(origin)).where(origin.id.in_(chunk)))
    return found


def view_counts(ctx: Context) -> dict[View, int]:
    """How many lines each view has that is worked through; what is all done is not counted."""
    counted = (View.TO_APPROVE, View.TO_POST, View.TODAY)
    return {view: totals(ctx, RegisterFilter(view=view)).count for view in counted}


def register(ctx: Context) -> Register:
    """What stands over the register."""
    officers = select(Officer.id, Officer.name).order_by(Officer.name, Officer.id)
    asked = union_all(*(select(origin.made_by.label("officer_id")) for origin in ORIGINS.values())).subquery()
    names = ctx.session.execute(officers.where(Officer.id.in_(select(asked.c.officer_id))))
    return Register(
        view_counts(ctx),
        tuple((key, each.title) for key, each in kinds.kinds(ctx).items()),
        tuple((key, each.title) for key, each in kinds.reasons(ctx).items()),
        tuple((row.id, row.name) for row in names),
    )


def _origins(wanted: RegisterFilter) -> list[Origin]:
    return [origin for what, origin in ORIGINS.items() if not wanted.whats or what in wanted.whats]


def _over(origin: Origin, *columns: ColumnElement[Any]) -> Select[Any]:
    """A statement over one table, with the first account."""
    of_it = select(*columns).select_from(origin.id.table)
    return origin.joined(of_it).outerjoin(Account, Account.id == origin.account_id)


def _sorted_by(ctx: Context, origin: Origin, wanted: RegisterFilter, sort: RegisterSort) -> Select[Any]:
    row_id = origin.id * len(_AT) + _AT[origin.what]
    statement = _over(origin, _key(origin, sort).label("key"), row_id.label("row_id"))
    if sort is RegisterSort.ASKED_BY:
        statement = statement.join(_ASKER, _ASKER.id == origin.made_by)
    elif sort is RegisterSort.APPROVED_BY:
        statement = statement.outerjoin(_APPROVER, _APPROVER.id == origin.approved_by)
    return fitting.keep(ctx, origin, statement, wanted)


def _key(origin: Origin, sort: RegisterSort) -> ColumnElement[Any]:
    if sort is RegisterSort.STATE:
        places = ((origin.at_stage([stage]), literal(at)) for stage, at in _STAGES.items() if stage in origin.stages)
        return case(*places, else_=literal(-1))
    keys: dict[RegisterSort, Any] = {
        RegisterSort.AT: origin.made_at,
        RegisterSort.KIND: func.coalesce(origin.kind, ""),
        RegisterSort.NUMBER: func.coalesce(origin.number, 0),
        RegisterSort.ACCOUNT: func.coalesce(Account.payment_reference, ""),
        RegisterSort.AMOUNT: origin.gross,
        RegisterSort.ASKED_BY: _ASKER.name,
        RegisterSort.APPROVED_BY: func.coalesce(_APPROVER.name, ""),
        RegisterSort.POSTED: origin.posted_on,
        RegisterSort.JOURNAL: func.coalesce(origin.journal, 0),
    }
    found: ColumnElement[Any] = keys[sort]
    return found


def _sums(origin: Origin) -> tuple[ColumnElement[Any], ...]:
    debit = func.sum(case((origin.net > 0, origin.net), else_=0))
    credit = func.sum(case((origin.net < 0, -origin.net), else_=0))
    return func.count(origin.id), func.coalesce(debit, 0), func.coalesce(credit, 0)


def _summed(ctx: Context, statement: Select[Any]) -> Totals:
    count, debit, credit = ctx.session.execute(statement).one()
    return Totals(count, Money(debit), Money(credit))
