"""Suppliers: who they are, what they are blocked for, their bank details, and the contracts with them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, false, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import approvals, officers  # noqa: F401  the tables that these point to
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.values import BlockScope, CisStatus, DetailState, SupplierState, Verdict


class PurchaseCategory(Versioned, Base):
    """What is bought, as suppliers, orders and invoices are put together by it."""

    __tablename__ = "purchase_category"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(Text_(40), unique=True)
    name: Mapped[str] = mapped_column(Text_(80), unique=True)
    no_order_needed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Its invoices are paid without an order, such as those of utilities."""
    cis: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Its labour is construction work under the Construction Industry Scheme."""
    works: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The threshold of works counts, not that of goods and services."""
    not_published: Mapped[str] = mapped_column(Text_(200), default="", server_default="")
    """Why its spending is not published, such as compensation to individuals; empty: it is."""
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    place: Mapped[int] = mapped_column(default=0)

    __table_args__ = ({"implicit_returning": False},)


class Supplier(Versioned, Base):
    """Somebody whom the office buys from."""

    __tablename__ = "supplier"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    """Gapless; written S00012."""
    name: Mapped[str] = mapped_column(Text_(120))
    name_key: Mapped[str] = mapped_column(Text_(120), index=True)
    """The name folded, without "Limited" and the like, by which a second record of one supplier is suspected."""
    trading_as: Mapped[str] = mapped_column(Text_(120), default="")
    finance_reference: Mapped[str] = mapped_column(Text_(40), default="", index=True)
    """What the finance system calls it."""
    category_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_category.id"), index=True)
    state: Mapped[SupplierState] = mapped_column(Word(SupplierState))
    address: Mapped[str] = mapped_column(Text_(400), default="")
    """Lines parted by line breaks, the postcode last."""
    postcode_key: Mapped[str] = mapped_column(Text_(10), default="")
    contact: Mapped[str] = mapped_column(Text_(120), default="")
    phone: Mapped[str] = mapped_column(Text_(40), default="")
    """The number that is called back before bank details change; never one from the message that asks for the change."""
    email: Mapped[str] = mapped_column(Text_(254), default="")
    """Where orders go."""
    remittance_email: Mapped[str] = mapped_column(Text_(254), default="")
    company_number: Mapped[str] = mapped_column(Text_(20), default="")
    vat_number: Mapped[str] = mapped_column(Text_(20), default="")
    """Empty: not registered for VAT, so that an invoice with VAT is a fault."""
    individual: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A person, whose name is left out of what is published."""
    cis: Mapped[CisStatus] = mapped_column(Word(CisStatus))
    cis_reference: Mapped[str] = mapped_column(Text_(40), default="")
    """HMRC's verification number."""
    cis_verified_on: Mapped[date | None]
    terms_days: Mapped[int] = mapped_column(default=30)
    """Days of credit from receipt of an invoice."""
    note: Mapped[str] = mapped_column(Text_(400), default="")
    closed_why: Mapped[str] = mapped_column(Text_(400), default="")
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_supplier_state", "state"),)


class SupplierCisBefore(Base):
    """What a supplier was under CIS until a day, both included; since the day after it is what the next row says, or the supplier."""

    __tablename__ = "supplier_cis_before"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"))
    status: Mapped[CisStatus] = mapped_column(Word(CisStatus))
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    verified_on: Mapped[date | None]
    to_on: Mapped[date]
    changed_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("uq_supplier_cis_before_supplier_id_to_on", "supplier_id", "to_on", unique=True),)


class SupplierBlock(Versioned, Base):
    """A supplier is on hold for something, from a day until it is released, by hand or on a day that was set."""

    __tablename__ = "supplier_block"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    scope: Mapped[BlockScope] = mapped_column(Word(BlockScope))
    from_on: Mapped[date]
    release_on: Mapped[date | None]
    """The first day on which it blocks no more; none: until somebody releases it."""
    reason: Mapped[str] = mapped_column(Text_(400))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_why: Mapped[str] = mapped_column(Text_(400), default="")


class SupplierBank(Versioned, Base):
    """The account at a bank that a supplier is paid on, from a day to a day (both included); numbers only in `sealed`."""

    __tablename__ = "supplier_bank"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    holder: Mapped[str] = mapped_column(Text_(70))
    """The name on it, as the bank has it."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    fingerprint: Mapped[str] = mapped_column(Text_(64), index=True)
    last_two: Mapped[str] = mapped_column(Text_(2))
    verdict: Mapped[Verdict] = mapped_column(Word(Verdict))
    state: Mapped[DetailState] = mapped_column(Word(DetailState))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    asked_how: Mapped[str] = mapped_column(Text_(200), default="")
    """How the supplier asked for the change."""
    called_number: Mapped[str] = mapped_column(Text_(40), default="")
    """The number that was called back: one that we knew before."""
    called_on: Mapped[date | None]
    called_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    called_whom: Mapped[str] = mapped_column(Text_(120), default="")
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    """Why they ended, or were refused."""

    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        unique_where("uq_supplier_bank_in_force", "supplier_id", where=state == DetailState.IN_FORCE),
        unique_where("uq_supplier_bank_proposed", "supplier_id", where=state == DetailState.PROPOSED),
        {"implicit_returning": False},
    )


class SupplierContract(Versioned, Base):
    """An agreement with a supplier, with its value and its last day, which count once a second officer approved them."""

    __tablename__ = "supplier_contract"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    supplier_id: Mapped[int] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    number: Mapped[str] = mapped_column(Text_(40))
    title: Mapped[str] = mapped_column(Text_(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    value_pence: Mapped[int] = mapped_column(Pence)
    """Over its whole time, before VAT."""
    state: Mapped[DetailState] = mapped_column(
        Word(DetailState), default=DetailState.IN_FORCE, server_default="in_force"
    )
    """Nothing is ordered under one that waits or was refused."""
    next_starts_on: Mapped[date | None]
    next_ends_on: Mapped[date | None]
    next_value_pence: Mapped[int | None] = mapped_column(Pence)
    """The three as they will be, while a change of a contract in force waits; else none."""
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    warn_days: Mapped[int] = mapped_column(default=90)
    holder_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    note: Mapped[str] = mapped_column(Text_(400), default="")
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("uq_supplier_contract_supplier_id_number", "supplier_id", "number", unique=True),
        {"implicit_returning": False},
    )
