"""What an account is charged each week."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Pence, Text_, Versioned


class Charge(Versioned, Base):
    """A dated charge element: pence a charge week, VAT included, from `from_on` to `to_on` (both charged; no end means on).

    A new amount closes the element before it the day before it begins, so that at any date an account has at
    most one element of a code.
    """

    __tablename__ = "charge"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    amount_pence: Mapped[int] = mapped_column(Pence)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("uq_charge_account_id_code_from_on", "account_id", "code", "from_on", unique=True),
    )


class ChargeRun(Base):
    """A week that was charged; a week has one run at most."""

    __tablename__ = "charge_run"

    week_on: Mapped[date] = mapped_column(primary_key=True)
    journal: Mapped[int | None] = mapped_column(Id)
    """None: nothing was due, as where every rent group has the week free."""
    lines: Mapped[int]
    total_pence: Mapped[int] = mapped_column(Pence)
    exceptions: Mapped[int]
