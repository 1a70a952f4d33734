"""The council's finance system: files for it, its transactions, the reconciliation with it, and what was published."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.purchase_orders import budgets, invoices  # noqa: F401  the tables that these point to
from app.models.values import FinanceFileKind, FinanceLineState, ReconciliationState, Subject


class FinanceProfile(Versioned, Base):
    """How a file for the finance system, or one of it, is laid out."""

    __tablename__ = "finance_profile"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[FinanceFileKind] = mapped_column(Word(FinanceFileKind))
    key: Mapped[str] = mapped_column(Text_(40), unique=True)
    title: Mapped[str] = mapped_column(Text_(120))
    layout: Mapped[str] = mapped_column(LongText)
    """JSON: format (csv or xlsx), separator, dates, and the columns in their order with the field that each holds."""


class FinanceFile(Base):
    """A file that was made for the finance system, or read from it."""

    __tablename__ = "finance_file"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[FinanceFileKind] = mapped_column(Word(FinanceFileKind))
    profile: Mapped[str] = mapped_column(Text_(40))
    file_name: Mapped[str] = mapped_column(Text_(200))
    sha256: Mapped[str] = mapped_column(Text_(64), index=True)
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    count: Mapped[int] = mapped_column("item_count")
    pence: Mapped[int] = mapped_column(Pence)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FinanceFileItem(Base):
    """A record that a file for the finance system took, and what came back of it."""

    __tablename__ = "finance_file_item"

    file_id: Mapped[int] = mapped_column(Id, ForeignKey("finance_file.id"), primary_key=True)
    subject: Mapped[Subject] = mapped_column(Word(Subject), primary_key=True)
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    """Of the record, as it was taken: a later one is to be sent again."""
    answer: Mapped[str] = mapped_column(Text_(200), default="")
    """The number that it was given there, or why it was rejected."""
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rejected: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_finance_file_item_subject_subject_id", "subject", "subject_id"),)


class FinanceLine(Versioned, Base):
    """A transaction of the finance system on one of the office's codes."""

    __tablename__ = "finance_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    file_id: Mapped[int] = mapped_column(Id, ForeignKey("finance_file.id"), index=True)
    place: Mapped[int]
    """The row of the file."""
    posted_on: Mapped[date]
    cost_centre: Mapped[str] = mapped_column(Text_(20))
    subjective: Mapped[str] = mapped_column(Text_(20))
    budget_id: Mapped[int | None] = mapped_column(Id, ForeignKey("budget.id"), index=True)
    """None: no budget of ours has its code."""
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    supplier: Mapped[str] = mapped_column(Text_(120), default="")
    description: Mapped[str] = mapped_column(Text_(200), default="")
    pence: Mapped[int] = mapped_column(Pence)
    state: Mapped[FinanceLineState] = mapped_column(Word(FinanceLineState))
    subject: Mapped[Subject | None] = mapped_column(Word(Subject))
    subject_id: Mapped[int | None] = mapped_column(Id)
    """What it is of ours: an invoice, or a transfer between codes."""
    fingerprint: Mapped[str] = mapped_column(Text_(64), index=True)
    """By which the same transaction in another file is known again."""
    explained: Mapped[str] = mapped_column(Text_(400), default="")
    settled_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))

    __table_args__ = (
        Index("ix_finance_line_posted_on", "posted_on"),
        Index("ix_finance_line_subject_subject_id", "subject", "subject_id"),
    )


class FinanceReconciliation(Versioned, Base):
    """A period held against the finance system, prepared by one officer and signed by another."""

    __tablename__ = "finance_reconciliation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    state: Mapped[ReconciliationState] = mapped_column(Word(ReconciliationState))
    ours_pence: Mapped[int] = mapped_column(Pence)
    theirs_pence: Mapped[int] = mapped_column(Pence)
    matched_pence: Mapped[int] = mapped_column(Pence)
    ours_only_pence: Mapped[int] = mapped_column(Pence)
    theirs_only_pence: Mapped[int] = mapped_column(Pence)
    differs_pence: Mapped[int] = mapped_column(Pence)
    note: Mapped[str] = mapped_column(Text_(400), default="")
    prepared_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = ({"implicit_returning": False},)


class Publication(Base):
    """What was published of the spending, with what was left out and why."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text_(20))
    """`spending`, `orders` or `payments`."""
    from_on: Mapped[date]
    to_on: Mapped[date]
    count: Mapped[int] = mapped_column("item_count")
    left_out: Mapped[int]
    pence: Mapped[int] = mapped_column(Pence)
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    exclusions_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """What was left out, line by line with the reason."""
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
