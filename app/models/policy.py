"""Policy values that the landlord has edited; those as shipped are in resources/policy."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_, Versioned


class PolicyValue(Versioned, Base):
    """One value of one policy from a date on, with where it comes from and who verified it."""

    __tablename__ = "policy_value"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text_(80))
    scope: Mapped[str] = mapped_column(Text_(80), default="")
    """What it is limited to, such as `rent_group:HRA`, `tenure:secure` or `category:foi`; empty means everything."""
    effective_from: Mapped[date]
    value: Mapped[str] = mapped_column(Text_(200))
    unit: Mapped[str] = mapped_column(Text_(20), default="")
    source: Mapped[str] = mapped_column(Text_(400), default="")
    verified_by: Mapped[str] = mapped_column(Text_(120), default="")
    verified_on: Mapped[date | None]

    __table_args__ = (
        Index("uq_policy_value_key_scope_effective_from", "key", "scope", "effective_from", unique=True),
        {"implicit_returning": False},
    )
