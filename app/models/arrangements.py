"""Repayment arrangements."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Pence, Text_, Versioned


class Arrangement(Versioned, Base):
    """An agreed instalment off the arrears, in pence each `frequency` (weekly, fortnightly, four_weekly, monthly)."""

    __tablename__ = "arrangement"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    amount_pence: Mapped[int] = mapped_column(Pence)
    frequency: Mapped[str] = mapped_column(Text_(20))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text_(400), default="")
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))
