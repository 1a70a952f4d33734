"""Payments to suppliers looked at before they are asked for, listed and opened; and what paying late costs."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, String, cast, func, or_, select

from app.models.approvals import ApprovalRequest
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import FinanceFileKind, Money, PaidBy
from app.services.bacs import queries as bank
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.finding import has_word
from app.services.core.officers import officer_names
from app.services.purchase_orders.finance import profiles
from app.services.purchase_orders.finance.layouts import FIELDS, Field, Profile
from app.services.purchase_orders.payments import checking, files, gathering, keeping, late, payees, rows
from app.services.purchase_orders.payments.dto import (
    EVERY_RUN,
    OPEN,
    LateRow,
    PaidFilter,
    PaidRow,
    RunDetail,
    RunFilter,
    RunForm,
    RunPreview,
    RunQuestion,
    RunRow,
)
from app.services.purchase_orders.payments.rules import Selection

MOST: Final = 2_000
"""The lists show so many at most, the newest first."""
_PAYMENTS: Final = FinanceFileKind.PAYMENTS
_OURS: Final = re.compile(r"IN\d{1,9}")
_NUMBERS: Final = select(SupplierInvoice.id, SupplierInvoice.number, SupplierInvoice.supplier_number)
_YEARS: Final = 6
"""A debt can be claimed for so long (Limitation Act 1980 s.5)."""


def form(ctx: Context) -> RunForm:
    """What the sheet of a new run begins with: what is due by the day on which the next file would pay."""
    today = ctx.clock.today()
    pay_on = bank.next_days(ctx).entry_on
    why = ""
    try:
        if checking.finance_pays(ctx):
            why = checking.FINANCE_PAYS
        elif not bank.own_side(ctx).makes_credit_files:
            why = "Finance hasn't authorised this office to make Bacs files."
    except UserError as error:
        why = str(error)
    layouts = tuple((each.key, each.title) for each in profiles.profiles(ctx, _PAYMENTS))
    by = PaidBy.FINANCE if why else PaidBy.BACS
    return RunForm(today, pay_on, pay_on, by, not why, why, layouts)


def preview(ctx: Context, question: RunQuestion, profile: str = "") -> RunPreview:
    """What a run would pay as things stand, what it would leave out and why, and its file, the digits of accounts masked."""
    found = gathering.selection(ctx, question)
    alike = payees.alike(ctx, found.payments)
    payments = tuple(rows.payment(each, question, alike) for each in found.payments)
    left = tuple(rows.left_out(out) for out in found.left_out)
    lines, no_file = _file(ctx, question, found, profile)
    return RunPreview(question, payments, left, Money(found.pence), lines, no_file)


def look(ctx: Context, question: RunQuestion, invoices: str = "", profile: str = "") -> RunPreview:
    """As `preview`, of the invoices only whose numbers are typed, by commas or blanks apart: IN00012 or the supplier's own.

    Raises:
        UserError: a number is of no invoice, or of several.
    """
    if invoices.split():
        question = replace(question, invoice_ids=_numbered(ctx, invoices))
    return preview(ctx, question, profile)


def _numbered(ctx: Context, typed: str) -> tuple[int, ...]:
    """The invoices whose numbers are typed."""
    wanted = dict.fromkeys(typed.replace(",", " ").upper().split())
    ours = {int(text[2:]): text for text in wanted if _OURS.fullmatch(text)}
    theirs = [text for text in wanted if not _OURS.fullmatch(text)]
    found: dict[str, list[int]] = {text: [] for text in wanted}
    for numbers in in_chunks(sorted(ours)):
        for row in ctx.session.execute(_NUMBERS.where(SupplierInvoice.number.in_(numbers))):
            found[ours[row.number]].append(row.id)
    for texts in in_chunks(theirs):
        own = func.upper(SupplierInvoice.supplier_number)
        for row in ctx.session.execute(_NUMBERS.where(own.in_(texts))):
            found[row.supplier_number.upper()].append(row.id)
    for text, ids in found.items():
        if len(ids) != 1:
            told = "There is no invoice" if not ids else f"{len(ids)} invoices have the number"
            raise UserError(f"{told} {text}.", "Type our own number, such as IN00012.", "invoices")
    return tuple(ids[0] for ids in found.values())


def _file(ctx: Context, question: RunQuestion, found: Selection, profile: str) -> tuple[tuple[str, ...], str]:
    if not found.payments:
        return (), ""
    number = (ctx.session.scalar(select(func.max(SupplierRun.number))) or 0) + 1
    try:
        if question.by is PaidBy.FINANCE:
            return files.preview(ctx, found, number, question.pay_on, profile), ""
        files.days_for(ctx, question.pay_on)
        return files.masked(ctx, found, number), ""
    except UserError as error:
        return (), str(error)


def runs(ctx: Context, wanted: RunFilter = EVERY_RUN) -> tuple[RunRow, ...]:
    """The runs that a filter asks for, the newest first."""
    statement = select(SupplierRun).order_by(SupplierRun.number.desc()).limit(MOST)
    if wanted.open:
        statement = statement.where(SupplierRun.state.in_(OPEN))
    if wanted.states:
        statement = statement.where(SupplierRun.state.in_(wanted.states))
    for word in wanted.text.split():
        statement = statement.where(_is_run(word))
    found = list(ctx.session.scalars(statement))
    names = officer_names(ctx.session, [each for row in found for each in (row.made_by, row.approved_by)])
    return tuple(rows.run(row, names) for row in found)


def _is_run(word: str) -> ColumnElement[bool]:
    """A run's number, with or without its letters, or a supplier in it."""
    digits = word.upper().removeprefix("PR").lstrip("0")
    mine = (
        select(SupplierPayment.id)
        .join(Supplier, Supplier.id == SupplierPayment.supplier_id)
        .where(SupplierPayment.run_id == SupplierRun.id, has_word(word, Supplier.name))
    )
    return or_(cast(SupplierRun.number, String(12)) == digits, mine.exists())


