"""Who did what with a line of the register, and when: the trail that answers an auditor."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.models.adjustments import Adjustment
from app.models.approvals import ApprovalEvent
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import Money
from app.models.write_offs import WriteBack, WriteOff
from app.services.adjustments.register.dto import Part, RegisterRow, Step
from app.services.core.context import Context
from app.services.core.officers import officer_names


def of(ctx: Context, row: RegisterRow, record: Any) -> tuple[Step, ...]:
    """Asked, every step of the approval, posted, and what came back, in turn."""
    steps = [Step(row.at, None, row.asked_by, "Asked for")]
    if row.request_id is not None:
        steps += _approval(ctx, row.request_id)
    names = _names(ctx, record)
    if isinstance(record, Adjustment):
        steps += _of_adjustment(record, names)
    elif isinstance(record, Recharge):
        steps += _of_recharge(ctx, record, names)
    elif isinstance(record, Refund):
        steps += _of_refund(record, names)
    elif isinstance(record, WriteOff):
        steps += _of_write_off(ctx, record)
    return tuple(steps)


def posted_in(row: RegisterRow, parts: tuple[Part, ...]) -> str:
    """A sentence where it is reported in a later month than the earliest day that it belongs to."""
    days = [part.effective_on for part in parts if part.effective_on is not None]
    if row.posted_on is None or not days:
        return ""
    first = min(days)
    if (first.year, first.month) >= (row.posted_on.year, row.posted_on.month):
        return ""
    return f"It belongs to {_day(first)} and is reported on {_day(row.posted_on)}."


def reversal_of(record: Any) -> int | None:
    """The journal that took it back."""
    if isinstance(record, Adjustment):
        return record.reversal_journal
    return record.return_journal if isinstance(record, Refund) else None


def _approval(ctx: Context, request_id: int) -> list[Step]:
    """What was decided; that it was asked for is said already."""
    statement = (
        select(ApprovalEvent.at, ApprovalEvent.action, ApprovalEvent.reason, Officer.name)
        .join(Officer, Officer.id == ApprovalEvent.officer_id)
        .where(ApprovalEvent.request_id == request_id)
        .order_by(ApprovalEvent.id)
    )
    return [
        Step(at, None, name, "Put to a second officer" if action == "asked" else action.capitalize(), reason)
        for at, action, reason, name in ctx.session.execute(statement)
    ]


def _of_adjustment(record: Adjustment, names: dict[int, str]) -> list[Step]:
    steps = []
    if record.journal is not None:
        words = f"Journal {record.journal}"
        steps.append(Step(record.posted_at, None, names.get(record.posted_by or 0, ""), "Posted", words))
    if record.reversal_journal is not None:
        words = f"Journal {record.reversal_journal}: {record.reversal_reason}"
        steps.append(Step(None, None, names.get(record.reversed_by or 0, ""), "Reversed", words))
    return steps


def _of_recharge(ctx: Context, record: Recharge, names: dict[int, str]) -> list[Step]:
    steps = []
    if record.journal is not None:
        number = f"invoice {record.invoice_number}, " if record.invoice_number else ""
        words = f"{number}journal {record.journal}"
        who = names.get(record.raised_by or 0, "")
        steps.append(Step(None, record.raised_on, who, "Raised", f"{words[:1].upper()}{words[1:]}"))
    notes = select(Recharge).where(Recharge.credits_id == record.id, Recharge.journal.is_not(None))
    for note in ctx.session.scalars(notes.order_by(Recharge.id)):
        words = f"Credit note {note.invoice_number} of {Money(note.net_pence + note.vat_pence)}: {note.reason}"
        steps.append(Step(None, note.raised_on, "", "Credited", words))
    return steps


def _of_refund(record: Refund, names: dict[int, str]) -> list[Step]:
    steps = []
    if record.journal is not None:
        words = f"Journal {record.journal}"
        steps.append(Step(None, record.sent_on, names.get(record.sent_by or 0, ""), "Sent", words))
    if record.returned_on is not None:
        words = f"Journal {record.return_journal}: {record.returned_why}"
        steps.append(Step(None, record.returned_on, "", "Returned by the bank", words))
    return steps


def _of_write_off(ctx: Context, record: WriteOff) -> list[Step]:
    steps = []
    if record.journal is not None:
        steps.append(Step(None, record.posted_on, "", "Written off", f"Journal {record.journal}"))
    back = select(WriteBack, Officer.name).join(Officer, Officer.id == WriteBack.made_by)
    back = back.where(WriteBack.write_off_id == record.id).order_by(WriteBack.id)
    for each, who in ctx.session.execute(back):
        cause = each.cause.value.replace("_", " ")
        words = f"{Money(each.pence)}, {cause}, journal {each.journal}"
        steps.append(Step(each.made_at, None, who, "Put back", f"{words}. {each.reason}".rstrip(". ")))
    return steps


def _names(ctx: Context, record: Any) -> dict[int, str]:
    columns = ("posted_by", "reversed_by", "raised_by", "sent_by")
    return officer_names(ctx.session, [getattr(record, name, None) for name in columns])


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
