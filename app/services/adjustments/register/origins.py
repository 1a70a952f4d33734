"""The four tables of the register as expressions under the same names, so that one statement reads each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine
from app.models.approvals import ApprovalRequest
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import (
    AdjustmentSheet,
    AdjustmentState,
    ApprovalState,
    RechargeKind,
    RechargeState,
    RefundState,
    WriteOffState,
)
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason, WriteOffSchedule
from app.services.adjustments.register.dto import Stage, What
from app.services.recharges.rules import TITLES

Values = ColumnElement[Any] | InstrumentedAttribute[Any]
Sheets = Collection[AdjustmentSheet]


@dataclass(frozen=True, slots=True)
class Origin:
    """One of the four tables.

    Attributes:
        id, number, account_id, title, kind, lines, net, gross, state, made_by, made_at, approved_by, posted_on, journal,
            request_id: what the register shows of it; `net` is in signed pence, `gross` without a sign what was moved.
        stages: the states that each stage stands for.
        joined: a statement over its table with what its expressions need.
        of_account: whether it is on an account.
        of_kinds: whether it is of one of these kinds, given with their sheets.
        of_reasons: whether it has one of these reasons.
    """

    what: What
    id: Values
    number: Values
    account_id: Values
    title: Values
    kind: Values
    lines: Values
    net: Values
    gross: Values
    state: Values
    made_by: Values
    made_at: Values
    approved_by: Values
    posted_on: Values
    journal: Values
    request_id: Values
    stages: Mapping[Stage, tuple[StrEnum, ...]]
    joined: Callable[[Select[Any]], Select[Any]]
    of_account: Callable[[int], ColumnElement[bool]]
    of_kinds: Callable[[Collection[str], Sheets], ColumnElement[bool]]
    of_reasons: Callable[[Collection[str]], ColumnElement[bool]]

    def at_stage(self, stages: Collection[Stage]) -> ColumnElement[bool]:
        """Whether it has come so far."""
        states = [state for stage in stages for state in self.stages.get(stage, ())]
        return self.state.in_(states) if states else false()

    @property
    def stands(self) -> ColumnElement[bool]:
        """Whether it is posted and stands, as the reports count it; an invoice that was credited stands beside its credit note."""
        return self.at_stage([Stage.DONE, Stage.BACK] if self.what is What.RECHARGE else [Stage.DONE])

    def stage_of(self, state: StrEnum) -> Stage:
        """How far a state has come."""
        return next(stage for stage, states in self.stages.items() if state in states)


def _sheets(*own: AdjustmentSheet) -> Callable[[Collection[str], Sheets], ColumnElement[bool]]:
    """All of a table are of the kinds with one sheet."""
    return lambda _keys, sheets: true() if set(own) & set(sheets) else false()


def _no_reasons(_keys: Collection[str]) -> ColumnElement[bool]:
    return false()


# Adjustments

_NET: Final = Adjustment.debit_pence - Adjustment.credit_pence


def _with_first_line(statement: Select[Any]) -> Select[Any]:
    first = and_(AdjustmentLine.adjustment_id == Adjustment.id, AdjustmentLine.place == 1)
    statement = statement.outerjoin(AdjustmentLine, first)
    return statement.outerjoin(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)


def _adjusts(account_id: int) -> ColumnElement[bool]:
    of_it = (AdjustmentLine.account_id == account_id, AdjustmentLine.other_account_id == account_id)
    return Adjustment.id.in_(select(AdjustmentLine.adjustment_id).where(or_(*of_it)))


def _has_kind(keys: Collection[str], _sheets: Sheets) -> ColumnElement[bool]:
    return Adjustment.id.in_(select(AdjustmentLine.adjustment_id).where(AdjustmentLine.kind.in_(sorted(keys))))


def _has_reason(keys: Collection[str]) -> ColumnElement[bool]:
    return Adjustment.id.in_(select(AdjustmentLine.adjustment_id).where(AdjustmentLine.reason.in_(sorted(keys))))


_ADJUSTMENT: Final = Origin(
    What.ADJUSTMENT,
    Adjustment.id,
    Adjustment.number,
    AdjustmentLine.account_id,
    Adjustment.title,
    AdjustmentKind.title,
    Adjustment.line_count,
    _NET,
    case((Adjustment.debit_pence >= Adjustment.credit_pence, Adjustment.debit_pence), else_=Adjustment.credit_pence),
    Adjustment.state,
    Adjustment.made_by,
    Adjustment.made_at,
    Adjustment.approved_by,
    Adjustment.accounting_on,
    Adjustment.journal,
    Adjustment.request_id,
    {
        Stage.DRAFT: (AdjustmentState.DRAFT,),
        Stage.WAITING: (AdjustmentState.WAITING,),
        Stage.APPROVED: (AdjustmentState.APPROVED,),
        Stage.DONE: (AdjustmentState.POSTED,),
        Stage.REFUSED: (AdjustmentState.REFUSED,),
        Stage.WITHDRAWN: (AdjustmentState.WITHDRAWN,),
        Stage.BACK: (AdjustmentState.REVERSED,),
    },
    _with_first_line,
    _adjusts,
    _has_kind,
    _has_reason,
)

# Recharges

_CREDITS: Final = Recharge.kind == RechargeKind.CREDIT_NOTE
_INVOICED: Final = Recharge.net_pence + Recharge.vat_pence
_SHEET_OF: Final = {
    AdjustmentSheet.RECHARGE: (RechargeKind.REPAIR, RechargeKind.CREDIT_NOTE),
    AdjustmentSheet.COURT_COSTS: (RechargeKind.COURT_COSTS,),
}


def _recharged(_keys: Collection[str], sheets: Sheets) -> ColumnElement[bool]:
    kinds = [kind for sheet in sheets for kind in _SHEET_OF.get(sheet, ())]
    return Recharge.kind.in_(kinds) if kinds else false()


_RECHARGE: Final = Origin(
    What.RECHARGE,
    Recharge.id,
    Recharge.invoice_number,
    func.coalesce(Recharge.account_id, Recharge.for_account_id),
    Recharge.description,
    case(*((Recharge.kind == kind, literal(words)) for kind, words in TITLES.items()), else_=literal("")),
    literal(1),
    case((_CREDITS, -_INVOICED), else_=_INVOICED),
    _INVOICED,
    Recharge.state,
    Recharge.made_by,
    Recharge.made_at,
    select(ApprovalRequest.decided_by)
    .where(ApprovalRequest.id == Recharge.request_id, ApprovalRequest.state == ApprovalState.APPROVED)
    .scalar_subquery(),
    Recharge.raised_on,
    Recharge.journal,
    Recharge.request_id,
    {
        Stage.WAITING: (RechargeState.WAITING,),
        Stage.APPROVED: (RechargeState.APPROVED,),
        Stage.DONE: (RechargeState.RAISED,),
        Stage.REFUSED: (RechargeState.REFUSED,),
        Stage.WITHDRAWN: (RechargeState.WITHDRAWN,),
        Stage.BACK: (RechargeState.CREDITED,),
    },
    lambda statement: statement,
    lambda account_id: or_(Recharge.account_id == account_id, Recharge.for_account_id == account_id),
    _recharged,
    _no_reasons,
)

# Refunds

_REFUND: Final = Origin(
    What.REFUND,
    Refund.id,
    Refund.number,
    Refund.account_id,
    Refund.reason,
    literal("Refund"),
    literal(1),
    Refund.pence,
    Refund.pence,
    Refund.state,
    Refund.made_by,
    Refund.made_at,
    Refund.approved_by,
    Refund.sent_on,
    Refund.journal,
    Refund.request_id,
    {
        Stage.DRAFT: (RefundState.DRAFT,),
        Stage.WAITING: (RefundState.WAITING,),
        Stage.APPROVED: (RefundState.APPROVED,),
        Stage.DONE: (RefundState.SENT,),
        Stage.REFUSED: (RefundState.REFUSED,),
        Stage.WITHDRAWN: (RefundState.WITHDRAWN,),
        Stage.BACK: (RefundState.RETURNED,),
    },
    lambda statement: statement,
    lambda account_id: Refund.account_id == account_id,
    _sheets(AdjustmentSheet.REFUND),
    _no_reasons,
)

# Write-offs

_SCHEDULED: Final = select(WriteOffSchedule).where(WriteOffSchedule.id == WriteOff.schedule_id)


def _owes(account_id: int) -> ColumnElement[bool]:
    debts = select(WriteOffDebt.write_off_id).where(WriteOffDebt.account_id == account_id)
    return WriteOff.id.in_(debts)


_WRITE_OFF: Final = Origin(
    What.WRITE_OFF,
    WriteOff.id,
    WriteOff.number,
    select(func.min(WriteOffDebt.account_id)).where(WriteOffDebt.write_off_id == WriteOff.id).scalar_subquery(),
    WriteOffReason.title,
    literal("Write-off"),
    select(func.count(WriteOffDebt.account_id)).where(WriteOffDebt.write_off_id == WriteOff.id).scalar_subquery(),
    -WriteOff.pence,
    WriteOff.pence,
    WriteOff.state,
    WriteOff.made_by,
    WriteOff.made_at,
    _SCHEDULED.with_only_columns(WriteOffSchedule.approved_by).scalar_subquery(),
    WriteOff.posted_on,
    WriteOff.journal,
    _SCHEDULED.with_only_columns(WriteOffSchedule.request_id).scalar_subquery(),
    {
        Stage.DRAFT: (WriteOffState.DRAFT,),
        Stage.WAITING: (WriteOffState.WAITING,),
        Stage.APPROVED: (WriteOffState.APPROVED,),
        Stage.DONE: (WriteOffState.POSTED,),
        Stage.REFUSED: (WriteOffState.REFUSED,),
        Stage.WITHDRAWN: (WriteOffState.WITHDRAWN,),
    },
    lambda statement: statement.join(WriteOffReason, WriteOffReason.key == WriteOff.reason),
    _owes,
    _sheets(AdjustmentSheet.WRITE_OFF),
    _no_reasons,
)

ORIGINS: Final = {each.what: each for each in (_ADJUSTMENT, _RECHARGE, _REFUND, _WRITE_OFF)}
"""The four tables."""
