"""What an invoice that is asked for comes to today, and what is left of one that was raised."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from app.models.recharges import Recharge
from app.models.values import ZERO, Money, RechargeKind, RechargeState
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.recharges import policies, prices, rules
from app.services.recharges.dto import Amounts, NewCosts, NewRecharge

COUNTED = (RechargeState.RAISED, RechargeState.WAITING, RechargeState.APPROVED)
"""What counts as invoiced or credited: what waits for approval does too."""


def asked(ctx: Context, new: NewRecharge | NewCosts) -> Amounts:
    """What it comes to.

    Raises:
        UserErrors: it has faults, each with its field.
    """
    wrong = rules.faults(new, ctx.clock.today())
    if wrong:
        raise UserErrors(wrong)
    if isinstance(new, NewCosts):
        amounts, field = rules.costs(new), "fee"
    else:
        row = prices.row(ctx, new.item, new.done_on)
        amounts = rules.repair(new, row, policies.vat_on(ctx, row.vat, new.done_on))
        field = "net"
    fault = rules.amount_fault(amounts, field)
    if fault is not None:
        raise UserErrors([fault])
    return amounts


def of(row: Recharge) -> Amounts:
    """What an invoice is for."""
    return Amounts(Money(row.net_pence), Money(row.vat_pence), tuple(row.working.splitlines()))


def credited(ctx: Context, invoice_id: int, states: Collection[RechargeState] = COUNTED) -> Amounts:
    """What its credit notes come to, those that wait for approval too."""
    sums = select(
        func.coalesce(func.sum(Recharge.net_pence), 0).label("net"),
        func.coalesce(func.sum(Recharge.vat_pence), 0).label("vat"),
    ).where(Recharge.credits_id == invoice_id, Recharge.state.in_(states))
    found = ctx.session.execute(sums).one()
    return Amounts(Money(int(found.net)), Money(int(found.vat)))


def left(ctx: Context, row: Recharge) -> Amounts:
    """What is left of an invoice after the credit notes that were raised."""
    return rules.left(of(row), credited(ctx, row.id, (RechargeState.RAISED,)))


def is_creditable(ctx: Context, row: Recharge) -> bool:
    """Whether a credit note may be asked for: it is an invoice, and more was raised than is credited or waits to be."""
    return row.kind is not RechargeKind.CREDIT_NOTE and rules.left(of(row), credited(ctx, row.id)).net > ZERO


def refuse_no_invoice(row: Recharge | None) -> Recharge:
    """The row, if it is an invoice that was raised.

    Raises:
        UserError: it isn't.
    """
    if row is None or row.kind is RechargeKind.CREDIT_NOTE or row.state is not RechargeState.RAISED:
        raise UserError(
            "Only an invoice that was raised, and isn't credited whole, can be credited.", "Choose one in the list."
        )
    return row
