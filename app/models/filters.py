"""Saved filters of tables: an officer's own, and those shared with the office."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned


class SavedFilter(Versioned, Base):
    """A filter of one table under a name, which is the owner's alone until it is shared."""

    __tablename__ = "saved_filter"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    page: Mapped[str] = mapped_column(Text_(60))
    """The table it belongs to, such as `rent.accounts`."""
    owner_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    name: Mapped[str] = mapped_column(Text_(60))
    name_key: Mapped[str] = mapped_column(Text_(60))
    """The name in small letters with single spaces: an owner has it once for each table."""
    text: Mapped[str] = mapped_column(LongText)
    """The filter in its text form (see `app.services.workbench.filters.text`)."""
    shared: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("page", "owner_id", "name_key"),
        Index("ix_saved_filter_owner_id", "owner_id"),
    )


class FilterDefault(Base):
    """The saved filter with which a table opens for an officer."""

    __tablename__ = "filter_default"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    page: Mapped[str] = mapped_column(Text_(60), primary_key=True)
    filter_id: Mapped[int] = mapped_column(Id, ForeignKey("saved_filter.id"), index=True)
