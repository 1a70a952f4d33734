"""Invoices and credit notes of suppliers: as they came, their lines and codes, what was accepted, and disputes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, documents, letters, officers, post_log  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.purchase_orders import meters, orders  # noqa: F401  the tables that these point to
from app.models.values import DisputeReason, InvoiceKind, InvoiceState, MatchFault, PurchaseVat


class SupplierInvoice(Versioned, Base):
    """What a supplier sent to be paid. Amounts of a credit note are positive; its kind says that they are taken off."""

    __tablename__ = "supplier_invoice"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Our own, gapless, from the day that it is logged; written IN00012."""
    kind: Mapped[InvoiceKind] = mapped_column(Word(InvoiceKind))
    state: Mapped[InvoiceState] = mapped_column(Word(InvoiceState))
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    supplier_number: Mapped[str] = mapped_column(Text_(40))
    """As the supplier numbered it."""
    number_key: Mapped[str] = mapped_column(Text_(40))
    """The same without spaces, signs and leading zeros, by which a second copy is found."""
    invoice_on: Mapped[date]
    """Its date, which is the tax point."""
    received_on: Mapped[date]
    """The day that it reached the council, anywhere; the 30 days run from it."""
    due_on: Mapped[date | None]
    """A later day that the invoice or the terms name."""
    pay_by_on: Mapped[date]
    """The last day of the time to pay, disputes counted in."""
    post_item_id: Mapped[int | None] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(Id, ForeignKey("purchase_order.id"), index=True)
    order_quoted: Mapped[str] = mapped_column(Text_(40), default="")
    """The order number as the invoice has it; empty: it has none."""
    category_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_category.id"))
    credits_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier_invoice.id"), index=True)
    """Of a credit note, the invoice."""
    net_pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence)
    labour_pence: Mapped[int] = mapped_column(Pence, default=0)
    """Of the net amount, labour under CIS."""
    cis_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What is deducted for HMRC."""
    retention_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What is kept back until its day."""
    retention_on: Mapped[date | None]
    retention_why: Mapped[str] = mapped_column(Text_(400), default="", server_default="")
    """Why it is paid on another day than was agreed when the invoice was logged."""
    retention_paid_on: Mapped[date | None]
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    note: Mapped[str] = mapped_column(Text_(400), default="")
    logged_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    logged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paid_on: Mapped[date | None] = mapped_column(index=True)
    """The day on which the supplier has the money."""
    finance_reference: Mapped[str] = mapped_column(Text_(40), default="")
    settled_why: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it was cancelled."""

    __table_args__ = (
        Index("ix_supplier_invoice_supplier_id_number_key", "supplier_id", "number_key"),
        Index("ix_supplier_invoice_state_pay_by_on", "state", "pay_by_on"),
        Index("ix_supplier_invoice_received_on", "received_on"),
        {"implicit_returning": False},
    )

    @property
    def gross_pence(self) -> int:
        """What it asks for."""
        return self.net_pence + self.vat_pence

    @property
    def payable_pence(self) -> int:
        """What the supplier gets when it is paid: without CIS and what is kept back."""
        return self.gross_pence - self.cis_pence - self.retention_pence


class InvoiceLine(Base):
    """A line of an invoice, on a line of the order where there is one."""

    __tablename__ = "invoice_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    invoice_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_invoice.id"), index=True)
    place: Mapped[int]
    order_line_id: Mapped[int | None] = mapped_column(Id, ForeignKey("order_line.id"), index=True)
    description: Mapped[str] = mapped_column(Text_(200))
    quantity: Mapped[int] = mapped_column("quantity_thousandths", Id)
    price: Mapped[int] = mapped_column("price_thousandths", Id)
    vat: Mapped[PurchaseVat] = mapped_column(Word(PurchaseVat))
    vat_recovered: Mapped[bool] = mapped_column(default=True, server_default=true())
    net_pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence)


class InvoiceSplit(Base):
    """The share of a line's cost that a budget bears."""

    __tablename__ = "invoice_split"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    line_id: Mapped[int] = mapped_column(Id, ForeignKey("invoice_line.id"), index=True)
    place: Mapped[int]
    budget_id: Mapped[int] = mapped_column(Id, ForeignKey("budget.id"), index=True)
    """Where it stands now; a transfer of codes moves it."""
    pence: Mapped[int] = mapped_column(Pence)


class InvoiceAccepted(Base):
    """A difference that the match found and an officer accepted, and why."""

    __tablename__ = "invoice_accepted"

    invoice_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_invoice.id"), primary_key=True)
    fault: Mapped[MatchFault] = mapped_column(Word(MatchFault), primary_key=True)
    line_place: Mapped[int] = mapped_column(primary_key=True)
    """0: of the whole invoice."""
    difference: Mapped[str] = mapped_column(Text_(200))
    """As it was when it was accepted, as far as it fits."""
    digest: Mapped[str] = mapped_column(Text_(64))
    """Of all its words: another difference later isn't accepted."""
    reason: Mapped[str] = mapped_column(Text_(400))
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class InvoiceDispute(Versioned, Base):
    """A dispute of an invoice: it holds the clock only from the day on which the supplier was told without undue delay."""

    __tablename__ = "invoice_dispute"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    invoice_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_invoice.id"), index=True)
    reason: Mapped[DisputeReason] = mapped_column(Word(DisputeReason))
    words: Mapped[str] = mapped_column(Text_(400))
    found_on: Mapped[date]
    notified_on: Mapped[date | None]
    notified_how: Mapped[str] = mapped_column(Text_(200), default="")
    holds_from: Mapped[date | None]
    """The day from which it holds the time to pay; none: it doesn't, as where the supplier was told too late."""
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"))
    closed_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(Text_(400), default="")
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
