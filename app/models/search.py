"""The text by which accounts are found."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_


class AccountSearch(Base):
    """Everything an account is found by, folded: small letters, no accents; references and postcode also without spaces."""

    __tablename__ = "account_search"

    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text_(700))
    """Begins with the last name of whoever is named first, so that its order is the order of names."""

    __table_args__ = (Index("ix_account_search_text", "text"),)
