"""The audit: every change of every mapped row. Rows are never updated or deleted (triggers refuse it)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime


class AuditEntry(Base):
    """Who changed what, when, with the values before and after as JSON.

    A bulk load is one entry a table: its `after` counts the rows and names the load, whose file is kept.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """Nobody, only while the first officer of a database is being made."""
    action: Mapped[str] = mapped_column(Text_(10))
    table_name: Mapped[str] = mapped_column(Text_(40))
    row_key: Mapped[str] = mapped_column(Text_(120))
    before: Mapped[str] = mapped_column(LongText, default="")
    after: Mapped[str] = mapped_column(LongText, default="")

    __table_args__ = (
        Index("ix_audit_entry_table_name_row_key", "table_name", "row_key"),
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_officer_id_at", "officer_id", "at"),
        Index("ix_audit_entry_table_name_at", "table_name", "at"),
    )
