"""Statement runs and what was sent to whom."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, documents, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned


class StatementRun(Versioned, Base):
    """A run of statements for a span of days (both shown), over the accounts that `request` (JSON) selects."""

    __tablename__ = "statement_run"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    request: Mapped[str] = mapped_column(LongText)
    request_key: Mapped[str] = mapped_column(Text_(64), index=True)
    """SHA-256 of the request, by which the same run asked twice is recognised."""
    state: Mapped[str] = mapped_column(Text_(20))
    """`running`, `cancelled` or `done`."""
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))


class StatementItem(Base):
    """One account of a run: the pages that are its statement in the stored file, or why it has none."""

    __tablename__ = "statement_item"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(Id, ForeignKey("statement_run.id"))
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    group_name: Mapped[str] = mapped_column(Text_(80))
    variant: Mapped[str] = mapped_column(Text_(20))
    exception: Mapped[str] = mapped_column(Text_(200), default="")
    sent: Mapped[bool]
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"), index=True)
    first_page: Mapped[int | None]
    pages: Mapped[int | None]
    brought_forward_pence: Mapped[int | None] = mapped_column(Pence)
    carried_forward_pence: Mapped[int | None] = mapped_column(Pence)

    __table_args__ = (Index("uq_statement_item_run_id_account_id", "run_id", "account_id", unique=True),)
