"""Loads: each file that came in, and each of its lines by fingerprint."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime


class LoadBatch(Base):
    """One load: the file's SHA-256 and name, what came of it, and who signed the reconciliation."""

    __tablename__ = "load_batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(Text_(20))
    file_sha256: Mapped[str] = mapped_column(Text_(64), index=True)
    file_name: Mapped[str] = mapped_column(Text_(200))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    summary: Mapped[str] = mapped_column(LongText)
    """JSON: rows loaded and recognised by sheet, and the document that keeps the reconciliation."""
    signed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = ({"implicit_returning": False},)


class LoadLine(Base):
    """A line that was loaded: `fingerprint` is of its values, `occurrence` tells equal lines of one file apart."""

    __tablename__ = "load_line"

    fingerprint: Mapped[str] = mapped_column(Text_(32), primary_key=True)
    occurrence: Mapped[int] = mapped_column(primary_key=True)
    sheet: Mapped[str] = mapped_column(Text_(20))
    load_id: Mapped[int] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (Index("ix_load_line_load_id", "load_id"), {"sqlite_with_rowid": False})
