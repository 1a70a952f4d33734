"""The reconciliation of a period on paper: the evidence beside the request to close it."""

from __future__ import annotations

from typing import Final

from app.models.periods import Period
from app.services.core.context import Context
from app.services.exports.dto import Column, Kind, Table
from app.services.exports.pdf import pdf_bytes
from app.services.ledger.periods import pre_checks
from app.services.ledger.reconciling import period_totals

_COLUMNS: Final = (
    Column("Accounts", width=22),
    Column("Brought forward", Kind.POUNDS, 18, total=True, balance=True),
    Column("Charges", Kind.POUNDS, 16, total=True, balance=True),
    Column("Receipts", Kind.POUNDS, 16, total=True, balance=True),
    Column("Adjustments", Kind.POUNDS, 16, total=True, balance=True),
    Column("Control", Kind.POUNDS, 16, total=True, balance=True),
    Column("Carried forward", Kind.POUNDS, 18, total=True, balance=True),
)


def reconciliation(ctx: Context, period: Period) -> bytes:
    """The reconciliation of a period as a PDF: each kind of account, the control accounts last."""
    totals = period_totals(ctx, period)
    rows = [
        (
            each.kind.value.replace("_", " ").capitalize(),
            each.before,
            each.charges,
            each.receipts,
            each.others,
            each.contra,
            each.after,
        )
        for each in totals
    ]
    agrees = all(each.agrees for each in totals) and sum(each.after for each in totals) == 0
    today = ctx.clock.today()
    stamps = (
        f"{period.starts_on.day} {period.starts_on:%b %Y} to {period.ends_on.day} {period.ends_on:%b %Y}, as reported",
        f"Made by {ctx.officer.name} on {today.day} {today:%b %Y}",
        "The accounts and the control accounts agree."
        if agrees
        else "The accounts and the control accounts do not agree.",
        *(f"{check.name.capitalize()}: {check.message}" for check in pre_checks(ctx, period)),
    )
    return pdf_bytes(Table(f"Reconciliation of {period.name}", stamps, _COLUMNS, rows))
