"""Officers and their roles."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Pence, Text_, Versioned


class Officer(Versioned, Base):
    """Somebody who works in Rentbook, known by the name they sign in to the computer with."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    username: Mapped[str] = mapped_column(Text_(80), unique=True)
    name: Mapped[str] = mapped_column(Text_(120))
    active: Mapped[bool] = mapped_column(default=True)


class OfficerRole(Base):
    """A role that an officer holds."""

    __tablename__ = "officer_role"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Text_(40), primary_key=True)


class OfficerLimit(Base):
    """The most that an officer may do alone, in pence: adjustment debit or credit, refund, write-off, order, batch."""

    __tablename__ = "officer_limit"

    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), primary_key=True)
    action: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    limit_pence: Mapped[int] = mapped_column(Pence)
