"""Reports that the bank sent back, and what each item of them did."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models import documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import ReportItemState, ReportKind, ReturnEffect


class BankReport(Base):
    """A report of Bacs, read once."""

    __tablename__ = "bank_report"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(Word(ReportKind))
    report_key: Mapped[str] = mapped_column(Text_(120), unique=True)
    """What the report calls itself: the same one downloaded again has it again."""
    sha256: Mapped[str] = mapped_column(Text_(64))
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """The file, sealed: it holds whole bank details."""
    file_name: Mapped[str] = mapped_column(Text_(200), default="")
    generated_on: Mapped[date | None]
    count: Mapped[int] = mapped_column("item_count")
    pence: Mapped[int] = mapped_column(Pence)
    run_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_run.id"), index=True)
    """Of an Input or AUDDIS report, the run that it is of."""
    words: Mapped[str] = mapped_column(LongText, default="")
    """What its totals say beside ours."""
    read_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BankReportItem(Versioned, Base):
    """One item of a report: what the bank says, the mandate that it is of, and what was done."""

    __tablename__ = "bank_report_item"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    report_id: Mapped[int] = mapped_column(Id, ForeignKey("bank_report.id"), index=True)
    place: Mapped[int]
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    reason_code: Mapped[str] = mapped_column(Text_(4), default="")
    raw_code: Mapped[str] = mapped_column(Text_(10), default="")
    words: Mapped[str] = mapped_column(Text_(400), default="")
    effective_on: Mapped[date | None]
    original_on: Mapped[date | None]
    """Of a return, the processing day of the collection."""
    pence: Mapped[int | None] = mapped_column(Pence)
    transaction_code: Mapped[str] = mapped_column(Text_(4), default="")
    payer_name: Mapped[str] = mapped_column(Text_(70), default="")
    last_two: Mapped[str] = mapped_column(Text_(2), default="")
    fingerprint: Mapped[str] = mapped_column(Text_(64), default="")
    new_last_two: Mapped[str] = mapped_column(Text_(2), default="")
    new_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """New details that the bank gave, sealed."""
    mandate_id: Mapped[int | None] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    collection_id: Mapped[int | None] = mapped_column(Id, ForeignKey("collection.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_run.id"), index=True)
    """Of a report of whole files, the run that it tells of."""
    case_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_case.id"))
    effect: Mapped[ReturnEffect] = mapped_column(Word(ReturnEffect))
    state: Mapped[ReportItemState] = mapped_column(Word(ReportItemState))
    decided_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(Text_(400), default="")
    """What was done, or why it was set aside."""
    journal: Mapped[int | None] = mapped_column(Id)
    back_journal: Mapped[int | None] = mapped_column(Id)
    """Of a return that was taken back: what put it on the accounts again."""

    __table_args__ = (
        Index("uq_bank_report_item_report_id_place", "report_id", "place", unique=True),
        Index("ix_bank_report_item_state", "state"),
    )
