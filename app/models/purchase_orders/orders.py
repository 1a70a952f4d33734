"""Orders from requisition on: lines and their codes, versions, quotations, works, and their history.

Quantities are in thousandths of a unit, unit prices in thousandths of a penny; an amount is both together, in whole pence.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, true
from sqlalchemy.orm import Mapped, mapped_column

from app.models import accounts, approvals, documents, letters, officers, properties, recharges  # noqa: F401  these point to them
from app.models.db import Base, Id, Pence, Text_, UtcDateTime, Versioned, Word, unique_where
from app.models.purchase_orders import budgets, suppliers  # noqa: F401  the tables that these point to
from app.models.values import (
    Frequency,
    OrderEvent,
    OrderKind,
    OrderSent,
    OrderState,
    OrderVersionState,
    PurchaseVat,
    WaiverReason,
)


class DeliveryPoint(Versioned, Base):
    """Where what is ordered is delivered to."""

    __tablename__ = "delivery_point"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text_(80), unique=True)
    address: Mapped[str] = mapped_column(Text_(400))
    """Lines parted by line breaks."""
    instructions: Mapped[str] = mapped_column(Text_(200), default="")
    active: Mapped[bool] = mapped_column(default=True, server_default=true())


class PurchaseOrder(Versioned, Base):
    """A requisition, and once it is approved the order. Whoever changes any part of it moves its `version`."""

    __tablename__ = "purchase_order"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    entry_key: Mapped[str] = mapped_column(Text_(80), unique=True)
    requisition: Mapped[int] = mapped_column(unique=True)
    """The number of the requisition, gapless; written RQ00012. A template has one too."""
    number: Mapped[int | None] = mapped_column()
    """The number of the order, gapless, from when it is approved; written PO00012."""
    finance_number: Mapped[str] = mapped_column(Text_(40), default="")
    """Of the order in the finance system, where that is the master."""
    kind: Mapped[OrderKind] = mapped_column(Word(OrderKind))
    state: Mapped[OrderState] = mapped_column(Word(OrderState))
    title: Mapped[str] = mapped_column(Text_(200))
    supplier_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    """A draft may have none while quotations are asked for."""
    category_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_category.id"))
    contract_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier_contract.id"), index=True)
    from_id: Mapped[int | None] = mapped_column(Id, ForeignKey("purchase_order.id"), index=True)
    """The agreement that it is called off from, or the template or order that it repeats."""
    year: Mapped[int]
    """The financial year whose budgets its lines are on."""
    delivery_point_id: Mapped[int | None] = mapped_column(Id, ForeignKey("delivery_point.id"))
    wanted_on: Mapped[date | None]
    instructions: Mapped[str] = mapped_column(Text_(400), default="")
    """To the supplier; it is printed."""
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it is bought, for whoever approves."""
    after_the_event: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it was ordered before it was approved, such as an emergency; empty: it wasn't."""
    band: Mapped[str] = mapped_column(Text_(40), default="")
    """The band of standing orders by which it was approved."""
    waiver: Mapped[WaiverReason | None] = mapped_column(Word(WaiverReason))
    waiver_words: Mapped[str] = mapped_column(Text_(400), default="")
    net_pence: Mapped[int] = mapped_column(Pence, default=0)
    vat_pence: Mapped[int] = mapped_column(Pence, default=0)
    current: Mapped[int] = mapped_column(default=1)
    """The number of its current version."""
    most_pence: Mapped[int | None] = mapped_column(Pence)
    """Of an agreement, the most that may be called off it, before VAT."""
    until_on: Mapped[date | None]
    """Of an agreement, its last day."""
    repeat_every: Mapped[Frequency | None] = mapped_column(Word(Frequency))
    repeat_on: Mapped[date | None]
    """Of a template, the day on which a requisition is drafted from it next."""
    repeat_from_on: Mapped[date | None]
    """The first of those days, by whose day of the month the others go."""
    repeat_until_on: Mapped[date | None]
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_by: Mapped[OrderSent | None] = mapped_column(Word(OrderSent))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outgoing_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outgoing.id"))
    settled_why: Mapped[str] = mapped_column(Text_(400), default="")
    """Why it was refused, withdrawn, cancelled or closed."""

    __table_args__ = (
        unique_where("uq_purchase_order_number", "number", where=number.is_not(None)),
        Index("ix_purchase_order_state_kind", "state", "kind"),
        Index("ix_purchase_order_finance_number", "finance_number"),
        {"implicit_returning": False},
    )


