"""Documents: kept by their content, linked to what they are about."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime


class Document(Base):
    """A file as it came or went, under the SHA-256 of its bytes."""

    __tablename__ = "document"

    sha256: Mapped[str] = mapped_column(Text_(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(Text_(100))
    size: Mapped[int] = mapped_column(Id)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentLink(Base):
    """What a document is about: an account, a tenancy, a load, a statement run."""

    __tablename__ = "document_link"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    sha256: Mapped[str] = mapped_column(Text_(64), ForeignKey("document.sha256"), index=True)
    subject: Mapped[str] = mapped_column(Text_(20))
    subject_id: Mapped[int] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(Text_(40))
    title: Mapped[str] = mapped_column(Text_(200))
    file_name: Mapped[str] = mapped_column(Text_(200))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    unlinked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was taken away from the record; the link stays as its trail."""
    unlinked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    unlinked_reason: Mapped[str] = mapped_column(Text_(400), default="", server_default="")

    __table_args__ = (Index("ix_document_link_subject_subject_id", "subject", "subject_id"),)
