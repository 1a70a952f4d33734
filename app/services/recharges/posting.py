"""How an invoice or a credit note is raised: sub-account, number, journal, paper, task, arrangement, all in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.models.accounts import Account
from app.models.recharges import Recharge
from app.models.values import JournalKind, Money, RechargeKind, RechargeState, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.search_index import index_record
from app.services.ledger import numbering, periods
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from app.services.recharges import accounts, amounts, following, invoices, policies, prices, rules
from app.services.recharges.dto import Raised

AREAS: Final = frozenset({"adjustments", "rent", "approvals", "home", "diary", "letters", "documents", "arrangements"})
_COUNTER: Final = "invoice"


def raise_now(ctx: Context, row: Recharge, authorised_by: int | None = None) -> Raised:
    """Raise it today; the number is taken first, which holds off other writers, and what is refused never leaves a gap.

    Raises:
        UserError: less is left of the invoice than the credit note is for, the ledger refuses a line, or the wording of
            the invoice can't be filled in.
    """
    today = ctx.clock.today()
    number = numbering.take(ctx, _COUNTER)
    sub, opened = _stands_on(ctx, row)
    row.account_id, row.invoice_number = sub.id, number
    index_record(ctx, Subject.RECHARGE, row.id, f"invoice {row.invoice_number}", row.description, row.job)
    row.raised_by, row.raised_on = ctx.officer.id, today
    row.due_on = None if row.kind is RechargeKind.CREDIT_NOTE else today + timedelta(days=policies.due_days(ctx, today))
    row.state = RechargeState.RAISED
    told = [_post(ctx, row, sub, authorised_by)]
    if opened:
        told.append(f"The sub-account {sub.payment_reference} was opened for it.")
    told += _late(ctx, row)
    ctx.session.flush()
    ctx.session.refresh(sub, ["balance_pence"])
    told.append(invoices.make(ctx, row, sub))
    told += following.follow(ctx, row, sub)
    ctx.session.flush()
    return raised(row, " ".join(each for each in told if each))


def raised(row: Recharge, told: str) -> Raised:
    """What became of it, for whoever asked."""
    touched = frozenset({row.for_account_id, row.account_id or row.for_account_id})
    return Raised(
        row.id,
        row.state,
        row.invoice_number,
        row.account_id,
        row.request_id,
        row.journal,
        told,
        Changes(AREAS, touched),
    )


def number_of(row: Recharge) -> str:
    """What it is called from when it is raised: `Invoice 12`, `Credit note 13`."""
    name = "Credit note" if row.kind is RechargeKind.CREDIT_NOTE else "Invoice"
    return f"{name} {row.invoice_number}" if row.invoice_number is not None else name


def _stands_on(ctx: Context, row: Recharge) -> tuple[Account, bool]:
    """The sub-account, opened where there is none; a credit note stands where its invoice does."""
    if row.credits_id is None:
        return accounts.sub_account(ctx, ctx.session.get_one(Account, row.for_account_id), row.kind)
    invoice = amounts.refuse_no_invoice(ctx.session.get(Recharge, row.credits_id))
    rest = amounts.left(ctx, invoice)
    if row.net_pence > rest.net.pence:
        raise UserError(
            f"Only {rest.net} before VAT is left of invoice {invoice.invoice_number}.",
            "Another credit note was raised meanwhile; look at the invoice.",
        )
    if row.net_pence == rest.net.pence:
        invoice.state = RechargeState.CREDITED
    assert invoice.account_id is not None
    return ctx.session.get_one(Account, invoice.account_id), False


def _post(ctx: Context, row: Recharge, sub: Account, authorised_by: int | None) -> str:
    header = JournalHeader(
        JournalKind.ADJUSTMENT,
        periods.first_open_day(ctx.session, ctx.clock.today()),
        f"recharge {row.id}",
        f"recharge:{row.id}",
        narrative=f"{number_of(row)}: {row.description}"[:200],
        authorised_by=authorised_by,
        approval=row.request_id if authorised_by is not None else None,
    )
    posted = append(ctx, header, _lines(ctx, row, sub))
    row.journal = posted.journal
    total = Money(row.net_pence + row.vat_pence)
    does = "credited to" if row.kind is RechargeKind.CREDIT_NOTE else "debited on"
    return f"{number_of(row)} is raised: {total} {does} {sub.payment_reference}, journal {posted.journal}."


def _lines(ctx: Context, row: Recharge, sub: Account) -> list[Line]:
    """The net amount and its VAT; costs belong to the day of the order, all else to the day it is raised."""
    assert row.raised_on is not None
    invoice = ctx.session.get_one(Recharge, row.credits_id) if row.credits_id is not None else row
    on = row.happened_on if row.kind is RechargeKind.COURT_COSTS else row.raised_on
    says = f"{number_of(row)}: {row.description}"[:200]
    sign = -1 if row.kind is RechargeKind.CREDIT_NOTE else 1
    if sign < 0:
        code, vat = rules.CREDIT_CODES[invoice.kind], rules.VAT_CREDIT
    elif row.item is not None:
        code, vat = prices.code(ctx, row.item), rules.VAT_CODE
    else:
        code, vat = rules.COSTS_CODE, rules.VAT_CODE
    lines = [Line(sub.id, code, sign * row.net_pence, on, narrative=says)]
    if row.vat_pence:
        lines.append(Line(sub.id, vat, sign * row.vat_pence, on, narrative=f"VAT on {number_of(row).lower()}"))
    return lines


def _late(ctx: Context, row: Recharge) -> list[str]:
    """A sentence where it is reported in a later period than the day that it belongs to."""
    if row.kind is not RechargeKind.COURT_COSTS or not periods.closed_among(ctx.session, [row.happened_on]):
        return []
    reported = periods.name_of(ctx.session, periods.first_open_day(ctx.session, ctx.clock.today()))
    return [f"The period of the order is closed, so it is reported in {reported}."]
