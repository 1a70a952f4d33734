"""A receipt by e-mail and a link to pay by text message: the fields of their wordings, and how they are queued."""

from __future__ import annotations

from typing import Final

from app.models.reception_payments.receipts import Receipt
from app.models.values import Money, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import long_date
from app.services.letters.dto import NewLetter
from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group
from app.services.letters.keeping import queue_letter
from app.services.reception_payments.receipts import papers, rules, undoing

RECEIPT: Final = "receipt_email"
LINK: Final = "payment_link_text"
_GROUP: Final = "receipt"
_FIELDS: Final = (
    ("number", "Number of the receipt", "WGC000123"),
    ("date", "Day on which it was paid", "16 November 2026"),
    ("amount", "What was paid", "£118.42"),
    ("how", "How it was paid", "Cash"),
    ("rows", "What was paid and how much of it, as rows of a table", "Rent account 70 0001 | £118.42"),
)


def register() -> None:
    """Plug the fields in."""
    register_group(FieldGroup(_GROUP, "Receipt", _FIELDS))
    register_group(FieldGroup("payment_page", "Payment page", (("address", "Where to pay", "www.example.gov.uk/pay"),)))


def email(ctx: Context, receipt: Receipt, address: str) -> int:
    """Queue a receipt by e-mail; the number in the register of letters.

    Raises:
        UserError: it went to no account, the officer may not work on that, or the address is none.
    """
    went = [share for share in undoing.shares_of(ctx, receipt.id) if share.stream_id is None]
    if not went:
        raise UserError("This receipt is of other income only.", "Print it and post it.")
    number = undoing.number_of(ctx, receipt)
    fields = {
        "number": number,
        "date": long_date(receipt.taken_on),
        "amount": str(Money(receipt.pence)),
        "how": rules.METHODS[receipt.taken_by],
        "rows": "\n".join(f"{what} | {amount}" for what, amount in papers.lines(ctx, receipt)),
    }
    return queue_letter(
        ctx,
        NewLetter(
            RECEIPT,
            went[0].account_id,
            recipient=address.strip(),
            subject=Subject.RECEIPT,
            subject_id=receipt.id,
            fields={f"{_GROUP}.{key}": value for key, value in fields.items()},
            idempotency_key=f"receipt:{receipt.id}:{receipt.version}",
        ),
    )


def link(ctx: Context, account_id: int, mobile: str, entry_key: str) -> int:
    """Queue a text message with the page on which an account is paid and its reference; the number in the register.

    Raises:
        UserError: policy names no page, the number can't be texted, or the officer may not work on the account.
    """
    page = ctx.policy.value("reception.payment_page", ctx.clock.today()).strip()
    if "." not in page:
        raise UserError("It isn't said where to pay.", "Enter the page: Admin, Policy values, 'Page to pay on'.")
    return queue_letter(
        ctx,
        NewLetter(
            LINK,
            account_id,
            recipient=mobile.strip(),
            fields={"payment_page.address": page},
            idempotency_key=f"payment_link:{entry_key}",
        ),
    )
