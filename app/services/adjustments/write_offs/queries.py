"""Write-off cases and their schedules as they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.tenancies import Tenancy
from app.models.values import Money, Subject, WriteOffState
from app.models.write_offs import (
    WriteBack,
    WriteOff,
    WriteOffDebt,
    WriteOffFinding,
    WriteOffPart,
    WriteOffReason,
    WriteOffSchedule,
)
from app.services.adjustments.write_offs import bands, keeping, paper, schedules
from app.services.adjustments.write_offs.discharged import discharged, is_discharged
from app.services.adjustments.write_offs.dto import (
    Back,
    Band,
    CaseDebt,
    CaseDetail,
    CasePart,
    CaseRow,
    Finding,
    ScheduleFilter,
    ScheduleRow,
    ScheduleShown,
)
from app.services.core import access
from app.services.core.context import Context
from app.services.core.folding import like_pattern
from app.services.signing.dto import Paper

MOST: Final = 2_000
"""The most cases or schedules that are listed at once."""
EVERY_SCHEDULE: Final = ScheduleFilter()
_DIGITS: Final = 10
_STATES: Final = {
    ScheduleShown.OPEN: (WriteOffState.DRAFT, WriteOffState.WAITING, WriteOffState.APPROVED),
    ScheduleShown.TO_SUBMIT: (WriteOffState.DRAFT,),
    ScheduleShown.WAITING: (WriteOffState.WAITING,),
    ScheduleShown.TO_POST: (WriteOffState.APPROVED,),
    ScheduleShown.POSTED: (WriteOffState.POSTED,),
}
_COUNTED: Final = (ScheduleShown.TO_SUBMIT, ScheduleShown.WAITING, ScheduleShown.TO_POST)


def drafts(ctx: Context) -> tuple[CaseRow, ...]:
    """The cases that are on no schedule yet, the oldest first."""
    free = (WriteOff.state == WriteOffState.DRAFT, WriteOff.schedule_id.is_(None))
    return _shown(ctx, _rows().where(*free).order_by(WriteOff.number).limit(MOST))


def detail(ctx: Context, write_off_id: int) -> CaseDetail:
    """A case whole: what it writes off, what was found, what has come back.

    Raises:
        UserError: there is none, or an account of it is restricted and not the officer's to open.
    """
    access.open_subject(ctx, Subject.WRITE_OFF, write_off_id)
    row = keeping.found_any(ctx, write_off_id)
    (shown,) = _shown(ctx, _rows().where(WriteOff.id == write_off_id))
    return CaseDetail(
        shown,
        row.note,
        _debts(ctx, write_off_id),
        _parts(ctx, write_off_id),
        _findings(ctx, write_off_id),
        _backs(ctx, write_off_id),
        bands.authorities(ctx, ctx.clock.today()).by[Band(row.band)],
        row.state is WriteOffState.POSTED and shown.back < shown.amount and not is_discharged(ctx, row.id),
        row.posted_on,
        row.journal,
    )


def counts(ctx: Context) -> dict[ScheduleShown, int]:
    """How many schedules want something done, for the buttons over the list."""
    statement = select(WriteOffSchedule.state, func.count().label("number")).group_by(WriteOffSchedule.state)
    found: dict[WriteOffState, int] = {row.state: row.number for row in ctx.session.execute(statement)}
    return {shown: sum(found.get(state, 0) for state in _STATES[shown]) for shown in _COUNTED}


def listed(ctx: Context, wanted: ScheduleFilter = EVERY_SCHEDULE) -> tuple[ScheduleRow, ...]:
    """The schedules of a choice, the latest first; at most `MOST`."""
    known = bands.authorities(ctx, ctx.clock.today()).by
    found = ctx.session.execute(_chosen(wanted)).all()
    why_not_post = schedules.why_not_post_each(ctx, [row for row, *_ in found])
    return tuple(
        ScheduleRow(
            row.id,
            row.number,
            row.title,
            Band(row.band),
            known[Band(row.band)],
            row.authority,
            row.state,
            row.count,
            Money(row.pence),
            row.request_id,
            made_by,
            row.made_at,
            approved_by or "",
            posted_by or "",
            row.journal,
            why_not_post[row.id],
            row.version,
            row.made_by == ctx.officer.id,
        )
        for row, made_by, approved_by, posted_by in found
    )


def schedule_pdf(ctx: Context, schedule_id: int) -> Paper:
    """A schedule as it stands, as a PDF with totals by reason."""
    return paper.pdf(ctx, schedules.found_any(ctx, schedule_id))


def schedule_xlsx(ctx: Context, schedule_id: int) -> bytes:
    """A schedule as it stands, as a workbook with totals by reason."""
    return paper.xlsx(ctx, schedules.found_any(ctx, schedule_id))


def written_off_on(ctx: Context, account_id: int) -> Sequence[tuple[WriteOff, str, WriteOffDebt, bool]]:
    """What was written off on an account, the title of its reason, and whether the law has ended it; the earliest first.

    For whoever has opened the account already.
    """
    statement = (
        select(WriteOff, WriteOffReason.title, WriteOffDebt, case((discharged(), 1), else_=0).label("ended"))
        .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
        .join(WriteOffDebt, WriteOffDebt.write_off_id == WriteOff.id)
        .where(WriteOffDebt.account_id == account_id, WriteOff.state == WriteOffState.POSTED)
        .order_by(WriteOff.number)
    )
    return [(row, title, debt, bool(ended)) for row, title, debt, ended in ctx.session.execute(statement)]


def _chosen(wanted: ScheduleFilter) -> Select[WriteOffSchedule, str, str, str]:
    made, approved, posted = aliased(Officer), aliased(Officer), aliased(Officer)
    statement = (
        select(WriteOffSchedule, made.name, approved.name, posted.name)
        .join(made, made.id == WriteOffSchedule.made_by)
        .outerjoin(approved, approved.id == WriteOffSchedule.approved_by)
        .outerjoin(posted, posted.id == WriteOffSchedule.posted_by)
        .order_by(WriteOffSchedule.number.desc())
        .limit(MOST)
    )
    if wanted.shown in _STATES:
        statement = statement.where(WriteOffSchedule.state.in_(_STATES[wanted.shown]))
    for word in wanted.text.split():
        number = WriteOffSchedule.number == (int(word) if word.isdecimal() and len(word) < _DIGITS else 0)
        statement = statement.where(or_(WriteOffSchedule.title.like(like_pattern(word), escape="/"), number))
    return statement


def _rows() -> Select[Any]:
    own = WriteOffDebt.write_off_id == WriteOff.id
    unmet = (WriteOffFinding.write_off_id == WriteOff.id, ~WriteOffFinding.met)
    return (
        select(
            WriteOff,
            WriteOffReason.title,
            Tenancy.ref,
            Account.id,
            Account.payment_reference,
            Account.name,
            select(func.sum(WriteOffDebt.barred_pence)).where(own).scalar_subquery(),
            select(func.sum(WriteOffDebt.back_pence)).where(own).scalar_subquery(),
            select(func.count()).select_from(WriteOffFinding).where(*unmet).scalar_subquery(),
            Officer.name,
        )
        .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
        .join(Tenancy, Tenancy.id == WriteOff.tenancy_id)
        .join(Account, Account.id == select(func.min(WriteOffDebt.account_id)).where(own).scalar_subquery())
        .join(Officer, Officer.id == WriteOff.made_by)
    )


def _shown(ctx: Context, statement: Select[Any]) -> tuple[CaseRow, ...]:
    restricted = access.restricted_accounts(ctx)
    return tuple(
        CaseRow(
            row.id,
            row.number,
            row.tenancy_id,
            ref,
            account_id,
            reference or "",
            access.RESTRICTED_NAME if account_id in restricted else name,
            title,
            row.state,
            Money(row.pence),
            Money(row.owed_pence),
            Band(row.band),
            Money(barred or 0),
            Money(back or 0),
            unmet,
            row.schedule_id,
            made_by,
            row.made_at,
            row.version,
        )
        for row, title, ref, account_id, reference, name, barred, back, unmet, made_by in ctx.session.execute(statement)
    )


def _debts(ctx: Context, write_off_id: int) -> tuple[CaseDebt, ...]:
    rows = ctx.session.execute(
        select(WriteOffDebt, Account)
        .join(Account, Account.id == WriteOffDebt.account_id)
        .where(WriteOffDebt.write_off_id == write_off_id)
        .order_by(WriteOffDebt.account_id)
    )
    return tuple(
        CaseDebt(
            account.id,
            account.payment_reference or "",
            account.name,
            account.kind,
            Money(debt.pence),
            Money(debt.barred_pence),
            Money(debt.back_pence),
            debt.oldest_on,
        )
        for debt, account in rows
    )


def _parts(ctx: Context, write_off_id: int) -> tuple[CasePart, ...]:
    rows = ctx.session.execute(
        select(WriteOffPart, Account.payment_reference)
        .join(Account, Account.id == WriteOffPart.account_id)
        .where(WriteOffPart.write_off_id == write_off_id)
        .order_by(WriteOffPart.account_id, WriteOffPart.due_on)
    )
    today = ctx.clock.today()
    return tuple(
        CasePart(reference or "", row.due_on, Money(row.pence), row.last_on, today > row.last_on)
        for row, reference in rows
    )


def _findings(ctx: Context, write_off_id: int) -> tuple[Finding, ...]:
    statement = select(WriteOffFinding).where(WriteOffFinding.write_off_id == write_off_id)
    rows = ctx.session.scalars(statement.order_by(WriteOffFinding.place))
    return tuple(Finding(row.what, row.words, row.met) for row in rows)


def _backs(ctx: Context, write_off_id: int) -> tuple[Back, ...]:
    rows = ctx.session.execute(
        select(WriteBack, Account.payment_reference, Officer.name)
        .join(Account, Account.id == WriteBack.account_id)
        .join(Officer, Officer.id == WriteBack.made_by)
        .where(WriteBack.write_off_id == write_off_id)
        .order_by(WriteBack.id)
    )
    return tuple(
        Back(row.made_at, reference or "", Money(row.pence), row.cause, row.reason, row.journal, name)
        for row, reference, name in rows
    )
