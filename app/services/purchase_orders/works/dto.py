"""Works orders as they cross layers: works on a property, with a trade, a priority and its target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import Money, OrderState
from app.services.documents.dto import NewFile
from app.services.purchase_orders.orders.dto import NewRequisition
from app.services.recharges.dto import NewRecharge

TRADES: Final = (
    "Asbestos",
    "Carpentry",
    "Cleaning and clearance",
    "Damp and mould",
    "Drainage",
    "Electrical",
    "Fencing and grounds",
    "Fire safety",
    "Gas and heating",
    "Glazing",
    "Lift",
    "Locks and entry",
    "Painting and decorating",
    "Plastering",
    "Plumbing",
    "Roofing",
    "Other",
)
"""The trades of works; another may be written."""
PRIORITIES: Final[Mapping[str, str]] = {
    "emergency": "Emergency",
    "urgent": "Urgent",
    "routine": "Routine",
    "planned": "Planned",
}
"""How soon works are to be done; the days are policy values."""


@dataclass(frozen=True, slots=True)
class NewWorks:
    """A works order as a draft; the title, supplier, lines and the rest are those of its requisition.

    Attributes:
        priority: a key of `PRIORITIES`; the target counts from `reported_on`.
        access: how the contractor gets in, without anybody's telephone number where it can be helped.
        rechargeable: the tenant may have to pay for it.
    """

    requisition: NewRequisition
    property_id: int
    trade: str
    priority: str
    reported_on: date
    expected_on: date | None = None
    access: str = ""
    rechargeable: bool = False


@dataclass(frozen=True, slots=True)
class ChangedWorks:
    """A works order that isn't done as it should be: while it is a draft all of it, later when it is expected, and access."""

    order_id: int
    version: int
    trade: str
    priority: str
    reported_on: date
    expected_on: date | None = None
    access: str = ""
    rechargeable: bool = False


@dataclass(frozen=True, slots=True)
class Complete:
    """Works were done: photographs and what was done; all that is left of the order is received with it."""

    order_id: int
    version: int
    entry_key: str
    on: date
    words: str = ""
    photographs: tuple[NewFile, ...] = ()


@dataclass(frozen=True, slots=True)
class WorksRow:
    """A works order as listed; what is about a restricted account says nothing.

    Attributes:
        late_days: since its target, while it isn't done; 0: it isn't late.
        words: how it stands, as a sentence: "Due by 28 Nov 2026" or "3 days late".
    """

    order_id: int
    number: str
    state: OrderState
    title: str
    property_id: int
    address: str
    account_id: int | None
    account: str
    trade: str
    priority: str
    contractor: str
    net: Money
    reported_on: date
    target_on: date
    expected_on: date | None
    completed_on: date | None
    late_days: int
    rechargeable: bool
    recharge_id: int | None
    words: str
    version: int
    shut: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        live = {OrderState.DRAFT, OrderState.WAITING, OrderState.OPEN}
        return self.completed_on is None and self.state in live


@dataclass(frozen=True, slots=True)
class WorksPart:
    """What an order has besides, where it is of works."""

    row: WorksRow
    access: str
    completion: str
    completed_by: str
    photographs: int


@dataclass(frozen=True, slots=True)
class WorksForm:
    """What the sheet of works begins with: the property, who lives there, and the days of each priority."""

    property_id: int
    address: str
    account_id: int | None
    account: str
    today: date
    trades: tuple[str, ...]
    priorities: tuple[tuple[str, str, int], ...]
    open: tuple[WorksRow, ...]


@dataclass(frozen=True, slots=True)
class PropertyChoice:
    """A property that works may be raised on, found by what is typed."""

    property_id: int
    ref: str
    address: str
    account_id: int | None
    account: str


@dataclass(frozen=True, slots=True)
class ToRecharge:
    """A recharge to the tenant as it is filled in from works; the officer chooses the rest."""

    order_id: int
    number: str
    account_id: int
    account: str
    new: NewRecharge
