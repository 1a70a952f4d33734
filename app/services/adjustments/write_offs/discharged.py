"""Debts that the law has ended: they are never asked for again, and what comes in doesn't put them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select

from app.models.holds import HoldCase, HoldCasePerson, HoldDebt
from app.models.people import Tenant
from app.models.values import HoldKind, WriteOffState
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason
from app.services.adjustments.write_offs.evidence import UNDONE
from app.services.core.context import Context

_ENDS: Final = (HoldKind.BANKRUPTCY, HoldKind.DEBT_RELIEF_ORDER)


def discharged() -> ColumnElement[bool]:
    """Whether the debt of a `WriteOff`, `WriteOffDebt` and `WriteOffReason` of a statement is one that the law has ended.

    It was written off for that, or every tenant came under a bankruptcy or debt relief order that wasn't annulled: an order
    that lists the account, or of the day of the write-off or later, when the debt was still owed (Insolvency Act 1986 s.251I,
    s.281). Where one tenant did not, that one still owes it.

    Each part says what it is itself of: SQLAlchemy lets a part of a part look no further than the one around it, and would
    read every write-off of the office anew.
    """
    lists = (
        exists()
        .where(HoldDebt.case_id == HoldCase.id, HoldDebt.account_id == WriteOffDebt.account_id)
        .correlate_except(HoldDebt)
    )
    ended = (
        exists()
        .where(HoldCasePerson.person_id == Tenant.person_id, HoldCase.id == HoldCasePerson.case_id)
        .where(HoldCase.kind.in_(_ENDS), or_(HoldCase.end_reason.is_(None), HoldCase.end_reason.not_in(UNDONE)))
        .where(or_(HoldCase.applied_on >= WriteOff.posted_on, lists))
        .correlate_except(HoldCase, HoldCasePerson)
    )
    of_it = exists().where(Tenant.tenancy_id == WriteOff.tenancy_id).correlate_except(Tenant)
    return or_(WriteOffReason.discharges, of_it & ~of_it.where(~ended))


def outstanding() -> tuple[ColumnElement[bool], ...]:
    """The conditions of a posted write-off's debt that may still come back, in such a statement."""
    return (WriteOff.state == WriteOffState.POSTED, WriteOffDebt.back_pence < WriteOffDebt.pence, ~discharged())


def still_out(ctx: Context, write_off_id: int) -> Sequence[WriteOffDebt]:
    """The debts of a posted case that may still come back, whole or in part."""
    debts = (
        select(WriteOffDebt)
        .join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
        .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
        .where(WriteOff.id == write_off_id, *outstanding())
    )
    return ctx.session.scalars(debts.order_by(WriteOffDebt.account_id)).all()


def is_discharged(ctx: Context, write_off_id: int) -> bool:
    """Whether the law has ended all that a case wrote off."""
    left = (
        select(WriteOffDebt.account_id)
        .join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
        .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
        .where(WriteOff.id == write_off_id, ~discharged())
    )
    return ctx.session.scalars(left.order_by(WriteOffDebt.account_id)).first() is None
