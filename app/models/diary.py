"""The diary: notes on accounts."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, LongText, UtcDateTime


class Note(Base):
    """What an officer, or the loaded history, says of an account."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    text: Mapped[str] = mapped_column(LongText)
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))
