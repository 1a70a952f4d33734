"""What an account is charged each week, how it came to change, and Monday's control of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, codes, imports, officers, properties, tenancies  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import ChargeChangeState, DebitMove


class Charge(Versioned, Base):
    """A dated charge element: pence a charge week, VAT included, from `from_on` to `to_on` (both charged; no end means on).

    A new amount closes the element before it the day before it begins, so that at any date an account has at
    most one element of a code.
    """

    __tablename__ = "charge"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    amount_pence: Mapped[int] = mapped_column(Pence)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    load_id: Mapped[int | None] = mapped_column(Id, ForeignKey("load_batch.id"))

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("uq_charge_account_id_code_from_on", "account_id", "code", "from_on", unique=True),
    )


class PropertyCharge(Versioned, Base):
    """What a property is let at: proposed when a tenancy of it starts. Dates and pence as of `Charge`."""

    __tablename__ = "property_charge"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    amount_pence: Mapped[int] = mapped_column(Pence)
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("uq_property_charge_property_id_code_from_on", "property_id", "code", "from_on", unique=True),
    )


class ChargeRun(Base):
    """A week that was charged; a week has one run at most."""

    __tablename__ = "charge_run"

    week_on: Mapped[date] = mapped_column(primary_key=True)
    journal: Mapped[int | None] = mapped_column(Id)
    """None: nothing was due, as where every rent group has the week free."""
    lines: Mapped[int]
    total_pence: Mapped[int] = mapped_column(Pence)
    exceptions: Mapped[int]


class ChargeChange(Versioned, Base):
    """A bulk change of charges from a day, by a spreadsheet or a rule: rehearsed, given notice of, applied."""

    __tablename__ = "charge_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(120))
    effective_on: Mapped[date]
    state: Mapped[ChargeChangeState] = mapped_column(Word(ChargeChangeState))
    rule: Mapped[str] = mapped_column(Text_(400), default="")
    """The rule in words; empty where it came by spreadsheet."""
    file_sha256: Mapped[str | None] = mapped_column(Text_(64))
    lines: Mapped[int]
    before_pence: Mapped[int] = mapped_column(Pence)
    after_pence: Mapped[int] = mapped_column(Pence)
    served_on: Mapped[date | None]
    """The day on which the notices count as served."""
    batch_id: Mapped[int | None] = mapped_column(Id)
    """The batch of letters by which notice was given."""
    excuse: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it is applied without a valid notice."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    applied_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))

    __table_args__ = ({"implicit_returning": False},)


class ChargeChangeLine(Base):
    """One element of a bulk change: pence before (None: there was none) and after (None: it ends)."""

    __tablename__ = "charge_change_line"

    change_id: Mapped[int] = mapped_column(Id, ForeignKey("charge_change.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), primary_key=True)
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"), primary_key=True)
    before_pence: Mapped[int | None] = mapped_column(Pence)
    after_pence: Mapped[int | None] = mapped_column(Pence)
    left_out: Mapped[str] = mapped_column(Text_(120), default="")
    """Why the change doesn't touch it after all, as a sentence; empty: it does."""


class RentNotice(Base):
    """A notice of a change of charges to one account: of which change, from when, and the day it counts as served."""

    __tablename__ = "rent_notice"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    change_id: Mapped[int | None] = mapped_column(Id, ForeignKey("charge_change.id"), index=True)
    effective_on: Mapped[date]
    served_on: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(Id)
    """Its line of the register of letters."""
    excuse: Mapped[str] = mapped_column(Text_(400), default="")
    """Why the change stands without a valid notice."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))


class DebitControl(Versioned, Base):
    """Monday's sheet: a week's debit controlled against the week before, the run and the stock; signed by two."""

    __tablename__ = "debit_control"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    week_on: Mapped[date] = mapped_column(unique=True)
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    prepared_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    request_id: Mapped[int | None] = mapped_column(Id)
    explanation: Mapped[str] = mapped_column(LongText, default="")

    __table_args__ = ({"implicit_returning": False},)


class DebitControlLine(Base):
    """The sheet of one rent group, in pence a charge week, as it was signed; stock is a number of properties."""

    __tablename__ = "debit_control_line"

    control_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_control.id"), primary_key=True)
    rent_group_id: Mapped[int] = mapped_column(Id, ForeignKey("rent_group.id"), primary_key=True)
    opening_pence: Mapped[int] = mapped_column(Pence)
    new_lets_pence: Mapped[int] = mapped_column(Pence)
    endings_pence: Mapped[int] = mapped_column(Pence)
    changes_pence: Mapped[int] = mapped_column(Pence)
    voids_pence: Mapped[int] = mapped_column(Pence)
    closing_pence: Mapped[int] = mapped_column(Pence)
    run_pence: Mapped[int] = mapped_column(Pence)
    parts_pence: Mapped[int] = mapped_column(Pence)
    """Part weeks and free weeks: by how much the run may differ from the closing debit."""
    let: Mapped[int]
    void: Mapped[int]
    stock: Mapped[int]


class DebitControlMove(Base):
    """A property's part in what changed since the sheet before, in pence a charge week, as it was signed."""

    __tablename__ = "debit_control_move"

    control_id: Mapped[int] = mapped_column(Id, ForeignKey("debit_control.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    rent_group_id: Mapped[int] = mapped_column(Id, ForeignKey("rent_group.id"))
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"))
    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"))
    move: Mapped[DebitMove] = mapped_column(Word(DebitMove))
    before_pence: Mapped[int] = mapped_column(Pence)
    after_pence: Mapped[int] = mapped_column(Pence)


class DebitPosition(Base):
    """What each letting or void cost a week when the latest sheet was signed: where the next sheet opens.

    Pence a charge week; none where the tenancy was not live (`let_pence`), or its property not void after it (`void_pence`).
    """

    __tablename__ = "debit_position"

    tenancy_id: Mapped[int] = mapped_column(Id, ForeignKey("tenancy.id"), primary_key=True)
    rent_group_id: Mapped[int] = mapped_column(Id, ForeignKey("rent_group.id"), primary_key=True)
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"))
    let_pence: Mapped[int | None] = mapped_column(Pence)
    void_pence: Mapped[int | None] = mapped_column(Pence)
