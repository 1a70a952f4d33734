"""What the sheets of recharges, court costs and credit notes begin with, and the price list."""

from __future__ import annotations

from sqlalchemy import select

from app.models.accounts import Account
from app.models.adjustments import AdjustmentKind
from app.models.codes import TransactionCode
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.values import AccountKind, CodeKind, Money, RechargeKind, RechargeState
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM
from app.services.recharges import accounts, amounts, policies, prices, rules
from app.services.recharges.dto import CreditForm, Face, PriceList, RechargeForm


def recharge_form(ctx: Context, account_id: int | None = None) -> RechargeForm:
    """What the sheet of a recharge or of court costs begins with, of an account where it is opened from one.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    today = ctx.clock.today()
    officers = select(Officer.id, Officer.name).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    return RechargeForm(
        today=today,
        account=None if account_id is None else _face(ctx, account_id),
        prices=tuple(each for each in prices.rows(ctx, today) if each.active),
        fees=policies.fees(ctx),
        officers=tuple((row.id, row.name) for row in ctx.session.execute(officers)),
        due_days=policies.due_days(ctx, today),
        needs_evidence=frozenset(kind for kind in rules.SHEETS if _needs_evidence(ctx, kind)),
    )


def credit_form(ctx: Context, recharge_id: int) -> CreditForm:
    """What the sheet of a credit note begins with.

    Raises:
        UserError: there is no such invoice, or its account is restricted and not the officer's to open.
    """
    row = ctx.session.get(Recharge, recharge_id)
    if row is None or row.kind is RechargeKind.CREDIT_NOTE or row.invoice_number is None or row.raised_on is None:
        raise UserError("That is no invoice that was raised.", "Choose one in the list.")
    access.open_account(ctx, row.for_account_id)
    assert row.account_id is not None
    sub = ctx.session.get_one(Account, row.account_id)
    whole = amounts.of(row)
    left = rules.left(whole, amounts.credited(ctx, row.id))
    shut = ""
    if row.state is not RechargeState.RAISED or not left.net:
        shut = f"Invoice {row.invoice_number} is credited whole, or a credit note over all of it waits."
    return CreditForm(
        recharge_id=row.id,
        invoice_number=row.invoice_number,
        description=row.description,
        reference=sub.payment_reference or "",
        raised_on=row.raised_on,
        net=whole.net,
        vat=whole.vat,
        left=left,
        balance=Money(sub.balance_pence),
        shut=shut,
    )


def price_list(ctx: Context) -> PriceList:
    """The price list today, lines out of use too, with the codes that a line may post by."""
    today = ctx.clock.today()
    codes = (
        select(TransactionCode.code, TransactionCode.name)
        .where(
            TransactionCode.kind == CodeKind.CHARGE,
            TransactionCode.active,
            TransactionCode.control == "income:recharge",
        )
        .order_by(TransactionCode.code)
    )
    return PriceList(
        today,
        prices.rows(ctx, today),
        tuple((row.code, f"{row.code} {row.name}") for row in ctx.session.execute(codes)),
        policies.vat_basis_points(ctx, today),
    )


def _face(ctx: Context, account_id: int) -> Face:
    access.open_account(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None or account.kind is AccountKind.CONTROL:
        raise UserError(f"There is no account number {account_id} that can be recharged.")
    return accounts.face(account)


def _needs_evidence(ctx: Context, kind: RechargeKind) -> bool:
    allowed = ctx.session.get(AdjustmentKind, rules.SHEETS[kind].value)
    return allowed is not None and allowed.needs_evidence
