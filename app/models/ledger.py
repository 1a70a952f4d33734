"""The ledger's own tables. Only `services.ledger` imports this module; rows are never updated or deleted (triggers refuse it)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, logins, officers, periods  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Word, current_login, unique_where
from app.models.values import JournalKind


class Counter(Base):
    """A gapless number: the row is updated first, so that its lock orders the writers."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(Text_(20), primary_key=True)
    value: Mapped[int] = mapped_column(Id)


class Journal(Base):
    """One posting: entries that sum to zero, chained to the journal before it.

    `declared_*` is what the caller said the sub-ledger lines are (their number and their signed sum in pence), `actual_*`
    what was posted. `digest` is the SHA-256 of the previous digest, this header and every entry (`services.ledger.rules`).
    """

    __tablename__ = "journal"

    number: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    kind: Mapped[JournalKind] = mapped_column(Word(JournalKind))
    accounting_on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    authorised_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    source: Mapped[str] = mapped_column(Text_(200))
    narrative: Mapped[str] = mapped_column(Text_(200))
    idempotency_key: Mapped[str] = mapped_column(Text_(120), unique=True)
    declared_count: Mapped[int]
    declared_pence: Mapped[int] = mapped_column(Pence)
    actual_count: Mapped[int]
    actual_pence: Mapped[int] = mapped_column(Pence)
    reverses: Mapped[int | None] = mapped_column(Id, ForeignKey("journal.number"))
    digest: Mapped[str] = mapped_column(Text_(64))
    approval: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"), index=True)
    """The request that another officer approved, where it was posted by one."""
    login: Mapped[str] = mapped_column(Text_(128), server_default=current_login())
    """Written by the database, never by the program: on SQL Server the login that posted it, in a SQLite file nothing."""

    __table_args__ = (
        unique_where("uq_journal_reverses", "reverses", where=reverses.is_not(None)),
        {"implicit_returning": False},
    )


class Entry(Base):
    """One line of a journal on one account; a positive amount is a debit."""

    __tablename__ = "entry"

    journal: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    """The journal's number; no foreign key, since entries go in before the journal row that holds their digest."""
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    code: Mapped[str] = mapped_column(Text_(8))
    pence: Mapped[int] = mapped_column(Pence)
    effective_on: Mapped[date]
    rent_week: Mapped[date | None]
    """The Monday of the week that the line belongs to, where it belongs to one."""
    narrative: Mapped[str] = mapped_column(Text_(200))

    __table_args__ = (
        Index("ix_entry_account_id_effective_on", "account_id", "effective_on"),
        Index("ix_entry_effective_on_account_id_pence", "effective_on", "account_id", "pence"),
        {"sqlite_with_rowid": False},
    )


class Snapshot(Base):
    """An account's balance at the end of a period: as reported then (fixed) and as known now (kept by every posting)."""

    __tablename__ = "snapshot"

    period_id: Mapped[int] = mapped_column(Id, ForeignKey("period.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True)
    known_pence: Mapped[int] = mapped_column(Pence)
    reported_pence: Mapped[int] = mapped_column(Pence)

    __table_args__ = ({"sqlite_with_rowid": False},)
