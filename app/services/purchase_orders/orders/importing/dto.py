"""Open orders of a file, as they cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import Money
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake

WORDS: Final[Mapping[str, str]] = {
    "order": "order",
    "supplier": "supplier",
    "title": "title",
    "category": "category",
    "description": "description",
    "quantity": "quantity",
    "unit": "unit",
    "price": "price",
    "vat": "VAT",
    "cost_centre": "cost centre",
    "subjective": "subjective code",
    "received": "received",
    "invoiced": "invoiced",
    "wanted_on": "wanted by",
}
"""What the columns are called in a sentence."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A line of an order; quantities and price are text as they stand in the file, and empty where they do."""

    row: int
    fingerprint: str
    occurrence: int
    order: str
    supplier: str
    title: str
    category: str
    description: str
    quantity: str
    unit: str
    price: str
    vat: str
    recovered: bool
    cost_centre: str
    subjective: str
    received: str
    invoiced: str
    wanted_on: date | None


@dataclass(frozen=True, slots=True)
class OrderFile:
    """A file that was read."""

    sha256: str
    file_name: str
    rows: tuple[FileRow, ...]
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A file to be loaded onto the budgets of a financial year."""

    file: OrderFile
    year: int


@dataclass(frozen=True, slots=True)
class LoadCheck:
    """What loading a file would do; `known` are orders that were loaded before, line for line, and are left out."""

    mistakes: tuple[Mistake, ...]
    orders: int
    lines: int
    net: Money
    to_come: Money
    known: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    orders: int
    lines: int
    load_id: int | None
    told: str
    changes: Changes
