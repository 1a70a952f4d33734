"""Refunds of credits, the checks that each went through, and attempts to give credits back that nobody asked for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, adjustments, approvals, bacs, documents, letters, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import AttemptOutcome, AttemptWay, GateState, Payee, RefundMethod, RefundState


class Refund(Versioned, Base):
    """A credit that is paid back. Asked for, gated, approved, sent, and perhaps returned by the bank."""

    __tablename__ = "refund"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    pence: Mapped[int] = mapped_column(Pence)
    state: Mapped[RefundState] = mapped_column(Word(RefundState))
    method: Mapped[RefundMethod] = mapped_column(Word(RefundMethod))
    payee: Mapped[Payee] = mapped_column(Word(Payee))
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    payee_name: Mapped[str] = mapped_column(Text_(200))
    payee_address: Mapped[str] = mapped_column(Text_(400), default="")
    """Of a cheque, where it goes; lines parted by line breaks."""
    bank_detail_id: Mapped[int | None] = mapped_column(Id, ForeignKey("bank_detail.id"))
    cause: Mapped[str] = mapped_column(Text_(40), default="")
    """What made the credit: `overpaid`, `housing_benefit`, `universal_credit`, `card_mistake`, `ended`, `charge_change`."""
    reason: Mapped[str] = mapped_column(Text_(400))
    asked_on: Mapped[date]
    """The day the tenant asked, or it was offered."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    sent_on: Mapped[date | None]
    payment_id: Mapped[int | None] = mapped_column(Id, ForeignKey("refund_payment.id"), index=True)
    journal: Mapped[int | None] = mapped_column(Id)
    """Posted when it is sent; the credit is looked at again in that moment."""
    returned_on: Mapped[date | None]
    returned_why: Mapped[str] = mapped_column(Text_(200), default="")
    return_journal: Mapped[int | None] = mapped_column(Id)
    write_on_id: Mapped[int | None] = mapped_column(Id, ForeignKey("adjustment.id"), index=True)
    """Of a credit that had been written on, the adjustment that is taken back for it."""

    __table_args__ = (
        CheckConstraint("pence > 0", name="an_amount"),
        Index("ix_refund_state", "state"),
        {"implicit_returning": False},
    )


class RefundCheck(Base):
    """What one check of the gate said when the refund was last put to it, and how a stop was cleared."""

    __tablename__ = "refund_check"

    refund_id: Mapped[int] = mapped_column(Id, ForeignKey("refund.id"), primary_key=True)
    check: Mapped[str] = mapped_column("check_key", Text_(40), primary_key=True)
    place: Mapped[int]
    state: Mapped[GateState] = mapped_column(Word(GateState))
    words: Mapped[str] = mapped_column(LongText)
    """What was found, with amounts and dates."""
    pence: Mapped[int | None] = mapped_column(Pence)
    """Of a debt, what is owed."""
    cleared_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    cleared_why: Mapped[str] = mapped_column(Text_(400), default="")
    offset_adjustment_id: Mapped[int | None] = mapped_column(Id)
    """The transfer that paid the debt from the credit."""


class RefundPayment(Base):
    """Refunds that went out together: a payment request to finance, a Bacs file or a list of cheques."""

    __tablename__ = "refund_payment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    method: Mapped[RefundMethod] = mapped_column(Word(RefundMethod))
    pay_on: Mapped[date]
    count: Mapped[int] = mapped_column("item_count")
    pence: Mapped[int] = mapped_column(Pence)
    payment_file_id: Mapped[int | None] = mapped_column(Id, ForeignKey("payment_file.id"))
    sha256: Mapped[str | None] = mapped_column(Text_(64))
    """Of the file as it was made and sent."""
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """What is kept of it; with whole bank details in it it is sealed, and nothing links to it."""
    request_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """The PDF that goes with it, without bank details."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CreditAttempt(Versioned, Base):
    """An attempt to give a credit back to whom it belongs: what was tried, by whom and when, and what came of it."""

    __tablename__ = "credit_attempt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    way: Mapped[AttemptWay] = mapped_column(Word(AttemptWay))
    tried_on: Mapped[date]
    outcome: Mapped[AttemptOutcome] = mapped_column(Word(AttemptOutcome))
    """As an officer noted it; of a letter that came back the register of letters says so too."""
    note: Mapped[str] = mapped_column(Text_(400), default="")
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"), index=True)
    """Of what was written, its line in the register of letters."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
