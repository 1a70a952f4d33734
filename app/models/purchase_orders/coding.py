"""Coding: rules by which a line on a wrong code is found, and transfers of what was spent to the right one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.purchase_orders import budgets, invoices, suppliers  # noqa: F401  the tables that these point to
from app.models.values import TransferState


class CodingRule(Versioned, Base):
    """What is bought so belongs on a code: by supplier, by category, by words of the line, or by all that are named."""

    __tablename__ = "coding_rule"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    supplier_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier.id"))
    category_id: Mapped[int | None] = mapped_column(Id, ForeignKey("purchase_category.id"))
    words: Mapped[str] = mapped_column(Text_(80), default="")
    cost_centre_id: Mapped[int | None] = mapped_column(Id, ForeignKey("cost_centre.id"))
    subjective_id: Mapped[int | None] = mapped_column(Id, ForeignKey("subjective_code.id"))
    """The half of the code that it settles; either or both."""
    reason: Mapped[str] = mapped_column(Text_(200), default="")
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CodeTransfer(Versioned, Base):
    """What was spent on one code is moved to another; posted when a second officer approves."""

    __tablename__ = "code_transfer"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless; written JT00012."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    state: Mapped[TransferState] = mapped_column(Word(TransferState))
    split_id: Mapped[int] = mapped_column(Id, ForeignKey("invoice_split.id"), index=True)
    from_id: Mapped[int] = mapped_column(Id, ForeignKey("budget.id"))
    to_id: Mapped[int] = mapped_column(Id, ForeignKey("budget.id"))
    pence: Mapped[int] = mapped_column(Pence)
    reason: Mapped[str] = mapped_column(Text_(400))
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    posted_on: Mapped[date | None]

    __table_args__ = (CheckConstraint("from_id <> to_id", name="another_code"), {"implicit_returning": False})
