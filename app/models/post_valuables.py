"""What of value came in the post."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import officers, post_log  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import ValuableKind


class PostValuable(Versioned, Base):
    """Something of value that came in the post, opened by two, receipted, handed on, and paid in or given back."""

    __tablename__ = "post_valuable"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("post_item.id"), index=True)
    receipt: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    kind: Mapped[ValuableKind] = mapped_column(Word(ValuableKind))
    pence: Mapped[int | None] = mapped_column(Pence)
    """What it is worth; none of a document."""
    details: Mapped[str] = mapped_column(Text_(200), default="")
    """The cheque's number and drawer, or what the document is; never an account number or a card number."""
    opened_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    witness_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_to: Mapped[str] = mapped_column(Text_(200), default="")
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    paid_in: Mapped[str] = mapped_column(Text_(60), default="")
    """The paying-in reference, or how it was given back."""
    paid_in_on: Mapped[date | None]
    paid_in_pence: Mapped[int | None] = mapped_column(Pence)

    __table_args__ = (CheckConstraint("opened_by <> witness_id", name="two_officers"),)
