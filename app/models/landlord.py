"""The landlord, and settings declared in code."""

from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, LongText, Text_, Versioned


class Landlord(Versioned, Base):
    """Who the database belongs to (one row): what a statement prints at its head and under 'how to pay'."""

    __tablename__ = "landlord"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(120))
    office: Mapped[str] = mapped_column(Text_(120), default="")
    address: Mapped[str] = mapped_column(Text_(400), default="")
    """Lines parted by line breaks."""
    phone: Mapped[str] = mapped_column(Text_(40), default="")
    email: Mapped[str] = mapped_column(Text_(254), default="")
    website: Mapped[str] = mapped_column(Text_(200), default="")
    how_to_pay: Mapped[str] = mapped_column(LongText, default="")
    """Lines parted by line breaks."""
    reference_scheme: Mapped[str] = mapped_column(Text_(20), default="mod11")
    """How a new payment reference is made: none, mod10, mod11 or mod97."""
    demonstration: Mapped[bool] = mapped_column(default=False)

    __table_args__ = ({"implicit_returning": False},)


class Setting(Versioned, Base):
    """A stored setting; its key, type and default are declared in code."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(Text_(80), primary_key=True)
    value: Mapped[str] = mapped_column(LongText)
