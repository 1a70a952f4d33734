"""Recharges and court costs: what a tenant is invoiced for besides rent, on a sub-account."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, arrangements, codes, documents, officers  # noqa: F401  these point to them
from app.models.db import Base, Id, LongText, Pence, Text_, UtcDateTime, Versioned, Word
from app.models.values import Frequency, InvoiceBy, RechargeKind, RechargeState, VatTreatment


class RechargeItem(Versioned, Base):
    """A line of the recharge price list; its prices are policy values in the scope `recharge:KEY`, with their dates."""

    __tablename__ = "recharge_item"

    key: Mapped[str] = mapped_column(Text_(40), primary_key=True)
    title: Mapped[str] = mapped_column(Text_(120))
    code: Mapped[str] = mapped_column(Text_(8), ForeignKey("transaction_code.code"))
    vat: Mapped[VatTreatment] = mapped_column(Word(VatTreatment))
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    place: Mapped[int] = mapped_column(default=0)


class Recharge(Versioned, Base):
    """An invoice or a credit note. What was raised is never changed; a credit note takes it back."""

    __tablename__ = "recharge"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    kind: Mapped[RechargeKind] = mapped_column(Word(RechargeKind))
    state: Mapped[RechargeState] = mapped_column(Word(RechargeState))
    invoice_number: Mapped[int | None] = mapped_column(index=True)
    """Gapless over invoices and credit notes, from when it is raised."""
    for_account_id: Mapped[int] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """The tenant's main account."""
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """The sub-account that it stands on; opened when it is raised, where there was none."""
    item: Mapped[str | None] = mapped_column(Text_(40), ForeignKey("recharge_item.key"))
    description: Mapped[str] = mapped_column(Text_(200))
    job: Mapped[str] = mapped_column(Text_(60), default="")
    """The repair job, or the number of the claim."""
    happened_on: Mapped[date]
    """The day of the repair, or of the court's order."""
    due_on: Mapped[date | None]
    net_pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence, default=0)
    working: Mapped[str] = mapped_column(LongText, default="")
    """How the amount was worked out: price, time of day, quantity, what the order awards."""
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    credits_id: Mapped[int | None] = mapped_column(Id, ForeignKey("recharge.id"), index=True)
    """Of a credit note, the invoice."""
    journal: Mapped[int | None] = mapped_column(Id)
    invoice_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    """The invoice as it was made."""
    notify_id: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """The officer who is told."""
    send_by: Mapped[InvoiceBy] = mapped_column(Word(InvoiceBy))
    terms_pence: Mapped[int | None] = mapped_column(Pence)
    terms_every: Mapped[Frequency | None] = mapped_column(Word(Frequency))
    terms_from_on: Mapped[date | None]
    """The instalments that were agreed; they become an arrangement when it is raised."""
    arrangement_id: Mapped[int | None] = mapped_column(Id, ForeignKey("arrangement.id"))
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    raised_on: Mapped[date | None]

    __table_args__ = (CheckConstraint("net_pence > 0", name="an_amount"),)
