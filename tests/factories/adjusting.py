"""A credit note, a refund and a write-off on an account, as they stand in their tables (none is in the ledger), and limits."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine, AdjustmentReason
from app.models.limits import OfficerLimit
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import (
    AdjustmentOrigin,
    AdjustmentState,
    InvoiceBy,
    JournalKind,
    LimitKind,
    Payee,
    RechargeKind,
    RechargeState,
    RefundMethod,
    RefundState,
    WriteOffState,
)
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffReason
from app.services.core.context import Context
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import approving

MADE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def limits(ctx: Context, line: int = 499_00, batch: int = 900_00) -> None:
    """The officer may debit and credit so much alone, a line and together (pence)."""
    for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
        ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=line, batch_pence=batch))


def credit_note(ctx: Context, account_id: int, key: str = "r", number: int = 7) -> int:
    """Of £72.00 with VAT, raised on 21 November; its id."""
    made = Recharge(
        entry_key=key,
        kind=RechargeKind.CREDIT_NOTE,
        state=RechargeState.RAISED,
        invoice_number=number,
        for_account_id=account_id,
        description="Lock changed",
        happened_on=date(2026, 11, 2),
        net_pence=6_000,
        vat_pence=1_200,
        send_by=InvoiceBy.NOTHING,
        made_by=ctx.officer.id,
        made_at=MADE,
        raised_on=date(2026, 11, 21),
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made.id


def refund(ctx: Context, account_id: int) -> int:
    """Of £25.00 by cheque, approved and not yet paid; its id."""
    made = Refund(
        number=1,
        entry_key="f",
        account_id=account_id,
        pence=2_500,
        state=RefundState.WAITING,
        method=RefundMethod.CHEQUE,
        payee=Payee.TENANT,
        payee_name="Maria Testerton",
        reason="Paid twice",
        asked_on=date(2026, 11, 18),
        made_by=ctx.officer.id,
        made_at=MADE,
    )
    ctx.session.add(made)
    ctx.session.flush()
    approving.counts(ctx, "refund", made, RefundState.APPROVED)
    return made.id


def write_off(ctx: Context, account_id: int) -> int:
    """A case of £80.00 that is being built; its id."""
    reasons = select(WriteOffReason.key).order_by(WriteOffReason.place, WriteOffReason.key)
    made = WriteOff(
        number=1,
        entry_key="w",
        tenancy_id=ctx.session.get_one(Account, account_id).tenancy_id,
        reason=ctx.session.scalars(reasons.limit(1)).one(),
        state=WriteOffState.DRAFT,
        pence=8_000,
        owed_pence=8_000,
        band="a",
        made_by=ctx.officer.id,
        made_at=MADE,
    )
    ctx.session.add(made)
    ctx.session.flush()
    ctx.session.add(WriteOffDebt(write_off_id=made.id, account_id=account_id, pence=8_000))
    return made.id


def write_on(ctx: Context, account_id: int, pence: int) -> int:
    """A credit given to the budget, number 900, posted on 2 November; its id."""
    on = date(2026, 11, 2)
    header = JournalHeader(JournalKind.LOAD, on, "test", "write-on")
    posted = post(ctx, header, [Line(account_id, "WON", pence, on)])
    made = Adjustment(
        number=900,
        entry_key="o",
        origin=AdjustmentOrigin.ENTRY,
        title="Write-on",
        state=AdjustmentState.POSTED,
        line_count=1,
        debit_pence=pence,
        largest_pence=pence,
        accounting_on=on,
        made_by=ctx.officer.id,
        made_at=MADE,
        posted_at=MADE,
        journal=posted.journal,
    )
    ctx.session.add(made)
    ctx.session.flush()
    line = {"place": 1, "account_id": account_id, "kind": "write_on", "code": "WON", "pence": pence, "effective_on": on}
    reason = ctx.session.scalars(select(AdjustmentReason.key).order_by(AdjustmentReason.key).limit(1)).one()
    ctx.session.add(AdjustmentLine(adjustment_id=made.id, reason=reason, narrative="Write-on", **line))
    return made.id
