"""The file of a run: Bacs credits, or the finance system's; made once, read back, sealed, and opened again byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.bacs import PaymentFile
from app.models.purchase_orders.finance import FinanceFile, FinanceFileItem
from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.purchase_orders.suppliers import SupplierBank
from app.models.values import FinanceFileKind, Money, PaidBy, Subject
from app.services.bacs import keeping as bacs
from app.services.bacs import processing
from app.services.bacs import queries as council
from app.services.bacs.dto import Credit, Destination, ProcessingDays
from app.services.bacs.rules import credit
from app.services.bacs.standard18.reading import read
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents import safe
from app.services.exports.dto import Value
from app.services.ledger import numbering
from app.services.purchase_orders.finance import profiles
from app.services.purchase_orders.finance.layouts import Profile
from app.services.purchase_orders.payments import leaving
from app.services.purchase_orders.payments.dto import part_words, run_number
from app.services.purchase_orders.payments.rules import Payment, Selection
from app.services.purchase_orders.payments.taking import reference

_TEXT: Final = "text/plain"
_PAYMENTS: Final = FinanceFileKind.PAYMENTS


def days_for(ctx: Context, pay_on: date) -> ProcessingDays:
    """The days of the Bacs file by which suppliers have the money on a day.

    Raises:
        UserError: Bacs moves no money on it, or takes no file for it any more.
    """
    today = ctx.clock.today()
    calendar = bacs_days(ctx.policy, today)
    why = processing.why_shut(pay_on, calendar)
    if why:
        raise UserError(f"Bacs moves no money on {_spelt(pay_on)}: {why}.", "Choose a working day.", "pay_on")
    days = processing.entered_on(pay_on, calendar)
    furthest = ctx.policy.number("bacs.furthest_days", today)
    return processing.checked_days(days.processing_on, today, furthest, calendar)


def make(ctx: Context, run: SupplierRun, selection: Selection) -> None:
    """Make the file of what a run pays, and keep it sealed; Bacs has none where everything is set off.

    Raises:
        UserError: finance hasn't authorised Bacs files, the day can't be met, bank details aren't in force, the key isn't at
            this desk, or what was written doesn't read back without a fault.
    """
    if run.by is PaidBy.BACS and not selection.moved:
        return
    if run.by is PaidBy.BACS:
        content, media = _bacs(ctx, run, selection), _TEXT
    else:
        layout = profiles.profile(ctx, _PAYMENTS, run.profile)
        content, media = _finance(ctx, layout, run, selection), profiles.MEDIA[layout.format]
    run.sha256 = hashlib.sha256(content).hexdigest()
    run.document_sha256 = safe.keep(ctx, _about(run), content, media)
    ctx.session.flush()
    if run.by is PaidBy.FINANCE:
        _register(ctx, run, selection)


def content(ctx: Context, run: SupplierRun) -> tuple[bytes, str]:
    """The file of a run as it was made, and what it is called. Whoever hands it out audits it.

    Raises:
        UserError: none was made, it isn't to be sent, or not as it was approved, the key isn't at this desk, or what is kept has been altered.
    """
    if run.document_sha256 is None:
        raise UserError(f"{run_number(run.number)} has no file: a second officer approves the run first.")
    leaving.refuse_file(ctx, run)
    return safe.opened(ctx, _about(run), run.document_sha256, run.sha256), name(ctx, run)


def file_of(ctx: Context, run: SupplierRun) -> PaymentFile | None:
    """The row of a run's Bacs file, if one was made."""
    return None if run.payment_file_id is None else ctx.session.get_one(PaymentFile, run.payment_file_id)


def was_saved_by(ctx: Context, run: SupplierRun, officer_id: int | None = None) -> bool:
    """Whether an officer, or anybody, had the file of a run out, as the audit has it: they may have sent it."""
    return safe.was_handed_out(ctx, "supplier_run", run.id, officer_id)


def name(ctx: Context, run: SupplierRun) -> str:
    """What a run's file is called where it is saved; empty before it is made."""
    if run.document_sha256 is None:
        return ""
    file = file_of(ctx, run)
    if file is not None:
        return f"Bacs {file.serial:06} suppliers {run.pay_on:%Y-%m-%d}.txt"
    suffix = profiles.profile(ctx, _PAYMENTS, run.profile).format
    return f"Payments {run_number(run.number)} {run.pay_on:%Y-%m-%d}.{suffix}"


def masked(ctx: Context, selection: Selection, number: int) -> tuple[str, ...]:
    """The records of a Bacs file as they would be, a line each, the digits of accounts masked.

    Raises:
        UserError: the council's own side isn't set, or a payment can't be carried.
    """
    council.own_side(ctx)
    return tuple(
        f"** ** ** ****{each.payee.last_two}".ljust(22) + f"99  {each.pence:011}  {made.reference:<18}  {made.name}"
        for place, each in enumerate(selection.payments, 1)
        if each.pence
        for made in (_credit(Destination("000000", "00000000"), each, reference(number, place)),)
    )


