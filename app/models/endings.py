"""How tenancies end, and the times in between."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, officers, properties, tenancies  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import EndingState, EndReason, VoidReason

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
