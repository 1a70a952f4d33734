"""Everything that the section of the finance system shows of a period, at once."""

from __future__ import annotations

from datetime import date

from app.services.core.context import Context
from app.services.purchase_orders.finance.handing import queries as handing
from app.services.purchase_orders.finance.transactions import queries as transactions
from app.services.purchase_orders.finance.transactions.dto import FinanceReport


def report(ctx: Context, from_on: date, to_on: date) -> FinanceReport:
    """A period (both days included) held against the finance system, with reconciliations, files, and what waits to go.

    Raises:
        UserError: the period ends before it begins.
    """
    return FinanceReport(
        transactions.held(ctx, from_on, to_on),
        transactions.reconciliations(ctx),
        handing.files(ctx),
        handing.to_hand(ctx),
    )
