"""Suppliers as they cross layers: what is typed, listed and shown. Bank details are in `bank/dto`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import ZERO, BlockScope, CisStatus, Money, SupplierState
from app.services.core.changes import Changes
from app.services.purchase_orders.suppliers.bank.dto import BankRow
from app.services.purchase_orders.suppliers.contracts_dto import ContractRow

AREAS: Final = frozenset({"purchase_orders"})
_CHANGES: Final = Changes(AREAS)
STATES: Final[Mapping[SupplierState, str]] = {SupplierState.ACTIVE: "In use", SupplierState.CLOSED: "Closed"}
SCOPES: Final[Mapping[BlockScope, str]] = {
    BlockScope.ORDERS: "Orders",
    BlockScope.INVOICES: "Invoices",
    BlockScope.PAYMENTS: "Payments",
}
CIS: Final[Mapping[CisStatus, str]] = {
    CisStatus.OUTSIDE: "Not a subcontractor",
    CisStatus.REGISTERED: "Registered",
    CisStatus.UNREGISTERED: "Not registered",
    CisStatus.GROSS: "Paid gross",
}


class SupplierView(StrEnum):
    """A list that somebody has to look at."""

    BLOCKED = "blocked"
    ENDING = "ending"
    NO_BANK = "no_bank"
    BANK_WAITING = "bank_waiting"


VIEWS: Final[Mapping[SupplierView, str]] = {
    SupplierView.BLOCKED: "Blocked",
    SupplierView.ENDING: "Contract ends soon",
    SupplierView.BANK_WAITING: "Bank details wait",
    SupplierView.NO_BANK: "No bank details",
}


class SupplierSort(StrEnum):
    """What suppliers are sorted by."""

    NUMBER = "number"
    NAME = "name"
    CATEGORY = "category"
    REFERENCE = "reference"
    STATE = "state"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class SupplierFilter:
    """Which suppliers are listed; what is left empty doesn't matter.

    Attributes:
        text: words that must each be in the number, the names, the finance reference, the VAT number or the postcode.
        categories: ids.
        blocked: blocked today for any of these.
    """

    text: str = ""
    view: SupplierView | None = None
    states: frozenset[SupplierState] = frozenset()
    categories: frozenset[int] = frozenset()
    blocked: frozenset[BlockScope] = frozenset()
    cis: frozenset[CisStatus] = frozenset()


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier as listed.

    Attributes:
        number: as it is written, `S00012`.
        blocked: what it is blocked for today.
        contract_ends: the last day of the contract that ends first of those that go on; None: it has none.
        ends_soon: that day is within the contract's days of warning.
        bank: the account that it is paid on, masked; empty: none is in force.
        bank_waits: other details wait for a second officer.
    """

    supplier_id: int
    number: str
    name: str
    trading_as: str
    finance_reference: str
    category: str
    state: SupplierState
    vat_number: str
    postcode: str
    cis: CisStatus
    blocked: tuple[BlockScope, ...] = ()
    contract_ends: date | None = None
    ends_soon: bool = False
    bank: str = ""
    bank_waits: bool = False


@dataclass(frozen=True, slots=True)
class SupplierFields:
    """What is typed of a supplier.

    Attributes:
        address: lines parted by line breaks, the postcode last.
        phone: the number that is called back before bank details change.
        email, remittance_email: where orders go, and where remittance advice goes.
        vat_number: empty where it isn't registered for VAT.
        individual: a person, whose name isn't published.
        cis_reference, cis_verified_on: HMRC's verification number and its day, of a registered or gross subcontractor.
        terms_days: days of credit from receipt of an invoice.
    """

    name: str
    category_id: int
    trading_as: str = ""
    finance_reference: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    remittance_email: str = ""
    company_number: str = ""
    vat_number: str = ""
    individual: bool = False
    cis: CisStatus = CisStatus.OUTSIDE
    cis_reference: str = ""
    cis_verified_on: date | None = None
    terms_days: int = 30
    note: str = ""

    def values(self) -> dict[str, object]:
        """By field of the form."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class NewSupplier:
    """A supplier to be kept.

    Attributes:
        entry_key: the same for a second press of the button.
        alike_seen: the officer looked at those that are suspected to be the same, and this is another one.
    """

    entry_key: str
    fields: SupplierFields
    alike_seen: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """A supplier that may be the same as what is typed, and why it is suspected."""

    supplier_id: int
    number: str
    name: str
    state: SupplierState
    why: tuple[str, ...]

    @property
    def words(self) -> str:
        """As a line."""
        closed = ", closed" if self.state is SupplierState.CLOSED else ""
        return f"{self.number} {self.name}{closed}: {', '.join(self.why)}"


@dataclass(frozen=True, slots=True)
class NewBlock:
    """A supplier is put on hold.

    Attributes:
        release_on: the first day on which it is blocked no more; None: until somebody releases it.
    """

    supplier_id: int
    scopes: frozenset[BlockScope]
    from_on: date
    reason: str
    release_on: date | None = None


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A hold on a supplier; `stands` says that it blocks today, `ahead` that it will from a day to come."""

    block_id: int
    version: int
    scope: BlockScope
    from_on: date
    release_on: date | None
    reason: str
    made_by: str
    stands: bool
    released_by: str = ""
    released_at: datetime | None = None
    released_why: str = ""
    ahead: bool = False

    @property
    def may_end(self) -> bool:
        """It can still be released."""
        return self.stands or self.ahead


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What became of a supplier in a financial year.

    Attributes:
        ordered: before VAT, by orders approved on its budgets, without what was cancelled.
        invoiced: before VAT, by approved invoices dated in it, less credit notes.
        paid: with VAT, without what was deducted or kept back, by invoices paid in it.
        open: orders that are open; `unpaid`: invoices that are not paid.
    """

    year: int
    ordered: Money = ZERO
    invoiced: Money = ZERO
    paid: Money = ZERO
    open: int = 0
    unpaid: int = 0


@dataclass(frozen=True, slots=True)
class CisRow:
    """What a supplier was under CIS, and the last day of it."""

    status: CisStatus
    to_on: date


@dataclass(frozen=True, slots=True)
class SupplierDetail:
    """A supplier as opened.

    Attributes:
        works: its category is construction work, so that its CIS status should be known.
        cis_before: what it was under CIS before, the latest first.
    """

    row: SupplierRow
    version: int
    fields: SupplierFields
    banks: tuple[BankRow, ...]
    blocks: tuple[BlockRow, ...]
    contracts: tuple[ContractRow, ...]
    year: YearFigures
    made_by: str
    made_at: datetime
    closed_why: str = ""
    works: bool = False
    cis_before: tuple[CisRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplierForm:
    """What the sheets of suppliers offer: categories in use (id, name), officers (id, name), and the day."""

    categories: tuple[tuple[int, str], ...]
    officers: tuple[tuple[int, str], ...]
    today: date


@dataclass(frozen=True, slots=True)
class SupplierChoice:
    """A supplier in a picker; `warning` says what it is blocked for today, or that it is closed."""

    supplier_id: int
    number: str
    name: str
    category_id: int
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a command on a supplier did."""

    supplier_id: int
    told: str
    changes: Changes = _CHANGES
