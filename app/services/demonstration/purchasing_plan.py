"""What the made-up landlord buys: its codes with their budgets, suppliers, and orders in every state. Nobody in it is real."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.models.values import CisStatus, OrderKind, PurchaseVat


class Come(StrEnum):
    """How far an order is brought."""

    DRAFT = "draft"
    WAITING = "waiting"
    REFUSED = "refused"
    APPROVED = "approved"
    SENT = "sent"
    PART = "part"
    RECEIVED = "received"
    INVOICED = "invoiced"
    PAYABLE = "payable"
    DISPUTED = "disputed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Seller:
    """A supplier: its name, category, and how HMRC has it where it does construction work."""

    name: str
    category: str
    trading_as: str = ""
    cis: CisStatus = CisStatus.OUTSIDE
    individual: bool = False
    blocked: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """An order: how many days ago it was asked for, what is on it, and how far it has come.

    Attributes:
        seller: the place of the supplier in `SELLERS`.
        lines: what, how many units, the unit, the price of one in pence, and the code by its place in `CODES`.
        wanted: days from when it was asked for.
    """

    title: str
    seller: int
    ago: int
    come: Come
    lines: tuple[tuple[str, int, str, int, int], ...]
    wanted: int = 14
    kind: OrderKind = OrderKind.ORDINARY
    vat: PurchaseVat = PurchaseVat.STANDARD


CENTRES: Final = (("HRA10", "Repairs"), ("HRA20", "Estates"), ("HRA30", "Office"))
SUBJECTS: Final = (
    ("4110", "Materials", "Premises"),
    ("4120", "Contractors", "Premises"),
    ("4210", "Electricity", "Premises"),
    ("4220", "Water", "Premises"),
    ("5110", "Stationery", "Supplies and services"),
    ("5130", "Professional fees", "Supplies and services"),
)
CODES: Final = (
    ("HRA10", "4110", 60_000),
    ("HRA10", "4120", 240_000),
    ("HRA20", "4120", 85_000),
    ("HRA20", "4210", 48_000),
    ("HRA20", "4220", 21_000),
    ("HRA30", "5110", 1_500),
    ("HRA30", "5130", 30_000),
)
"""Cost centre, subjective code, and the original budget in pounds."""
SELLERS: Final = (
    Seller("Sample Building Supplies Ltd", "materials"),
    Seller("Example Heating Ltd", "repairs", cis=CisStatus.GROSS),
    Seller("Specimen Roofing Ltd", "repairs", cis=CisStatus.UNREGISTERED),
    Seller("Demo Grounds Care Ltd", "cleaning"),
    Seller("Placeholder Paper Ltd", "stationery", trading_as="Placeholder Office"),
    Seller("Testford Electric Ltd", "electricity"),
    Seller("Testford Water plc", "water"),
    Seller("Mock and Partners LLP", "services"),
    Seller("Erin Examplar", "repairs", trading_as="Examplar Glazing", cis=CisStatus.UNREGISTERED, individual=True),
    Seller("Dummy Locks Ltd", "materials", blocked="Public liability insurance ran out"),
)
ORDERS: Final = (
    Bought("Paint and sundries for voids", 0, 3, Come.DRAFT, (("Trade emulsion, white", 40, "litres", 6_25, 0),)),
    Bought(
        "Boiler for 3 Example House", 1, 2, Come.WAITING, (("Combination boiler, fitted", 1, "each", 2_340_00, 1),), 21
    ),
    Bought("Office chairs", 4, 30, Come.REFUSED, (("Chairs", 6, "each", 189_00, 5),)),
    Bought(
        "Toner and paper", 4, 6, Come.APPROVED, (("Toner", 4, "each", 61_50, 5), ("Paper A4", 20, "boxes", 18_95, 5))
    ),
    Bought(
        "Roof of the bin store, Sample Court",
        2,
        28,
        Come.SENT,
        (("Felt roof, labour and material", 1, "job", 3_960_00, 1),),
        14,
    ),
    Bought("Gutters, Mock Lane", 2, 12, Come.SENT, (("Clear and mend gutters", 36, "metres", 21_50, 1),), 28),
    Bought(
        "Kitchen fittings",
        0,
        20,
        Come.PART,
        (("Base units", 12, "each", 74_00, 0), ("Worktops 3 m", 6, "each", 96_40, 0), ("Taps", 8, "pairs", 31_75, 0)),
    ),
    Bought(
        "Grass cutting, October", 3, 45, Come.RECEIVED, (("Estates, grass cut and cleared", 4, "visits", 980_00, 2),)
    ),
    Bought("Radiators, Example House", 1, 40, Come.INVOICED, (("Radiators 600 x 1000", 9, "each", 118_00, 1),)),
    Bought("Stock for the van", 0, 35, Come.PAYABLE, (("Screws and fixings", 15, "boxes", 12_40, 0),)),
    Bought("Survey of damp, Sample Court", 7, 60, Come.PAYABLE, (("Survey with report", 1, "job", 1_450_00, 6),)),
    Bought("Winter service", 3, 50, Come.PAYABLE, (("Gritting, first half", 6, "visits", 240_00, 2),)),
    Bought("Valves", 0, 33, Come.DISPUTED, (("Thermostatic valves", 30, "each", 14_20, 0),)),
    Bought("Skip for Mock Lane", 3, 25, Come.CANCELLED, (("Skip, 8 yards", 1, "each", 285_00, 2),)),
    Bought(
        "Glazing, as called off",
        8,
        70,
        Come.APPROVED,
        (("Sealed units, fitted", 1, "each", 160_00, 1),),
        90,
        OrderKind.AGREEMENT,
    ),
)
