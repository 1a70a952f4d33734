"""Holds and flags on accounts."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_, Versioned, Word
from app.models.values import HoldKind


class Hold(Versioned, Base):
    """Something that must not happen to an account, from a day to a day (both held; no end means on)."""

    __tablename__ = "hold"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    kind: Mapped[HoldKind] = mapped_column(Word(HoldKind))
    reason: Mapped[str] = mapped_column(Text_(400))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    placed_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))


class Flag(Versioned, Base):
    """Something that officers must see on an account, such as `vulnerable` or `disputed`."""

    __tablename__ = "flag"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    flag: Mapped[str] = mapped_column(Text_(60))
    note: Mapped[str] = mapped_column(Text_(400), default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))
