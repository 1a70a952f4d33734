"""The days on which the office is shut although they are no bank holidays."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Text_


class OfficeClosure(Base):
    """One day that the office's calendar doesn't count as a working day, such as those between Christmas and New Year."""

    __tablename__ = "office_closure"

    closed_on: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text_(80))
