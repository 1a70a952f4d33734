"""Payments to suppliers: runs, what each supplier gets in one, and which invoices it pays."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, bacs, documents, letters, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.purchase_orders import invoices, suppliers  # noqa: F401  the tables that these point to
from app.models.values import NotPaid, PaidBy, PaidPart, SupplierRunState


class SupplierRun(Versioned, Base):
    """Invoices that are paid together: chosen by the day on which they are due, approved, and sent as a file."""

    __tablename__ = "supplier_run"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless; written PR00012."""
    state: Mapped[SupplierRunState] = mapped_column(Word(SupplierRunState))
    by: Mapped[PaidBy] = mapped_column("paid_by", Word(PaidBy))
    due_to_on: Mapped[date]
    """What is to be paid by this day (inclusive) is in it."""
    pay_on: Mapped[date]
    """The day on which suppliers have the money."""
    count: Mapped[int] = mapped_column("item_count")
    """Of suppliers paid."""
    pence: Mapped[int] = mapped_column(Pence)
    profile: Mapped[str] = mapped_column(Text_(40), default="")
    """The finance system's file profile."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    payment_file_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payment_file.id"), index=True)
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """Its file, sealed."""
    sha256: Mapped[str] = mapped_column(Text_(64), default="", server_default="")
    """Of the file as it leaves."""
    reference: Mapped[str] = mapped_column(Text_(40), default="", server_default="")
    """Of the submission, as Bacs or the finance system gave it."""
    note: Mapped[str] = mapped_column(Text_(400), default="", server_default="")
    """What is special, for whoever approves it."""
    sent_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(Text_(400), default="")
    """It was refused, cancelled or withdrawn."""

    __table_args__ = (Index("ix_supplier_run_state", "state"), {"implicit_returning": False})


class SupplierRunLeftOut(Base):
    """What was due when a run was asked for and isn't in it."""

    __tablename__ = "supplier_run_left_out"

    run_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_run.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"))
    invoice_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier_invoice.id"))
    reason: Mapped[NotPaid] = mapped_column(Word(NotPaid))
    words: Mapped[str] = mapped_column(Text_(400))
    pence: Mapped[int] = mapped_column(Pence)


class SupplierPayment(Versioned, Base):
    """What one supplier gets in a run."""

    __tablename__ = "supplier_payment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_run.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    bank_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier_bank.id"))
    """None where the finance system pays."""
    pence: Mapped[int] = mapped_column(Pence)
    """Nothing where its invoices and credit notes are set off against each other."""
    reference: Mapped[str] = mapped_column(Text_(18))
    """As it stands on the supplier's bank statement."""
    remarks: Mapped[str] = mapped_column(Text_(1000), default="", server_default="")
    """What was to be looked at when it was asked for, a line each."""
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"))
    """The remittance advice."""
    returned_on: Mapped[date | None]
    returned_why: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (CheckConstraint("pence >= 0", name="an_amount"),)


class SupplierPaymentLine(Base):
    """What a payment pays; a part of an invoice stands in one payment at most, ever, unless that came to nothing.

    Of a credit note several parts may stand, each in a payment of its own: together they are never more than the note.
    """

    __tablename__ = "supplier_payment_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    payment_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_payment.id"), index=True)
    invoice_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier_invoice.id"), index=True)
    part: Mapped[PaidPart] = mapped_column(Word(PaidPart))
    pence: Mapped[int] = mapped_column(Pence)
    """Negative of a credit note."""
    stands: Mapped[bool] = mapped_column(default=True, server_default=true())
    """False once the run or the payment came to nothing."""
    paid_on: Mapped[date | None]
    """Since when the supplier has it."""

    __table_args__ = (
        unique_where(
            "uq_supplier_payment_line_invoice_id_part",
            "invoice_id",
            "part",
            where=and_(stands == true(), part != PaidPart.CREDIT_PART),
        ),
    )
