"""Tenancies, who holds them, what happened to them, and the times in between."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, imports, officers, people, properties  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import EndingState, EndReason, PaymentMethod, TenancyChange, Tenure, VoidReason


class Tenancy(Versioned, Base):
    """A letting of one property; `start_on` and `end_on` are both days of the tenancy, no end means live."""

    __tablename__ = "tenancy"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ref: Mapped[str] = mapped_column(Text_(40), unique=True)
    ref_key: Mapped[str] = mapped_column(Text_(40), index=True)
    """The reference without spaces, in capitals: what is looked up."""
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"))
    tenure: Mapped[Tenure] = mapped_column(Word(Tenure))
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    payment_method: Mapped[PaymentMethod] = mapped_column(Word(PaymentMethod))
    trial_ends_on: Mapped[date | None]
    """The last day of an introductory tenancy's trial (Housing Act 1996 s.125), as extended."""
    term_ends_on: Mapped[date | None]
    """The last day of a flexible tenancy's fixed term."""
    before_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tenancy.id"), index=True)
    """The tenancy that this one came from by transfer, exchange, succession or decant."""
    succeeded: Mapped[bool] = mapped_column(default=False, server_default="0")
    """The one succession that the law allows has been used (Housing Act 1985 s.87, s.88)."""
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (
        CheckConstraint("end_on IS NULL OR end_on >= start_on", name="ends_after_start"),
        Index("ix_tenancy_property_id_start_on", "property_id", "start_on"),
    )


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


class GarageHome(Base):
    """A home that a letting of a garage or a parking space goes with, which decides VAT (HMRC VATGPB8345).

    It has no days: the home's own first and last day, and those of the people who hold both, say in which weeks it counts.
    A garage that is kept through a transfer goes with both homes, each in its time.
    """

    __tablename__ = "garage_home"

    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True)
    """The letting of the garage."""
    home_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True, index=True)
    """The tenancy of the home."""
    near: Mapped[bool]
    """The garage is near that home."""


class TenancyEvent(Base):
    """A line of a tenancy's history; never changed."""

    __tablename__ = "tenancy_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"))
    change: Mapped[TenancyChange] = mapped_column(Word(TenancyChange))
    effective_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    words: Mapped[str] = mapped_column(LongText, default="")
    """What was done, as a sentence; names of people are not in it."""
    other_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tenancy.id"))
    """The other tenancy of a transfer, exchange, succession or decant."""
    journal: Mapped[int | None] = mapped_column(Id)
    """The journal that was posted with it, if one was."""

    __table_args__ = (
        Index("ix_tenancy_event_tenancy_id_effective_on", "tenancy_id", "effective_on"),
        Index("ix_tenancy_event_effective_on", "effective_on"),
    )


STANDING: Final = (EndingState.NOTICE, EndingState.ENDED)
"""The states of an ending that counts; the others were taken back."""


class Ending(Versioned, Base):
    """The ending of a tenancy, from the notice to the closing statement; one of a tenancy is open or done at most."""

    __tablename__ = "ending"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), index=True)
    reason: Mapped[EndReason] = mapped_column(Word(EndReason))
    state: Mapped[EndingState] = mapped_column(Word(EndingState))
    notice_on: Mapped[date | None]
    """The day the notice came, or was served; none where none is given."""
    notice_ends_on: Mapped[date]
    """The last day by the notice, or as it was agreed."""
    agreed: Mapped[bool] = mapped_column(default=False)
    """The last day was agreed, ordered or given, and not worked out from a notice."""
    public_trustee: Mapped[bool] = mapped_column(default=False)
    """Nobody deals with the estate: our notice to quit was left at the home and copied to the Public Trustee."""
    left_on: Mapped[date | None]
    """The last day that somebody lived there, where it is known: benefit isn't paid beyond it."""
    ends_on: Mapped[date]
    """The last day, with the weeks that late keys added."""
    keys_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    keys_returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_weeks: Mapped[int] = mapped_column(default=0)
    waive_late: Mapped[bool] = mapped_column(default=False)
    """Late keys cost nothing this once."""
    excused: Mapped[str] = mapped_column(Text_(400), default="")
    """Why a shorter notice, or late keys without another week's rent, were agreed."""
    forwarding_address: Mapped[str] = mapped_column(Text_(400), default="")
    """Lines parted by line breaks."""
    contact_name: Mapped[str] = mapped_column(Text_(200), default="")
    """The next of kin, or whoever deals with the estate."""
    contact_details: Mapped[str] = mapped_column(Text_(400), default="")
    benefit_finding: Mapped[str] = mapped_column(LongText, default="")
    """What the check of Housing Benefit and Universal Credit for the last weeks found."""
    benefit_checked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    benefit_checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    with_id: Mapped[int | None] = mapped_column(Id, ForeignKey("ending.id"))
    """Of a garage: the ending of the home that it goes with; it is taken back with that one."""
    former_account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id", use_alter=True))
    statement_on: Mapped[date | None]
    """The day the closing statement was made."""
    dealt: Mapped[str] = mapped_column(LongText, default="")
    """What else it ended, moved or made, as JSON: numbers of rows by what became of them, so that it can be taken back."""
    journal: Mapped[int | None] = mapped_column(Id)
    """The final charge or credit."""
    transfer_journal: Mapped[int | None] = mapped_column(Id)
    """The balance carried to the former tenant's account."""
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    undone_reason: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (
        Index("ix_ending_state_ends_on", "state", "ends_on"),
        unique_where("uq_ending_standing", "tenancy_id", where=state.in_(STANDING)),
        CheckConstraint("ends_on >= notice_ends_on", name="keys_add_days"),
    )


class VoidPeriod(Versioned, Base):
    """Why a property stands empty, from a day to a day (both empty; no end: it still does)."""

    __tablename__ = "void_period"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"))
    reason: Mapped[VoidReason] = mapped_column(Word(VoidReason))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text_(400), default="")

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("uq_void_period_property_id_from_on", "property_id", "from_on", unique=True),
    )


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
