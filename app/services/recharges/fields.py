"""The fields of letters that say what was invoiced: they come with each invoice, credit note and e-mail about one."""

from __future__ import annotations

from app.models.accounts import Account
from app.models.recharges import Recharge
from app.models.values import Money
from app.services.arrangements.rules import EVERY
from app.services.core.context import Context
from app.services.exports.statement.dto import long_date
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.recharges.rules import TITLES

_FIELDS = (
    ("number", "Number of the invoice or credit note", "117"),
    ("kind", "What it is", "Rechargeable repair"),
    ("what", "What it is for", "Lock change"),
    ("job", "Repair job or claim", "R104233"),
    ("happened_on", "Day of the work or of the order", "19 November 2026"),
    ("net", "Amount before VAT", "£76.40"),
    ("vat", "VAT, where there is any", "£15.28"),
    ("total", "Amount in all", "£91.68"),
    ("working", "How the amount was worked out", "Lock change, not an emergency: 1 x £76.40 = £76.40"),
    ("due_on", "Day by which it is to be paid", "5 December 2026"),
    ("terms", "Instalments that were agreed", "£10.00 a week from 7 December 2026"),
    ("invoice", "Of a credit note, the number of the invoice", "112"),
    ("reason", "Of a credit note, why", "The lock was faulty"),
    ("reference", "Payment reference of the sub-account", "70000141"),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("recharge", "Invoice for a recharge or court costs", _FIELDS))


def of(ctx: Context, row: Recharge, sub: Account) -> dict[str, str]:
    """What the fields stand for of one invoice or credit note that is raised."""
    invoice = ctx.session.get(Recharge, row.credits_id or 0)
    return {
        "recharge.number": str(row.invoice_number or ""),
        "recharge.kind": TITLES[row.kind],
        "recharge.what": row.description,
        "recharge.job": row.job,
        "recharge.happened_on": long_date(row.happened_on),
        "recharge.net": str(Money(row.net_pence)),
        "recharge.vat": str(Money(row.vat_pence)) if row.vat_pence else "",
        "recharge.total": str(Money(row.net_pence + row.vat_pence)),
        "recharge.working": "\n".join(f"- {step}" for step in row.working.splitlines()),
        "recharge.due_on": long_date(row.due_on) if row.due_on else "",
        "recharge.terms": terms(row),
        "recharge.invoice": str(invoice.invoice_number) if invoice is not None else "",
        "recharge.reason": row.reason if invoice is not None else "",
        "recharge.reference": sub.payment_reference or "",
    }


def terms(row: Recharge) -> str:
    """The instalments that were agreed, in words; empty where none were."""
    if row.terms_pence is None or row.terms_every is None or row.terms_from_on is None:
        return ""
    return f"{Money(row.terms_pence)} {EVERY[row.terms_every]} from {long_date(row.terms_from_on)}"
