"""Payments and runs as officers read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row, select

from app.models.letters import Outgoing
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import (
    SupplierPayment,
    SupplierPaymentLine,
    SupplierRun,
    SupplierRunLeftOut,
)
from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import InvoiceKind, Money, PaidBy, PaidPart, SupplierRunState
from app.services.bacs.dto import Masked
from app.services.core.context import Context
from app.services.letters.dto import OutgoingState
from app.services.purchase_orders.payments import rules
from app.services.purchase_orders.payments.dto import (
    STATES,
    LeftOutRow,
    PaidLine,
    PaidRow,
    PaymentRow,
    RunQuestion,
    RunRow,
    RunStep,
    invoice_number,
    run_number,
    supplier_number,
)
from app.services.purchase_orders.payments.payees import DEAD

_REMITTED: Final = {
    OutgoingState.WAITING: "waits for approval",
    OutgoingState.QUEUED: "to be sent",
    OutgoingState.SENDING: "being sent",
    OutgoingState.CANCELLED: "cancelled",
    OutgoingState.RETURNED: "came back",
    OutgoingState.FAILED: "not delivered",
}
_NEXT: Final = {
    SupplierRunState.WAITING: "A second officer approves it on the page Approvals; then its file is made.",
    SupplierRunState.MADE: "Save the file, send it, and mark the run as sent with the reference that you are given.",
    SupplierRunState.SENT: "On its day its invoices are paid by themselves. Make the remittance advices; Letters sends them.",
    SupplierRunState.PAID: "It is paid.",
    SupplierRunState.REFUSED: "It came to nothing: its invoices are to be paid in another run.",
    SupplierRunState.CANCELLED: "It came to nothing: its invoices are to be paid in another run.",
    SupplierRunState.WITHDRAWN: "It came to nothing: its invoices are to be paid in another run.",
}
_ANSWERED: Final = (
    "Its invoices are paid when the finance system's replies are taken, or on a day that you give. "
    "Make the remittance advices, and send them from Letters."
)


def run(row: SupplierRun, names: Mapping[int, str]) -> RunRow:
    """A run as listed."""
    return RunRow(
        row.id,
        run_number(row.number),
        row.state,
        row.by,
        row.due_to_on,
        row.pay_on,
        row.count,
        Money(row.pence),
        names.get(row.made_by, ""),
        row.made_at,
        names.get(row.approved_by or 0, ""),
        row.version,
        row.request_id,
    )


def next_step(row: SupplierRun) -> str:
    """What is to be done next."""
    if row.state is SupplierRunState.SENT and row.by is PaidBy.FINANCE:
        return _ANSWERED
    return _NEXT[row.state]


def steps(row: SupplierRun, names: Mapping[int, str]) -> tuple[RunStep, ...]:
    """The way of a run: what is done with day and officer, then what is to come."""
    found = [
        RunStep("Asked for", row.made_at, names.get(row.made_by, "")),
        RunStep("Approved, file made", row.approved_at, names.get(row.approved_by or 0, "")),
        RunStep("Sent", row.sent_at, names.get(row.sent_by or 0, "")),
    ]
    if row.state in DEAD:
        found = [step for step in found if step.at is not None]
        return (*found, RunStep(STATES[row.state]))
    return (
        *found,
        RunStep("Paid" if row.state is SupplierRunState.PAID else "Suppliers have the money", on=row.pay_on),
    )


def payment(each: rules.Payment, question: RunQuestion, alike: Mapping[int, str]) -> PaymentRow:
    """A payment before it is asked for."""
    payee = each.payee
    lines = tuple(_item(item, question) for item in each.items)
    bank = Masked(payee.last_two).words if question.by is PaidBy.BACS and each.pence else ""
    return PaymentRow(
        None,
        payee.supplier_id,
        payee.name,
        payee.number,
        bank,
        Money(each.pence),
        "",
        lines,
        remarks(each, question, alike),
    )


def remarks(each: rules.Payment, question: RunQuestion, alike: Mapping[int, str]) -> tuple[str, ...]:
    """What is to be looked at of a payment before it is asked for, and by whoever approves it."""
    early = [item.number for item in each.items if _early(item, question)]
    said = [f"Before its day: {', '.join(early)}."] if early else []
    if not each.pence:
        said.append("Set off: its credit notes come to as much as what is due, so no money moves.")
    said += dict.fromkeys(item.remark for item in each.items if item.remark)
    return (*said, *each.payee.remarks, *filter(None, (alike.get(each.payee.supplier_id, ""),)))


def _early(item: rules.Item, question: RunQuestion) -> bool:
    return item.pay_by_on > question.due_to_on and not item.credit and item.part is PaidPart.INVOICE


def _item(item: rules.Item, question: RunQuestion) -> PaidLine:
    gross, cis, retention = item.shown
    return PaidLine(
        item.invoice_id,
        item.number,
        item.their_number,
        item.invoice_on,
        item.pay_by_on,
        item.part,
        gross,
        cis,
        retention,
        Money(item.pence),
        _early(item, question),
        item.credit,
    )


def left_out(out: rules.Out) -> LeftOutRow:
    """Something that a run would leave out."""
    item = out.item
    return LeftOutRow(
        out.payee.supplier_id,
        out.payee.name,
        item.invoice_id if item else None,
        item.number if item else "",
        out.reason,
        out.words,
        Money(out.pence),
    )


def left_out_of(ctx: Context, run_id: int) -> tuple[LeftOutRow, ...]:
    """What a run left out when it was asked for."""
    rows = (
        select(SupplierRunLeftOut, Supplier.name, SupplierInvoice.number)
        .join(Supplier, Supplier.id == SupplierRunLeftOut.supplier_id)
        .outerjoin(SupplierInvoice, SupplierInvoice.id == SupplierRunLeftOut.invoice_id)
        .where(SupplierRunLeftOut.run_id == run_id)
        .order_by(SupplierRunLeftOut.place)
    )
    return tuple(
        LeftOutRow(
            row.SupplierRunLeftOut.supplier_id,
            row.name,
            row.SupplierRunLeftOut.invoice_id,
            invoice_number(row.number) if row.number else "",
            row.SupplierRunLeftOut.reason,
            row.SupplierRunLeftOut.words,
            Money(row.SupplierRunLeftOut.pence),
        )
        for row in ctx.session.execute(rows)
    )


def payments_of(ctx: Context, run_row: SupplierRun) -> tuple[PaymentRow, ...]:
    """What each supplier gets in a run, with what each payment pays; in two statements."""
    lines = _lines_of(ctx, run_row)
    rows = (
        select(
            SupplierPayment,
            Supplier.name,
            Supplier.number,
            SupplierBank.last_two,
            Outgoing.channel,
            Outgoing.state.label("went"),
        )
        .join(Supplier, Supplier.id == SupplierPayment.supplier_id)
        .outerjoin(SupplierBank, SupplierBank.id == SupplierPayment.bank_id)
        .outerjoin(Outgoing, Outgoing.id == SupplierPayment.outgoing_id)
        .where(SupplierPayment.run_id == run_row.id)
        .order_by(SupplierPayment.id)
    )
    return tuple(_payment(row, lines) for row in ctx.session.execute(rows))


def _lines_of(ctx: Context, run_row: SupplierRun) -> dict[int, list[PaidLine]]:
    found: defaultdict[int, list[PaidLine]] = defaultdict(list)
    rows = (
        select(SupplierPaymentLine, SupplierInvoice)
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .join(SupplierInvoice, SupplierInvoice.id == SupplierPaymentLine.invoice_id)
        .where(SupplierPayment.run_id == run_row.id)
        .order_by(SupplierPaymentLine.id)
    )
    for row in ctx.session.execute(rows):
        paid: SupplierPaymentLine = row.SupplierPaymentLine
        found[paid.payment_id].append(line(paid, row.SupplierInvoice, run_row))
    return found


def line(paid: SupplierPaymentLine, invoice: SupplierInvoice, run_row: SupplierRun) -> PaidLine:
    """What a payment pays."""
    credit = invoice.kind is InvoiceKind.CREDIT_NOTE
    whole = paid.part is PaidPart.INVOICE
    sign = (-1 if credit else 1) * whole
    return PaidLine(
        invoice.id,
        invoice_number(invoice.number),
        invoice.supplier_number,
        invoice.invoice_on,
        invoice.pay_by_on,
        paid.part,
        Money(sign * invoice.gross_pence),
        Money(sign * invoice.cis_pence),
        Money(sign * invoice.retention_pence),
        Money(paid.pence),
        whole and not credit and invoice.pay_by_on > run_row.due_to_on,
        credit,
    )


def _payment(row: Row[*tuple[Any, ...]], lines: Mapping[int, list[PaidLine]]) -> PaymentRow:
    made: SupplierPayment = row.SupplierPayment
    return PaymentRow(
        made.id,
        made.supplier_id,
        row.name,
        supplier_number(row.number),
        Masked(row.last_two).words if row.last_two else "",
        Money(made.pence),
        made.reference,
        tuple(lines.get(made.id, ())),
        tuple(made.remarks.splitlines()),
        _remittance(row.channel, row.went),
        made.returned_on,
        made.returned_why,
    )


def _remittance(channel: str | None, went: str | None) -> str:
    if channel is None or went is None:
        return ""
    how = "E-mail" if channel == "email" else "Letter"
    return f"{how}, {_REMITTED.get(OutgoingState(went), 'sent')}"


def paid(row: Row[*tuple[Any, ...]]) -> PaidRow:
    """A payment of any run."""
    made: SupplierPayment = row.SupplierPayment
    of: SupplierRun = row.SupplierRun
    return PaidRow(
        made.id,
        of.id,
        run_number(of.number),
        of.state,
        made.supplier_id,
        row.name,
        of.pay_on,
        Money(made.pence),
        made.reference,
        row.lines,
        Masked(row.last_two).words if row.last_two else "",
        made.returned_on,
        made.outgoing_id is not None,
    )
