"""The text by which accounts are found."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, Text_


class AccountSearch(Base):
    """Everything an account is found by, folded: small letters, no accents; references and postcode also without spaces."""

    __tablename__ = "account_search"

    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text_(700))
