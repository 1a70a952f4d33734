"""Write-offs: their reasons, the cases with what was found, the schedules for approval, and what came back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, false, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, officers, people, tenancies  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import WriteBackCause, WriteOffState


class WriteOffReason(Versioned, Base):
    """Why a debt is written off, and what the policy of that reason asks for first."""

    __tablename__ = "write_off_reason"

    key: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text_(80))
    explained: Mapped[str] = mapped_column(Text_(400), default="")
    most_pence: Mapped[int | None] = mapped_column(Pence)
    """It is only for debts up to this."""
    least_letters: Mapped[int] = mapped_column(default=0)
    least_days: Mapped[int] = mapped_column(default=0)
    """Days since the last letter."""
    needs_trace: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs_evidence: Mapped[str] = mapped_column(Text_(200), default="")
    """What has to be seen, such as the death certificate; empty where nothing has to."""
    for_current: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It is allowed while the tenancy goes on."""
    for_joint: Mapped[bool] = mapped_column(default=True, server_default=true())
    """It is allowed while another tenant is liable for the same debt."""
    discharges: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The law ends the debt (bankruptcy, debt relief order): it never comes back."""
    unenforceable: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Out of time: it may be paid but not sued for (Limitation Act 1980 s.19)."""
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    place: Mapped[int] = mapped_column(default=0)


class WriteOffSchedule(Versioned, Base):
    """Cases that are put forward for approval together."""

    __tablename__ = "write_off_schedule"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    title: Mapped[str] = mapped_column(Text_(200))
    band: Mapped[str] = mapped_column(Text_(40))
    """The authority that its largest case needs."""
    authority: Mapped[str] = mapped_column(Text_(200), default="")
    """Where an authority outside Rentbook decides (cabinet, council): the minute, its date and who recorded it."""
    state: Mapped[WriteOffState] = mapped_column(Word(WriteOffState))
    count: Mapped[int] = mapped_column("item_count")
    pence: Mapped[int] = mapped_column(Pence)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    posted_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    journal: Mapped[int | None] = mapped_column(Id)

    __table_args__ = ({"implicit_returning": False},)


class WriteOff(Versioned, Base):
    """A case to write off what somebody owes on one or more accounts."""

    __tablename__ = "write_off"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless."""
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), index=True)
    reason: Mapped[str] = mapped_column(Text_(40), ForeignKey("write_off_reason.key"))
    state: Mapped[WriteOffState] = mapped_column(Word(WriteOffState))
    pence: Mapped[int] = mapped_column(Pence)
    """What it writes off, over its accounts."""
    owed_pence: Mapped[int] = mapped_column(Pence)
    """What the authority is worked out on: everything the debtor owes, with what was written off in the last 12 months."""
    band: Mapped[str] = mapped_column(Text_(40))
    note: Mapped[str] = mapped_column(LongText, default="")
    trace: Mapped[str] = mapped_column(Text_(400), default="")
    """Who looked for the debtor, when and with what result."""
    joint_pursued: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whoever else is liable was pursued first."""
    acknowledged_on: Mapped[date | None]
    """The day of the last written acknowledgement, from which the time to sue runs anew."""
    deficit: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It would put the fund into deficit."""
    schedule_id: Mapped[int | None] = mapped_column(Id, ForeignKey("write_off_schedule.id"), index=True)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_on: Mapped[date | None]
    journal: Mapped[int | None] = mapped_column(Id)

    __table_args__ = (Index("ix_write_off_state", "state"),)


class WriteOffDebt(Base):
    """What a case writes off on one account, and what of it was out of time."""

    __tablename__ = "write_off_debt"

    write_off_id: Mapped[int] = mapped_column(Id, ForeignKey("write_off.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True, index=True)
    pence: Mapped[int] = mapped_column(Pence)
    oldest_on: Mapped[date | None]
    """The day the oldest part that is still owed fell due."""
    barred_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What may be paid but no longer sued for (Limitation Act 1980 s.19)."""
    back_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What has come back onto the account since."""


class WriteOffPart(Base):
    """What of a debt in a case fell due on a day, such as a week's rent, and how long it can be sued for."""

    __tablename__ = "write_off_part"

    write_off_id: Mapped[int] = mapped_column(Id, ForeignKey("write_off.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    pence: Mapped[int] = mapped_column(Pence)
    last_on: Mapped[date]
    """The last day on which it can be sued for."""


class WriteOffFinding(Base):
    """One thing that was found or asked for when the case was built, as it stood then."""

    __tablename__ = "write_off_finding"

    write_off_id: Mapped[int] = mapped_column(Id, ForeignKey("write_off.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(Text_(120))
    words: Mapped[str] = mapped_column(LongText)
    met: Mapped[bool | None]
    """Whether the policy of the reason is met by it; none where it only informs."""


class WriteBack(Base):
    """What of a written-off debt came back onto its account."""

    __tablename__ = "write_back"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    write_off_id: Mapped[int] = mapped_column(Id, ForeignKey("write_off.id"), index=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    pence: Mapped[int] = mapped_column(Pence)
    cause: Mapped[WriteBackCause] = mapped_column(Word(WriteBackCause))
    for_journal: Mapped[int | None] = mapped_column(Id)
    """The journal that brought the money in."""
    journal: Mapped[int] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