def _finance(ctx: Context, layout: Profile, run: SupplierRun, selection: Selection) -> bytes:
    """The finance system's file: a row for each thing that is paid."""
    references = _references(ctx, run)
    rows = (
        row
        for each in selection.payments
        for row in _rows(ctx, run.number, run.pay_on, each, references[each.payee.supplier_id])
    )
    return profiles.write(layout, _PAYMENTS, f"Payments {run_number(run.number)}", rows)


def preview(ctx: Context, selection: Selection, number: int, pay_on: date, profile: str) -> tuple[str, ...]:
    """The lines of the finance system's file as they would be, as text whatever its format.

    Raises:
        UserError: there is no such layout.
    """
    layout = replace(profiles.profile(ctx, _PAYMENTS, profile), format="csv")
    rows = (
        row
        for place, each in enumerate(selection.payments, 1)
        for row in _rows(ctx, number, pay_on, each, reference(number, place))
    )
    return tuple(profiles.write(layout, _PAYMENTS, "", rows).decode("utf-8-sig").splitlines())


def _references(ctx: Context, run: SupplierRun) -> dict[int, str]:
    """The reference of each supplier's payment, as it was asked for."""
    mine = select(SupplierPayment.supplier_id, SupplierPayment.reference).where(SupplierPayment.run_id == run.id)
    return {row.supplier_id: row.reference for row in ctx.session.execute(mine)}


def _rows(ctx: Context, number: int, pay_on: date, payment: Payment, of: str) -> Iterator[Mapping[str, Value]]:
    payee, prefix = payment.payee, ctx.policy.value("purchasing.order_number_prefix", ctx.clock.today())
    for item in payment.items:
        gross, cis, retention = item.shown
        yield {
            "run": run_number(number),
            "pay_on": pay_on,
            "supplier_number": payee.number,
            "supplier_reference": payee.finance_reference,
            "supplier": payee.name,
            "reference": of,
            "invoice": item.number,
            "supplier_invoice": item.their_number,
            "invoice_on": item.invoice_on,
            "pay_by_on": item.pay_by_on,
            "order": f"{prefix}{item.order_number:05}" if item.order_number else "",
            "part": part_words(item.part, credit=item.credit),
            "gross": gross,
            "cis": cis,
            "retention": retention,
            "amount": Money(item.pence),
            "payment": Money(payment.pence),
        }


def _bacs(ctx: Context, run: SupplierRun, selection: Selection) -> bytes:
    days = days_for(ctx, run.pay_on)
    to = _destinations(ctx, [each.payee.bank_id for each in selection.moved if each.payee.bank_id is not None])
    references = _references(ctx, run)
    items = [_credit(to[each.payee.bank_id or 0], each, references[each.payee.supplier_id]) for each in selection.moved]
    made = bacs.make_credit_file(ctx, items, days.processing_on)
    number = run_number(run.number)
    audit.record_bulk(ctx, "supplier_bank", "reveal", rows=len(items), opened_for=f"the file of {number}")
    found = read(made.content, council.own_side(ctx, days.processing_on).sun)
    if found.faults or found.totals != made.totals:
        first = found.faults[0] if found.faults else None
        where = f"Line {first.line}, position {first.position}: {first.message}" if first else "Its totals differ."
        raise UserError(f"The file that was made isn't one that Bacs takes, so it wasn't kept. {where}")
    run.payment_file_id = made.file_id
    return made.content


def _credit(to: Destination, payment: Payment, of: str) -> Credit:
    payee = payment.payee
    return credit(to, payment.pence, of, payee.holder or payee.name)


def _destinations(ctx: Context, bank_ids: Sequence[int]) -> dict[int, Destination]:
    """The accounts of suppliers, unmasked."""
    unseal = bacs.opener(ctx.session)
    found: dict[int, Destination] = {}
    for chunk in in_chunks(sorted(bank_ids)):
        rows = select(SupplierBank.id, SupplierBank.sealed).where(SupplierBank.id.in_(chunk))
        for row in ctx.session.execute(rows):
            found[row.id] = unseal(f"supplier_bank:{row.id}", row.sealed)
    return found


def _register(ctx: Context, run: SupplierRun, selection: Selection) -> None:
    """Note the file among those that were made for the finance system, so that its answers find the invoices."""
    file = FinanceFile(
        number=numbering.take(ctx, "finance_file"),
        kind=_PAYMENTS,
        profile=profiles.profile(ctx, _PAYMENTS, run.profile).key,
        file_name=name(ctx, run),
        sha256=run.sha256,
        document_sha256=run.document_sha256,
        count=run.count,
        pence=run.pence,
        officer_id=ctx.officer.id,
        at=ctx.clock.now(),
    )
    ctx.session.add(file)
    ctx.session.flush()
    ids = dict.fromkeys(item.invoice_id for each in selection.payments for item in each.items)
    ctx.session.add_all(
        FinanceFileItem(file_id=file.id, subject=Subject.SUPPLIER_INVOICE, subject_id=invoice_id) for invoice_id in ids
    )
    ctx.session.flush()


def _about(run: SupplierRun) -> str:
    return f"supplier_run:{run.id}"


def _spelt(day: date) -> str:
    return f"{day:%A} {day.day} {day:%b %Y}"
