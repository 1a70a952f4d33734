"""Mandates (Direct Debit Instructions), their bank accounts, what is sent to the bank of them, and their history."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, officers, people  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Text_, UtcDateTime, Versioned, Word
from app.models.values import (
    BacsCode,
    InstructionState,
    MandateEvent,
    MandateState,
    MandateWay,
    PaymentMethod,
    ToldBy,
    Verdict,
)


class Mandate(Versioned, Base):
    """A payer's authority to collect from an account at a bank, for one main account and those beside it."""

    __tablename__ = "mandate"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """The account whose letters and Accounts page it is on; `MandateAccount` says which it pays."""
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)
    """The payer, if one of our people; not always a tenant of the account."""
    payer_name: Mapped[str] = mapped_column(Text_(70))
    """As the bank has it."""
    payer_address: Mapped[str] = mapped_column(Text_(400), default="")
    """Of a payer who is none of our people: where letters go; lines parted by line breaks."""
    reference: Mapped[str] = mapped_column(Text_(18), unique=True)
    """The core reference, as Bacs has it; never used again."""
    way: Mapped[MandateWay] = mapped_column(Word(MandateWay))
    state: Mapped[MandateState] = mapped_column(Word(MandateState))
    state_on: Mapped[date]
    state_why: Mapped[str] = mapped_column(Text_(400), default="")
    given_on: Mapped[date]
    """The day that it was signed or given."""
    received_on: Mapped[date]
    form_number: Mapped[str] = mapped_column(Text_(40), default="")
    """Of a signed form, where it is filed."""
    method_before: Mapped[PaymentMethod | None] = mapped_column(Word(PaymentMethod))
    """How the tenancy was paid for before; it is again when this is cancelled."""
    holder_confirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The script: the caller is the account holder."""
    sole_authority: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Their signature alone is needed on the account."""
    identity_checked: Mapped[bool] = mapped_column(default=False, server_default=false())
    guarantee_read: Mapped[bool] = mapped_column(default=False, server_default=false())
    lodged_on: Mapped[date | None]
    """The day of processing of the last 0N or 0S."""
    collect_from: Mapped[date | None]
    """The first day on which something may be collected."""
    last_bank_on: Mapped[date | None]
    """The last collection or instruction that the bank saw; dormant so many months after it."""
    first_collected_on: Mapped[date | None]
    """None: the next collection is the first, with the code 01."""
    resume_on: Mapped[date | None]
    """Of a suspended one, the day by which somebody looks."""
    confirmed_on: Mapped[date | None]
    """When the confirmation went out."""
    despite_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an officer last said that it collects although another mandate pays an account of it."""
    note: Mapped[str] = mapped_column(Text_(400), default="")
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_mandate_state", "state"),)


class MandateAccount(Base):
    """An account that a mandate pays."""

    __tablename__ = "mandate_account"

    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True, index=True)


class MandateBank(Base):
    """The account at a bank that a mandate is on, from a day to a day (both included).

    Its numbers are only in `sealed`; what is beside it tells two digits, and whether two rows are the same account.
    """

    __tablename__ = "mandate_bank"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    fingerprint: Mapped[str] = mapped_column(Text_(64))
    sort_hash: Mapped[str] = mapped_column(Text_(64), index=True)
    """The keyed hash of the sort code: which bank and branch were typed for it before."""
    held: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The bank has the instruction for this account, as far as we know."""
    last_two: Mapped[str] = mapped_column(Text_(2))
    holder: Mapped[str] = mapped_column(Text_(70))
    """The name on it, as the bank has it."""
    bank_name: Mapped[str] = mapped_column(Text_(80), default="")
    branch: Mapped[str] = mapped_column(Text_(80), default="")
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    """What the modulus check said when it was kept."""
    told_by: Mapped[ToldBy] = mapped_column(Word(ToldBy))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("ix_mandate_bank_fingerprint", "fingerprint"),
    )


class Instruction(Versioned, Base):
    """What is to be sent, or was, to the bank of a mandate: new, cancelled, or converted from paper."""

    __tablename__ = "debit_instruction"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    bank_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate_bank.id"))
    code: Mapped[BacsCode] = mapped_column(Word(BacsCode))
    state: Mapped[InstructionState] = mapped_column(Word(InstructionState))
    place: Mapped[int] = mapped_column(default=0)
    """Of two on one day, which goes first: a 0C before the 0N that takes its place."""
    why: Mapped[str] = mapped_column(Text_(200), default="")
    asked_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    run_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_run.id"), index=True)
    """The run that took it last."""
    processing_on: Mapped[date | None]
    settled_on: Mapped[date | None]

    __table_args__ = (Index("ix_debit_instruction_state", "state"),)


class MandateStep(Base):
    """One step of a mandate's history."""

    __tablename__ = "mandate_step"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    mandate_id: Mapped[int] = mapped_column(Id, ForeignKey("mandate.id"), index=True)
    event: Mapped[MandateEvent] = mapped_column(Word(MandateEvent))
    from_state: Mapped[MandateState | None] = mapped_column(Word(MandateState))
    to_state: Mapped[MandateState] = mapped_column(Word(MandateState))
    effective_on: Mapped[date]
    told_by: Mapped[ToldBy] = mapped_column(Word(ToldBy))
    words: Mapped[str] = mapped_column(Text_(400), default="")
    run_id: Mapped[int | None] = mapped_column(Id, ForeignKey("debit_run.id"))
    report_item_id: Mapped[int | None] = mapped_column(Id, ForeignKey("bank_report_item.id"))
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
