"""People: tenants, joint tenants and leaseholders, and how they may be reached."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.db import Base, Id, LongText, Text_, Versioned, Word
from app.models.values import FormatNeed, PreferredContact


class Person(Versioned, Base):
    """Somebody who holds or held a tenancy."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ref: Mapped[str] = mapped_column(Text_(40), unique=True)
    title: Mapped[str] = mapped_column(Text_(20), default="")
    first_name: Mapped[str] = mapped_column(Text_(80), default="")
    last_name: Mapped[str] = mapped_column(Text_(80))
    date_of_birth: Mapped[date | None]
    email: Mapped[str] = mapped_column(Text_(254), default="")
    mobile: Mapped[str] = mapped_column(Text_(30), default="")
    phone: Mapped[str] = mapped_column(Text_(30), default="")
    language: Mapped[str] = mapped_column(Text_(40), default="")
    """The language to write in, where it isn't English."""
    format_need: Mapped[FormatNeed] = mapped_column(Word(FormatNeed), default=FormatNeed.STANDARD)
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    contact_note: Mapped[str] = mapped_column(LongText, default="")
    correspondence_address: Mapped[str] = mapped_column(Text_(400), default="", server_default="")
    """Lines parted by line breaks; empty where letters go to the home."""
    preferred_contact: Mapped[PreferredContact] = mapped_column(
        Word(PreferredContact), default=PreferredContact.POST, server_default="post"
    )
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))
