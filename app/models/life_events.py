"""What happened to a person, and what was decided of all that hangs on them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned


class LifeEventCase(Versioned, Base):
    """Something that happened to a person, and the checklist of all that hangs on them."""

    __tablename__ = "life_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(Text_(20))
    happened_on: Mapped[date]
    told_on: Mapped[date]
    told_by: Mapped[str] = mapped_column(Text_(200), default="")
    note: Mapped[str] = mapped_column(LongText, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))


class LifeEventStep(Versioned, Base):
    """One thing that hangs on a person, and what was decided of it: `stop`, `move`, `keep` or `later`."""

    __tablename__ = "life_event_step"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(Id, ForeignKey("life_event.id"), index=True)
    place: Mapped[int]
    source: Mapped[str] = mapped_column(Text_(40))
    """The key of what told of it, such as `tenancy`, `arrangement` or `letters`."""
    record_id: Mapped[int | None] = mapped_column(Id)
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"))
    what: Mapped[str] = mapped_column(Text_(400))
    choice: Mapped[str] = mapped_column(Text_(20))
    outcome: Mapped[str] = mapped_column(Text_(400), default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
