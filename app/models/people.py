"""People: tenants, joint tenants and leaseholders, what they hold, how they may be reached, and who speaks for them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import imports, officers, tenancies  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word
from app.models.values import AddressKind, Authority, FormatNeed, PersonFlagKind, PreferredContact


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
    died_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    """The person that this one turned out to be; a merged record is found no more, and kept for undoing it."""
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))


class Tenant(Base):
    """A person's place in a tenancy; position 1 is named first, joint tenants follow.

    `from_on` and `to_on` are the first and last day of whoever came later or left earlier than the tenancy did; without
    them somebody held it from its first day, to its last.
    """

    __tablename__ = "tenant"

    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=1)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class PersonAddress(Versioned, Base):
    """Where somebody lives, lived, or has letters sent, from a day to a day (both included; no end means on)."""

    __tablename__ = "person_address"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    kind: Mapped[AddressKind] = mapped_column(Word(AddressKind))
    lines: Mapped[str] = mapped_column(Text_(400))
    """Parted by line breaks, without the postcode."""
    postcode: Mapped[str] = mapped_column(Text_(10), default="")
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="ends_after_start"),)


class Associate(Versioned, Base):
    """Somebody who belongs to a person: a relative, a support worker, a deputy; what they may do for them, and until when."""

    __tablename__ = "associate"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    """Where they are a person of ours themselves."""
    name: Mapped[str] = mapped_column(Text_(200))
    relation: Mapped[str] = mapped_column(Text_(60))
    """Such as `daughter`, `support worker`, `deputy`, `executor`."""
    organisation: Mapped[str] = mapped_column(Text_(120), default="")
    phone: Mapped[str] = mapped_column(Text_(30), default="")
    email: Mapped[str] = mapped_column(Text_(254), default="")
    address: Mapped[str] = mapped_column(Text_(400), default="")
    authority: Mapped[Authority] = mapped_column(Word(Authority))
    evidence: Mapped[str] = mapped_column(Text_(200), default="")
    """What was seen: a signed form, a power of attorney, a court order."""
    next_of_kin: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    review_on: Mapped[date | None]

    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),)


class PersonFlag(Versioned, Base):
    """What officers must know of a person before they call or visit; looked at again on its review date."""

    __tablename__ = "person_flag"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    kind: Mapped[PersonFlagKind] = mapped_column(Word(PersonFlagKind))
    flag: Mapped[str] = mapped_column(Text_(60))
    note: Mapped[str] = mapped_column(LongText, default="")
    seen_by: Mapped[str] = mapped_column(Text_(60), default="", server_default="")
    """The role that may read the note; empty: everybody who may open the account. That there is a flag all may see."""
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    review_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("ix_person_flag_review_on", "review_on"),
    )


class Consent(Base):
    """What a person agreed or objected to, a line for each time they said; the latest of a kind counts."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    what: Mapped[str] = mapped_column(Text_(60))
    agreed: Mapped[bool]
    said_on: Mapped[date]
    how: Mapped[str] = mapped_column(Text_(60))
    note: Mapped[str] = mapped_column(Text_(400), default="")
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))


class PersonMerge(Versioned, Base):
    """Two records of one person made one, with what it takes to part them again."""

    __tablename__ = "person_merge"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kept_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    merged_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    filled: Mapped[str] = mapped_column(Text_(400), default="")
    """The fields that were empty in the record that is kept, and were filled from the other; parted by spaces."""
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))


class PersonMergeRow(Base):
    """A row that a merge moved from one record to the other, or took away because the other had one like it."""

    __tablename__ = "person_merge_row"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    merge_id: Mapped[int] = mapped_column(Id, ForeignKey("person_merge.id"), index=True)
    table: Mapped[str] = mapped_column("table_name", Text_(60))
    column: Mapped[str] = mapped_column("column_name", Text_(60))
    row_key: Mapped[str] = mapped_column(Text_(80))
    """Its key as it is now, parts parted by commas; as it was, of a row that was taken away."""
    taken: Mapped[str] = mapped_column(LongText, default="")
    """All of a row that was taken away, as JSON."""
