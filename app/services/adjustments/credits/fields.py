"""The fields of letters that say something of a credit or of a refund of it: they come with each letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.models.bacs import PaymentFile
from app.models.refunds import Refund, RefundPayment
from app.models.values import GateState, Money, PaymentFileState, RefundMethod, RefundState
from app.services.adjustments.refunds import gate, gathering, rules
from app.services.adjustments.refunds.dto import Check
from app.services.bacs import queries as bank
from app.services.core.context import Context
from app.services.exports.statement.dto import long_date
from app.services.ledger.credits import standing_credits
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group

_FIELDS: Final = (
    ("credit", "What stands to the credit of the account", "£84.20"),
    ("since", "Since when it is in credit", "2 November 2026"),
    ("number", "Number of the refund", "31"),
    ("amount", "Amount of the refund", "£84.20"),
    ("needed", "What the tenant still has to send, as a list", "- your request in writing, signed"),
    ("how", "How it was paid", "to the bank account ending 58"),
    ("sent_on", "Day on which it was paid", "24 November 2026"),
    ("statement", "What the tenant's bank statement says", "REFUND 31"),
    (
        "paid_first",
        "Debts that were paid from the credit first, as a list",
        "- £12.00 of it was paid by adjustment 14.",
    ),
)
_NEEDED: Final[Mapping[str, str]] = {
    "evidence": "your request in writing, signed",
    "payee": "what shows whom it may be paid to: the signatures of all tenants, a letter of authority or the grant of probate",
    "bank": "the name on your bank account, its sort code and its account number",
    "name": "a bank statement of the last three months that shows your name, the sort code and the account number",
}
"""What a tenant can send, by the check of the gate that it clears."""


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("refund", "Credit or refund", _FIELDS))


def of_credit(ctx: Context, account_id: int) -> dict[str, str]:
    """What the fields stand for of an account in credit."""
    credit = gathering.credit_of(ctx, account_id)
    standing = standing_credits(ctx, [account_id]).get(account_id)
    return {
        "refund.credit": str(credit) if credit else "",
        "refund.since": long_date(standing.since) if standing and credit else "",
    }


def of_refund(ctx: Context, row: Refund) -> dict[str, str]:
    """What the fields stand for of a refund and of the credit that it is of."""
    checks = gate.look(ctx, row).checks if row.state is RefundState.DRAFT else gate.as_kept(ctx, row)
    sent_on = paid_on(ctx, row)
    return of_credit(ctx, row.account_id) | {
        "refund.number": str(row.number),
        "refund.amount": str(Money(row.pence)),
        "refund.needed": _needed(row, checks),
        "refund.how": _how(ctx, row) if sent_on else "",
        "refund.sent_on": long_date(sent_on) if sent_on else "",
        "refund.statement": rules.reference(row.number) if sent_on and rules.needs_bank(row.method) else "",
        "refund.paid_first": "\n".join(f"- {check.words}" for check in checks if check.state is GateState.OFFSET),
    }


def paid_on(ctx: Context, row: Refund) -> date | None:
    """The day on which a refund reaches whoever it is for; None of one that isn't paid, or whose Bacs file wasn't sent.

    It is the day on which a Bacs file moves the money, else the one for which its payment was asked for.
    """
    if row.state is not RefundState.SENT:
        return None
    payment = ctx.session.get(RefundPayment, row.payment_id or 0)
    if payment is None:
        return row.sent_on
    file = ctx.session.get(PaymentFile, payment.payment_file_id or 0)
    if file is None:
        return payment.pay_on
    return file.entry_on if file.state is PaymentFileState.SENT else None


def _needed(row: Refund, checks: Iterable[Check]) -> str:
    """What the tenant can send to clear the stops; of a refund that came back, where it can be paid instead."""
    if row.state is RefundState.RETURNED:
        keys = {"bank", "name"}
    else:
        keys = {check.key for check in checks if check.state is GateState.STOP}
    return "\n".join(f"- {words}" for key, words in _NEEDED.items() if key in keys)


def _how(ctx: Context, row: Refund) -> str:
    if row.method is RefundMethod.CHEQUE:
        return f"by a cheque to {row.payee_name}"
    if row.method is RefundMethod.CARD:
        return "back to the card that paid it"
    known = bank.details(ctx, [row.bank_detail_id or 0]).get(row.bank_detail_id or 0)
    return f"to the bank {known.masked.words}" if known else "to your bank account"
