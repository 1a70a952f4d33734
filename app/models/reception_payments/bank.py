"""The council's bank accounts, their statements, what each line is, and the daily board."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import BankLineState, BankPart, BoardState


class CouncilBank(Versioned, Base):
    """A bank account of the council. Its control account holds what the statements say that it holds."""

    __tablename__ = "council_bank"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(60), unique=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), unique=True)
    """Its control account."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The account as statements name it."""
    tail: Mapped[str] = mapped_column(Text_(2))
    """Its last two digits, which may be shown."""
    mark: Mapped[str] = mapped_column(Text_(64), unique=True)
    """A keyed hash of its digits, by which a statement's account is known."""
    starts_on: Mapped[date]
    """From this day on the ledger is held against it."""
    opening_pence: Mapped[int] = mapped_column(Pence)
    """What was on it before the first statement."""
    active: Mapped[bool] = mapped_column(default=True)


class BankStatement(Versioned, Base):
    """A statement that was loaded, once."""

    __tablename__ = "bank_statement"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    bank_id: Mapped[int] = mapped_column(Id, ForeignKey("council_bank.id"))
    format: Mapped[str] = mapped_column(Text_(10))
    file_name: Mapped[str] = mapped_column(Text_(200))
    sha256: Mapped[str] = mapped_column(Text_(64))
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """The file, sealed."""
    from_on: Mapped[date]
    to_on: Mapped[date]
    opening_pence: Mapped[int] = mapped_column(Pence)
    closing_pence: Mapped[int] = mapped_column(Pence)
    count: Mapped[int] = mapped_column("line_count")
    repeated: Mapped[int] = mapped_column(default=0)
    """Lines that an earlier statement had."""
    gap_why: Mapped[str] = mapped_column(Text_(200), default="")
    """Why it doesn't begin where the one before it ended."""
    loaded_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("sha256", "bank_id"),
        Index("ix_bank_statement_bank_id_to_on", "bank_id", "to_on"),
    )


class BankMatch(Versioned, Base):
    """What bank lines are: entries of the ledger that they bring to the bank, and what is left over, explained."""

    __tablename__ = "bank_match"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    bank_id: Mapped[int] = mapped_column(Id, ForeignKey("council_bank.id"))
    on: Mapped[date] = mapped_column("booked_on")
    pence: Mapped[int] = mapped_column(Pence)
    words: Mapped[str] = mapped_column(Text_(200), default="")
    journal: Mapped[int] = mapped_column(Id, unique=True)
    posted_journal: Mapped[int | None] = mapped_column(Id)
    """By which payments straight to the bank went to their accounts with it."""
    to_suspense: Mapped[bool] = mapped_column(default=False)
    """Some of it went into suspense."""
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_journal: Mapped[int | None] = mapped_column(Id)
    undone_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_why: Mapped[str] = mapped_column(Text_(200), default="")


class BankLine(Versioned, Base):
    """A line of a statement, as the bank gave it; `fingerprint` and `occurrence` tell it again in another statement."""

    __tablename__ = "bank_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    statement_id: Mapped[int] = mapped_column(Id, ForeignKey("bank_statement.id"), index=True)
    bank_id: Mapped[int] = mapped_column(Id, ForeignKey("council_bank.id"))
    place: Mapped[int]
    on: Mapped[date] = mapped_column("booked_on", index=True)
    value_on: Mapped[date | None]
    pence: Mapped[int] = mapped_column(Pence)
    reference: Mapped[str] = mapped_column(Text_(60), default="")
    narrative: Mapped[str] = mapped_column(Text_(400), default="")
    kind: Mapped[str] = mapped_column(Text_(40), default="")
    fingerprint: Mapped[str] = mapped_column(Text_(32))
    occurrence: Mapped[int]
    state: Mapped[BankLineState] = mapped_column(Word(BankLineState))
    match_id: Mapped[int | None] = mapped_column(Id, ForeignKey("bank_match.id"), index=True)

    __table_args__ = (
        UniqueConstraint("bank_id", "fingerprint", "occurrence"),
        Index("ix_bank_line_state", "state"),
    )


class BankCleared(Base):
    """An entry of a control account that a match brought to the bank."""

    __tablename__ = "bank_cleared"

    journal: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    match_id: Mapped[int] = mapped_column(Id, ForeignKey("bank_match.id"), index=True)


class BankMatchPart(Base):
    """What a match holds besides entries: a fee, a difference, money of another service."""

    __tablename__ = "bank_match_part"

    match_id: Mapped[int] = mapped_column(Id, ForeignKey("bank_match.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[BankPart] = mapped_column(Word(BankPart))
    pence: Mapped[int] = mapped_column(Pence)
    """What it adds to the line, less than nothing of a fee."""
    words: Mapped[str] = mapped_column(Text_(200), default="")


class BankRule(Versioned, Base):
    """Words by which a bank line is proposed to be money of another service, or of a channel."""

    __tablename__ = "bank_rule"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    words: Mapped[str] = mapped_column(Text_(120), unique=True)
    """Folded; they stand in its reference or narrative."""
    channel: Mapped[str] = mapped_column(Text_(40), default="")
    """The key of a channel's control account; empty: money of another service."""
    active: Mapped[bool] = mapped_column(default=True)


class BoardDay(Versioned, Base):
    """The daily board as it was prepared and signed; what was signed doesn't change."""

    __tablename__ = "board_day"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    on: Mapped[date] = mapped_column("board_on")
    state: Mapped[BoardState] = mapped_column(Word(BoardState))
    figures: Mapped[str] = mapped_column(LongText)
    """JSON: each channel's figures in pence, and whether it was green."""
    prepared_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text_(400), default="")
    signed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("signed_by <> prepared_by", name="two_officers"),
        unique_where("uq_board_day_board_on", "board_on", where=state == BoardState.SIGNED),
        {"implicit_returning": False},
    )
