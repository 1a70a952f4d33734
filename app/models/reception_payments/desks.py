"""Where money is taken, and what the council takes besides rent."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, Versioned


class PaymentDesk(Versioned, Base):
    """A desk or telephone line at which payments are taken; its receipts are numbered by themselves (counter `receipt:ID`)."""

    __tablename__ = "payment_desk"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(60), unique=True)
    prefix: Mapped[str] = mapped_column(Text_(6), unique=True)
    """Capital letters before the numbers of its receipts."""
    address: Mapped[str] = mapped_column(Text_(200), default="")
    """As receipts carry it."""
    takes_cash: Mapped[bool] = mapped_column(default=False)
    takes_cheques: Mapped[bool] = mapped_column(default=True)
    """Cheques and postal orders."""
    takes_terminal: Mapped[bool] = mapped_column(default=True)
    takes_telephone: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)


class IncomeStream(Versioned, Base):
    """What the council takes besides rent (parking, licences): each posts to a control account of its own."""

    __tablename__ = "income_stream"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(60), unique=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), unique=True)
    reference_note: Mapped[str] = mapped_column(Text_(120), default="")
    """What the payer is asked for, such as the number of the notice."""
    active: Mapped[bool] = mapped_column(default=True)
