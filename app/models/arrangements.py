"""Repayment arrangements."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, imports, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import ArrangementState, Frequency


class Arrangement(Versioned, Base):
    """An agreed instalment off what is owed, in pence each `frequency`, on top of the current charge.

    The first instalment falls due on `starts_on`, and the last on `ends_on`, both days worked out when it was agreed.
    """

    __tablename__ = "arrangement"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    amount_pence: Mapped[int] = mapped_column(Pence)
    frequency: Mapped[Frequency] = mapped_column(Word(Frequency))
    first_pence: Mapped[int | None] = mapped_column(Pence)
    """The first instalment, where it is another amount."""
    debt_pence: Mapped[int | None] = mapped_column(Pence)
    """What was owed, over every account covered, when it was agreed; unknown of a loaded one."""
    direct_debit: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It is paid on top of a Direct Debit; else of the charge, however that is paid."""
    agreed_on: Mapped[date | None]
    """The day it was agreed; unknown of a loaded one."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    state: Mapped[ArrangementState] = mapped_column(
        Word(ArrangementState), default=ArrangementState.LIVE, server_default="live"
    )
    state_on: Mapped[date | None]
    """The day it was broken, completed or cancelled."""
    state_reason: Mapped[str] = mapped_column(Text_(400), default="", server_default="")
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    note: Mapped[str] = mapped_column(Text_(400), default="")
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (Index("ix_arrangement_state", "state"),)


class ArrangementDebt(Base):
    """An account whose debt an arrangement covers, and what was owed there when it was agreed."""

    __tablename__ = "arrangement_debt"

    arrangement_id: Mapped[int] = mapped_column(Id, ForeignKey("arrangement.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True, index=True)
    pence: Mapped[int] = mapped_column(Pence)