class OrderLine(Base):
    """A line of an order as it stands now, with what has become of it."""

    __tablename__ = "order_line"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_order.id"), index=True)
    place: Mapped[int]
    description: Mapped[str] = mapped_column(Text_(200))
    quantity: Mapped[int] = mapped_column("quantity_thousandths", Id)
    unit: Mapped[str] = mapped_column(Text_(20), default="")
    price: Mapped[int] = mapped_column("price_thousandths", Id)
    """Of one unit, before VAT, in thousandths of a penny."""
    vat: Mapped[PurchaseVat] = mapped_column(Word(PurchaseVat))
    vat_recovered: Mapped[bool] = mapped_column(default=True, server_default=true())
    """False: the VAT can't be got back, and is a cost of the code."""
    net_pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence)
    labour: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Labour of construction, from which CIS is deducted."""
    received: Mapped[int] = mapped_column("received_thousandths", Id, default=0)
    """What came, less what went back."""
    invoiced: Mapped[int] = mapped_column("invoiced_thousandths", Id, default=0)
    """What approved invoices charged, less credit notes."""
    invoiced_pence: Mapped[int] = mapped_column(Pence, default=0)
    """What they charged for it, before VAT."""
    cancelled: Mapped[int] = mapped_column("cancelled_thousandths", Id, default=0)
    """What was ordered and will not come."""

    __table_args__ = (
        CheckConstraint("quantity_thousandths > 0", name="a_quantity"),
        CheckConstraint("price_thousandths >= 0", name="a_price"),
    )


class OrderSplit(Base):
    """The share of a line's cost that a budget bears; the shares of a line always add up to its cost."""

    __tablename__ = "order_split"

    line_id: Mapped[int] = mapped_column(Id, ForeignKey("order_line.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(Id, ForeignKey("budget.id"), index=True)
    percent: Mapped[int | None] = mapped_column("percent_hundredths")
    """Where the line was split by percentage, in hundredths of one percent."""
    pence: Mapped[int] = mapped_column(Pence)


class OrderVersion(Versioned, Base):
    """A version of an order: what was asked for, who approved it, and the order as it was printed."""

    __tablename__ = "order_version"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_order.id"))
    number: Mapped[int]
    state: Mapped[OrderVersionState] = mapped_column(Word(OrderVersionState))
    reason: Mapped[str] = mapped_column(Text_(400), default="")
    net_pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence)
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[int | None] = mapped_column(Id, ForeignKey("approval_request.id"))
    approved_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    """None where the change was within the tolerance, so that nobody had to."""
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))

    __table_args__ = (
        Index("uq_order_version_order_id_number", "order_id", "number", unique=True),
        {"implicit_returning": False},
    )


class OrderVersionLine(Base):
    """A line as a version has it, with its codes as text that can be read for good."""

    __tablename__ = "order_version_line"

    version_id: Mapped[int] = mapped_column(Id, ForeignKey("order_version.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int | None] = mapped_column(Id, ForeignKey("order_line.id"))
    """None: the version that adds it isn't approved."""
    description: Mapped[str] = mapped_column(Text_(200))
    quantity: Mapped[int] = mapped_column("quantity_thousandths", Id)
    unit: Mapped[str] = mapped_column(Text_(20), default="")
    price: Mapped[int] = mapped_column("price_thousandths", Id)
    vat: Mapped[PurchaseVat] = mapped_column(Word(PurchaseVat))
    vat_recovered: Mapped[bool] = mapped_column(default=True, server_default=true())
    labour: Mapped[bool] = mapped_column(default=False, server_default=false())
    net_pence: Mapped[int] = mapped_column(Pence)
    vat_pence: Mapped[int] = mapped_column(Pence)
    codes: Mapped[str] = mapped_column(Text_(400))
    """`BUDGET_ID:PENCE` or `BUDGET_ID:PENCE:PERCENT`, parted by spaces."""


class Quotation(Versioned, Base):
    """A price that was asked for and given, or not given."""

    __tablename__ = "quotation"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_order.id"), index=True)
    supplier_id: Mapped[int | None] = mapped_column(Id, ForeignKey("supplier.id"), index=True)
    supplier_name: Mapped[str] = mapped_column(Text_(120))
    written: Mapped[bool]
    asked_on: Mapped[date | None]
    given_on: Mapped[date | None]
    """None: they gave none, which the note explains."""
    net_pence: Mapped[int | None] = mapped_column(Pence)
    vat_pence: Mapped[int | None] = mapped_column(Pence)
    reference: Mapped[str] = mapped_column(Text_(40), default="")
    note: Mapped[str] = mapped_column(Text_(400), default="")
    chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    chosen_why: Mapped[str] = mapped_column(Text_(400), default="")
    """Why, where it isn't the lowest."""
    document_sha256: Mapped[str | None] = mapped_column(Text_(64), ForeignKey("document.sha256"))
    made_by: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WorksOrder(Base):
    """What an order of works has besides: the property, the trade, when it is to be done, and that it was."""

    __tablename__ = "works_order"

    order_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_order.id"), primary_key=True)
    property_id: Mapped[int] = mapped_column(Id, ForeignKey("property.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("account.id"), index=True)
    """The tenant's main account when the order was raised, if it was let."""
    trade: Mapped[str] = mapped_column(Text_(40))
    priority: Mapped[str] = mapped_column(Text_(40))
    """A key of the priorities, whose targets are policy values."""
    reported_on: Mapped[date]
    target_on: Mapped[date]
    expected_on: Mapped[date | None]
    access: Mapped[str] = mapped_column(Text_(400), default="")
    completed_on: Mapped[date | None]
    completed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("officer.id"))
    completion: Mapped[str] = mapped_column(Text_(400), default="")
    rechargeable: Mapped[bool] = mapped_column(default=False, server_default=false())
    recharge_id: Mapped[int | None] = mapped_column(Id, ForeignKey("recharge.id"), index=True)


class OrderStep(Base):
    """One step of an order's history."""

    __tablename__ = "order_step"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(Id, ForeignKey("purchase_order.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_id: Mapped[int] = mapped_column(Id, ForeignKey("officer.id"))
    event: Mapped[OrderEvent] = mapped_column(Word(OrderEvent))
    words: Mapped[str] = mapped_column(Text_(400), default="")
