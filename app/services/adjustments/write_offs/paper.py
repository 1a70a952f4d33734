"""A schedule of write-offs on paper and as a workbook, for whoever decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import Money, Subject
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason, WriteOffSchedule
from app.services.adjustments.write_offs import bands
from app.services.adjustments.write_offs.dto import Band
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.dto import Column, Kind, Table, Value
from app.services.exports.xlsx import xlsx_bytes
from app.services.signing import keeping as signing
from app.services.signing.dto import Paper

_COLUMNS: Final = (
    Column("Case", Kind.INT, 8),
    Column("Account", width=14),
    Column("Tenancy", width=12),
    Column("Ended", Kind.DATE),
    Column("Reason", width=30),
    Column("Oldest debt", Kind.DATE),
    Column("Written off", Kind.POUNDS, total=True),
    Column("Out of time", Kind.POUNDS, total=True),
    Column("Owed in all", Kind.POUNDS, 14),
    Column("Authority", width=30),
)
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table(ctx: Context, schedule: WriteOffSchedule) -> Table:
    """Every account of every case, with totals by reason above; nobody's name is in it."""
    known = bands.authorities(ctx, ctx.clock.today())
    stamps = (
        f"{_cases(schedule.count)}, {Money(schedule.pence)} in all",
        f"Authority: {known.by[Band(schedule.band)]}",
        *((f"Decided: {schedule.authority}",) if schedule.authority else ()),
        *(f"{reason}: {_cases(count)}, {amount}" for reason, count, amount in totals(ctx, schedule.id)),
        f"Made by {ctx.officer.name} on {written(ctx.clock.today())}",
    )
    return Table(f"Write-off schedule {schedule.number}: {schedule.title}", stamps, _COLUMNS, _rows(ctx, schedule))


def pdf(ctx: Context, schedule: WriteOffSchedule) -> Paper:
    """The schedule as a PDF, signed."""
    return signing.signed_pdf(ctx, table(ctx, schedule), f"Write-off schedule {schedule.number}")


def xlsx(ctx: Context, schedule: WriteOffSchedule) -> bytes:
    """The schedule as a workbook."""
    return xlsx_bytes(table(ctx, schedule))


def keep_files(ctx: Context, schedule: WriteOffSchedule) -> tuple[tuple[int, ...], str]:
    """Keep the schedule as it stands, as a PDF and a workbook with it; returns the links, and what to do if it isn't signed."""
    name = f"write-off-schedule-{schedule.number}"
    paper = pdf(ctx, schedule)
    made = (
        (paper.content, "application/pdf", f"{name}.pdf"),
        (xlsx(ctx, schedule), _XLSX, f"{name}.xlsx"),
    )
    title = f"Write-off schedule {schedule.number}"
    links = tuple(
        documents.link(
            ctx,
            documents.put(ctx, content, media),
            NewLink(Subject.WRITE_OFF_SCHEDULE, schedule.id, "schedule", title, file_name),
        )
        for content, media, file_name in made
    )
    return links, paper.standing.warning


def _rows(ctx: Context, schedule: WriteOffSchedule) -> Sequence[tuple[Value, ...]]:
    known = bands.authorities(ctx, ctx.clock.today())
    found = ctx.session.execute(
        select(WriteOff, WriteOffDebt, WriteOffReason.title, Tenancy.ref, Tenancy.end_on, Account.payment_reference)
        .join(WriteOffDebt, WriteOffDebt.write_off_id == WriteOff.id)
        .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
        .join(Tenancy, Tenancy.id == WriteOff.tenancy_id)
        .join(Account, Account.id == WriteOffDebt.account_id)
        .where(WriteOff.schedule_id == schedule.id)
        .order_by(WriteOff.number, WriteOffDebt.account_id)
    )
    return [
        (
            case.number,
            reference or "",
            ref,
            ended,
            reason,
            debt.oldest_on,
            Money(debt.pence),
            Money(debt.barred_pence),
            Money(case.owed_pence),
            known.by[Band(case.band)],
        )
        for case, debt, reason, ref, ended, reference in found
    ]


def totals(ctx: Context, schedule_id: int) -> tuple[tuple[str, int, Money], ...]:
    """How many cases and how much a schedule has by reason, in the order of the reasons."""
    rows = ctx.session.execute(
        select(WriteOffReason.title, func.count(WriteOff.id), func.sum(WriteOff.pence))
        .join(WriteOff, WriteOff.reason == WriteOffReason.key)
        .where(WriteOff.schedule_id == schedule_id)
        .group_by(WriteOffReason.title, WriteOffReason.place)
        .order_by(WriteOffReason.place)
    )
    return tuple((title, count, Money(pence)) for title, count, pence in rows)


def _cases(count: int) -> str:
    return f"{count:,} case{'' if count == 1 else 's'}"