def run_rows(ctx: Context, run_ids: Collection[int]) -> tuple[RunRow, ...]:
    """Runs as listed, by id."""
    found = [
        run
        for chunk in in_chunks(sorted(run_ids))
        for run in ctx.session.scalars(select(SupplierRun).where(SupplierRun.id.in_(chunk)))
    ]
    names = officer_names(ctx.session, [each for row in found for each in (row.made_by, row.approved_by)])
    return tuple(rows.run(row, names) for row in found)


def run_row(ctx: Context, run_id: int) -> RunRow:
    """A run as listed.

    Raises:
        UserError: there is none.
    """
    run = keeping.found(ctx, run_id)
    return rows.run(run, officer_names(ctx.session, [run.made_by, run.approved_by]))


def of_day(ctx: Context, pay_on: date, by: PaidBy) -> tuple[RunRow, ...]:
    """The runs that pay on a day one way, the newest first."""
    mine = select(SupplierRun).where(SupplierRun.pay_on == pay_on, SupplierRun.by == by)
    found = list(ctx.session.scalars(mine.order_by(SupplierRun.number.desc())))
    names = officer_names(ctx.session, [each for row in found for each in (row.made_by, row.approved_by)])
    return tuple(rows.run(row, names) for row in found)


def detail(ctx: Context, run_id: int) -> RunDetail:
    """A run as opened: how far it has come, whom it pays what, and what it left out.

    Raises:
        UserError: there is no such run.
    """
    run = keeping.found(ctx, run_id)
    request = ctx.session.get(ApprovalRequest, run.request_id or 0)
    people = (run.made_by, run.approved_by, run.sent_by, request.decided_by if request else None)
    names = officer_names(ctx.session, people)
    file = files.file_of(ctx, run)
    payments = rows.payments_of(ctx, run)
    return RunDetail(
        rows.run(run, names),
        rows.steps(run, names),
        payments,
        rows.left_out_of(ctx, run_id),
        run.note,
        run.why,
        files.name(ctx, run),
        file.state if file is not None else None,
        run.reference,
        sum(bool(each.remittance) for each in payments),
        rows.next_step(run),
    )


def paid(ctx: Context, wanted: PaidFilter) -> tuple[PaidRow, ...]:
    """Payments to suppliers of every run that wasn't cancelled or refused, the latest first: who was paid what, and when."""
    counted = (
        select(func.count())
        .where(SupplierPaymentLine.payment_id == SupplierPayment.id)
        .correlate(SupplierPayment)
        .scalar_subquery()
    )
    statement = (
        select(SupplierPayment, SupplierRun, Supplier.name, SupplierBank.last_two, counted.label("lines"))
        .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
        .join(Supplier, Supplier.id == SupplierPayment.supplier_id)
        .outerjoin(SupplierBank, SupplierBank.id == SupplierPayment.bank_id)
        .where(SupplierRun.state.not_in(payees.DEAD))
        .order_by(SupplierRun.pay_on.desc(), SupplierPayment.id)
        .limit(MOST)
    )
    for word in wanted.text.split():
        supplier = word.upper().removeprefix("S").lstrip("0")
        statement = statement.where(
            or_(
                has_word(word, Supplier.name, SupplierPayment.reference),
                cast(Supplier.number, String(12)) == supplier,
            )
        )
    if wanted.supplier_id is not None:
        statement = statement.where(SupplierPayment.supplier_id == wanted.supplier_id)
    if wanted.from_on is not None:
        statement = statement.where(SupplierRun.pay_on >= wanted.from_on)
    if wanted.to_on is not None:
        statement = statement.where(SupplierRun.pay_on <= wanted.to_on)
    return tuple(rows.paid(row) for row in ctx.session.execute(statement))


def late_payments(ctx: Context, from_on: date, to_on: date) -> tuple[LateRow, ...]:
    """What is owed for every invoice that was paid late from a day to a day, both included; the latest first."""
    return late.rows(ctx, from_on, to_on)


def late_open(ctx: Context) -> tuple[LateRow, ...]:
    """What is owed for paying late that no run pays yet, of the years in which it can be claimed."""
    today = ctx.clock.today()
    first = today - timedelta(days=_YEARS * 365)
    return tuple(row for row in late.rows(ctx, first, today) if not row.run)


def layouts(ctx: Context) -> tuple[tuple[Profile, ...], tuple[Field, ...]]:
    """The layouts of the finance system's file of payments, and every field that it may have."""
    return profiles.profiles(ctx, _PAYMENTS), FIELDS[_PAYMENTS]
