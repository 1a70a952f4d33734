"""Adjustments: their kinds and reasons, and what was asked for, approved and posted, line by line."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, codes, documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import AdjustmentOrigin, AdjustmentSheet, AdjustmentState, LineFix, Side


class AdjustmentKind(Versioned, Base):
    """A kind of adjustment as data: its code and with it the control account, where it may go, what it needs."""

    __tablename__ = "adjustment_kind"

    key: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text_(80))
    explained: Mapped[str] = mapped_column(Text_(400), default="")
    """One sentence: when it is used, and when something else is."""
    sheet: Mapped[AdjustmentSheet] = mapped_column(Word(AdjustmentSheet))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    side: Mapped[Side] = mapped_column(Word(Side))
    account_kinds: Mapped[str] = mapped_column(Text_(200))
    """Kinds of account that it is allowed on, parted by spaces."""
    needs_evidence: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Nothing is submitted without a document."""
    needs_period: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It must say from when to when it belongs."""
    always_approved: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A second officer approves it whatever the amount; otherwise whatever is above the proposer's own limit."""
    tells_benefit: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It changes rent that Housing Benefit or Universal Credit is worked out on."""
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    place: Mapped[int] = mapped_column(default=0)


class AdjustmentReason(Versioned, Base):
    """Why an adjustment is made; `kinds` are the keys that it fits, parted by spaces, or empty for every kind."""

    __tablename__ = "adjustment_reason"

    key: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text_(80))
    kinds: Mapped[str] = mapped_column(Text_(400), default="")
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    place: Mapped[int] = mapped_column(default=0)


class Adjustment(Versioned, Base):
    """One or more lines that are approved, posted and reversed together, as one journal. Never deleted."""

    __tablename__ = "adjustment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    """The caller's own name for it: the same click never makes two."""
    origin: Mapped[AdjustmentOrigin] = mapped_column(Word(AdjustmentOrigin))
    title: Mapped[str] = mapped_column(Text_(200))
    note: Mapped[str] = mapped_column(LongText, default="")
    state: Mapped[AdjustmentState] = mapped_column(Word(AdjustmentState))
    declared_count: Mapped[int | None]
    declared_pence: Mapped[int | None] = mapped_column(Pence)
    """What the officer said that the lines are: their number, and the signed sum of what they do to the first account."""
    line_count: Mapped[int] = mapped_column(default=0)
    debit_pence: Mapped[int] = mapped_column(Pence, default=0)
    credit_pence: Mapped[int] = mapped_column(Pence, default=0)
    """The sum of the debits and of the credits, both without a sign; of a transfer the amount once in each."""
    largest_pence: Mapped[int] = mapped_column(Pence, default=0)
    accounting_on: Mapped[date | None]
    """The day it was reported on; none before it is posted."""
    file_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """The file that it was loaded from, kept as it came; a file is loaded once."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    journal: Mapped[int | None] = mapped_column(Id)
    reversed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    reversal_journal: Mapped[int | None] = mapped_column(Id)
    reversal_reason: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it was reversed, or withdrawn before it was posted; `reversed_by` says who did either."""

    __table_args__ = (
        Index("ix_adjustment_state", "state"),
        Index("ix_adjustment_made_at", "made_at"),
        unique_where("uq_adjustment_journal", "journal", where=journal.is_not(None)),
        unique_where("uq_adjustment_file_sha256", "file_sha256", where=file_sha256.is_not(None)),
    )


class AdjustmentLine(Base):
    """One line of an adjustment; a positive amount is a debit. What is posted is never changed."""

    __tablename__ = "adjustment_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    adjustment_id: Mapped[int] = mapped_column(Id, ForeignKey("adjustment.id"))
    place: Mapped[int]
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    other_account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """Of a transfer, the account that takes the other side."""
    kind: Mapped[str] = mapped_column(Text_(40), ForeignKey("adjustment_kind.key"))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    """What it posts by: the code of its kind, or of a recalculation that of the charge."""
    pence: Mapped[int] = mapped_column(Pence)
    effective_on: Mapped[date]
    rent_week: Mapped[date | None]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    """The days that it puts right, both included."""
    reason: Mapped[str] = mapped_column(Text_(40), ForeignKey("adjustment_reason.key"))
    narrative: Mapped[str] = mapped_column(Text_(200))
    """As the statement shows it; never a person's name."""
    working: Mapped[str] = mapped_column(LongText, default="")
    """How the amount was worked out, a step on each line."""
    fix: Mapped[LineFix | None] = mapped_column(Word(LineFix))
    fixed_journal: Mapped[int | None] = mapped_column(Id)
    fixed_line: Mapped[int | None]
    """The line of the ledger that it moves, reverses or corrects."""
    like_id: Mapped[int | None] = mapped_column(Id, ForeignKey("adjustment_line.id"))
    """An earlier line that it looks like, which the officer saw."""
    like_reason: Mapped[str] = mapped_column(Text_(200), default="")
    """Why it is not the same again."""

    __table_args__ = (
        CheckConstraint("pence <> 0", name="an_amount"),
        Index("ix_adjustment_line_adjustment_id_place", "adjustment_id", "place", unique=True),
        Index("ix_adjustment_line_fixed_journal_fixed_line", "fixed_journal", "fixed_line"),
    )


class BatchHeadings(Base):
    """How an officer had the headings of a file of adjustments read, proposed again for the next file with the same ones."""

    __tablename__ = "batch_headings"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    headings: Mapped[str] = mapped_column(Text_(64), primary_key=True)
    """The SHA-256 of the headings, whatever their order."""
    columns: Mapped[str] = mapped_column(LongText)
    """JSON: our column by each heading that is read; the others are left out."""
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AdjustmentCharge(Base):
    """What a recalculation records of a charge for some days, both included, in pence a charge week; or what it replaced."""

    __tablename__ = "adjustment_charge"

    adjustment_id: Mapped[int] = mapped_column(Id, ForeignKey("adjustment.id"), primary_key=True)
    replaced: Mapped[bool] = mapped_column(primary_key=True)
    """It stood before, and stands again once the adjustment is reversed."""
    from_on: Mapped[date] = mapped_column(primary_key=True)
    to_on: Mapped[date]
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    pence: Mapped[int] = mapped_column(Pence)
