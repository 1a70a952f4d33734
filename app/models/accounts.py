"""Accounts: the sub-ledger accounts of tenancies and the control accounts of the ledger."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import properties, tenancies  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, Versioned, Word, unique_where
from app.models.values import AccountKind, Fund


class Account(Versioned, Base):
    """One account of the ledger.

    `balance_pence` (owed is positive) is kept by `services.ledger` in the posting transaction; nothing else writes it.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[AccountKind] = mapped_column(Word(AccountKind))
    tenancy_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tenancy.id"), index=True)
    rent_group_id: Mapped[int | None] = mapped_column(Id, ForeignKey("rent_group.id"), index=True)
    fund: Mapped[Fund] = mapped_column(Word(Fund, 10))
    payment_reference: Mapped[str | None] = mapped_column(Text_(40))
    """As it is printed; loaded references are kept as they came."""
    reference_key: Mapped[str | None] = mapped_column(Text_(40))
    """The reference without spaces, in capitals: what is looked up."""
    name: Mapped[str] = mapped_column(Text_(200))
    """The rent account name as letters carry it; of a control account, what it holds."""
    control_key: Mapped[str | None] = mapped_column(Text_(40))
    ledger_code: Mapped[str | None] = mapped_column(Text_(40))
    """The council's own ledger code, on control accounts."""
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    balance_pence: Mapped[int] = mapped_column(Pence, default=0, server_default="0")

    __table_args__ = (unique_where("uq_account_reference_key", "reference_key", where=reference_key.is_not(None)),)
