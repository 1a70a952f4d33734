"""The files that refunds are sent as: a profile for finance, a list of cheques, and the PDF that goes with any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.refunds import Refund, RefundPayment
from app.models.values import Money, RefundMethod
from app.services.adjustments.payments.dto import Profile
from app.services.adjustments.refunds.dto import METHODS
from app.services.adjustments.refunds.rules import reference
from app.services.bacs import keeping as bacs
from app.services.bacs import queries as bank
from app.services.bacs.rules import spelled_sort_code
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.diary.keeping import written
from app.services.exports.csv import csv_bytes
from app.services.exports.dto import Column, Kind, Table, Value
from app.services.exports.xlsx import xlsx_bytes
from app.services.signing import keeping as signing
from app.services.signing.dto import Paper

_NUMBER: Final = Column("Refund", Kind.INT, 9)
_ACCOUNT: Final = Column("Account", width=14)
_PAYEE: Final = Column("Payee", width=30)
_AMOUNT: Final = Column("Amount", Kind.POUNDS, total=True)
_BANK: Final = (Column("Sort code", width=11), Column("Account number", width=16), Column("Roll number", width=18))
_ADDRESS: Final = Column("Address", width=50)
_STEPS: Final = (Column("Asked by", width=22), Column("Approved by", width=22), Column("Approved", Kind.DATE))
MEDIA: Final = {
    Profile.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Profile.CSV: "text/csv",
}
SUFFIXES: Final = {MEDIA[Profile.XLSX]: "xlsx", MEDIA[Profile.CSV]: "csv", "text/plain": "txt"}
TITLES: Final = {
    RefundMethod.FINANCE: "Payment request",
    RefundMethod.CHEQUE: "Cheque list",
    RefundMethod.BACS: "Bacs payment",
}
"""What a payment is called, by the way of paying."""


def file(ctx: Context, payment: RefundPayment, rows: Sequence[Refund], profile: Profile) -> bytes:
    """The file for finance, with whole bank details, or the list of cheques with names and addresses.

    Raises:
        UserError: bank details aren't in force any more, or the key isn't at this desk.
    """
    make: Mapping[Profile, Callable[[Table], bytes]] = {Profile.XLSX: xlsx_bytes, Profile.CSV: csv_bytes}
    table = _cheques if payment.method is RefundMethod.CHEQUE else _to_finance
    return make[profile](table(ctx, payment, rows))


def request(ctx: Context, payment: RefundPayment, rows: Sequence[Refund], sha256: str) -> Paper:
    """The PDF, signed: who asked, who approved, the totals and the digest of the file; no bank details but two digits."""
    refs, names = _references(ctx, rows), _officers(ctx, rows)
    known = bank.details(ctx, [row.bank_detail_id for row in rows if row.bank_detail_id is not None])
    title = f"{TITLES[payment.method]} {payment.id}"
    table = Table(
        f"{title}: refunds of rent accounts",
        (
            *_stamps(ctx, payment),
            f"SHA-256 of the file: {sha256}",
            "Checked and received (name, signature, day): ........................................................",
        ),
        (_NUMBER, _ACCOUNT, _PAYEE, Column("Paid to", width=30), _AMOUNT, *_STEPS),
        [
            (
                row.number,
                refs.get(row.account_id, ""),
                row.payee_name,
                known[row.bank_detail_id].masked.words if row.bank_detail_id in known else "Cheque",
                Money(row.pence),
                *_steps(row, names),
            )
            for row in rows
        ],
    )
    return signing.signed_pdf(ctx, table, title)


def _to_finance(ctx: Context, payment: RefundPayment, rows: Sequence[Refund]) -> Table:
    to = bacs.destinations(ctx, [row.bank_detail_id for row in rows if row.bank_detail_id is not None])
    refs, names = _references(ctx, rows), _officers(ctx, rows)
    made: list[tuple[Value, ...]] = []
    for row in rows:
        at = to.get(row.bank_detail_id or 0)
        numbers = (spelled_sort_code(at.sort_code), at.account_number, at.roll_number) if at else ("", "", "")
        said = (row.number, refs.get(row.account_id, ""), row.payee_name, *numbers, reference(row.number))
        made.append((*said, Money(row.pence), *_steps(row, names)))
    columns = (_NUMBER, _ACCOUNT, _PAYEE, *_BANK, Column("Reference", width=18), _AMOUNT, *_STEPS)
    return Table(f"Payment request {payment.id}", _stamps(ctx, payment), columns, made)


def _cheques(ctx: Context, payment: RefundPayment, rows: Sequence[Refund]) -> Table:
    refs, names = _references(ctx, rows), _officers(ctx, rows)
    made = [
        (
            row.number,
            refs.get(row.account_id, ""),
            row.payee_name,
            ", ".join(row.payee_address.splitlines()),
            Money(row.pence),
            *_steps(row, names),
        )
        for row in rows
    ]
    columns = (_NUMBER, _ACCOUNT, _PAYEE, _ADDRESS, _AMOUNT, *_STEPS)
    return Table(f"Cheque list {payment.id}", _stamps(ctx, payment), columns, made)


def _stamps(ctx: Context, payment: RefundPayment) -> tuple[str, ...]:
    noun = "refund" if payment.count == 1 else "refunds"
    return (
        f"{METHODS[payment.method]}: {payment.count:,} {noun}, {Money(payment.pence)} in all",
        f"To be paid on {written(payment.pay_on)}",
        f"Sent by {ctx.officer.name} on {written(ctx.clock.today())}",
    )


def _steps(row: Refund, names: Mapping[int, str]) -> tuple[Value, ...]:
    return (
        names.get(row.made_by, ""),
        names.get(row.approved_by or 0, ""),
        row.approved_at.date() if row.approved_at else None,
    )


def _references(ctx: Context, rows: Sequence[Refund]) -> dict[int, str]:
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted({row.account_id for row in rows})):
        accounts = select(Account.id, Account.payment_reference).where(Account.id.in_(chunk))
        found.update({each.id: each.payment_reference or "" for each in ctx.session.execute(accounts)})
    return found


def _officers(ctx: Context, rows: Sequence[Refund]) -> dict[int, str]:
    return officer_names(ctx.session, [each for row in rows for each in (row.made_by, row.approved_by)])
